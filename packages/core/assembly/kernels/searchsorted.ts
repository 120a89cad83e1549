/** Where values belong in a sorted line. NaN counts as larger than everything. */
import { select } from './dispatch'
import { iterate, pointer, stride } from './iterate'

/** The sorted elements, and the bytes from one to the next. */
let line: usize = 0
let step: i32 = 0
let length: u32 = 0
/** Indices (int64) that sort the line, or 0 when it is sorted. */
let sorter: usize = 0
let right: bool = false

/** Whether a stands before b. */
function before<T>(a: T, b: T): bool {
  if (isFloat<T>()) return a < b || (b !== b && a === a)
  else return a < b
}

@unmanaged
class Locate {
  run<T>(count: u32): void {
    let out = pointer(0)
    let at = pointer(1)
    for (let i: u32 = 0; i < count; i++) {
      store<u64>(out, locate<T>(load<T>(at)))
      out += stride(0)
      at += stride(1)
    }
  }
}

/** How many elements stand before a value or, from the right, not behind it. */
function locate<T>(value: T): u32 {
  let low: u32 = 0
  let left = length
  while (left > 0) {
    const half = left >> 1
    const middle = low + half
    const element = load<T>(line + (sorter ? load<u32>(sorter + (middle << 3)) : middle) * step)
    const goesOn = right ? !before<T>(value, element) : before<T>(element, value)
    low = goesOn ? middle + 1 : low
    left = goesOn ? left - half - 1 : half
  }
  return low
}

/** Operands: out (int64), values; the sorted elements are of the values' dtype. */
export function searchSorted(
  dtype: u32,
  fromRight: bool,
  sorted: usize,
  count: u32,
  stepSorted: i32,
  sortedBy: usize,
): void {
  line = sorted
  length = count
  step = stepSorted
  sorter = sortedBy
  right = fromRight
  iterate(select<Locate>(dtype), 2)
}
