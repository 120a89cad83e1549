/** Where values belong in a sorted line. NaN counts as larger than everything. */
import { selectWrapping } from './dispatch'
import { iterate, pointer, stride } from './iterate'
import { ascending, orderFlip } from './order'

/** The sorted elements, and the bytes from one to the next. */
let line: usize = 0
let step: i32 = 0
let length: u32 = 0
/** Indices (int64) that sort the line, or 0 when it is sorted. */
let sorter: usize = 0
let right: bool = false
/** The bits that make integers compare as unsigned ones (see order.ts). */
let flip: u64 = 0

/**
 * Four searches side by side: each waits for memory, but not for the others. At the end of a row, its last
 * value is searched more than once.
 */
@unmanaged
class Locate {
  run<T>(count: u32): void {
    const placeOfNaN = isFloat<T>() && !right ? numbers<T>() : length
    for (let i: u32 = 0; i < count; i += 4) {
      const last = count - 1 - i
      const out = pointer(0) + i * stride(0)
      const out1 = out + min<u32>(1, last) * stride(0)
      const out2 = out + min<u32>(2, last) * stride(0)
      const out3 = out + min<u32>(3, last) * stride(0)
      const at = pointer(1) + i * stride(1)
      const v0 = ascending<T>(at, flip)
      const v1 = ascending<T>(at + min<u32>(1, last) * stride(1), flip)
      const v2 = ascending<T>(at + min<u32>(2, last) * stride(1), flip)
      const v3 = ascending<T>(at + min<u32>(3, last) * stride(1), flip)
      let low0: u32 = 0
      let low1: u32 = 0
      let low2: u32 = 0
      let low3: u32 = 0
      // The halves depend on the length alone, so that all four go on together.
      for (let left = length; left > 0; ) {
        const half = (left + 1) >> 1
        low0 += isBehind<T>(v0, low0 + half - 1) * half
        low1 += isBehind<T>(v1, low1 + half - 1) * half
        low2 += isBehind<T>(v2, low2 + half - 1) * half
        low3 += isBehind<T>(v3, low3 + half - 1) * half
        left -= half
      }
      store<u64>(out, isNaN<T>(v0) ? placeOfNaN : low0)
      store<u64>(out1, isNaN<T>(v1) ? placeOfNaN : low1)
      store<u64>(out2, isNaN<T>(v2) ? placeOfNaN : low2)
      store<u64>(out3, isNaN<T>(v3) ? placeOfNaN : low3)
    }
  }
}

/** The element at an index of the order. */
function elementAt<T>(index: u32): T {
  return ascending<T>(line + (sorter ? load<u32>(sorter + (index << 3)) : index) * step, flip)
}

/** 1 when the value belongs behind the element at an index. NaN compares with nothing. */
function isBehind<T>(value: T, index: u32): u32 {
  const element = elementAt<T>(index)
  return right ? u32(element <= value) : u32(element < value)
}

/** How many elements stand before the first NaN. */
function numbers<T>(): u32 {
  let low: u32 = 0
  let high = length
  while (low < high) {
    const middle = low + ((high - low) >> 1)
    if (isNaN<T>(elementAt<T>(middle))) high = middle
    else low = middle + 1
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
  flip = orderFlip(dtype, false)
  iterate(selectWrapping<Locate>(dtype), 2)
}
