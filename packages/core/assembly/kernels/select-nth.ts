/** The element that would be at an index if the elements were sorted, by quickselect; in place. */
import { selectFloat, selectWrapping } from './dispatch'
import { ascending, orderFlip } from './order'

let base: usize = 0
let first: u32 = 0
let nth: u32 = 0
let numbers: u32 = 0
/** The bits that make integers compare as unsigned ones (see order.ts). */
let flip: u64 = 0
/** Draws pivots, so that no order of the elements is a bad one. */
let state: u32 = 0x9e3779b9

/**
 * Moves elements so that index `k` has its own in sorted order, nothing larger being before and nothing
 * smaller behind it. `from`: where to begin; all before it is not larger than what follows. No NaN.
 */
export function selectNth(dtype: u32, address: usize, length: u32, from: u32, k: u32): void {
  base = address
  first = from
  nth = k
  flip = orderFlip(dtype, false)
  selectWrapping<SelectNth>(dtype)(length)
}

/** The element at index `k` of sorted order, of elements that are moved about. No NaN. */
export function nthElement<T>(address: usize, length: u32, k: u32): T {
  base = address
  first = 0
  nth = k
  flip = 0
  changetype<SelectNth>(0).run<T>(length)
  return load<T>(at<T>(k))
}

/** Moves the NaN of a float dtype behind all numbers. Returns how many numbers there are. */
export function numbersFirst(dtype: u32, address: usize, length: u32): u32 {
  base = address
  selectFloat<NumbersFirst>(dtype)(length)
  return numbers
}

@unmanaged
class SelectNth {
  run<T>(length: u32): void {
    let low = first
    let high = length - 1
    while (low < high) {
      const split = partition<T>(low, high)
      if (nth <= split) high = split
      else low = split + 1
    }
  }
}

/** Hoare's: elements up to the returned index (below `high`) are not larger than those behind it. */
function partition<T>(low: u32, high: u32): u32 {
  const bits = flip
  const pivot = pivotOf<T>(low, high)
  let left = at<T>(low)
  let right = at<T>(high)
  for (;;) {
    while (ascending<T>(left, bits) < pivot) left += sizeof<T>()
    while (ascending<T>(right, bits) > pivot) right -= sizeof<T>()
    if (left >= right) break
    const value = load<T>(left)
    store<T>(left, load<T>(right))
    store<T>(right, value)
    left += sizeof<T>()
    right -= sizeof<T>()
  }
  const split = <u32>((right - base) / sizeof<T>())
  return split < high ? split : high - 1
}

/** The median of three elements drawn at random, as a key. */
function pivotOf<T>(low: u32, high: u32): T {
  const a = ascending<T>(at<T>(drawn(low, high)), flip)
  const b = ascending<T>(at<T>(drawn(low, high)), flip)
  const c = ascending<T>(at<T>(drawn(low, high)), flip)
  if (a < b) return b < c ? b : a < c ? c : a
  return a < c ? a : b < c ? c : b
}

function drawn(low: u32, high: u32): u32 {
  state ^= state << 13
  state ^= state >> 17
  state ^= state << 5
  return low + <u32>((<u64>state * <u64>(high - low + 1)) >> 32)
}

function at<T>(index: u32): usize {
  return base + <usize>index * sizeof<T>()
}

@unmanaged
class NumbersFirst {
  run<T>(length: u32): void {
    numbers = length
    let kept: u32 = 0
    for (let i: u32 = 0; i < length; i++) {
      const value = load<T>(at<T>(i))
      if (isNaN<T>(value)) continue
      // What is overwritten is NaN, or the element itself.
      if (kept !== i) {
        store<T>(at<T>(i), load<T>(at<T>(kept)))
        store<T>(at<T>(kept), value)
      }
      kept++
    }
    numbers = kept
  }
}
