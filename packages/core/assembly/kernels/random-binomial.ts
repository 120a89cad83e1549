/**
 * The binomial distribution. What depends on the parameters alone is kept for the next draw: there are
 * often many of the same.
 */
import { unit } from './random-words'

/** The largest mean that is drawn by inversion. */
const INVERSION_MEAN: f64 = 30

/** What the draws of n trials of probability p ≤ ½ need; n = 0: nothing is kept. */
@unmanaged
class Binomial {
  n: i64
  p: f64
  q: f64
  /** By inversion: the probability of 0, and the largest count that is searched. By BTPE: the mode. */
  none: f64
  bound: i64
  mode: i64
  /** BTPE: the middle, and where triangle and parallelograms end. */
  middle: f64
  left: f64
  right: f64
  c: f64
  leftRate: f64
  rightRate: f64
  /** Areas below the triangle, the parallelograms, the left tail and the right one. */
  p1: f64
  p2: f64
  p3: f64
  p4: f64
}

const kept = changetype<Binomial>(memory.data(offsetof<Binomial>(), 8))

/** Successes in n trials. */
export function binomial(n: i64, p: f64): i64 {
  if (n === 0 || p === 0) return 0
  return p <= 0.5 ? rareSuccesses(n, p) : n - rareSuccesses(n, 1 - p)
}

/** Of p ≤ ½. */
function rareSuccesses(n: i64, p: f64): i64 {
  const few = p * <f64>n <= INVERSION_MEAN
  if (kept.n !== n || kept.p !== p) {
    kept.n = n
    kept.p = p
    kept.q = 1 - p
    if (few) prepareInversion(n, p)
    else prepareBtpe(n, p)
  }
  return few ? inversion(n, p) : btpe(n, p)
}

function prepareInversion(n: i64, p: f64): void {
  const mean = <f64>n * p
  kept.none = NativeMath.exp(<f64>n * NativeMath.log1p(-p))
  kept.bound = <i64>min<f64>(<f64>n, mean + 10 * sqrt<f64>(mean * kept.q + 1))
}

/** Counts up from 0 until the sum of probabilities exceeds a uniform draw. */
function inversion(n: i64, p: f64): i64 {
  const q = kept.q
  let count: i64 = 0
  let term = kept.none
  let u = unit<f64>()
  while (u > term) {
    count++
    if (count > kept.bound) {
      count = 0
      term = kept.none
      u = unit<f64>()
    } else {
      u -= term
      term = (<f64>(n - count + 1) * p * term) / (<f64>count * q)
    }
  }
  return count
}

function prepareBtpe(n: i64, p: f64): void {
  const q = kept.q
  const nearMode = <f64>n * p + p
  const mode = <i64>floor<f64>(nearMode)
  const p1 = floor<f64>(2.195 * sqrt<f64>(<f64>n * p * q) - 4.6 * q) + 0.5
  const middle = <f64>mode + 0.5
  const left = middle - p1
  const right = middle + p1
  const c = 0.134 + 20.5 / (15.3 + <f64>mode)
  kept.mode = mode
  kept.middle = middle
  kept.left = left
  kept.right = right
  kept.c = c
  kept.leftRate = tailRate((nearMode - left) / (nearMode - left * p))
  kept.rightRate = tailRate((right - nearMode) / (right * q))
  kept.p1 = p1
  kept.p2 = p1 * (1 + 2 * c)
  kept.p3 = kept.p2 + c / kept.leftRate
  kept.p4 = kept.p3 + c / kept.rightRate
}

function tailRate(a: f64): f64 {
  return a * (1 + a / 2)
}

/**
 * Kachitvichyanukul and Schmeiser's rejection from a triangle, two parallelograms and exponential tails
 * (BTPE, 1988), as NumPy up to 2.4 has it.
 */
function btpe(n: i64, p: f64): i64 {
  const mode = kept.mode
  while (true) {
    const u = unit<f64>() * kept.p4
    let v = unit<f64>()
    if (u <= kept.p1) return <i64>floor<f64>(kept.middle - kept.p1 * v + u)
    let count: i64
    if (u <= kept.p2) {
      const x = kept.left + (u - kept.p1) / kept.c
      v = v * kept.c + 1 - abs(<f64>mode - x + 0.5) / kept.p1
      if (v > 1) continue
      count = <i64>floor<f64>(x)
    } else if (u <= kept.p3) {
      count = <i64>floor<f64>(kept.left + NativeMath.log(v) / kept.leftRate)
      if (count < 0 || v === 0) continue
      v = v * (u - kept.p2) * kept.leftRate
    } else {
      count = <i64>floor<f64>(kept.right - NativeMath.log(v) / kept.rightRate)
      if (count > n || v === 0) continue
      v = v * (u - kept.p3) * kept.rightRate
    }
    if (isBelow(v, count, n, p)) return count
  }
}

/** Whether v lies below the probability of a count, over that of the mode. */
function isBelow(v: f64, count: i64, n: i64, p: f64): bool {
  const mode = kept.mode
  const variance = <f64>n * p * kept.q
  const distance = abs<i64>(count - mode)
  if (distance <= 20 || <f64>distance >= variance / 2 - 1) return v <= ratioByProduct(count, n, p)
  const k = <f64>distance
  const slack = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5)
  const normal = <f64>(-distance * distance) / (2 * variance)
  const logV = NativeMath.log(v)
  if (logV < normal - slack) return true
  if (logV > normal + slack) return false
  return logV <= logRatioByStirling(count, n, p)
}

function ratioByProduct(count: i64, n: i64, p: f64): f64 {
  const mode = kept.mode
  const s = p / kept.q
  const a = s * <f64>(n + 1)
  let ratio: f64 = 1
  for (let i = mode + 1; i <= count; i++) ratio *= a / <f64>i - s
  for (let i = count + 1; i <= mode; i++) ratio /= a / <f64>i - s
  return ratio
}

function logRatioByStirling(count: i64, n: i64, p: f64): f64 {
  const mode = kept.mode
  const x = <f64>count + 1
  const f = <f64>mode + 1
  const z = <f64>n + 1 - <f64>mode
  const w = <f64>n - <f64>count + 1
  return (
    kept.middle * NativeMath.log(f / x) +
    (<f64>(n - mode) + 0.5) * NativeMath.log(z / w) +
    <f64>(count - mode) * NativeMath.log((w * p) / (x * kept.q)) +
    stirling(f) +
    stirling(z) +
    stirling(x) +
    stirling(w)
  )
}

/** What Stirling's approximation leaves out; 13680 where 13860 is meant, as in NumPy up to 2.4. */
function stirling(x: f64): f64 {
  const x2 = x * x
  return (13680 - (462 - (132 - (99 - 140 / x2) / x2) / x2) / x2) / x / 166320
}
