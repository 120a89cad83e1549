/**
 * ln x in vectors. Of float64: x = C·(1 + f) with C = 2ᵏ·c, the nearest of the numbers of eight bits, and ln c
 * from a table; with s = (x − C) / (x + C), ln (1 + f) is 2·artanh s = 2s + s³·Q(s²), |s| ≤ 2⁻⁹. c is exactly 1
 * about 1, where the result is small. Of float32: x = 2ᵏ·(1 + f) with 1 + f from √½ to √2, s = f / (2 + f), and
 * since 2s = f − s·f, ln (1 + f) is f − (f²/2 − s·(f²/2 + s²·Q(s²))): the large part, f, is exact. Q is
 * interpolated in the zeros of a Chebyshev polynomial; what it leaves is below 2⁻⁵⁶ of ln x, or 2⁻²⁸.
 */
import { LOGARITHMS } from './tables'
import { highWords } from './vectors'

/** ln 2 in two parts, the first so short that its product with an exponent is exact, and Q. */
const DOUBLE: usize = memory.data<f64>([
  0.6931471805598903, 5.497923018708371e-14, 0.6666666666661469, 0.400001089916334,
])
const SINGLE: usize = memory.data<f32>([
  0.693145751953125, 0.000001428606765330187, 0.6666668653488159, 0.3998878002166748, 0.29579949378967285,
  0.5, 1, 2,
])
/**
 * What makes C of bits: half of the last that stays, those that stay; the distance from 0.6875 to 1, the bits
 * of an exponent; 2⁵², to the low bits of which the exponent is added, and 2⁵² with the exponent of 1 in them.
 */
const BITS: usize = memory.data<u64>([
  0x100000000000, 0x7fffe00000000000, 0xa000000000000, 0x4330000000000000, 0x43300000000003ff,
])
/** The bits of √½, those of sign and exponent, and for both dtypes what tells positive normal numbers. */
const WORDS: usize = memory.data<i32>([0x3f3504f3, -0x800000, 0x7ff00000, -0x300001, 0x7f800000, -0x1000001])
const MIN_NORMAL: f64 = 2.2250738585072014e-308
const MIN_NORMAL_32: f32 = 1.1754943508222875e-38
/** 2¹⁰²³, from where C may overflow; in float32, ∞. */
const LARGE: f64 = 8.98846567431158e307
/** 2⁵⁴, by which subnormal numbers are multiplied, and its logarithm. */
const SCALE: f64 = 18014398509481984
const LOG_SCALE: f64 = 37.42994775023705

/** Where a vector stands that was scaled. */
const scratch: usize = memory.data(16, 16)

@unmanaged
export class Log {
  /** Whether all are positive normal numbers, and C is finite. */
  @inline plain<T>(a: usize): bool {
    if (sizeof<T>() === 8) return !v128.any_true(this.outside(highWords(a), WORDS + 8))
    const first = this.outside(v128.load(a), WORDS + 16)
    return !v128.any_true(v128.or(first, this.outside(v128.load(a, 16), WORDS + 16)))
  }

  /** Where words, after an addition that wraps, are above a limit. */
  @inline outside(words: v128, limits: usize): v128 {
    return i32x4.gt_s(i32x4.add(words, v128.load_splat<u32>(limits)), v128.load_splat<u32>(limits, 4))
  }

  @inline pair<T>(out: usize, a: usize): void {
    v128.store(out, this.of<T>(a))
    v128.store(out, this.of<T>(a + 16), 16)
  }

  @inline of<T>(a: usize): v128 {
    if (sizeof<T>() === 8) return this.double(a)
    else return this.single(v128.load(a))
  }

  mend<T>(out: usize, a: usize): void {
    for (let at: usize = 0; at < 32; at += 16) v128.store(out + at, this.beyond<T>(v128.load(a + at)))
  }

  /** Subnormal and the largest numbers are scaled; 0, ∞, NaN and what is negative have their own results. */
  @inline beyond<T>(x: v128): v128 {
    const small = v128.lt<T>(x, v128.splat<T>(sizeof<T>() === 8 ? <T>MIN_NORMAL : <T>MIN_NORMAL_32))
    const large = v128.ge<T>(x, v128.splat<T>(<T>LARGE))
    const down = v128.bitselect(v128.splat<T>(<T>(1 / SCALE)), v128.splat<T>(<T>1), large)
    v128.store(scratch, v128.mul<T>(x, v128.bitselect(v128.splat<T>(<T>SCALE), down, small)))
    const sign = v128.sub<T>(v128.and(v128.splat<T>(<T>1), large), v128.and(v128.splat<T>(<T>1), small))
    const finite = v128.add<T>(this.of<T>(scratch), v128.mul<T>(sign, v128.splat<T>(<T>LOG_SCALE)))
    // ∞ and NaN stay themselves.
    const known = v128.bitselect(finite, x, v128.lt<T>(x, v128.splat<T>(<T>Infinity)))
    const zero = v128.splat<T>(<T>0)
    const orNegative = v128.bitselect(v128.splat<T>(<T>NaN), known, v128.lt<T>(x, zero))
    return v128.bitselect(v128.splat<T>(<T>-Infinity), orNegative, v128.eq<T>(x, zero))
  }

  /** ln x of the two float64 at an address. Their high words are read as integers for the table. */
  @inline double(a: usize): v128 {
    const x = v128.load(a)
    const c = v128.and(i64x2.add(x, v128.load_splat<u64>(BITS)), v128.load_splat<u64>(BITS, 8))
    const above = i64x2.add(c, v128.load_splat<u64>(BITS, 16))
    const stored = v128.or(i64x2.shr_u(above, 52), v128.load_splat<u64>(BITS, 24))
    const k = f64x2.sub(stored, v128.load_splat<u64>(BITS, 32))
    const s = f64x2.div(f64x2.sub(x, c), f64x2.add(x, c))
    const s2 = f64x2.mul(s, s)
    const q = f64x2.add(f64x2.mul(s2, v128.load_splat<u64>(DOUBLE, 24)), v128.load_splat<u64>(DOUBLE, 16))
    const rest = f64x2.mul(f64x2.mul(s, s2), q)
    const low = f64x2.add(f64x2.mul(k, v128.load_splat<u64>(DOUBLE, 8)), rest)
    const logC = v128.load_lane<u64>(
      placeOf(load<i32>(a, 12)),
      v128.load_zero<u64>(placeOf(load<i32>(a, 4))),
      1,
    )
    const high = f64x2.add(f64x2.mul(k, v128.load_splat<u64>(DOUBLE)), logC)
    return f64x2.add(high, f64x2.add(f64x2.add(s, s), low))
  }

  @inline single(x: v128): v128 {
    const above = i32x4.sub(x, v128.load_splat<u32>(WORDS))
    const k = f32x4.convert_i32x4_s(i32x4.shr_s(above, 23))
    const mantissa = i32x4.sub(x, v128.and(above, v128.load_splat<u32>(WORDS, 4)))
    const f = f32x4.sub(mantissa, v128.load_splat<u32>(SINGLE, 24))
    const s = f32x4.div(f, f32x4.add(f, v128.load_splat<u32>(SINGLE, 28)))
    const s2 = f32x4.mul(s, s)
    const half = f32x4.mul(f32x4.mul(f, f), v128.load_splat<u32>(SINGLE, 20))
    const q12 = f32x4.add(v128.load_splat<u32>(SINGLE, 12), f32x4.mul(s2, v128.load_splat<u32>(SINGLE, 16)))
    const q = f32x4.mul(s2, f32x4.add(v128.load_splat<u32>(SINGLE, 8), f32x4.mul(s2, q12)))
    const rest = f32x4.mul(s, f32x4.add(half, q))
    const low = f32x4.add(rest, f32x4.mul(k, v128.load_splat<u32>(SINGLE, 4)))
    return f32x4.sub(f32x4.mul(k, v128.load_splat<u32>(SINGLE)), f32x4.sub(f32x4.sub(half, low), f))
  }
}

/** Where ln c is, given the high word of x. */
function placeOf(word: i32): usize {
  return LOGARITHMS + (((word + 0x1000 - 0x3fe60000) >>> 10) & 0x3f8)
}
