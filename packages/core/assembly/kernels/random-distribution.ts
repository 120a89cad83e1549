/**
 * Draws of distributions, as NumPy's Generator makes them. A distribution is a row of a table, reached by an
 * indirect call per draw; the standard ones, which fill large arrays, go over the stream in passes.
 *
 * A parameter is read at an address that moves on by a step in bytes with every element: 0 for a number. All
 * are float64, but for the int64 trials of the binomial distribution.
 */
import { DType } from './dtype'
import { drawAll } from './random'
import { binomial } from './random-binomial'
import { Pass } from './random-bounded'
import { geometric, negativeBinomial, poisson } from './random-counts'
import { beta, chisquare, gamma, standardGamma } from './random-gamma'
import { polar } from './random-polar'
import {
  gumbel,
  laplace,
  logistic,
  lognormal,
  pareto,
  power,
  rayleigh,
  standardCauchy,
  triangular,
  weibull,
} from './random-reals'
import { closeStream, foresee } from './random-stream'
import { unitPass } from './random-uniform'
import { openWords, unit } from './random-words'
import { all, Exponential, Normal, prepareZiggurats } from './random-ziggurat'

/** The codes of the distributions. */
export namespace Distribution {
  /** Of float64 and float32. */
  export const STANDARD_NORMAL: u32 = 0
  export const STANDARD_EXPONENTIAL: u32 = 1
  export const STANDARD_EXPONENTIAL_INVERSE: u32 = 2
  export const STANDARD_GAMMA: u32 = 3
  /** Of float64. */
  export const UNIFORM: u32 = 4
  export const NORMAL: u32 = 5
  export const EXPONENTIAL: u32 = 6
  export const GAMMA: u32 = 7
  export const CHISQUARE: u32 = 8
  export const BETA: u32 = 9
  export const LAPLACE: u32 = 10
  export const LOGISTIC: u32 = 11
  export const GUMBEL: u32 = 12
  export const LOGNORMAL: u32 = 13
  export const RAYLEIGH: u32 = 14
  export const WEIBULL: u32 = 15
  export const PARETO: u32 = 16
  export const POWER: u32 = 17
  export const STANDARD_CAUCHY: u32 = 18
  export const TRIANGULAR: u32 = 19
  /** Of int64. */
  export const POISSON: u32 = 20
  export const BINOMIAL: u32 = 21
  export const GEOMETRIC: u32 = 22
  export const NEGATIVE_BINOMIAL: u32 = 23
  /** Of float64: RandomState's; the third parameter is where it keeps a number. */
  export const POLAR_NORMAL: u32 = 24
}

/** Elements of a call: an engine may replace a loop's first, quickly compiled code between two of them. */
const CHUNK: u32 = 4096

/** Where the parameters of the next element are, and their steps in bytes. */
let a: usize = 0
let b: usize = 0
let c: usize = 0
let aStep: usize = 0
let bStep: usize = 0
let cStep: usize = 0

/** Writes the next `count` elements to `out`. */
type Fill = (out: usize, count: u32) => void

/** One draw, of parameters of which it may not need all. */
type Draw = (a: f64, b: f64, c: f64) => f64
type CountDraw = (a: usize, b: usize) => i64

/** What writes uniform draws. */
let units: Pass = unitPass(0, DType.FLOAT64)
let real: Draw = (a, b, c) => a
let whole: CountDraw = (a, b) => 0

/** Writes `count` draws to `out`, of elements of `bytes` bytes: 4 for float32, 8 for float64 and int64. */
export function randomDistribution(
  bitGenerator: u32,
  distribution: u32,
  bytes: u32,
  out: usize,
  count: u32,
  firstAt: usize,
  firstStep: usize,
  secondAt: usize,
  secondStep: usize,
  thirdAt: usize,
  thirdStep: usize,
): void {
  a = firstAt
  b = secondAt
  c = thirdAt
  aStep = firstStep
  bStep = secondStep
  cStep = thirdStep
  units = unitPass(bitGenerator, DType.FLOAT64)
  prepareZiggurats()
  const fill = bytes === 4 ? singleFillOf(distribution) : fillOf(distribution)
  openWords(bitGenerator, bytes << 3)
  for (let left = count; left > 0; ) {
    const now = min(left, CHUNK)
    fill(out, now)
    out += now * bytes
    left -= now
  }
  closeStream()
}

function fillOf(distribution: u32): Fill {
  switch (distribution) {
    case Distribution.STANDARD_NORMAL:
      return (o, n) => all<f64, Normal>(o, n)
    case Distribution.STANDARD_EXPONENTIAL:
      return (o, n) => all<f64, Exponential>(o, n)
    case Distribution.UNIFORM:
      return uniforms
    case Distribution.NORMAL:
      return normals
    case Distribution.EXPONENTIAL:
      return exponentials
    case Distribution.POLAR_NORMAL:
      return polarNormals
  }
  if (distribution >= Distribution.POISSON) {
    whole = wholeOf(distribution)
    return wholes
  }
  real = realOf(distribution)
  return (o, n) => reals<f64>(o, n)
}

function singleFillOf(distribution: u32): Fill {
  switch (distribution) {
    case Distribution.STANDARD_NORMAL:
      return (o, n) => all<f32, Normal>(o, n)
    case Distribution.STANDARD_EXPONENTIAL:
      return (o, n) => all<f32, Exponential>(o, n)
    case Distribution.STANDARD_GAMMA:
      real = (a, b, c) => <f64>standardGamma<f32>(<f32>a)
      break
    default:
      real = (a, b, c) => inverseExponential<f32>()
  }
  return (o, n) => reals<f32>(o, n)
}

function realOf(distribution: u32): Draw {
  switch (distribution) {
    case Distribution.STANDARD_GAMMA:
      return (a, b, c) => standardGamma<f64>(a)
    case Distribution.GAMMA:
      return (a, b, c) => gamma(a, b)
    case Distribution.CHISQUARE:
      return (a, b, c) => chisquare(a)
    case Distribution.BETA:
      return (a, b, c) => beta(a, b)
    case Distribution.LAPLACE:
      return (a, b, c) => laplace(a, b)
    case Distribution.LOGISTIC:
      return (a, b, c) => logistic(a, b)
    case Distribution.GUMBEL:
      return (a, b, c) => gumbel(a, b)
    case Distribution.LOGNORMAL:
      return (a, b, c) => lognormal(a, b)
    case Distribution.RAYLEIGH:
      return (a, b, c) => rayleigh(a)
    case Distribution.WEIBULL:
      return (a, b, c) => weibull(a)
    case Distribution.PARETO:
      return (a, b, c) => pareto(a)
    case Distribution.POWER:
      return (a, b, c) => power(a)
    case Distribution.STANDARD_CAUCHY:
      return (a, b, c) => standardCauchy()
    case Distribution.TRIANGULAR:
      return triangular
    default:
      return (a, b, c) => inverseExponential<f64>()
  }
}

function wholeOf(distribution: u32): CountDraw {
  switch (distribution) {
    case Distribution.POISSON:
      return (a, b) => poisson(load<f64>(a))
    case Distribution.BINOMIAL:
      return (a, b) => binomial(load<i64>(a), load<f64>(b))
    case Distribution.GEOMETRIC:
      return (a, b) => geometric(load<f64>(a))
    default:
      return (a, b) => negativeBinomial(load<f64>(a), load<f64>(b))
  }
}

/** By inversion of the distribution function. */
function inverseExponential<T>(): f64 {
  return -NativeMath.log1p(-(<f64>unit<T>()))
}

function uniforms(out: usize, count: u32): void {
  drawAll(units, out, count, 8)
  for (const end = out + ((<usize>count) << 3); out < end; out += 8) {
    const low = load<f64>(a)
    store<f64>(out, low + (load<f64>(b) - low) * load<f64>(out))
    a += aStep
    b += bStep
  }
}

function normals(out: usize, count: u32): void {
  all<f64, Normal>(out, count)
  stretch(out, count)
}

function polarNormals(out: usize, count: u32): void {
  polar(c, out, count)
  stretch(out, count)
}

/** a + b × what is there. */
function stretch(out: usize, count: u32): void {
  for (const end = out + ((<usize>count) << 3); out < end; out += 8) {
    store<f64>(out, load<f64>(a) + load<f64>(b) * load<f64>(out))
    a += aStep
    b += bStep
  }
}

function exponentials(out: usize, count: u32): void {
  all<f64, Exponential>(out, count)
  for (const end = out + ((<usize>count) << 3); out < end; out += 8) {
    store<f64>(out, load<f64>(a) * load<f64>(out))
    a += aStep
  }
}

/**
 * Elements of which this one and those behind it take a draw each: of the same parameters all do or none does;
 * of others, one may take none.
 */
function sureDraws(left: u32): u32 {
  return aStep | bStep | cStep ? 1 : left
}

function reals<T>(out: usize, count: u32): void {
  for (let left = count; left > 0; left--) {
    foresee(sureDraws(left))
    store<T>(out, <T>real(load<f64>(a), load<f64>(b), load<f64>(c)))
    out += sizeof<T>()
    a += aStep
    b += bStep
    c += cStep
  }
}

function wholes(out: usize, count: u32): void {
  for (let left = count; left > 0; left--) {
    foresee(sureDraws(left))
    store<i64>(out, whole(a, b))
    out += 8
    a += aStep
    b += bStep
  }
}
