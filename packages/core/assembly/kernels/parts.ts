/** Both sides of a threshold: how many elements they have, and what those add up to. */
import { selectFloat } from './dispatch'
import { iterate, pointer, stride } from './iterate'

/** f64: the sum and number of the elements above, then of the others. */
const sums: usize = memory.data(32, 16)
let origin: f64 = 0
let limit: f64 = 0

/**
 * Adds up the differences of operand 0's finite floats from `low` that are above `threshold`, and those that
 * are not, in f64; the differences are rounded to the operand's dtype. Returns where the four figures are.
 */
export function partSums(dtype: u32, low: f64, threshold: f64): usize {
  origin = low
  limit = threshold
  memory.fill(sums, 0, 32)
  iterate(selectFloat<Parts>(dtype), 1)
  return sums
}

@unmanaged
class Parts {
  run<T>(count: u32): void {
    const low = <T>origin
    const threshold = <T>limit
    let from = pointer(0)
    let above: f64 = 0
    let below: f64 = 0
    let higher: u32 = 0
    let lower: u32 = 0
    let i: u32 = 0
    if (stride(0) === <i32>sizeof<T>()) {
      const lows = v128.splat<T>(low)
      const limits = v128.splat<T>(threshold)
      let aboves = f64x2.splat(0)
      let belows = f64x2.splat(0)
      let highers = i64x2.splat(0)
      let lowers = i64x2.splat(0)
      const lanes: u32 = 16 / sizeof<T>()
      for (; i + lanes <= count; i += lanes) {
        const value = v128.sub<T>(v128.load(from), lows)
        const rest = v128.sub<T>(value, value)
        const isHigher = v128.gt<T>(value, limits)
        const isFinite = v128.eq<T>(rest, rest)
        const yes = v128.and(isHigher, isFinite)
        const no = v128.andnot(isFinite, isHigher)
        aboves = addPairs<T>(aboves, v128.and(value, yes))
        belows = addPairs<T>(belows, v128.and(value, no))
        // All bits are −1.
        if (sizeof<T>() === 8) {
          highers = i64x2.sub(highers, yes)
          lowers = i64x2.sub(lowers, no)
        } else {
          highers = i32x4.sub(highers, yes)
          lowers = i32x4.sub(lowers, no)
        }
        from += 16
      }
      above = f64x2.extract_lane(aboves, 0) + f64x2.extract_lane(aboves, 1)
      below = f64x2.extract_lane(belows, 0) + f64x2.extract_lane(belows, 1)
      higher = lanesOf(highers)
      lower = lanesOf(lowers)
    }
    for (; i < count; i++) {
      const value = <T>(load<T>(from) - low)
      from += stride(0)
      if (value - value !== 0) continue
      if (value > threshold) {
        above += <f64>value
        higher++
      } else {
        below += <f64>value
        lower++
      }
    }
    add(0, above)
    add(8, <f64>higher)
    add(16, below)
    add(24, <f64>lower)
  }
}

function add(at: usize, value: f64): void {
  store<f64>(sums + at, load<f64>(sums + at) + value)
}

function addPairs<T>(sum: v128, values: v128): v128 {
  if (sizeof<T>() === 8) return f64x2.add(sum, values)
  const high = v128.shuffle<i64>(values, values, 1, 0)
  return f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(values), f64x2.promote_low_f32x4(high)))
}

/** The sum of 32-bit lanes; of 64-bit ones, whose upper halves are 0, too. */
function lanesOf(v: v128): u32 {
  return (
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  )
}
