import { free, malloc } from '../assembly/memory/heap'
import { initHeap } from '../assembly/memory/pyramid'
import { drain, run } from './trace'

@unmanaged
class Ebb {
  malloc(bytes: u32): u32 {
    return malloc(bytes, 0)
  }

  free(block: u32): void {
    free(block, false)
  }
}

export function init(): void {
  initHeap(65536)
}

export function churn(steps: u32, live: u32, small: bool, touch: bool): u32 {
  return run<Ebb>(steps, live, small, touch)
}

export function clear(live: u32): void {
  drain<Ebb>(live)
}
