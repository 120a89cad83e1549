/*
 * WebAssembly compares no vectors of unsigned 64-bit integers; their order is that of signed ones with
 * the top bit flipped. (The condition stands in each place: only there is it decided while compiling.)
 */

/** Turns the order of unsigned 64-bit integers into that of signed ones. */
function toSigned(lanes: v128): v128 {
  return v128.xor(lanes, i64x2.splat(i64.MIN_VALUE))
}

/** The relations of two elements, and of vectors of them; NaN stands in none. */
@unmanaged
export class Equal {
  @inline lanes<T>(a: v128, b: v128): v128 {
    return v128.eq<T>(a, b)
  }

  @inline test<T>(a: T, b: T): bool {
    return a === b
  }
}

@unmanaged
export class Less {
  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isInteger<T>() && sizeof<T>() === 8 && !isSigned<T>()) return v128.lt<i64>(toSigned(a), toSigned(b))
    else return v128.lt<T>(a, b)
  }

  @inline test<T>(a: T, b: T): bool {
    return a < b
  }
}

@unmanaged
export class LessEqual {
  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isInteger<T>() && sizeof<T>() === 8 && !isSigned<T>()) return v128.le<i64>(toSigned(a), toSigned(b))
    else return v128.le<T>(a, b)
  }

  @inline test<T>(a: T, b: T): bool {
    return a <= b
  }
}

@unmanaged
export class Greater {
  @inline lanes<T>(a: v128, b: v128): v128 {
    if (isInteger<T>() && sizeof<T>() === 8 && !isSigned<T>()) return v128.gt<i64>(toSigned(a), toSigned(b))
    else return v128.gt<T>(a, b)
  }

  @inline test<T>(a: T, b: T): bool {
    return a > b
  }
}

/**
 * The relations of a signed 64-bit integer a and an unsigned one b, both given as u64: a negative a is below
 * every b.
 */
@unmanaged
export class MixedEqual {
  @inline lanes<_T>(a: v128, b: v128): v128 {
    return v128.andnot(i64x2.eq(a, b), i64x2.shr_s(a, 63))
  }

  @inline test<T>(a: T, b: T): bool {
    return a === b && <i64>a >= 0
  }
}

@unmanaged
export class MixedLess {
  @inline lanes<_T>(a: v128, b: v128): v128 {
    return v128.or(v128.lt<i64>(toSigned(a), toSigned(b)), i64x2.shr_s(a, 63))
  }

  @inline test<T>(a: T, b: T): bool {
    return a < b || <i64>a < 0
  }
}

@unmanaged
export class MixedLessEqual {
  @inline lanes<_T>(a: v128, b: v128): v128 {
    return v128.or(v128.le<i64>(toSigned(a), toSigned(b)), i64x2.shr_s(a, 63))
  }

  @inline test<T>(a: T, b: T): bool {
    return a <= b || <i64>a < 0
  }
}

/** The least value of an interval, as often as a vector has lanes. */
export const least: usize = memory.data(16, 16)

/**
 * Whether a lies in the interval from `least` to b; of integers, which are given without a sign, b is how far
 * it reaches: what is below `least` is beyond that, too.
 */
@unmanaged
export class Inside {
  @inline lanes<T>(a: v128, b: v128): v128 {
    const low = v128.load(least)
    if (isFloat<T>()) return v128.and(v128.le<T>(low, a), v128.le<T>(a, b))
    const distance = v128.sub<T>(a, low)
    if (sizeof<T>() === 8) return v128.le<i64>(toSigned(distance), toSigned(b))
    else return v128.le<T>(distance, b)
  }

  @inline test<T>(a: T, b: T): bool {
    const low = load<T>(least)
    if (isFloat<T>()) return low <= a && a <= b
    return <T>(a - low) <= b
  }
}

/** Relations of a float's size with b. */
@unmanaged
export class SizeEqual {
  @inline lanes<T>(a: v128, b: v128): v128 {
    return v128.eq<T>(v128.abs<T>(a), b)
  }

  @inline test<T>(a: T, b: T): bool {
    return abs<T>(a) === b
  }
}

@unmanaged
export class SizeLess {
  @inline lanes<T>(a: v128, b: v128): v128 {
    return v128.lt<T>(v128.abs<T>(a), b)
  }

  @inline test<T>(a: T, b: T): bool {
    return abs<T>(a) < b
  }
}
