/**
 * ln x of float64, two at a time: x = 2ᵏ·(1 + f) with 1 + f from √½ to √2. With s = f / (2 + f), ln(1 + f) is
 * 2·artanh s = 2s + s·Q(s²), and since 2s = f − s·f, it is f − (f²/2 − s·(f²/2 + Q)): the large part, f, is
 * exact. Q is interpolated in the zeros of a Chebyshev polynomial; what it leaves is below 2⁻⁵⁷ of ln x. A
 * single element takes the same way, so that equal elements give equal results.
 */
/** The bits of √½. */
const SQRT_HALF: i64 = 0x3fe6a09e667f3bcd
/** The exponent of 1, in its place. */
const ONE: i64 = 0x3ff0000000000000
const EXPONENT: i64 = 0x7ff0000000000000
/** The bits of 2⁵²: what is put into its low bits is added to it. */
const TWO_52: i64 = 0x4330000000000000
const MIN_NORMAL: f64 = 2.2250738585072014e-308

/** What the loop adds and multiplies with, in pairs: a vector in memory costs less than one made on the way. */
const CONSTANTS: usize = memory.data<f64>(
  [
    // ln 2 in two parts, the first so short that its product with an exponent is exact.
    0.6931471805598903,
    0.6931471805598903,
    5.497923018708371e-14,
    5.497923018708371e-14,
    // Q(z) / z.
    0.666666666666667,
    0.666666666666667,
    0.3999999999989889,
    0.3999999999989889,
    0.28571428626253836,
    0.28571428626253836,
    0.22222211089379496,
    0.22222211089379496,
    0.1818289243253687,
    0.1818289243253687,
    0.15331611722055008,
    0.15331611722055008,
    0.14617807153417325,
    0.14617807153417325,
    0.5,
    0.5,
    1,
    1,
    2,
    2,
    // The least normal number, and what is above the largest.
    2.2250738585072014e-308,
    2.2250738585072014e-308,
    Infinity,
    Infinity,
    // 2⁵² and the exponent of 1.
    4503599627371519,
    4503599627371519,
  ],
  16,
)

@unmanaged
export class LogLanes {
  @inline of(x: v128): v128 {
    const normal = v128.and(f64x2.ge(x, v128.load(CONSTANTS, 192)), f64x2.lt(x, v128.load(CONSTANTS, 208)))
    if (!i64x2.all_true(normal)) return logEdges(x)
    return this.normal(x, v128.load(CONSTANTS, 224))
  }

  /** Of normal numbers; `bias` is subtracted from 2⁵² + the exponent as it is stored. */
  @inline normal(x: v128, bias: v128): v128 {
    const above = i64x2.sub(x, i64x2.splat(SQRT_HALF - ONE))
    const k = f64x2.sub(v128.or(i64x2.shr_u(above, 52), i64x2.splat(TWO_52)), bias)
    const exponent = v128.and(above, i64x2.splat(EXPONENT))
    const f = f64x2.sub(i64x2.add(i64x2.sub(x, exponent), i64x2.splat(ONE)), v128.load(CONSTANTS, 160))
    const s = f64x2.div(f, f64x2.add(f, v128.load(CONSTANTS, 176)))
    const half = f64x2.mul(f64x2.mul(f, f), v128.load(CONSTANTS, 144))
    const low = f64x2.add(
      f64x2.mul(s, f64x2.add(half, this.rest(f64x2.mul(s, s)))),
      f64x2.mul(k, v128.load(CONSTANTS, 16)),
    )
    return f64x2.sub(f64x2.mul(k, v128.load(CONSTANTS)), f64x2.sub(f64x2.sub(half, low), f))
  }

  /** Q(z) = 2z/3 + 2z²/5 + … */
  @inline rest(z: v128): v128 {
    const z2 = f64x2.mul(z, z)
    const q01 = f64x2.add(v128.load(CONSTANTS, 32), f64x2.mul(z, v128.load(CONSTANTS, 48)))
    const q23 = f64x2.add(v128.load(CONSTANTS, 64), f64x2.mul(z, v128.load(CONSTANTS, 80)))
    const q45 = f64x2.add(v128.load(CONSTANTS, 96), f64x2.mul(z, v128.load(CONSTANTS, 112)))
    const q456 = f64x2.add(q45, f64x2.mul(z2, v128.load(CONSTANTS, 128)))
    return f64x2.mul(z, f64x2.add(q01, f64x2.mul(z2, f64x2.add(q23, f64x2.mul(z2, q456)))))
  }
}

/** The same for any x: subnormal numbers are scaled first; 0, ∞, NaN and what is negative have their own. */
function logEdges(x: v128): v128 {
  const small = f64x2.lt(x, f64x2.splat(MIN_NORMAL))
  const scaled = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984)), x, small)
  const bias = f64x2.add(f64x2.splat(4503599627370496 + 1023), v128.and(f64x2.splat(54), small))
  const finite = changetype<LogLanes>(0).normal(scaled, bias)
  // ∞ and NaN stay themselves.
  const known = v128.bitselect(finite, x, f64x2.lt(x, f64x2.splat(Infinity)))
  const zero = v128.bitselect(f64x2.splat(-Infinity), known, f64x2.eq(x, f64x2.splat(0)))
  return v128.bitselect(f64x2.splat(NaN), zero, f64x2.lt(x, f64x2.splat(0)))
}

/** ln x of one element. */
export function log(x: f64): f64 {
  return f64x2.extract_lane(changetype<LogLanes>(0).of(f64x2.splat(x)), 0)
}
