/**
 * eˣ of float64, two at a time: x = (64n + j)·ln 2 / 64 + r with |r| ≤ ln 2 / 128, and eˣ = 2ⁿ·2^(j/64)·eʳ. The
 * 64 powers are in a table; eʳ is 1 + r + r²·P(r) with P interpolated in the zeros of a Chebyshev polynomial:
 * what it leaves is below 2⁻⁵⁷. A single element takes the same way, so that equal elements give equal results.
 */

/** Added to a small float, it leaves the nearest integer in the low bits. */
const TO_INTEGER: f64 = 6755399441055744

/** 2^(j/64). */
const POWERS: usize = memory.data<f64>([
  1.0, 1.0108892860517005, 1.0218971486541166, 1.0330248790212284, 1.0442737824274138, 1.0556451783605572,
  1.0671404006768237, 1.0787607977571199, 1.0905077326652577, 1.102382583307841, 1.1143867425958924,
  1.1265216186082418, 1.1387886347566916, 1.1511892299529827, 1.1637248587775775, 1.1763969916502812,
  1.189207115002721, 1.202156731452703, 1.215247359980469, 1.22848053610687, 1.241857812073484,
  1.255380757024691, 1.2690509571917332, 1.2828700160787783, 1.2968395546510096, 1.3109612115247644,
  1.3252366431597413, 1.339667524053303, 1.3542555469368927, 1.3690024229745905, 1.383909881963832,
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: one of many
  1.3989796725383112, 1.4142135623730951, 1.42961333839197, 1.4451808069770467, 1.460917794180647,
  1.4768261459394993, 1.4929077282912648, 1.5091644275934228, 1.5255981507445384, 1.5422108254079407,
  1.559004400237837, 1.5759808451078865, 1.593142151342267, 1.6104903319492543, 1.6280274218573478,
  1.645755478153965, 1.6636765803267364, 1.681792830507429, 1.7001063537185235, 1.718619298122478,
  1.7373338352737062, 1.7562521603732995, 1.7753764925265212, 1.7947090750031072, 1.8142521755003989,
  1.8340080864093424, 1.8539791250833855, 1.8741676341103, 1.8945759815869656, 1.9152065613971474,
  1.9360617934922943, 1.9571441241754002, 1.978456026387951,
])

/** What the loop multiplies with and adds, in pairs: a vector in memory costs less than one made on the way. */
const CONSTANTS: usize = memory.data<f64>(
  [
    // Below it in size, eˣ is a normal number.
    708, 708,
    // −0: the bit of the sign.
    -0.0, -0.0,
    // 64 / ln 2, and its reciprocal in two parts, the first so short that its product with an integer is exact.
    92.33248261689366,
    92.33248261689366, 0.010830424695996044, 0.010830424695996044, 2.5310172166650877e-13,
    2.5310172166650877e-13,
    // P.
    0.4999999999998501, 0.4999999999998501, 0.16666666666664526, 0.16666666666664526, 0.041666707476689775,
    0.041666707476689775, 0.00833333916333604, 0.00833333916333604, 6755399441055744, 6755399441055744,
  ],
  16,
)

@unmanaged
export class ExpLanes {
  @inline of(x: v128): v128 {
    const size = v128.andnot(x, v128.load(CONSTANTS, 16))
    if (!i64x2.all_true(f64x2.lt(size, v128.load(CONSTANTS)))) return expEdges(x)
    const shifted = this.shifted(x)
    return i64x2.add(this.fraction(x, shifted), i64x2.shl(i64x2.shr_u(shifted, 6), 52))
  }

  /** 64n + j, in the low bits. */
  @inline shifted(x: v128): v128 {
    return f64x2.add(f64x2.mul(x, v128.load(CONSTANTS, 32)), v128.load(CONSTANTS, 144))
  }

  /** eˣ / 2ⁿ, from about 1 to 2. */
  @inline fraction(x: v128, shifted: v128): v128 {
    const k = f64x2.sub(shifted, v128.load(CONSTANTS, 144))
    const high = f64x2.sub(x, f64x2.mul(k, v128.load(CONSTANTS, 48)))
    const r = f64x2.sub(high, f64x2.mul(k, v128.load(CONSTANTS, 64)))
    const r2 = f64x2.mul(r, r)
    const low = f64x2.add(v128.load(CONSTANTS, 80), f64x2.mul(r, v128.load(CONSTANTS, 96)))
    const upper = f64x2.add(v128.load(CONSTANTS, 112), f64x2.mul(r, v128.load(CONSTANTS, 128)))
    const p = f64x2.add(low, f64x2.mul(r2, upper))
    const j0 = (i32x4.extract_lane(shifted, 0) & 63) << 3
    const j1 = (i32x4.extract_lane(shifted, 2) & 63) << 3
    const power = v128.load_lane<u64>(POWERS + j1, v128.load_zero<u64>(POWERS + j0), 1)
    return f64x2.add(power, f64x2.mul(power, f64x2.add(r, f64x2.mul(r2, p))))
  }
}

/** The same for any x: what lies beyond the ends overflows or vanishes in two steps of 2^(n/2). */
function expEdges(x: v128): v128 {
  const inside = f64x2.min(f64x2.max(x, f64x2.splat(-750)), f64x2.splat(710))
  const shifted = changetype<ExpLanes>(0).shifted(inside)
  const k = f64x2.sub(shifted, f64x2.splat(TO_INTEGER))
  const n = f64x2.floor(f64x2.mul(k, f64x2.splat(0.015625)))
  const half = f64x2.floor(f64x2.mul(n, f64x2.splat(0.5)))
  const fraction = changetype<ExpLanes>(0).fraction(inside, shifted)
  return f64x2.mul(f64x2.mul(fraction, powerOf2(half)), powerOf2(f64x2.sub(n, half)))
}

/** 2ᵏ for integers k of a normal number's exponent. */
function powerOf2(k: v128): v128 {
  return i64x2.shl(f64x2.add(k, f64x2.splat(TO_INTEGER + 1023)), 52)
}

/** eˣ of one element. */
export function exp(x: f64): f64 {
  return f64x2.extract_lane(changetype<ExpLanes>(0).of(f64x2.splat(x)), 0)
}
