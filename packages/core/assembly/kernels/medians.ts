/** Medians of windows: the elements of each are gathered by their offsets, and the middle one is selected. */
import { selectFloat } from './dispatch'
import { iterate, pointer, stride } from './iterate'
import { nthElement } from './select-nth'

/** The window: as many offsets in bytes (i32), and room for its elements. */
let offsets: usize = 0
let elements: u32 = 0
let room: usize = 0
/** What is subtracted from a median. */
let subtracted: f64 = 0

@unmanaged
class Medians {
  run<T>(count: u32): void {
    for (let i: u32 = 0; i < count; i++) {
      const centre = pointer(1) + i * stride(1)
      // NaN in a window makes the sum NaN, and so the median.
      let sum: T = 0
      for (let k: u32 = 0; k < elements; k++) {
        const value = load<T>(centre + load<i32>(offsets + (k << 2)))
        sum += <T>0 * value
        store<T>(room + k * sizeof<T>(), value)
      }
      const median = isNaN<T>(sum) && hasNaN<T>() ? <T>NaN : nthElement<T>(room, elements, elements >> 1)
      store<T>(pointer(0) + i * stride(0), median - <T>subtracted)
    }
  }
}

/** Whether it was NaN that made a sum NaN, not an infinity. */
function hasNaN<T>(): bool {
  for (let k: u32 = 0; k < elements; k++) if (isNaN<T>(load<T>(room + k * sizeof<T>()))) return true
  return false
}

/**
 * Operands: out, the first elements of windows, both of a float dtype. NaN where a window has one. `work` has
 * room for the window's elements.
 */
export function medians(dtype: u32, offsetsAt: usize, count: u32, work: usize, offset: f64): void {
  offsets = offsetsAt
  elements = count
  room = work
  subtracted = offset
  iterate(selectFloat<Medians>(dtype), 2)
}
