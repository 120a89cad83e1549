/** How many elements are not zero, or zero, or not NaN. */
import { tile } from './fold'
import { pointer, stride } from './iterate'
import { holds, Source } from './strip'

let source: u32 = 0
/** Whether one such element is enough to know. */
let stopsAtFirst: bool = false

export function setCount(what: u32, stops: bool): void {
  source = what
  stopsAtFirst = stops
}

/** Counts along a row. (Across rows, the strips of 0 and 1 are added.) */
@unmanaged
export class Count {
  run<T>(count: u32): void {
    let sum = load<i64>(tile)
    if (stopsAtFirst && sum) return
    let from = pointer(0)
    let i: u32 = 0
    if (stride(0) === <i32>sizeof<T>()) {
      const block: u32 = 64 / sizeof<T>()
      const length = count & ~(block - 1)
      const equal = countEqual<T>(from, length, source === Source.NUMBER)
      sum += source === Source.NONZERO ? length - equal : equal
      from += length * sizeof<T>()
      i = length
    }
    for (; i < count; i++) {
      sum += <i64>holds<T>(source, load<T>(from))
      from += stride(0)
    }
    store<i64>(tile, sum)
  }
}

/** How many of a multiple of four vectors' elements equal 0, or themselves. */
function countEqual<T>(from: usize, count: u32, itself: bool): u32 {
  const zero = i64x2.splat(0)
  let found: u32 = 0
  const end = from + count * sizeof<T>()
  for (; from < end; from += 64) {
    const v0 = v128.load(from)
    const v1 = v128.load(from, 16)
    const v2 = v128.load(from, 32)
    const v3 = v128.load(from, 48)
    const e0 = v128.eq<T>(v0, itself ? v0 : zero)
    const e1 = v128.eq<T>(v1, itself ? v1 : zero)
    const e2 = v128.eq<T>(v2, itself ? v2 : zero)
    const e3 = v128.eq<T>(v3, itself ? v3 : zero)
    // Masks of lanes are −1 and 0: of 64-bit lanes, two vectors' fit into one of 32-bit ones, and so on.
    if (sizeof<T>() === 1) found += ones(e0) + ones(e1) + ones(e2) + ones(e3)
    else if (sizeof<T>() === 2) found += ones(narrow16(e0, e1)) + ones(narrow16(e2, e3))
    else if (sizeof<T>() === 4) found += ones(narrow16(narrow32(e0, e1), narrow32(e2, e3)))
    else found += ones(narrow32(halve(e0, e1), halve(e2, e3))) >> 1
  }
  return found
}

/** How many bytes are −1. */
function ones(mask: v128): u32 {
  return popcnt(i8x16.bitmask(mask))
}

function narrow16(a: v128, b: v128): v128 {
  return i8x16.narrow_i16x8_s(a, b)
}

function narrow32(a: v128, b: v128): v128 {
  return i16x8.narrow_i32x4_s(a, b)
}

function halve(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 2, 4, 6)
}
