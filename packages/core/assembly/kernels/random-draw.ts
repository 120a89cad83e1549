/**
 * Draws one at a time, as distributions take them: a number of draws that only the draws themselves tell.
 */

import { draw as mersenneDraw, pairToDouble } from './random-mt19937'
import { BitGenerator } from './random-source'
import { state } from './random-state'
import { next, openStream } from './random-stream'

/** 2^−53 and 2^−24: a unit in the last place below 1. */
const DOUBLE_STEP: f64 = 1.0 / 9007199254740992.0
const FLOAT_STEP: f32 = 1.0 / 16777216.0

/** 64-bit draws that are surely needed, from the next one on. */
let ahead: u32 = 1
/** MT19937 draws 32 bits, from a state that is a stage by itself. */
let mersenne: bool = false

/** Begins to draw from a bit generator. */
export function openDraws(bitGenerator: u32): void {
  ahead = 1
  mersenne = bitGenerator === BitGenerator.MT19937
  openStream(bitGenerator, 64)
}

/** Tells that at least `draws` more 64-bit draws follow (≥ 1): the stage may be filled as far. */
export function foresee(draws: u32): void {
  ahead = draws
}

/** The next 64 bits. */
export function draw64(): u64 {
  if (!mersenne) return next(ahead)
  const upper = mersenneDraw()
  return ((<u64>upper) << 32) | mersenneDraw()
}

/** The next 32 bits: the lower half of a 64-bit draw, then the upper half of the same, whatever lies between. */
export function draw32(): u32 {
  if (mersenne) return mersenneDraw()
  if (state.hasUint32) {
    state.hasUint32 = 0
    return state.uinteger
  }
  const word = next(ahead)
  state.hasUint32 = 1
  state.uinteger = <u32>(word >> 32)
  return <u32>word
}

/** From 0 below 1, a multiple of 2^−53. */
export function drawDouble(): f64 {
  return mersenne ? pairToDouble(draw64()) : toDouble(next(ahead))
}

/** From 0 below 1, a multiple of 2^−24. */
export function drawFloat(): f32 {
  return toFloat(draw32())
}

/** The double of a 64-bit draw: its upper 53 bits. */
export function toDouble(word: u64): f64 {
  return <f64>(<i64>(word >> 11)) * DOUBLE_STEP
}

/** The float of a 32-bit draw: its upper 24 bits. */
export function toFloat(word: u32): f32 {
  return <f32>(<i32>(word >> 8)) * FLOAT_STEP
}
