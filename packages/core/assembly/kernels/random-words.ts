/**
 * Draws of one width, as distributions take them: a number of draws that only the draws themselves tell.
 * Those of float64 take 64 bits a draw, those of float32 take 32.
 */
import { toDouble, toFloat } from './random-draw'
import { pairToDouble } from './random-mt19937'
import { BitGenerator } from './random-source'
import { next, next32, openStream } from './random-stream'

/** Elements that are still to be made, this one among them: each takes a draw at least. */
let ahead: u32 = 1
let mersenne: bool = false

/** Begins to draw words of `bits` bits, 32 or 64, for elements that are to be made one after the other. */
export function openWords(bitGenerator: u32, bits: u32): void {
  ahead = 1
  mersenne = bitGenerator === BitGenerator.MT19937
  openStream(bitGenerator, bits)
}

/** Tells how many elements are still to be made, this one among them: the stage may be filled as far. */
export function foresee(elements: u32): void {
  ahead = elements
}

/** The next 64 bits, or 32 where T is float32. */
export function word<T>(): u64 {
  return sizeof<T>() === 8 ? next(ahead) : <u64>next32(ahead)
}

/** From 0 below 1, a multiple of 2^−53, or of 2^−24 where T is float32. */
export function unit<T>(): T {
  if (sizeof<T>() === 8) {
    const draw = next(ahead)
    return <T>(mersenne ? pairToDouble(draw) : toDouble(draw))
  }
  return <T>toFloat(next32(ahead))
}
