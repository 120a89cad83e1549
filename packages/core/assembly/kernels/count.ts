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
      const lanes: u32 = 16 / sizeof<T>()
      const zero = i64x2.splat(0)
      const flip: u32 = source === Source.NONZERO ? lanes : 0
      const againstItself = source === Source.NUMBER
      let found: u32 = 0
      for (; i + lanes <= count; i += lanes) {
        const v = v128.load(from)
        const equal = v128.eq<T>(v, againstItself ? v : zero)
        found += popcnt(bitmask<T>(equal))
        from += 16
      }
      sum += flip ? i - found : found
    }
    for (; i < count; i++) {
      sum += <i64>holds<T>(source, load<T>(from))
      from += stride(0)
    }
    store<i64>(tile, sum)
  }
}

/** A bit for each lane. */
function bitmask<T>(lanes: v128): i32 {
  if (sizeof<T>() === 1) return i8x16.bitmask(lanes)
  if (sizeof<T>() === 2) return i16x8.bitmask(lanes)
  return sizeof<T>() === 4 ? i32x4.bitmask(lanes) : i64x2.bitmask(lanes)
}
