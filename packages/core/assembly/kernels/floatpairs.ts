/** The operations on pairs of floats that need mathematics, computed in float64. */

@unmanaged
export class FloatPow {
  @inline apply<T>(a: T, b: T): T {
    return <T>power(<f64>a, <f64>b)
  }
}

/** IEEE 754's pow: 1 to any power and anything to the power of 0 is 1, NaN or not. */
function power(a: f64, b: f64): f64 {
  if (a === 1 || b === 0) return 1
  if (a === -1 && abs(b) === Infinity) return 1
  return NativeMath.pow(a, b)
}

@unmanaged
export class ArcTangent2 {
  @inline apply<T>(a: T, b: T): T {
    return <T>NativeMath.atan2(<f64>a, <f64>b)
  }
}

/** √(a² + b²), without overflow on the way; ∞ when one is infinite, even beside NaN. */
@unmanaged
export class Hypot {
  apply<T>(a: T, b: T): T {
    if (sizeof<T>() === 4) {
      const x = <f64>a
      const y = <f64>b
      if (abs(x) === Infinity || abs(y) === Infinity) return <T>Infinity
      return <T>sqrt<f64>(x * x + y * y)
    }
    return <T>NativeMath.hypot(<f64>a, <f64>b)
  }
}

/** log(eᵃ + eᵇ) = max + log(1 + e^(−|a − b|)). */
@unmanaged
export class LogAddExp {
  @inline apply<T>(a: T, b: T): T {
    return <T>logAddExp(<f64>a, <f64>b)
  }
}

function logAddExp(a: f64, b: f64): f64 {
  // Infinities of one sign have no difference.
  if (a === b) return a + NativeMath.LN2
  return max(a, b) + NativeMath.log1p(NativeMath.exp(-abs(a - b)))
}

/** The next float from a towards b: a's bits, read as an integer, are in the order of the floats. */
@unmanaged
export class NextAfter {
  apply<T>(a: T, b: T): T {
    if (a === b) return b
    // What is neither above nor below is NaN.
    if (!(a < b || a > b)) return <T>(a + b)
    if (sizeof<T>() === 4)
      return <T>reinterpret<f32>(nextBits<u32>(reinterpret<u32>(<f32>a), a === <T>0, b > a))
    else return <T>reinterpret<f64>(nextBits<u64>(reinterpret<u64>(<f64>a), a === <T>0, b > a))
  }
}

function nextBits<U>(bits: U, isZero: bool, up: bool): U {
  const sign: U = (<U>1) << (<U>(sizeof<U>() * 8 - 1))
  if (isZero) return up ? <U>1 : sign | <U>1
  const negative = (bits & sign) !== <U>0
  return up === negative ? bits - <U>1 : bits + <U>1
}
