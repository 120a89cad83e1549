/**
 * Sine, cosine and tangent in vectors of float64. |x| = k·π/2 + r with |r| ≤ π/4, for sizes up to LARGE; beyond,
 * element by element, by angle.ts. The reduction takes π/2 in parts, the first two so short that their products
 * with k are exact, and keeps what r is rounded by. sin r is r + r³·S(r²), cos r is 1 − r²/2 + r⁴·C(r²), with S and
 * C interpolated in the zeros of a Chebyshev polynomial; what they leave is below 2⁻⁵⁵, or 2⁻³⁵ for float32.
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
/** The same for the accuracy of float32. */
const SHORT_SINE: usize = memory.data<f64>([
  -0.16666666663854168, 0.008333331874273714, -0.000198400864995936, 2.7249895230611676e-6,
])
const SHORT_COSINE: usize = memory.data<f64>([
  0.041666666664320264, -0.0013888887671652504, 2.480060018036381e-5, -2.7300933687212943e-7,
])
/** The bit of the sign, and 1, of float64. */
const BITS: usize = memory.data<u64>([0x8000000000000000, 1])
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
    if (sizeof<T>() === 8)
      for (let at: usize = 0; at < 32; at += 16) v128.store(out + at, this.of<T>(v128.load(a + at)))
    else
      for (let at: usize = 0; at < 32; at += 8) {
        const x = f64x2.promote_low_f32x4(v128.load_zero<u64>(a + at))
        v128.store_lane<u64>(out + at, f32x4.demote_f64x2_zero(this.of<T>(x)), 0)
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

  /** Of two float64, as accurate as T. */
  @inline of<T>(x: v128): v128 {
    const sign = v128.and(x, v128.load_splat<u64>(BITS))
    const size = v128.xor(x, sign)
    const turns = f64x2.mul(size, v128.load_splat<u64>(REDUCTION))
    const shifted = f64x2.add(turns, v128.load_splat<u64>(REDUCTION, 8))
    const k = f64x2.sub(shifted, v128.load_splat<u64>(REDUCTION, 8))
    const first = f64x2.sub(size, f64x2.mul(k, v128.load_splat<u64>(REDUCTION, 16)))
    const second = f64x2.mul(k, v128.load_splat<u64>(REDUCTION, 24))
    const near = f64x2.sub(first, second)
    if (sizeof<T>() === 4) return this.ofShort(near, shifted, sign)
    const lost = f64x2.sub(f64x2.sub(first, near), second)
    const third = f64x2.sub(f64x2.mul(k, v128.load_splat<u64>(REDUCTION, 32)), lost)
    const r = f64x2.sub(near, third)
    return this.ofReduced(r, f64x2.sub(f64x2.sub(near, r), third), shifted, sign)
  }

  /** Of the angle r and k right angles, with a sign. */
  @inline ofShort(r: v128, k: v128, sign: v128): v128 {
    const z = f64x2.mul(r, r)
    const z2 = f64x2.mul(z, z)
    const sine = f64x2.add(r, f64x2.mul(f64x2.mul(r, z), this.cubic(z, z2, SHORT_SINE)))
    const half = f64x2.mul(z, v128.load_splat<u64>(REDUCTION, 40))
    const near = f64x2.sub(v128.load_splat<u64>(REDUCTION, 48), half)
    const cosine = f64x2.add(near, f64x2.mul(z2, this.cubic(z, z2, SHORT_COSINE)))
    return changetype<Kind>(0).of(sine, cosine, k, sign)
  }

  /** Of the angle r + rest and k right angles, with a sign. */
  @inline ofReduced(r: v128, rest: v128, k: v128, sign: v128): v128 {
    const z = f64x2.mul(r, r)
    const z2 = f64x2.mul(z, z)
    const s = f64x2.mul(f64x2.mul(r, z), this.quintic(z, z2, SINE))
    const sine = f64x2.add(r, f64x2.add(rest, s))
    const half = f64x2.mul(z, v128.load_splat<u64>(REDUCTION, 40))
    const one = v128.load_splat<u64>(REDUCTION, 48)
    const near = f64x2.sub(one, half)
    const lost = f64x2.sub(f64x2.sub(one, near), half)
    const c = f64x2.sub(f64x2.mul(z2, this.quintic(z, z2, COSINE)), f64x2.mul(r, rest))
    return changetype<Kind>(0).of(sine, f64x2.add(near, f64x2.add(lost, c)), k, sign)
  }

  /** c₀ + c₁z + c₂z² + c₃z³. */
  @inline cubic(z: v128, z2: v128, c: usize): v128 {
    return f64x2.add(this.linear(z, c), f64x2.mul(z2, this.linear(z, c + 16)))
  }

  /** c₀ + c₁z + … + c₅z⁵. */
  @inline quintic(z: v128, z2: v128, c: usize): v128 {
    return f64x2.add(this.linear(z, c), f64x2.mul(z2, this.cubic(z, z2, c + 16)))
  }

  @inline linear(z: v128, c: usize): v128 {
    return f64x2.add(v128.load_splat<u64>(c), f64x2.mul(z, v128.load_splat<u64>(c, 8)))
  }
}

/** Sine or, of k + 1, cosine: the sign changes with the half turns. */
function ofQuadrant(sine: v128, cosine: v128, k: v128): v128 {
  const value = v128.bitselect(cosine, sine, oddLanes(k))
  return v128.xor(value, i64x2.shl(i64x2.shr_u(k, 1), 63))
}

/** All bits where k is odd. */
function oddLanes(k: v128): v128 {
  const one = v128.load_splat<u64>(BITS, 8)
  return i64x2.eq(v128.and(k, one), one)
}

@unmanaged
export class Sine {
  @inline of(sine: v128, cosine: v128, k: v128, sign: v128): v128 {
    return v128.xor(ofQuadrant(sine, cosine, k), sign)
  }
}

@unmanaged
export class Cosine {
  @inline of(sine: v128, cosine: v128, k: v128, _sign: v128): v128 {
    return ofQuadrant(sine, cosine, i64x2.add(k, v128.load_splat<u64>(BITS, 8)))
  }
}

/** sin r / cos r, or −cos r / sin r in every other quadrant. */
@unmanaged
export class Tangent {
  @inline of(sine: v128, cosine: v128, k: v128, sign: v128): v128 {
    const odd = oddLanes(k)
    const above = v128.bitselect(cosine, sine, odd)
    const value = f64x2.div(above, v128.bitselect(sine, cosine, odd))
    return v128.xor(value, v128.xor(i64x2.shl(odd, 63), sign))
  }
}
