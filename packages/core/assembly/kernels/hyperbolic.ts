/**
 * The hyperbolic tangent in vectors: with t = e^(2|x|) − 1 it is t / (t + 2); below 0.55, where t loses bits,
 * x + x³·P(x²) with P interpolated in the zeros of a Chebyshev polynomial; what it leaves is below 2⁻⁵⁶, or 2⁻²⁶.
 */
import { Exp } from './exp'

/** P, from the last coefficient to the first. */
const DOUBLE: usize = memory.data<f64>([
  -2.060276537636634e-5, 8.511313685577672e-5, -0.0002346347410887237, 0.0005889360520074057,
  -0.001455661830100716, 0.003592110378689024, -0.008863234397814355, 0.021869488493666944,
  -0.053968253967434016, 0.13333333333332714, -0.3333333333333333,
])
const SINGLE: usize = memory.data<f32>([
  -0.00661022774875164, 0.021309388801455498, -0.05390942841768265, 0.13333113491535187, -0.3333333134651184,
])
/** Where P ends; from the second on, the result is 1. 2, 1, and the bit of the sign. */
const CONSTANTS: usize = memory.data<f64>([0.55, 20, 2, 1, -0.0])
const CONSTANTS_32: usize = memory.data<f32>([0.55, 10, 2, 1, -0.0])

@unmanaged
export class HyperbolicTangent {
  @inline plain<_T>(_a: usize): bool {
    return true
  }

  @inline pair<T>(out: usize, a: usize): void {
    for (let at: usize = 0; at < 32; at += 16) v128.store(out + at, this.of<T>(v128.load(a + at)))
  }

  mend<_T>(_out: usize, _a: usize): void {}

  @inline of<T>(x: v128): v128 {
    const sign = v128.and(x, constant<T>(4))
    const size = v128.xor(x, sign)
    const inside = v128.pmin<T>(size, constant<T>(1))
    const t = v128.sub<T>(changetype<Exp>(0).of<T>(v128.add<T>(inside, inside)), constant<T>(3))
    const large = v128.div<T>(t, v128.add<T>(t, constant<T>(2)))
    const z = v128.mul<T>(size, size)
    const small = v128.add<T>(size, v128.mul<T>(v128.mul<T>(size, z), this.polynomial<T>(z)))
    return v128.or(sign, v128.bitselect(small, large, v128.lt<T>(size, constant<T>(0))))
  }

  /** P, by pairs of coefficients. */
  @inline polynomial<T>(z: v128): v128 {
    const z2 = v128.mul<T>(z, z)
    if (sizeof<T>() === 4) {
      const p = next<T>(v128.load_splat<T>(SINGLE), z, z2, SINGLE + 4)
      return next<T>(p, z, z2, SINGLE + 12)
    }
    const first = next<T>(v128.load_splat<T>(DOUBLE), z, z2, DOUBLE + 8)
    const second = next<T>(first, z, z2, DOUBLE + 24)
    const third = next<T>(second, z, z2, DOUBLE + 40)
    return next<T>(next<T>(third, z, z2, DOUBLE + 56), z, z2, DOUBLE + 72)
  }
}

/** p·z² + c₁·z + c₀, with c₁ and c₀ at an address. */
function next<T>(p: v128, z: v128, z2: v128, at: usize): v128 {
  const pair = v128.add<T>(v128.load_splat<T>(at + sizeof<T>()), v128.mul<T>(z, v128.load_splat<T>(at)))
  return v128.add<T>(pair, v128.mul<T>(z2, p))
}

function constant<T>(place: usize): v128 {
  if (sizeof<T>() === 8) return v128.load_splat<T>(CONSTANTS + (place << 3))
  else return v128.load_splat<T>(CONSTANTS_32 + (place << 2))
}
