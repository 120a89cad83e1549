/**
 * Words and uniform numbers one at a time, as distributions take them: how many, only the draws themselves
 * tell. Those of float64 take words of 64 bits, those of float32 words of 32.
 */
import { BitGenerator } from './random-source'
import { next, openStream } from './random-stream'

/** 2^−53 and 2^−24: a unit in the last place below 1. */
const DOUBLE_STEP: f64 = 1.0 / 9007199254740992.0
const FLOAT_STEP: f32 = 1.0 / 16777216.0
/** The bits of a pair of words that are the first one's part of a double. */
export const UPPER_WORD: u64 = 0xffffffe000000000

let mersenne: bool = false

/** Begins to draw words of `bits` bits, 32 or 64. */
export function openWords(bitGenerator: u32, bits: u32): void {
  mersenne = bitGenerator === BitGenerator.MT19937
  openStream(bitGenerator, bits)
}

/** The next 64 bits, or 32 where T is float32. */
export function word<T>(): u64 {
  return sizeof<T>() === 8 ? next<u64>() : <u64>next<u32>()
}

/** From 0 below 1, a multiple of 2^−53, or of 2^−24 where T is float32. */
export function unit<T>(): T {
  if (sizeof<T>() === 4) return <T>toFloat(next<u32>())
  const draw = next<u64>()
  return <T>toDouble(mersenne ? joined(draw) : draw)
}

/** The double of a 64-bit draw: its upper 53 bits. */
export function toDouble(word: u64): f64 {
  return <f64>(<i64>(word >> 11)) * DOUBLE_STEP
}

/** A draw of two words of 32 bits, the 27 upper ones of the first joined by the 26 upper ones of the second. */
export function joined(pair: u64): u64 {
  return (pair & UPPER_WORD) | ((pair << 5) & ~UPPER_WORD)
}

/** The float of a 32-bit draw: its upper 24 bits. */
export function toFloat(word: u32): f32 {
  return <f32>(<i32>(word >> 8)) * FLOAT_STEP
}
