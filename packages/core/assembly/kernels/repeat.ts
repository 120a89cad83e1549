/** Repeating elements, each as often as it says. */
import { selectBySize } from './dispatch'
import { iterate, pointer, stride } from './iterate'

/** Where the next element goes. */
let cursor: usize = 0

/** Writes every element of operand 1 as often as operand 0 (uint32) says, one behind the other. */
@unmanaged
class Repeat {
  run<T>(count: u32): void {
    let times = pointer(0)
    let from = pointer(1)
    let out = cursor
    for (let i: u32 = 0; i < count; i++) {
      const value = load<T>(from)
      for (let left = load<u32>(times); left > 0; left--) {
        store<T>(out, value)
        out += sizeof<T>()
      }
      times += stride(0)
      from += stride(1)
    }
    cursor = out
  }
}

/**
 * Operands: counts (uint32, steps 0 or 4, so that the row is never walked backwards), in; both along one
 * axis. The result is contiguous from `out` on.
 */
export function repeat(out: usize, bytes: u32): void {
  cursor = out
  iterate(selectBySize<Repeat>(bytes), 2)
}
