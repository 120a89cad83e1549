/**
 * Sine, cosine and tangent in vectors. |x| = k·π/2 + r with |r| ≤ π/4, for sizes up to LARGE; beyond, element by
 * element, by angle.ts. The reduction takes π/2 in parts so short that their products with k are exact; of
 * float32 it is made in float64. sin r is r + r³·S(r²), cos r is 1 − r²/2 + r⁴·C(r²), with S and C interpolated
 * in the zeros of a Chebyshev polynomial; what they leave is below 2⁻⁵⁵, or 2⁻²⁶.
 */
import { angle, reduce, rest } from './angle'
import { highWords } from './vectors'

const LARGE: f64 = 1048576
/** 2/π, 1.5·2⁵², π/2 in three parts, a half and 1; then S and C. */
const REDUCTION: usize = memory.data<f64>([
  0.6366197723675814, 6755399441055744, 1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21,
  0.5, 1,
])
const SINE: usize = memory.data<f64>([
  -0.16666666666666666, 0.008333333333330948, -0.00019841269836756774, 2.7557316101617874e-6,
  -2.505113165023518e-8, 1.5918115263265974e-10,
])
const COSINE: usize = memory.data<f64>([
  0.041666666666666664, -0.0013888888888887398, 2.480158729876456e-5, -2.7557317271145144e-7,
  2.087614614655861e-9, -1.1382623647474604e-11,
])
/** The bit of the sign, and 1, of float64. */
const BITS: usize = memory.data<u64>([0x8000000000000000, 1])
/** S, C, a half and 1. */
const SINGLE: usize = memory.data<f32>([
  -0.166666641831398, 0.008332747966051102, -0.00019587865972425789, 0.0416666641831398,
  -0.001388830249197781, 2.454791683703661e-5, 0.5, 1,
])
/** The bit of the sign, and the words below those of LARGE in float64 and float32. */
const WORDS: usize = memory.data<u32>([0x80000000, 0x412fffff, 0x497fffff])

/** A function of an angle: what `Kind` makes of the sine and the cosine of r. */
@unmanaged
export class Circular<Kind> {
  @inline plain<T>(a: usize): bool {
    const sign = v128.load_splat<u32>(WORDS)
    if (sizeof<T>() === 8) {
      const sizes = v128.andnot(highWords(a), sign)
      return !v128.any_true(i32x4.gt_s(sizes, v128.load_splat<u32>(WORDS, 4)))
    } else {
      const sizes = i32x4.max_s(v128.andnot(v128.load(a), sign), v128.andnot(v128.load(a, 16), sign))
      return !v128.any_true(i32x4.gt_s(sizes, v128.load_splat<u32>(WORDS, 8)))
    }
  }

  @inline pair<T>(out: usize, a: usize): void {
    for (let at: usize = 0; at < 32; at += 16) {
      const x = v128.load(a + at)
      v128.store(out + at, sizeof<T>() === 8 ? this.double(x) : this.single(x))
    }
  }

  mend<T>(out: usize, a: usize): void {
    for (let at: usize = 0; at < 32; at += sizeof<T>()) {
      const x = load<T>(a + at)
      if (!(abs<T>(x) < <T>LARGE)) store<T>(out + at, <T>this.large(<f64>x))
    }
  }

  /** NaN of NaN and the infinities. */
  large(x: f64): f64 {
    if (!(abs(x) < Infinity)) return NaN
    const k = i64x2.splat(reduce(x))
    const sign = v128.and(f64x2.splat(x), v128.load_splat<u64>(BITS))
    return f64x2.extract_lane(this.ofReduced(f64x2.splat(angle), f64x2.splat(rest), k, sign), 0)
  }

  @inline double(x: v128): v128 {
    const sign = v128.and(x, v128.load_splat<u64>(BITS))
    const size = v128.xor(x, sign)
    const shifted = this.shifted(size)
    const k = f64x2.sub(shifted, v128.load_splat<u64>(REDUCTION, 8))
    const first = f64x2.sub(size, f64x2.mul(k, v128.load_splat<u64>(REDUCTION, 16)))
    const second = f64x2.mul(k, v128.load_splat<u64>(REDUCTION, 24))
    const r = f64x2.sub(first, second)
    const lost = f64x2.sub(f64x2.sub(first, r), second)
    const rest = f64x2.sub(lost, f64x2.mul(k, v128.load_splat<u64>(REDUCTION, 32)))
    return this.ofReduced(r, rest, shifted, sign)
  }

  /** Of the angle r + rest and k right angles, with a sign. */
  @inline ofReduced(r: v128, rest: v128, k: v128, sign: v128): v128 {
    const z = f64x2.mul(r, r)
    const sine = f64x2.add(r, f64x2.add(rest, f64x2.mul(f64x2.mul(r, z), this.polynomial(z, SINE))))
    const half = f64x2.mul(z, v128.load_splat<u64>(REDUCTION, 40))
    const one = v128.load_splat<u64>(REDUCTION, 48)
    const near = f64x2.sub(one, half)
    const correction = f64x2.sub(f64x2.sub(one, near), half)
    const tail = f64x2.sub(f64x2.mul(f64x2.mul(z, z), this.polynomial(z, COSINE)), f64x2.mul(r, rest))
    const cosine = f64x2.add(near, f64x2.add(correction, tail))
    return changetype<Kind>(0).of<f64>(sine, cosine, k, sign)
  }

  /** c₀ + c₁z + … + c₅z⁵. */
  @inline polynomial(z: v128, c: usize): v128 {
    const z2 = f64x2.mul(z, z)
    const c01 = f64x2.add(v128.load_splat<u64>(c), f64x2.mul(z, v128.load_splat<u64>(c, 8)))
    const c23 = f64x2.add(v128.load_splat<u64>(c, 16), f64x2.mul(z, v128.load_splat<u64>(c, 24)))
    const c45 = f64x2.add(v128.load_splat<u64>(c, 32), f64x2.mul(z, v128.load_splat<u64>(c, 40)))
    return f64x2.add(c01, f64x2.mul(z2, f64x2.add(c23, f64x2.mul(z2, c45))))
  }

  @inline single(x: v128): v128 {
    const sign = v128.and(x, v128.load_splat<u32>(WORDS))
    const size = v128.xor(x, sign)
    const low = f64x2.promote_low_f32x4(size)
    const high = f64x2.promote_low_f32x4(v128.shuffle<u64>(size, size, 1, 1))
    const shiftedLow = this.shifted(low)
    const shiftedHigh = this.shifted(high)
    const r = v128.shuffle<u64>(
      f32x4.demote_f64x2_zero(this.reduced(low, shiftedLow)),
      f32x4.demote_f64x2_zero(this.reduced(high, shiftedHigh)),
      0,
      2,
    )
    const z = f32x4.mul(r, r)
    const s12 = f32x4.add(v128.load_splat<u32>(SINGLE, 4), f32x4.mul(z, v128.load_splat<u32>(SINGLE, 8)))
    const s = f32x4.add(v128.load_splat<u32>(SINGLE), f32x4.mul(z, s12))
    const sine = f32x4.add(r, f32x4.mul(f32x4.mul(r, z), s))
    const c12 = f32x4.add(v128.load_splat<u32>(SINGLE, 16), f32x4.mul(z, v128.load_splat<u32>(SINGLE, 20)))
    const c = f32x4.add(v128.load_splat<u32>(SINGLE, 12), f32x4.mul(z, c12))
    const half = f32x4.mul(z, v128.load_splat<u32>(SINGLE, 24))
    const near = f32x4.sub(v128.load_splat<u32>(SINGLE, 28), half)
    const cosine = f32x4.add(near, f32x4.mul(f32x4.mul(z, z), c))
    const shifted = v128.shuffle<u32>(shiftedLow, shiftedHigh, 0, 2, 4, 6)
    return changetype<Kind>(0).of<f32>(sine, cosine, shifted, sign)
  }

  /** k, in the low bits. */
  @inline shifted(size: v128): v128 {
    const turns = f64x2.mul(size, v128.load_splat<u64>(REDUCTION))
    return f64x2.add(turns, v128.load_splat<u64>(REDUCTION, 8))
  }

  /** r of float32. */
  @inline reduced(size: v128, shifted: v128): v128 {
    const k = f64x2.sub(shifted, v128.load_splat<u64>(REDUCTION, 8))
    const first = f64x2.sub(size, f64x2.mul(k, v128.load_splat<u64>(REDUCTION, 16)))
    return f64x2.sub(first, f64x2.mul(k, v128.load_splat<u64>(REDUCTION, 24)))
  }
}

/** Sine or, of k + 1, cosine: the sign changes with the half turns. */
function ofQuadrant<T>(sine: v128, cosine: v128, k: v128): v128 {
  const value = v128.bitselect(cosine, sine, oddLanes<T>(k))
  if (sizeof<T>() === 8) return v128.xor(value, i64x2.shl(i64x2.shr_u(k, 1), 63))
  else return v128.xor(value, i32x4.shl(i32x4.shr_u(k, 1), 31))
}

/** All bits where k is odd. */
function oddLanes<T>(k: v128): v128 {
  if (sizeof<T>() === 8) {
    const one = v128.load_splat<u64>(BITS, 8)
    return i64x2.eq(v128.and(k, one), one)
  }
  return i32x4.shr_s(i32x4.shl(k, 31), 31)
}

@unmanaged
export class Sine {
  @inline of<T>(sine: v128, cosine: v128, k: v128, sign: v128): v128 {
    return v128.xor(ofQuadrant<T>(sine, cosine, k), sign)
  }
}

@unmanaged
export class Cosine {
  @inline of<T>(sine: v128, cosine: v128, k: v128, _sign: v128): v128 {
    if (sizeof<T>() === 8) return ofQuadrant<T>(sine, cosine, i64x2.add(k, v128.load_splat<u64>(BITS, 8)))
    else return ofQuadrant<T>(sine, cosine, i32x4.sub(k, i32x4.eq(k, k)))
  }
}

/** sin r / cos r, or −cos r / sin r in every other quadrant. */
@unmanaged
export class Tangent {
  @inline of<T>(sine: v128, cosine: v128, k: v128, sign: v128): v128 {
    const odd = oddLanes<T>(k)
    const above = v128.bitselect(cosine, sine, odd)
    const value = v128.div<T>(above, v128.bitselect(sine, cosine, odd))
    const flip = sizeof<T>() === 8 ? i64x2.shl(odd, 63) : i32x4.shl(odd, 31)
    return v128.xor(value, v128.xor(flip, sign))
  }
}
