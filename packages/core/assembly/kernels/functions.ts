/** The functions of one float, computed in float64 and rounded to the dtype: a class of one line each. */

@unmanaged
export class Expm1 {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.expm1(<f64>a)
  }
}

@unmanaged
export class Log1p {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.log1p(<f64>a)
  }
}

@unmanaged
export class Log2 {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.log2(<f64>a)
  }
}

@unmanaged
export class Log10 {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.log10(<f64>a)
  }
}

@unmanaged
export class ArcSine {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.asin(<f64>a)
  }
}

@unmanaged
export class ArcCosine {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.acos(<f64>a)
  }
}

@unmanaged
export class ArcTangent {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.atan(<f64>a)
  }
}

@unmanaged
export class HyperbolicSine {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.sinh(<f64>a)
  }
}

@unmanaged
export class HyperbolicCosine {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.cosh(<f64>a)
  }
}

@unmanaged
export class AreaSine {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.asinh(<f64>a)
  }
}

@unmanaged
export class AreaCosine {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.acosh(<f64>a)
  }
}

@unmanaged
export class AreaTangent {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.atanh(<f64>a)
  }
}
