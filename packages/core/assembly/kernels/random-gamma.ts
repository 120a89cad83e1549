/** The gamma distribution and those that are made of it. */
import { unit } from './random-words'
import { Exponential, Normal, one } from './random-ziggurat'

/** Below it, both parameters of beta leave nothing between 0 and 1. */
const BETA_TINY: f64 = 3e-103

/** With scale 1. */
export function standardGamma<T>(shape: T): T {
  if (shape === <T>1) return one<T, Exponential>()
  if (shape === <T>0) return <T>0
  return shape < <T>1 ? smallGamma<T>(shape) : largeGamma<T>(shape)
}

/** Ahrens and Dieter's rejection (1974), for shapes below 1. */
function smallGamma<T>(shape: T): T {
  const power = <T>1 / shape
  while (true) {
    const u = unit<T>()
    const v = one<T, Exponential>()
    if (u <= <T>1 - shape) {
      const x = pow<T>(u, power)
      if (x <= v) return x
    } else {
      const y = -ln<T>((<T>1 - u) / shape)
      const x = pow<T>(<T>1 - shape + shape * y, power)
      if (x <= v + y) return x
    }
  }
}

/** Marsaglia and Tsang's method (2000), for shapes above 1; NaN gives NaN. */
function largeGamma<T>(shape: T): T {
  const b = shape - <T>1 / <T>3
  const c = <T>1 / sqrt<T>(<T>9 * b)
  while (true) {
    let x: T
    let v: T
    do {
      x = one<T, Normal>()
      v = <T>1 + c * x
    } while (v <= <T>0)
    v = v * v * v
    const u = unit<T>()
    if (u < <T>1 - <T>0.0331 * (x * x) * (x * x)) return b * v
    if (ln<T>(u) < <T>0.5 * x * x + b * (<T>1 - v + ln<T>(v))) return b * v
  }
}

function ln<T>(x: T): T {
  return sizeof<T>() === 8 ? <T>NativeMath.log(<f64>x) : <T>NativeMathf.log(<f32>x)
}

function pow<T>(base: T, exponent: T): T {
  if (sizeof<T>() === 8) return <T>NativeMath.pow(<f64>base, <f64>exponent)
  return <T>NativeMathf.pow(<f32>base, <f32>exponent)
}

export function gamma(shape: f64, scale: f64): f64 {
  return scale * standardGamma<f64>(shape)
}

export function chisquare(degrees: f64): f64 {
  return 2 * standardGamma<f64>(degrees / 2)
}

export function beta(a: f64, b: f64): f64 {
  if (a <= 1 && b <= 1) return smallBeta(a, b)
  const x = standardGamma<f64>(a)
  return x / (x + standardGamma<f64>(b))
}

/** Jöhnk's method (1964), for parameters up to 1. */
function smallBeta(a: f64, b: f64): f64 {
  if (a < BETA_TINY && b < BETA_TINY) return f64((a + b) * unit<f64>() < a)
  while (true) {
    const u = unit<f64>()
    const v = unit<f64>()
    const x = NativeMath.pow(u, 1 / a)
    const y = NativeMath.pow(v, 1 / b)
    if (x + y <= 1 && u + v > 0)
      return x > 0 && y > 0 ? x / (x + y) : betaOfLogarithms(NativeMath.log(u) / a, NativeMath.log(v) / b)
  }
}

/** x / (x + y) of their logarithms, where one of the numbers is too small for a float. */
function betaOfLogarithms(x: f64, y: f64): f64 {
  const difference = x - y
  if (difference > 0) return NativeMath.exp(-NativeMath.log1p(NativeMath.exp(-difference)))
  return NativeMath.exp(difference - NativeMath.log1p(NativeMath.exp(difference)))
}
