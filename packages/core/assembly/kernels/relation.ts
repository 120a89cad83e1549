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
