/** The functions of one float, computed in float64 and rounded to the dtype: a class of one line each. */
import { cos, sin, tan } from './angle'
import { ExpLanes, exp } from './exp'
import { LogLanes, log } from './log'

@unmanaged
export class Exp {
  @inline apply<T>(a: T): T {
    return <T>exp(<f64>a)
  }

  @inline lanes<T>(a: v128): v128 {
    if (sizeof<T>() === 8) return changetype<ExpLanes>(0).of(a)
    else
      return narrow(
        changetype<ExpLanes>(0).of(f64x2.promote_low_f32x4(a)),
        changetype<ExpLanes>(0).of(f64x2.promote_low_f32x4(upper(a))),
      )
  }
}

@unmanaged
export class Log {
  @inline apply<T>(a: T): T {
    return <T>log(<f64>a)
  }

  @inline lanes<T>(a: v128): v128 {
    if (sizeof<T>() === 8) return changetype<LogLanes>(0).of(a)
    else
      return narrow(
        changetype<LogLanes>(0).of(f64x2.promote_low_f32x4(a)),
        changetype<LogLanes>(0).of(f64x2.promote_low_f32x4(upper(a))),
      )
  }
}

/** The upper half of a vector in the place of the lower. */
function upper(a: v128): v128 {
  return v128.shuffle<u64>(a, a, 1, 1)
}

/** Two vectors of float64 as one of float32. */
function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<u64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
}

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
export class Sine {
  @inline apply<T>(a: T): T {
    return <T>sin(<f64>a)
  }
}

@unmanaged
export class Cosine {
  @inline apply<T>(a: T): T {
    return <T>cos(<f64>a)
  }
}

@unmanaged
export class Tangent {
  @inline apply<T>(a: T): T {
    return <T>tan(<f64>a)
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
export class HyperbolicTangent {
  @inline apply<T>(a: T): T {
    return <T>NativeMath.tanh(<f64>a)
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
