/**
 * The operations on pairs of elements that need no mathematics: `apply` of two elements, `lanes` of two
 * vectors where that pays. Integers wrap. Those that do not care for the sign of an integer get unsigned ones.
 */

@unmanaged
export class Add {
  @inline apply<T>(a: T, b: T): T {
    return <T>(a + b)
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    return v128.add<T>(a, b)
  }
}

@unmanaged
export class Subtract {
  @inline apply<T>(a: T, b: T): T {
    return <T>(a - b)
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    return v128.sub<T>(a, b)
  }
}

@unmanaged
export class Multiply {
  @inline apply<T>(a: T, b: T): T {
    return <T>(a * b)
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    if (sizeof<T>() === 1) return multiplyBytes(a, b)
    else return v128.mul<T>(a, b)
  }
}

/** WebAssembly multiplies no bytes: those at even places are the low halves of products of 16 bits, the odd ones
 * the high halves, where one factor is shifted down. */
function multiplyBytes(a: v128, b: v128): v128 {
  const low = i16x8.splat(255)
  const even = v128.and(i16x8.mul(a, b), low)
  const odd = i16x8.mul(i16x8.shr_u(a, 8), v128.andnot(b, low))
  return v128.or(even, odd)
}

/** Floats. */
@unmanaged
export class Divide {
  @inline apply<T>(a: T, b: T): T {
    return <T>(a / b)
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    return v128.div<T>(a, b)
  }
}

/** The smaller; NaN if one is NaN, and −0 below 0. */
@unmanaged
export class Minimum {
  @inline apply<T>(a: T, b: T): T {
    if (isFloat<T>()) return min<T>(a, b)
    else return b < a ? b : a
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isInteger<T>() && sizeof<T>() === 8) return v128.bitselect(b, a, above<T>(a, b))
    else return v128.min<T>(a, b)
  }
}

/** The larger; NaN if one is NaN, and 0 above −0. */
@unmanaged
export class Maximum {
  @inline apply<T>(a: T, b: T): T {
    if (isFloat<T>()) return max<T>(a, b)
    else return b > a ? b : a
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isInteger<T>() && sizeof<T>() === 8) return v128.bitselect(a, b, above<T>(a, b))
    else return v128.max<T>(a, b)
  }
}

/** a > b of 64-bit integers. */
function above<T>(a: v128, b: v128): v128 {
  if (isSigned<T>()) return i64x2.gt_s(a, b)
  const top = i64x2.splat(i64.MIN_VALUE)
  return i64x2.gt_s(v128.xor(a, top), v128.xor(b, top))
}

/**
 * ⌊a / b⌋, as Python divides. An integer divided by 0 is 0; the quotient of the smallest and −1 wraps. Of
 * infinities it is the standard's: ∞ / 2 is ∞, 1 / −∞ is −0.
 */
@unmanaged
export class FloorDivide {
  apply<T>(a: T, b: T): T {
    if (isFloat<T>()) return <T>floorQuotient(<f64>a, <f64>b)
    if (b === <T>0) return <T>0
    if (!isSigned<T>()) return <T>(a / b)
    if (b === <T>-1) return <T>(<T>0 - a)
    const quotient = <T>(a / b)
    return (a ^ b) < <T>0 && <T>(quotient * b) !== a ? <T>(quotient - <T>1) : quotient
  }
}

/** a − b⌊a / b⌋: it has the sign of b. The remainder of an integer by 0 is 0. */
@unmanaged
export class Remainder {
  apply<T>(a: T, b: T): T {
    if (isFloat<T>()) return <T>floorRemainder(<f64>a, <f64>b)
    if (b === <T>0) return <T>0
    if (!isSigned<T>()) return <T>(a % b)
    if (b === <T>-1) return <T>0
    const rest = <T>(a % b)
    return rest !== <T>0 && (rest ^ b) < <T>0 ? <T>(rest + b) : rest
  }
}

/** The floor of the true quotient, by way of the remainder, which is exact. */
function floorQuotient(a: f64, b: f64): f64 {
  if (b === 0 || abs(a) === Infinity || abs(b) === Infinity) return a / b
  const rest = NativeMath.mod(a, b)
  let quotient = (a - rest) / b
  if (rest !== 0 && rest < 0 !== b < 0) quotient -= 1
  if (quotient === 0) return copysign<f64>(0, a / b)
  // The division may have rounded an integer that it should have met.
  const whole = floor(quotient)
  return quotient - whole > 0.5 ? whole + 1 : whole
}

function floorRemainder(a: f64, b: f64): f64 {
  const rest = NativeMath.mod(a, b)
  if (rest === 0) return copysign<f64>(0, b)
  return rest < 0 !== b < 0 ? rest + b : rest
}

/** Of integers that count from 0: a to the power of b, wrapping. */
@unmanaged
export class Pow {
  apply<T>(a: T, b: T): T {
    let power: T = <T>1
    for (let left = b; left !== <T>0; left = <T>(left >> <T>1)) {
      if (left & <T>1) power = <T>(power * a)
      a = <T>(a * a)
    }
    return power
  }
}

@unmanaged
export class And {
  @inline apply<T>(a: T, b: T): T {
    return <T>(a & b)
  }

  @inline lanes<_T>(a: v128, b: v128): v128 {
    return v128.and(a, b)
  }
}

@unmanaged
export class Or {
  @inline apply<T>(a: T, b: T): T {
    return <T>(a | b)
  }

  @inline lanes<_T>(a: v128, b: v128): v128 {
    return v128.or(a, b)
  }
}

@unmanaged
export class Xor {
  @inline apply<T>(a: T, b: T): T {
    return <T>(a ^ b)
  }

  @inline lanes<_T>(a: v128, b: v128): v128 {
    return v128.xor(a, b)
  }
}

/** Of unsigned integers: 0 where the shift is as wide as the element, or wider (a negative one is). */
@unmanaged
export class ShiftLeft {
  @inline apply<T>(a: T, b: T): T {
    return b < <T>(sizeof<T>() * 8) ? <T>(a << b) : <T>0
  }
}

/** The sign fills up; it is all that is left where the shift is as wide as the element, or wider. */
@unmanaged
export class ShiftRight {
  @inline apply<T>(a: T, b: T): T {
    const width = <T>(sizeof<T>() * 8)
    if (isSigned<T>()) return b < width && b >= <T>0 ? <T>(a >> b) : a < <T>0 ? <T>-1 : <T>0
    else return b < width ? <T>(a >> b) : <T>0
  }
}

/** a with the sign of b. */
@unmanaged
export class CopySign {
  @inline apply<T>(a: T, b: T): T {
    return copysign<T>(a, b)
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    if (sizeof<T>() === 4) return v128.bitselect(a, b, i32x4.splat(i32.MAX_VALUE))
    else return v128.bitselect(a, b, i64x2.splat(i64.MAX_VALUE))
  }
}
