/**
 * Normal numbers by Marsaglia's polar method, as NumPy's RandomState draws them: a point in the unit disk
 * gives two numbers, of which the second is kept for the next call.
 */
import { inChunks } from './chunks'
import { foresee } from './random-stream'
import { openWords, unit } from './random-words'

/** What is kept between calls. */
@unmanaged
class Kept {
  /** 1 when `value` is the next number, else 0. */
  has: f64
  value: f64
}

let kept = changetype<Kept>(0)
let at: usize = 0
let left: u32 = 0

/** Writes `count` normal float64 to `out`; `keeping` is the address of what is kept. */
export function randomPolar(bitGenerator: u32, keeping: usize, out: usize, count: u32): void {
  kept = changetype<Kept>(keeping)
  at = out
  left = count
  openWords(bitGenerator, 64)
  inChunks(drawNormal, count)
}

function drawNormal(count: u32): void {
  for (; count > 0; count--) {
    store<f64>(at, nextNormal())
    at += 8
    left--
  }
}

function nextNormal(): f64 {
  if (kept.has !== 0) {
    const value = kept.value
    kept.has = 0
    kept.value = 0
    return value
  }
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
