/**
 * Random elements, as NumPy's Generator draws them, made in passes over the stream of a bit generator. A
 * pass is a table entry reached by an indirect call and sees one stage of the stream, so that an engine may
 * replace its first, quickly compiled code in the midst of a large array.
 */
import { DType } from './dtype'
import { bits, lemire, masked, Pass, repeat, setBounds, whole } from './random-bounded'
import { closeStream, openStream, ready, take } from './random-stream'

/** Elements of a pass that draws nothing. */
const CHUNK: u32 = 32768

/**
 * Writes `count` integers of low, low + 1, …, low + range to `out`, each value as probable. The bits drawn
 * and the values are those of NumPy's Generator.integers: words are as wide as the elements, but of 32 bits
 * for 64-bit elements when `range` fits in 32 bits, and of one bit for bool.
 */
export function randomIntegers(
  bitGenerator: u32,
  dtype: u32,
  out: usize,
  count: u32,
  low: u64,
  range: u64,
): void {
  drawIntegers(bitGenerator, dtype, out, count, low, range, false)
}

/** The same as NumPy's RandomState.randint draws them: by masked rejection. */
export function randomMaskedIntegers(
  bitGenerator: u32,
  dtype: u32,
  out: usize,
  count: u32,
  low: u64,
  range: u64,
): void {
  drawIntegers(bitGenerator, dtype, out, count, low, range, true)
}

function drawIntegers(
  bitGenerator: u32,
  dtype: u32,
  out: usize,
  count: u32,
  low: u64,
  range: u64,
  isMasked: bool,
): void {
  const width = bitsOf(dtype)
  const wordBits: u32 = width === 64 && range <= <u64>u32.MAX_VALUE ? 32 : width
  const bytes = max(width >> 3, 1)
  setBounds(low, range, wordBits)
  if (range === 0) {
    repeatAll(repeatOf(width), out, count, bytes)
    return
  }
  openStream(bitGenerator, wordBits)
  drawAll(isMasked ? maskedOf(width, wordBits) : passOf(width, wordBits, range), out, count, bytes)
  closeStream()
}

/** Bits of an element; 1 for bool. */
function bitsOf(dtype: u32): u32 {
  if (dtype === DType.BOOL) return 1
  if (dtype <= DType.UINT8) return 8
  if (dtype <= DType.UINT16) return 16
  return dtype <= DType.UINT32 ? 32 : 64
}

/** The pass for elements of `width` bits from words of `wordBits` bits. */
function passOf(width: u32, wordBits: u32, range: u64): Pass {
  if (width === 1) return bits
  const all = range === u64.MAX_VALUE >> (64 - wordBits)
  switch (width) {
    case 8:
      return all ? (o, f, n) => whole<u8, u8>(o, f, n) : (o, f, n) => lemire<u8, u8>(o, f, n)
    case 16:
      return all ? (o, f, n) => whole<u16, u16>(o, f, n) : (o, f, n) => lemire<u16, u16>(o, f, n)
    case 32:
      return all ? (o, f, n) => whole<u32, u32>(o, f, n) : (o, f, n) => lemire<u32, u32>(o, f, n)
  }
  if (wordBits === 32) {
    return all ? (o, f, n) => whole<u32, u64>(o, f, n) : (o, f, n) => lemire<u32, u64>(o, f, n)
  }
  return all ? (o, f, n) => whole<u64, u64>(o, f, n) : (o, f, n) => lemire<u64, u64>(o, f, n)
}

/** The pass of masked rejection. */
function maskedOf(width: u32, wordBits: u32): Pass {
  switch (width) {
    case 1:
      return bits
    case 8:
      return (o, f, n) => masked<u8, u8>(o, f, n)
    case 16:
      return (o, f, n) => masked<u16, u16>(o, f, n)
    case 32:
      return (o, f, n) => masked<u32, u32>(o, f, n)
  }
  if (wordBits === 32) return (o, f, n) => masked<u32, u64>(o, f, n)
  return (o, f, n) => masked<u64, u64>(o, f, n)
}

function repeatOf(width: u32): Pass {
  switch (width) {
    case 16:
      return (o, f, n) => repeat<u16>(o, f, n)
    case 32:
      return (o, f, n) => repeat<u32>(o, f, n)
    case 64:
      return (o, f, n) => repeat<u64>(o, f, n)
    default:
      return (o, f, n) => repeat<u8>(o, f, n)
  }
}

function repeatAll(pass: Pass, out: usize, count: u32, bytes: u32): void {
  for (let left = count; left > 0; ) {
    const now = min(left, CHUNK)
    out = pass(out, 0, now)
    left -= now
  }
}

/** Passes until `count` elements are written: rejection makes a pass fall short, never overshoot. */
export function drawAll(pass: Pass, out: usize, count: u32, bytes: u32): void {
  const end = out + count * bytes
  while (out < end) {
    const words = ready(<u32>(end - out) / bytes)
    out = pass(out, take(words), words)
  }
}
