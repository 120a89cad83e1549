/** Distributions of reals that a formula makes of one or two simpler draws. */
import { unit } from './random-words'
import { Exponential, Normal, one } from './random-ziggurat'

export function laplace(loc: f64, scale: f64): f64 {
  const u = positive()
  return u >= 0.5 ? loc - scale * NativeMath.log(2 - u - u) : loc + scale * NativeMath.log(u + u)
}

export function logistic(loc: f64, scale: f64): f64 {
  const u = positive()
  return loc + scale * NativeMath.log(u / (1 - u))
}

export function gumbel(loc: f64, scale: f64): f64 {
  return loc - scale * NativeMath.log(-NativeMath.log(1 - positive()))
}

/** A uniform draw that is not 0. */
function positive(): f64 {
  while (true) {
    const u = unit<f64>()
    if (u > 0) return u
  }
}

export function lognormal(mean: f64, sigma: f64): f64 {
  return NativeMath.exp(mean + sigma * one<f64, Normal>())
}

export function rayleigh(scale: f64): f64 {
  return scale * sqrt<f64>(2 * one<f64, Exponential>())
}

export function weibull(shape: f64): f64 {
  return shape === 0 ? 0 : NativeMath.pow(one<f64, Exponential>(), 1 / shape)
}

export function pareto(shape: f64): f64 {
  return NativeMath.expm1(one<f64, Exponential>() / shape)
}

export function power(shape: f64): f64 {
  return NativeMath.pow(-NativeMath.expm1(-one<f64, Exponential>()), 1 / shape)
}

export function standardCauchy(): f64 {
  const above = one<f64, Normal>()
  return above / one<f64, Normal>()
}

export function triangular(left: f64, mode: f64, right: f64): f64 {
  const base = right - left
  const u = unit<f64>()
  if (u <= (mode - left) / base) return left + sqrt<f64>(u * ((mode - left) * base))
  return right - sqrt<f64>((1 - u) * ((right - mode) * base))
}
