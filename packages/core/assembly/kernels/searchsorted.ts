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

@unmanaged
class Locate {
  run<T>(count: u32): void {
    let out = pointer(0)
    let at = pointer(1)
    const outStep = stride(0)
    const step = stride(1)
    let i: u32 = 0
    for (; i + 4 <= count; i += 4) {
      locateFour<T>(
        out,
        outStep,
        load<T>(at),
        load<T>(at + step),
        load<T>(at + 2 * step),
        load<T>(at + 3 * step),
      )
      out += 4 * outStep
      at += 4 * step
    }
    for (; i < count; i++) {
      store<u64>(out, locate<T>(load<T>(at)))
      out += outStep
      at += step
    }
  }
}

/** The element at an index of the order. */
function elementAt<T>(index: u32): T {
  return load<T>(line + (sorter ? load<u32>(sorter + (index << 3)) : index) * step)
}

/** 1 when the value belongs behind the element at an index. */
function isBehind<T>(value: T, index: u32): u32 {
  const element = elementAt<T>(index)
  return right ? u32(element <= value) : u32(element < value)
}

/**
 * Four searches side by side: each waits for memory, but not for the others. The halves depend on the
 * length alone, so that all go on together.
 */
function locateFour<T>(out: usize, outStep: i32, v0: T, v1: T, v2: T, v3: T): void {
  let low0: u32 = 0
  let low1: u32 = 0
  let low2: u32 = 0
  let low3: u32 = 0
  for (let left = length; left > 0; ) {
    const half = (left + 1) >> 1
    low0 += isBehind<T>(v0, low0 + half - 1) * half
    low1 += isBehind<T>(v1, low1 + half - 1) * half
    low2 += isBehind<T>(v2, low2 + half - 1) * half
    low3 += isBehind<T>(v3, low3 + half - 1) * half
    left -= half
  }
  store<u64>(out, known<T>(v0, low0))
  store<u64>(out + outStep, known<T>(v1, low1))
  store<u64>(out + 2 * outStep, known<T>(v2, low2))
  store<u64>(out + 3 * outStep, known<T>(v3, low3))
}

/** How many elements stand before a value or, from the right, not behind it. */
function locate<T>(value: T): u32 {
  let low: u32 = 0
  for (let left = length; left > 0; ) {
    const half = (left + 1) >> 1
    low += isBehind<T>(value, low + half - 1) * half
    left -= half
  }
  return known<T>(value, low)
}

/** The place that was found, or that of NaN, which compares with nothing. */
function known<T>(value: T, place: u32): u32 {
  if (isFloat<T>()) {
    if (isNaN<T>(value)) return right ? length : numbers<T>()
  }
  return place
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
  iterate(select<Locate>(dtype), 2)
}
