import { describe, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { NDArray } from '../ndarray.ts'
import { BitGenerator } from './bitgenerator.ts'
import { type Drawn, distribute, type FloatOptions, type Given } from './distribute.ts'
import * as table from './distributions.ts'
import type { FloatDType, ForArray, ForValue } from './result.ts'
import type { Real, Values } from './values.ts'

/** Options of {@link Generator.standardExponential}. */
export interface ExponentialOptions<D extends FloatDType = FloatDType> extends FloatOptions<D> {
  /** By the ziggurat, or by inversion: −log(1 − u), one uniform draw each. Default 'zig'. */
  method?: 'zig' | 'inv' | undefined
}

export type LocScale = [] | [loc: Real | undefined] | [loc: Real | undefined, scale: Real | undefined]
export type LowHigh = [] | [low: Real | undefined] | [low: Real | undefined, high: Real | undefined]
type MeanSigma = [] | [mean: Real | undefined] | [mean: Real | undefined, sigma: Real | undefined]
type Scale = [] | [scale: Real | undefined]
type ShapeScale = [shape: Real] | [shape: Real, scale: Real | undefined]

/**
 * Distributions of real numbers, each as NumPy ≥ 1.24 draws it.
 *
 * A parameter is a number, or several (an NDArray, a typed array, nested lists) that broadcast to the result: then
 * every element has its own. The last argument may be options: `size`, the shape of the result, and `out`, an array of the result's dtype.
 *
 * Every method returns one number where neither a parameter, nor `size`, nor `out` is an array's; `out` when it
 * is given; else a new contiguous array of the shape `size`, or that which the parameters take together, drawn
 * in C order. It throws DTypeError for a parameter that is missing, no number or outside its range;
 * ShapeError when parameters do not broadcast to the result; OutOfMemoryError, HeapError, ReleasedError; then
 * nothing is drawn.
 *
 * What comes from arithmetic and square roots alone is NumPy's, bit for bit: uniform, standardNormal, normal,
 * standardExponential, exponential, rayleigh, triangular, standardCauchy, and gamma and its kin of a shape from 1.
 * Others take logarithms, exponentials and powers; those here and NumPy's differ by at most 1 unit in the last
 * place, and a result by what the formula makes of that. A draw that is accepted or rejected by such a function
 * may be decided differently with a probability of about 10⁻¹⁶, and the stream differs from there on.
 */
export abstract class Reals {
  readonly bitGenerator: BitGenerator

  /** @throws DTypeError when it is no bit generator. */
  constructor(bitGenerator: BitGenerator) {
    if (!(bitGenerator instanceof BitGenerator)) throw new DTypeError('a Generator needs a bit generator')
    this.bitGenerator = bitGenerator
  }

  /** @internal Draws from a row of the table of distributions. */
  protected draw<Result>(distribution: table.Distribution, given: readonly unknown[]): Result {
    return distribute(this.bitGenerator, distribution, given) as Result
  }

  /**
   * From `low` (default 0) below `high` (default 1). Like NumPy's, it may round up to `high`.
   *
   * ```ts
   * using angles = nd.random.defaultRng(0).uniform(-Math.PI, Math.PI, { size: 1000 })
   * ```
   * @throws DTypeError also when high < low, or high − low is not finite.
   */
  uniform<const A extends Given<'float64', LowHigh>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.uniform, given)
  }

  /** The normal distribution of mean 0 and standard deviation 1, in float64 or float32. */
  standardNormal<D extends FloatDType = 'float64'>(options: FloatOptions<D> & ForArray<D>): NDArray<D>
  standardNormal(options?: FloatOptions & ForValue): number
  standardNormal(...given: unknown[]): NDArray | number {
    return this.draw(table.standardNormal, given)
  }

  /**
   * The normal distribution of mean `loc` (default 0) and standard deviation `scale` (default 1).
   *
   * ```ts
   * using means = nd.fromTypedArray(Float64Array.of(0, 10, 100))
   * using samples = nd.random.defaultRng(0).normal(means, 2, { size: [1000, 3] })
   * ```
   * @throws DTypeError also for a negative scale.
   */
  normal<const A extends Given<'float64', LocScale>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.normal, given)
  }

  /** The exponential distribution of mean 1, in float64 or float32. */
  standardExponential<D extends FloatDType = 'float64'>(
    options: ExponentialOptions<D> & ForArray<D>,
  ): NDArray<D>
  standardExponential(options?: ExponentialOptions & ForValue): number
  standardExponential(given?: ExponentialOptions): NDArray | number {
    if (typeof given !== 'object' || given === null || !('method' in given)) {
      return this.draw(table.standardExponential, [given])
    }
    const { method = 'zig', ...options } = given
    if (method === 'zig') return this.draw(table.standardExponential, [options])
    if (method === 'inv') return this.draw(table.inverseExponential, [options])
    throw new DTypeError(`method must be 'zig' or 'inv', not ${describe(method)}`)
  }

  /** The exponential distribution of mean `scale` (default 1). @throws DTypeError also for a negative scale. */
  exponential<const A extends Given<'float64', Scale>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.exponential, given)
  }

  /**
   * The gamma distribution of scale 1, in float64 or float32.
   * @throws DTypeError also for a negative shape, or NaN.
   */
  standardGamma<D extends FloatDType = 'float64'>(
    shape: Real,
    options: FloatOptions<D> & ForArray<D>,
  ): NDArray<D>
  standardGamma<D extends FloatDType = 'float64'>(shape: Values, options?: FloatOptions<D>): NDArray<D>
  standardGamma(shape: Scalar, options?: FloatOptions & ForValue): number
  standardGamma(...given: unknown[]): NDArray | number {
    return this.draw(table.standardGamma, given)
  }

  /**
   * The gamma distribution; its mean is shape × scale (default 1).
   * @throws DTypeError also for a negative shape or scale, or a shape of NaN.
   */
  gamma<const A extends Given<'float64', ShapeScale>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.gamma, given)
  }

  /** The χ² distribution with `df` > 0 degrees of freedom. @throws DTypeError */
  chisquare<const A extends Given<'float64', [df: Real]>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.chisquare, given)
  }

  /** The beta distribution over 0 to 1, of `a` > 0 and `b` > 0. @throws DTypeError */
  beta<const A extends Given<'float64', [a: Real, b: Real]>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.beta, given)
  }

  /** Laplace's double exponential distribution about `loc` (default 0). @throws DTypeError for a negative scale. */
  laplace<const A extends Given<'float64', LocScale>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.laplace, given)
  }

  /** The logistic distribution about `loc` (default 0). @throws DTypeError for a negative scale. */
  logistic<const A extends Given<'float64', LocScale>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.logistic, given)
  }

  /** Gumbel's distribution of the largest of many, its mode at `loc`. @throws DTypeError for a negative scale. */
  gumbel<const A extends Given<'float64', LocScale>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.gumbel, given)
  }

  /** Exponentials of the normal distribution of `mean` (0) and `sigma` (1). @throws DTypeError for sigma < 0. */
  lognormal<const A extends Given<'float64', MeanSigma>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.lognormal, given)
  }

  /** Lengths of plane vectors of two normal parts of deviation `scale` (1). @throws DTypeError for scale < 0. */
  rayleigh<const A extends Given<'float64', Scale>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.rayleigh, given)
  }

  /** Weibull's distribution of shape `a` ≥ 0 and scale 1. @throws DTypeError */
  weibull<const A extends Given<'float64', [a: Real]>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.weibull, given)
  }

  /** Lomax's distribution, Pareto's less 1, of shape `a` > 0. @throws DTypeError */
  pareto<const A extends Given<'float64', [a: Real]>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.pareto, given)
  }

  /** From 0 to 1, with the density a·x^(a − 1), `a` > 0. @throws DTypeError */
  power<const A extends Given<'float64', [a: Real]>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.power, given)
  }

  /** Cauchy's distribution: the ratio of two normal draws. */
  standardCauchy<const A extends Given<'float64', []>>(...given: A): Drawn<'float64', A> {
    return this.draw(table.standardCauchy, given)
  }

  /**
   * From `left` to `right`, most probable at `mode`.
   * @throws DTypeError unless left ≤ mode ≤ right and left < right.
   */
  triangular<const A extends Given<'float64', [left: Real, mode: Real, right: Real]>>(
    ...given: A
  ): Drawn<'float64', A> {
    return this.draw(table.triangular, given)
  }
}
