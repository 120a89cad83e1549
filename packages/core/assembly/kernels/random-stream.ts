/**
 * The draws of a bit generator as a stream of bytes. NumPy takes a 64-bit draw apart from its low end: two
 * 32-bit words, of each two 16-bit ones, four bytes or 32 bits. That is the order of the bytes in memory, so
 * whoever wants words of w bytes reads the stream as elements of w bytes.
 *
 * The stream is drawn into a stage that stays in the first-level cache, never further than what is surely
 * consumed: as many draws as hold the words that are still needed, of which rejection can only need more.
 * `begin` ≤ `end`, and what lies between is drawn and not consumed.
 */
import { BitGenerator, Source, sourceOf } from './random-source'
import { state } from './random-state'

/** Bytes of the stage: a quarter of the smallest first-level cache in use. */
const STAGE_BYTES: u32 = 8192
const stage: usize = memory.data(STAGE_BYTES, 16)

let source: Source = sourceOf(0, 64)
/** Bits of a draw: 64, or 32 of a generator whose own draw has so many, for words of at most 32. */
let drawBits: u32 = 64
/** Bits of a word. */
let wordBits: u32 = 64
/** Whether the upper half of a 64-bit draw is kept for the next stream. */
let halves: bool = false
/** Words that are surely needed, from the next one on (≥ 1). */
let ahead: u32 = 1
/** The first byte that is not consumed yet. */
let begin: usize = 0
/** Behind the last byte that is drawn. */
let end: usize = 0

/** Begins a stream of words of `bits` bits: 1, 8, 16, 32 or 64. */
export function openStream(bitGenerator: u32, bits: u32): void {
  ahead = 1
  wordBits = bits
  drawBits = bitGenerator === BitGenerator.MT19937 && bits < 64 ? 32 : 64
  halves = bits < drawBits
  source = sourceOf(bitGenerator, drawBits)
  begin = stage
  end = stage
  if (!halves || !state.hasUint32) return
  store<u32>(stage, state.uinteger)
  end += 4
}

/** Words that are ready, from 1 to `wanted` (> 0). */
export function ready(wanted: u32): u32 {
  if (begin === end) draw(wanted)
  return <u32>min<u64>(wanted, ((<u64>(end - begin)) << 3) / wordBits)
}

/** Draws as far as `wanted` words surely reach, or the stage does. */
function draw(wanted: u32): void {
  const needed = (<u64>wanted * wordBits + drawBits - 1) / drawBits
  const draws = <u32>min<u64>(needed, (STAGE_BYTES << 3) / drawBits)
  source(stage, draws)
  begin = stage
  end = stage + draws * (drawBits >> 3)
  if (halves) state.uinteger = load<u32>(end - 4)
}

/** Consumes words that are ready, and returns where they are. */
export function take(words: u32): usize {
  const from = begin
  begin += <usize>((<u64>words * wordBits + 7) >> 3)
  return from
}

/** Tells that at least `words` more are needed: the stage may be filled as far. */
export function foresee(words: u32): void {
  ahead = words
}

/** The same of words that hold so many bits together. */
export function foreseeBits(bits: u64): void {
  ahead = max(1, <u32>(bits >> ctz(wordBits)))
}

/** The next word of a stream of words as wide as W, 32 or 64 bits. */
export function next<W>(): W {
  if (begin === end) draw(ahead)
  const word = load<W>(begin)
  begin += sizeof<W>()
  return word
}

/** Ends the stream: what is left of a begun 32-bit word is lost, a whole one is kept. */
export function closeStream(): void {
  if (halves) state.hasUint32 = u32(((begin + 3) & ~3) < end)
}
