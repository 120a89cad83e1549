/**
 * eˣ in vectors. Of float64: x = k·ln 2 / 256 + r with |r| ≤ ln 2 / 512, and eˣ = 2^(k/256)·eʳ, the power from
 * a table. Of float32: x = k·ln 2 + r with |r| ≤ ln 2 / 2, and eˣ = 2ᵏ·eʳ. eʳ is 1 + r + r²·P(r) with P
 * interpolated in the zeros of a Chebyshev polynomial; what it leaves is below 2⁻⁵⁶, or 2⁻²⁶.
 */
import { POWERS } from './tables'
import { highWords } from './vectors'

/** 256 / ln 2, its reciprocal in two parts, the first so short that its product with k is exact, and P. */
const DOUBLE: usize = memory.data<f64>([
  369.3299304675746, 0.0027076061742263846, -1.6409824502660487e-13, 0.5, 0.16666667835180288,
  0.041666668614189356,
])
/** The same of ln 2. */
const SINGLE: usize = memory.data<f32>([
  1.4426950216293335, 0.693145751953125, 0.000001428606765330187, 0.5, 0.16666577756404877,
  0.041666556149721146, 0.008363173343241215, 0.0013926175888627768, 1,
])
/** Added to a small float, it leaves the nearest integer in the low bits. */
const TO_INTEGER: f64 = 6755399441055744
const TO_INTEGER_32: f32 = 12582912
const DOUBLE_TO_INTEGER: usize = memory.data<f64>([TO_INTEGER])
const SINGLE_TO_INTEGER: usize = memory.data<f32>([TO_INTEGER_32])

/** The bit of the sign, and the high bits of the largest sizes of which eˣ is surely normal: 708 and 87. */
const WORDS: usize = memory.data<u32>([0x80000000, 0x40861fff, 0x42adffff])

@unmanaged
export class Exp {
  @inline plain<T>(a: usize): bool {
    if (sizeof<T>() === 8) {
      const sizes = v128.andnot(highWords(a), v128.load_splat<u32>(WORDS))
      return !v128.any_true(i32x4.gt_s(sizes, v128.load_splat<u32>(WORDS, 4)))
    } else {
      const sign = v128.load_splat<u32>(WORDS)
      const sizes = i32x4.max_s(v128.andnot(v128.load(a), sign), v128.andnot(v128.load(a, 16), sign))
      return !v128.any_true(i32x4.gt_s(sizes, v128.load_splat<u32>(WORDS, 8)))
    }
  }

  @inline pair<T>(out: usize, a: usize): void {
    v128.store(out, this.of<T>(v128.load(a)))
    v128.store(out, this.of<T>(v128.load(a, 16)), 16)
  }

  @inline of<T>(x: v128): v128 {
    if (sizeof<T>() === 8) {
      const shifted = this.shifted(x)
      return this.product(x, shifted, i64x2.shl(shifted, 44))
    } else {
      const shifted = this.shifted32(x)
      return i32x4.add(this.single(x, shifted), i32x4.shl(shifted, 23))
    }
  }

  mend<T>(out: usize, a: usize): void {
    for (let at: usize = 0; at < 32; at += 16) v128.store(out + at, this.beyond<T>(v128.load(a + at)))
  }

  /** What lies beyond the ends overflows or vanishes in two steps of 2^(n/2). */
  @inline beyond<T>(x: v128): v128 {
    if (sizeof<T>() === 8) {
      const inside = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-750)), f64x2.splat(710))
      const shifted = this.shifted(inside)
      const j = i64x2.shl(v128.and(shifted, i64x2.splat(255)), 44)
      const k = f64x2.sub(shifted, f64x2.splat(TO_INTEGER))
      return scaled<f64>(this.product(inside, shifted, j), f64x2.floor(f64x2.mul(k, f64x2.splat(0.00390625))))
    } else {
      const inside = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-110)), f32x4.splat(90))
      const shifted = this.shifted32(inside)
      return scaled<f32>(this.single(inside, shifted), f32x4.sub(shifted, f32x4.splat(TO_INTEGER_32)))
    }
  }

  /** k, in the low bits. */
  @inline shifted(x: v128): v128 {
    return f64x2.add(f64x2.mul(x, v128.load_splat<u64>(DOUBLE)), v128.load_splat<u64>(DOUBLE_TO_INTEGER))
  }

  /** 2^(j/256)·eʳ with j = k modulo 256, times a power of 2 of which j and the exponent are given. */
  @inline product(x: v128, shifted: v128, exponents: v128): v128 {
    const k = f64x2.sub(shifted, v128.load_splat<u64>(DOUBLE_TO_INTEGER))
    const high = f64x2.sub(x, f64x2.mul(k, v128.load_splat<u64>(DOUBLE, 8)))
    const r = f64x2.sub(high, f64x2.mul(k, v128.load_splat<u64>(DOUBLE, 16)))
    const r2 = f64x2.mul(r, r)
    const p01 = f64x2.add(v128.load_splat<u64>(DOUBLE, 24), f64x2.mul(r, v128.load_splat<u64>(DOUBLE, 32)))
    const p = f64x2.add(p01, f64x2.mul(r2, v128.load_splat<u64>(DOUBLE, 40)))
    const j0 = (i32x4.extract_lane(shifted, 0) & 255) << 3
    const j1 = (i32x4.extract_lane(shifted, 2) & 255) << 3
    const bits = v128.load_lane<u64>(POWERS + j1, v128.load_zero<u64>(POWERS + j0), 1)
    const power = i64x2.add(bits, exponents)
    return f64x2.add(power, f64x2.mul(power, f64x2.add(r, f64x2.mul(r2, p))))
  }

  @inline shifted32(x: v128): v128 {
    return f32x4.add(f32x4.mul(x, v128.load_splat<u32>(SINGLE)), v128.load_splat<u32>(SINGLE_TO_INTEGER))
  }

  /** eʳ. */
  @inline single(x: v128, shifted: v128): v128 {
    const k = f32x4.sub(shifted, v128.load_splat<u32>(SINGLE_TO_INTEGER))
    const high = f32x4.sub(x, f32x4.mul(k, v128.load_splat<u32>(SINGLE, 4)))
    const r = f32x4.sub(high, f32x4.mul(k, v128.load_splat<u32>(SINGLE, 8)))
    const r2 = f32x4.mul(r, r)
    const p01 = f32x4.add(v128.load_splat<u32>(SINGLE, 12), f32x4.mul(r, v128.load_splat<u32>(SINGLE, 16)))
    const p23 = f32x4.add(v128.load_splat<u32>(SINGLE, 20), f32x4.mul(r, v128.load_splat<u32>(SINGLE, 24)))
    const p234 = f32x4.add(p23, f32x4.mul(r2, v128.load_splat<u32>(SINGLE, 28)))
    const p = f32x4.add(p01, f32x4.mul(r2, p234))
    return f32x4.add(v128.load_splat<u32>(SINGLE, 32), f32x4.add(r, f32x4.mul(r2, p)))
  }
}

/** x·2ⁿ in two steps, so that each factor is a normal number. */
function scaled<T>(x: v128, n: v128): v128 {
  const half = v128.floor<T>(v128.mul<T>(n, v128.splat<T>(<T>0.5)))
  return v128.mul<T>(v128.mul<T>(x, powerOf2<T>(half)), powerOf2<T>(v128.sub<T>(n, half)))
}

/** 2ᵏ for integers k of a normal number's exponent. */
function powerOf2<T>(k: v128): v128 {
  if (sizeof<T>() === 8) return i64x2.shl(f64x2.add(k, f64x2.splat(TO_INTEGER + 1023)), 52)
  else return i32x4.shl(f32x4.add(k, f32x4.splat(TO_INTEGER_32 + 127)), 23)
}
