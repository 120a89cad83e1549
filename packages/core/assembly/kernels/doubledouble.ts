/**
 * Arithmetic with twice the digits of float64: a number is the exact sum of two floats, the larger one
 * rounded from it. A function returns the larger part and leaves the smaller one in `rest`.
 */

/** The smaller part of the last result. */
export let rest: f64 = 0

/** 2²⁷ + 1: splits a float in halves of 26 bits. */
const SPLIT: f64 = 134217729

/** ln 2. */
const LN2_HIGH: f64 = NativeMath.LN2
const LN2_LOW: f64 = 2.3190468138462996e-17
/** Terms of artanh's series, of which the last is below 2^−106 of the sum. */
const TERMS: i32 = 21

/** a + b, exactly. */
function sum(a: f64, b: f64): f64 {
  const all = a + b
  const part = all - a
  rest = a - (all - part) + (b - part)
  return all
}

/** a × b, exactly. */
function product(a: f64, b: f64): f64 {
  const all = a * b
  const a1 = SPLIT * a - (SPLIT * a - a)
  const b1 = SPLIT * b - (SPLIT * b - b)
  const a0 = a - a1
  const b0 = b - b1
  rest = a1 * b1 - all + a1 * b0 + a0 * b1 + a0 * b0
  return all
}

export function add(a: f64, aRest: f64, b: f64, bRest: f64): f64 {
  const all = sum(a, b)
  return sum(all, rest + aRest + bRest)
}

export function multiply(a: f64, aRest: f64, b: f64, bRest: f64): f64 {
  const all = product(a, b)
  return sum(all, rest + (a * bRest + aRest * b))
}

export function divide(a: f64, aRest: f64, b: f64, bRest: f64): f64 {
  const first = a / b
  const back = multiply(first, 0, b, bRest)
  return sum(first, (a - back - rest + aRest) / b)
}

/** ln a of a normal number a > 0: a = 2ᵏ·m with m about 1, and ln m = 2·artanh s with s = (m − 1) / (m + 1). */
export function logarithm(a: f64, aRest: f64): f64 {
  // The bits of √½ are what rounds the exponent.
  const k = <i64>(reinterpret<u64>(a) - 0x3fe6a09e667f3bcd) >> 52
  const scale = reinterpret<f64>((<u64>(1023 - k)) << 52)
  const m = a * scale
  const below = add(m, aRest * scale, -1, 0)
  const belowRest = rest
  const above = add(m, aRest * scale, 1, 0)
  const s = divide(below, belowRest, above, rest)
  const sRest = rest
  const s2 = multiply(s, sRest, s, sRest)
  const series = artanhSeries(s2, rest)
  const half = multiply(s, sRest, series, rest)
  const halfRest = rest
  const exponent = multiply(<f64>k, 0, LN2_HIGH, LN2_LOW)
  return add(exponent, rest, 2 * half, 2 * halfRest)
}

/** 1 + z / 3 + z² / 5 + … */
function artanhSeries(z: f64, zRest: f64): f64 {
  let total: f64 = 0
  let totalRest: f64 = 0
  for (let i = TERMS; i >= 0; i--) {
    const more = multiply(total, totalRest, z, zRest)
    const moreRest = rest
    const term = divide(1, 0, <f64>(2 * i + 1), 0)
    total = add(term, rest, more, moreRest)
    totalRest = rest
  }
  return total
}

/** eˣ, rounded once: what a float's logarithm misses of x is what the float misses of eˣ. */
export function roundedExp(x: f64): f64 {
  const near = NativeMath.exp(x)
  const logarithmNear = logarithm(near, 0)
  return near + near * (x - logarithmNear - rest)
}
