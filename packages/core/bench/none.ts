import { drain, run } from './trace'

/** No allocator: what the trace itself costs. */
@unmanaged
class None {
  malloc(bytes: u32): u32 {
    return bytes
  }

  free(block: u32): void {
    if (block === 1) unreachable()
  }
}

export function init(): void {}

export function churn(steps: u32, live: u32, small: bool, touch: bool): u32 {
  return run<None>(steps, live, small, touch)
}

export function clear(live: u32): void {
  drain<None>(live)
}
