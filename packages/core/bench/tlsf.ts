import { drain, run } from './trace'

/** AssemblyScript's own allocator: TLSF. */
@unmanaged
class Tlsf {
  malloc(bytes: u32): u32 {
    return <u32>heap.alloc(bytes)
  }

  free(block: u32): void {
    heap.free(block)
  }
}

export function init(): void {}

export function churn(steps: u32, live: u32, small: bool, touch: bool): u32 {
  return run<Tlsf>(steps, live, small, touch)
}

export function clear(live: u32): void {
  drain<Tlsf>(live)
}
