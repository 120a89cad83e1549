/**
 * Passes: each turns `count` words of the stream at `from` into elements at `out`, and returns where the
 * next element goes. W is the type of a word, T (unsigned, as wide or wider) that of an element; bounds
 * wrap, so signed elements need no code of their own.
 */

import { Halves } from './random-halves'
import { upperProduct } from './random-wide'
import { maskOf } from './random-within'

/** Where a pass ends: behind the last element it wrote. */
export type Pass = (out: usize, from: usize, count: u32) => usize

/** The lowest value. */
let low: u64 = 0
/** How many values there are: highest − lowest + 1. At most 2^bits of a word; that itself reads 0. */
let values: u64 = 0
/** Products whose lower half is below it are rejected: 2^bits mod `values`. */
let threshold: u64 = 0
/** As many low bits as the largest value above `low` has, all ones. */
let mask: u64 = 0
/** Whether rejection is so rare that whole vectors are worth a try. */
let vectors: bool = false

/** Sets what the passes draw: `range` + 1 values from `first` up, from words of `bits` bits. */
export function setBounds(first: u64, range: u64, bits: u32): void {
  low = first
  values = range + 1
  mask = maskOf(range)
  const all: u64 = bits === 64 ? 0 : (<u64>1) << bits
  threshold = values === all ? 0 : (all - values) % values
  // Trying was seen to pay while at most every fourth try meets a word that is rejected. A try takes a
  // vector of words, or four of 64 bits.
  vectors = bits === 64 ? threshold < (<u64>1) << 60 : threshold * (128 / bits) < all >> 2
}

/** Writes the lowest value; takes nothing from the stream. */
export function repeat<T>(out: usize, from: usize, count: u32): usize {
  const end = out + count * sizeof<T>()
  for (; out < end; out += sizeof<T>()) store<T>(out, <T>low)
  return out
}

/** Every word is a value: there are as many. */
export function whole<W, T>(out: usize, from: usize, count: u32): usize {
  const end = from + count * sizeof<W>()
  if (sizeof<W>() === sizeof<T>()) {
    const first = v128.splat<T>(<T>low)
    for (; from + 32 <= end; from += 32, out += 32) {
      v128.store(out, v128.add<T>(v128.load(from), first))
      v128.store(out, v128.add<T>(v128.load(from, 16), first), 16)
    }
  }
  for (; from < end; from += sizeof<W>()) {
    store<T>(out, <T>load<W>(from) + <T>low)
    out += sizeof<T>()
  }
  return out
}

/**
 * Lemire's method (arXiv:1805.10941): the upper half of word × values, rejected where the lower half is
 * below the threshold, so that every value has as many words.
 */
export function lemire<W, T>(out: usize, from: usize, count: u32): usize {
  const end = from + count * sizeof<W>()
  if (vectors) {
    if (sizeof<W>() < 8) {
      for (; from + 16 <= end; from += 16) out = tryVector<W, T>(out, from)
    } else {
      for (; from + 32 <= end; from += 32) out = tryWide(out, from)
    }
  }
  return sift<W, T>(out, from, end)
}

/** The low bits of a word, rejected where they are not a value: the method of NumPy's RandomState. */
export function masked<W, T>(out: usize, from: usize, count: u32): usize {
  const end = from + count * sizeof<W>()
  const bits = mask
  const first = low
  // Of all values of a word there is nothing to reject, though `values` may read 0.
  const most = values - 1
  for (; from < end; from += sizeof<W>()) {
    const value = <u64>load<W>(from) & bits
    store<T>(out, <T>(value + first))
    out += usize(value <= most) * sizeof<T>()
  }
  return out
}

/** One after the other, without a branch: a rejected element is overwritten by the next. */
function sift<W, T>(out: usize, from: usize, end: usize): usize {
  const factor = values
  const first = low
  const least = threshold
  for (; from < end; from += sizeof<W>()) {
    const word = <u64>load<W>(from)
    store<T>(out, <T>(upperHalf<W>(word, factor) + first))
    out += usize(<u64>(<W>(word * factor)) >= least) * sizeof<T>()
  }
  return out
}

/** The upper half of word × factor. */
function upperHalf<W>(word: u64, factor: u64): u64 {
  if (sizeof<W>() < 8) return (word * factor) >> (8 * sizeof<W>())
  return upperProduct(word, factor)
}

/** A vector of words at once, when none of them is rejected. */
function tryVector<W, T>(out: usize, from: usize): usize {
  const words = v128.load(from)
  const factor = v128.splat<W>(<W>values)
  const a = v128.extmul_low<W>(words, factor)
  const b = v128.extmul_high<W>(words, factor)
  if (v128.any_true(v128.lt<W>(changetype<Halves>(0).lower<W>(a, b), v128.splat<W>(<W>threshold)))) {
    return sift<W, T>(out, from, from + 16)
  }
  const first = v128.splat<T>(<T>low)
  if (sizeof<T>() > sizeof<W>()) {
    v128.store(out, v128.add<T>(v128.shr<T>(a, 8 * sizeof<W>()), first))
    v128.store(out, v128.add<T>(v128.shr<T>(b, 8 * sizeof<W>()), first), 16)
    return out + 32
  }
  v128.store(out, v128.add<T>(changetype<Halves>(0).upper<W>(a, b), first))
  return out + 16
}

/** Four 64-bit words at once, when surely none of them is rejected. */
function tryWide(out: usize, from: usize): usize {
  const a = v128.load(from)
  const b = v128.load(from, 16)
  const x0 = changetype<Halves>(0).lower<u32>(a, b)
  const x1 = changetype<Halves>(0).upper<u32>(a, b)
  const y0 = i32x4.splat(<i32>values)
  const y1 = i32x4.splat(<i32>(values >> 32))
  const mask = i64x2.splat(0xffffffff)
  // Long multiplication by columns of 32 bits: `c` and `d` are the second, of the first and last two words.
  let c = i64x2.add(i64x2.extmul_low_i32x4_u(x1, y0), i64x2.shr_u(i64x2.extmul_low_i32x4_u(x0, y0), 32))
  let d = i64x2.add(i64x2.extmul_high_i32x4_u(x1, y0), i64x2.shr_u(i64x2.extmul_high_i32x4_u(x0, y0), 32))
  const carryC = i64x2.shr_u(c, 32)
  const carryD = i64x2.shr_u(d, 32)
  c = i64x2.add(i64x2.extmul_low_i32x4_u(x0, y1), v128.and(c, mask))
  d = i64x2.add(i64x2.extmul_high_i32x4_u(x0, y1), v128.and(d, mask))
  // The upper 32 bits of the products' lower halves: where they exceed the threshold's, all of it does.
  if (
    v128.any_true(i32x4.le_u(changetype<Halves>(0).lower<u32>(c, d), i32x4.splat(<i32>(threshold >> 32))))
  ) {
    return sift<u64, u64>(out, from, from + 32)
  }
  c = i64x2.add(i64x2.extmul_low_i32x4_u(x1, y1), i64x2.add(carryC, i64x2.shr_u(c, 32)))
  d = i64x2.add(i64x2.extmul_high_i32x4_u(x1, y1), i64x2.add(carryD, i64x2.shr_u(d, 32)))
  const first = i64x2.splat(low)
  v128.store(out, i64x2.add(c, first))
  v128.store(out, i64x2.add(d, first), 16)
  return out + 32
}

/** Bits to bools, the lowest first: byte k of a vector gets bit k of 16. `from` holds whole bytes of them. */
export function bits(out: usize, from: usize, count: u32): usize {
  const mask = v128(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128)
  const one = i8x16.splat(1)
  let i: u32 = 0
  for (; i + 16 <= count; i += 16) {
    const pair = v128.load_splat<u16>(from + (i >> 3))
    const bytes = i8x16.shuffle(pair, pair, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1)
    v128.store(out + i, v128.and(i8x16.eq(v128.and(bytes, mask), mask), one))
  }
  for (; i < count; i++) store<u8>(out + i, (load<u8>(from + (i >> 3)) >> u8(i & 7)) & 1)
  return out + count
}
