/**
 * Integers from 0 to a bound, one at a time: every draw may have a bound of its own. Words of 64 bits may lie
 * among those of at most 32: these are then the lower half of a 64-bit draw and, whatever lies between, its
 * upper half. MT19937 draws 32 bits anyway, of which two make a word of 64.
 */
import { BitGenerator } from './random-source'
import { state } from './random-state'
import { next, openStream } from './random-stream'
import { upperProduct } from './random-wide'

/** Whether words of at most 32 bits are taken from a stream of 64-bit ones. */
let splits: bool = false
/** What is left of the 32-bit word that narrower ones are taken from, and how many words that is. */
let rest: u32 = 0
let wordsLeft: u32 = 0

/** Begins to draw words of at most 32 bits, or, where they are `wide`, of 64 among them. */
export function openWithin(bitGenerator: u32, wide: bool): void {
  wordsLeft = 0
  splits = wide && bitGenerator !== BitGenerator.MT19937
  openStream(bitGenerator, splits ? 64 : 32)
}

/** From 0 to `range` from words of `bits` bits, which hold it: by Lemire's method, or the masked one. */
export function within(range: u64, bits: u32, masked: bool): u64 {
  if (range === 0) return 0
  const largest = u64.MAX_VALUE >> (64 - bits)
  if (range === largest) return drawWord(bits)
  return masked ? underMask(range, bits) : lemire(range, bits, largest)
}

/** The next word of `bits` bits: 1, 8, 16, 32 or 64. */
function drawWord(bits: u32): u64 {
  if (bits === 64) return splits ? next<u64>() : ((<u64>next<u32>()) << 32) | next<u32>()
  if (bits === 32) return half()
  if (wordsLeft === 0) {
    rest = half()
    wordsLeft = 32 / bits
  }
  const word = rest & ((1 << bits) - 1)
  rest >>= bits
  wordsLeft--
  return word
}

/** The next 32 bits. */
function half(): u32 {
  if (!splits) return next<u32>()
  if (state.hasUint32) {
    state.hasUint32 = 0
    return state.uinteger
  }
  const draw = next<u64>()
  state.hasUint32 = 1
  state.uinteger = <u32>(draw >> 32)
  return <u32>draw
}

/** The low bits of the first word of which they are not above the range. */
function underMask(range: u64, bits: u32): u64 {
  const mask = maskOf(range)
  let word: u64
  do {
    word = drawWord(bits) & mask
  } while (word > range)
  return word
}

/** As many low bits as the range has, all ones. */
export function maskOf(range: u64): u64 {
  return range === 0 ? 0 : u64.MAX_VALUE >> clz(range)
}

/** See `lemire` in random-bounded.ts; the threshold, a division, is needed for few words. */
function lemire(range: u64, bits: u32, largest: u64): u64 {
  const values = range + 1
  let word = drawWord(bits)
  let lower = (word * values) & largest
  if (lower < values) {
    const threshold = (largest - range) % values
    while (lower < threshold) {
      word = drawWord(bits)
      lower = (word * values) & largest
    }
  }
  return bits < 64 ? (word * values) >> bits : upperProduct(word, values)
}
