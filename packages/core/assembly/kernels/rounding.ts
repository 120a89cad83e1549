/** Operations on one element that need no mathematics: sizes, signs, roots and rounding. */

/** |a|; of the smallest integer, it wraps to itself. */
@unmanaged
export class Absolute {
  @inline apply<T>(a: T): T {
    if (isFloat<T>()) return abs<T>(a)
    else return a < <T>0 ? <T>(<T>0 - a) : a
  }

  @inline lanes<T>(a: v128): v128 {
    return v128.abs<T>(a)
  }
}

/** −1, 0 or 1; NaN of NaN. */
@unmanaged
export class Sign {
  @inline apply<T>(a: T): T {
    if (a > <T>0) return <T>1
    if (a < <T>0) return <T>-1
    if (isFloat<T>()) return a === <T>0 ? <T>0 : a
    else return <T>0
  }
}

/** Floats, as all below. */
@unmanaged
export class SquareRoot {
  @inline apply<T>(a: T): T {
    return sqrt<T>(a)
  }

  @inline lanes<T>(a: v128): v128 {
    return v128.sqrt<T>(a)
  }
}

@unmanaged
export class Ceil {
  @inline apply<T>(a: T): T {
    return ceil<T>(a)
  }

  @inline lanes<T>(a: v128): v128 {
    return v128.ceil<T>(a)
  }
}

@unmanaged
export class Floor {
  @inline apply<T>(a: T): T {
    return floor<T>(a)
  }

  @inline lanes<T>(a: v128): v128 {
    return v128.floor<T>(a)
  }
}

@unmanaged
export class Truncate {
  @inline apply<T>(a: T): T {
    return trunc<T>(a)
  }

  @inline lanes<T>(a: v128): v128 {
    return v128.trunc<T>(a)
  }
}

/** To the nearest integer, and to the even one of two. */
@unmanaged
export class Nearest {
  @inline apply<T>(a: T): T {
    return nearest<T>(a)
  }

  @inline lanes<T>(a: v128): v128 {
    return v128.nearest<T>(a)
  }
}
