/** Distributions of counts. */
import { gamma } from './random-gamma'
import { unit } from './random-words'
import { Exponential, one } from './random-ziggurat'

export function poisson(mean: f64): i64 {
  if (mean >= 10) return poissonByRejection(mean)
  return mean === 0 ? 0 : poissonByProduct(mean)
}

/** Uniform draws that are multiplied until the product falls to e^−mean. */
function poissonByProduct(mean: f64): i64 {
  const least = NativeMath.exp(-mean)
  let count: i64 = 0
  for (let product = unit<f64>(); product > least; product *= unit<f64>()) count++
  return count
}

/** What depends on the mean alone is kept for the next draw: there are often many of the same. */
let keptMean: f64 = 0
let logMean: f64 = 0
let b: f64 = 0
let a: f64 = 0
let logInverseAlpha: f64 = 0
let least: f64 = 0

function prepareRejection(mean: f64): void {
  keptMean = mean
  logMean = NativeMath.log(mean)
  b = 0.931 + 2.53 * sqrt<f64>(mean)
  a = -0.059 + 0.02483 * b
  logInverseAlpha = NativeMath.log(1.1239 + 1.1328 / (b - 3.4))
  least = 0.9277 - 3.6224 / (b - 2)
}

/** Hörmann's transformed rejection, PTRS (1993). */
function poissonByRejection(mean: f64): i64 {
  if (mean !== keptMean) prepareRejection(mean)
  while (true) {
    const u = unit<f64>() - 0.5
    const v = unit<f64>()
    const s = 0.5 - abs(u)
    const count = <i64>floor<f64>(((2 * a) / s + b) * u + mean + 0.43)
    if (s >= 0.07 && v <= least) return count
    if (count < 0 || (s < 0.013 && v > s)) continue
    const height = NativeMath.log(v) + logInverseAlpha - NativeMath.log(a / (s * s) + b)
    if (height <= -mean + <f64>count * logMean - logGamma(<f64>count + 1)) return count
  }
}

/** Coefficients of Stirling's series, the last first. */
const STIRLING: usize = memory.data<f64>([
  -1.3924322169059, 0.1796443723688307, -2.955065359477124e-2, 6.41025641025641e-3, -1.917526917526918e-3,
  8.417508417508418e-4, -5.952380952380952e-4, 7.936507936507937e-4, -2.777777777777778e-3,
  8.333333333333333e-2,
])
const LOG_2_PI: f64 = 1.8378770664093453

/** ln Γ(x) of x ≥ 1, from Stirling's series at x + n ≥ 7 (Zhang and Jin, 1996). */
function logGamma(x: f64): f64 {
  if (x === 1 || x === 2) return 0
  const steps = x < 7 ? <i32>(7 - x) : 0
  let at = x + <f64>steps
  const square = (1 / at) * (1 / at)
  let series = load<f64>(STIRLING)
  for (let i: usize = 8; i < 80; i += 8) series = series * square + load<f64>(STIRLING + i)
  let result = series / at + 0.5 * LOG_2_PI + (at - 0.5) * NativeMath.log(at) - at
  for (let i = 0; i < steps; i++) {
    at -= 1
    result -= NativeMath.log(at)
  }
  return result
}

/** Failures before so many successes. */
export function negativeBinomial(successes: f64, p: f64): i64 {
  return poisson(gamma(successes, (1 - p) / p))
}

/** The last probability of which an exponential draw made a count, and the logarithm of its complement. */
let keptP: f64 = 0
let logQ: f64 = 0

/** Trials up to the first success: by search where that is short, else from an exponential draw. */
export function geometric(p: f64): i64 {
  if (p < 1 / 3.0) {
    if (p !== keptP) logQ = NativeMath.log1p(-p)
    keptP = p
    return <i64>ceil<f64>(-one<f64, Exponential>() / logQ)
  }
  const u = unit<f64>()
  let count: i64 = 1
  let term = p
  for (let sum = p; u > sum; sum += term) {
    term *= 1 - p
    count++
  }
  return count
}
