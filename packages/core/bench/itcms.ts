import { drain, run } from './trace'

/** AssemblyScript's incremental tracing collector over TLSF: blocks are pinned while they live. */
@unmanaged
class Itcms {
  malloc(bytes: u32): u32 {
    return <u32>__pin(__new(bytes, idof<ArrayBuffer>()))
  }

  free(block: u32): void {
    __unpin(block)
  }
}

export function init(): void {}

export function churn(steps: u32, live: u32, small: bool, touch: bool): u32 {
  return run<Itcms>(steps, live, small, touch)
}

export function clear(live: u32): void {
  drain<Itcms>(live)
  __collect()
}
