/**
 * eˣ of float64, two at a time: x = k·ln 2 + r with |r| ≤ ln 2 / 2, and eˣ = 2ᵏ·(1 + r + r²·P(r)). P is
 * interpolated in the zeros of a Chebyshev polynomial, its first coefficient kept at ½; what it leaves is
 * below 2⁻⁵⁶. A single element takes the same way, so that equal elements give equal results.
 */

const LOG2_E: f64 = 1.4426950408889634
/** ln 2 in two parts; the first has so few bits that its product with k is exact. */
export const LN2_HIGH: f64 = 0.6931471805598903
export const LN2_LOW: f64 = 5.497923018708371e-14
/** Added to a small float, it leaves the nearest integer in the low bits. */
const TO_INTEGER: f64 = 6755399441055744
/** Below it in size, eˣ is a normal number, and so are the powers of 2 on the way. */
const EDGE: f64 = 708

@unmanaged
export class ExpLanes {
  @inline of(x: v128): v128 {
    if (!i64x2.all_true(f64x2.lt(f64x2.abs(x), f64x2.splat(EDGE)))) return expEdges(x)
    const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(TO_INTEGER))
    const k = f64x2.sub(shifted, f64x2.splat(TO_INTEGER))
    return i64x2.add(this.fraction(x, k), i64x2.shl(shifted, 52))
  }

  /** e to the power of x − k·ln 2. */
  @inline fraction(x: v128, k: v128): v128 {
    const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)))
    const r = f64x2.sub(high, f64x2.mul(k, f64x2.splat(LN2_LOW)))
    const r2 = f64x2.mul(r, r)
    const r4 = f64x2.mul(r2, r2)
    const p01 = this.linear(r, 0.16666666666666666, 0.041666666666651246)
    const p23 = this.linear(r, 0.008333333333332147, 0.0013888888905973543)
    const p45 = this.linear(r, 0.00019841269854409363, 2.480153620505534e-5)
    const p67 = this.linear(r, 2.755727992579576e-6, 2.761390867578486e-7)
    const p8 = f64x2.mul(r4, f64x2.splat(2.509563297507093e-8))
    const low = f64x2.add(p01, f64x2.mul(r2, p23))
    const upper = f64x2.add(f64x2.add(p45, f64x2.mul(r2, p67)), p8)
    const p = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, f64x2.add(low, f64x2.mul(r4, upper))))
    return f64x2.add(f64x2.splat(1), f64x2.add(r, f64x2.mul(r2, p)))
  }

  @inline linear(r: v128, c0: f64, c1: f64): v128 {
    return f64x2.add(f64x2.splat(c0), f64x2.mul(r, f64x2.splat(c1)))
  }
}

/** The same for any x: what lies beyond the ends overflows or vanishes in two steps of 2^(k/2). */
function expEdges(x: v128): v128 {
  const inside = f64x2.min(f64x2.max(x, f64x2.splat(-750)), f64x2.splat(710))
  const k = f64x2.nearest(f64x2.mul(inside, f64x2.splat(LOG2_E)))
  const half = f64x2.floor(f64x2.mul(k, f64x2.splat(0.5)))
  const fraction = changetype<ExpLanes>(0).fraction(inside, k)
  return f64x2.mul(f64x2.mul(fraction, powerOf2(half)), powerOf2(f64x2.sub(k, half)))
}

/** 2ᵏ for integers k of a normal number's exponent. */
function powerOf2(k: v128): v128 {
  return i64x2.shl(f64x2.add(k, f64x2.splat(TO_INTEGER + 1023)), 52)
}

/** eˣ of one element. */
export function exp(x: f64): f64 {
  return f64x2.extract_lane(changetype<ExpLanes>(0).of(f64x2.splat(x)), 0)
}
