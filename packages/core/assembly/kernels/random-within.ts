/** Integers from 0 to a bound, one at a time: every draw may have a bound of its own. */
import { draw32, draw64, foresee, openDraws } from './random-draw'
import { upperProduct } from './random-wide'

/** What is left of the 32-bit draw that narrower words are taken from, and how many words that is. */
let rest: u32 = 0
let wordsLeft: u32 = 0

/** Begins to draw from a bit generator. */
export function openWithin(bitGenerator: u32): void {
  wordsLeft = 0
  openDraws(bitGenerator)
}

/** Tells that at least `draws` more draws of 32 bits follow (≥ 1). */
export function foreseeHalves(draws: u32): void {
  foresee((draws >> 1) + (draws & 1))
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
  if (bits === 64) return draw64()
  if (bits === 32) return draw32()
  if (wordsLeft === 0) {
    rest = draw32()
    wordsLeft = 32 / bits
  }
  const word = rest & ((1 << bits) - 1)
  rest >>= bits
  wordsLeft--
  return word
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
