/**
 * Normal numbers by Marsaglia's polar method, as NumPy's RandomState draws them: a point in the unit disk
 * gives two numbers, of which the second is kept for the next call.
 */
import { foresee } from './random-stream'
import { unit } from './random-words'

/** What is kept between calls. */
@unmanaged
class Kept {
  /** 1 when `value` is the next number, else 0. */
  has: f64
  value: f64
}

/** Writes `count` normal float64 to `out`; `keeping` is the address of what is kept. */
export function polar(keeping: usize, out: usize, count: u32): void {
  const kept = changetype<Kept>(keeping)
  for (let left = count; left > 0; left--) {
    store<f64>(out, kept.has ? takeKept(kept) : drawPoint(kept, left))
    out += 8
  }
}

function takeKept(kept: Kept): f64 {
  const value = kept.value
  kept.has = 0
  kept.value = 0
  return value
}

/** Keeps the first number of a point, and returns the second; `left` numbers are still to be made. */
function drawPoint(kept: Kept, left: u32): f64 {
  let x: f64
  let y: f64
  let square: f64
  do {
    // Every two numbers take a point of two draws, and so does the last one of an odd number.
    const draws = left + (left & 1)
    foresee(draws)
    x = 2 * unit<f64>() - 1
    foresee(draws - 1)
    y = 2 * unit<f64>() - 1
    square = x * x + y * y
  } while (square >= 1 || square === 0)
  const scale = sqrt((-2 * NativeMath.log(square)) / square)
  kept.has = 1
  kept.value = scale * x
  return scale * y
}
