/** Random elements from 0 below 1, as NumPy's Generator draws them, made in passes over the stream. */
import { DType } from './dtype'
import { drawAll } from './random'
import { Pass } from './random-bounded'
import { BitGenerator } from './random-source'
import { closeStream, openStream } from './random-stream'
import { joined, toDouble, toFloat, UPPER_WORD } from './random-words'

/** Writes `count` elements from 0 below 1, float32 or float64, to `out`. */
export function randomUniform(bitGenerator: u32, dtype: u32, out: usize, count: u32): void {
  const bytes: u32 = dtype === DType.FLOAT32 ? 4 : 8
  openStream(bitGenerator, bytes << 3)
  drawAll(unitPass(bitGenerator, dtype), out, count, bytes)
  closeStream()
}

/** The pass that writes elements from 0 below 1. */
export function unitPass(bitGenerator: u32, dtype: u32): Pass {
  if (dtype === DType.FLOAT32) return floats
  if (bitGenerator === BitGenerator.MT19937) return (o, f, n) => doubles<Pairs>(o, f, n)
  return (o, f, n) => doubles<Draws>(o, f, n)
}

/** Draws of 64 bits, whose upper 53 are taken. */
@unmanaged
class Draws {
  @inline two(draws: v128): v128 {
    return draws
  }

  @inline one(draw: u64): u64 {
    return draw
  }
}

/** Draws of two words of 32 bits. */
@unmanaged
class Pairs {
  @inline two(draws: v128): v128 {
    return v128.bitselect(draws, i64x2.shl(draws, 5), i64x2.splat(UPPER_WORD))
  }

  @inline one(draw: u64): u64 {
    return joined(draw)
  }
}

function doubles<Kind>(out: usize, from: usize, count: u32): usize {
  const kind = changetype<Kind>(0)
  const end = from + ((<usize>count) << 3)
  for (; from + 32 <= end; from += 32, out += 32) {
    v128.store(out, twoDoubles(kind.two(v128.load(from))))
    v128.store(out, twoDoubles(kind.two(v128.load(from, 16))), 16)
  }
  for (; from < end; out += 8, from += 8) store<f64>(out, toDouble(kind.one(load<u64>(from))))
  return out
}

/**
 * toDouble of two words: 52 bits make a double from 1 below 2, of which 1 is taken away, or, where bit 53 is set,
 * the double before 1. Nothing is rounded.
 */
function twoDoubles(words: v128): v128 {
  const ones = i64x2.splat(0x3ff0000000000000)
  const lastBit = v128.and(i64x2.shr_u(words, 11), i64x2.splat(1))
  return f64x2.sub(v128.or(i64x2.shr_u(words, 12), ones), i64x2.sub(ones, lastBit))
}

function floats(out: usize, from: usize, count: u32): usize {
  const end = from + ((<usize>count) << 2)
  for (; from + 16 <= end; from += 16, out += 16) {
    const bits = f32x4.convert_i32x4_u(i32x4.shr_u(v128.load(from), 8))
    v128.store(out, f32x4.mul(bits, f32x4.splat(1.0 / 16777216.0)))
  }
  for (; from < end; out += 4, from += 4) store<f32>(out, toFloat(load<u32>(from)))
  return out
}
