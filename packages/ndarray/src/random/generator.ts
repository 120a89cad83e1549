import { dtypes, type ElementOf } from '../dtype.ts'
import { optionsOf } from '../functions/options.ts'
import type { NDArray } from '../ndarray.ts'
import { BitGenerator, type Seed } from './bitgenerator.ts'
import { Counts } from './counts.ts'
import type { FloatOptions } from './distribute.ts'
import { type IntegerDType, integerInfo, toBounds } from './integers.ts'
import { PCG64 } from './pcg64.ts'
import {
  type DrawOptions,
  drawResult,
  type FloatDType,
  type ForArray,
  type ForValue,
  toFloatDType,
} from './result.ts'

/** Options of {@link Generator.integers}. */
export interface IntegersOptions<D extends IntegerDType> extends DrawOptions<D> {
  /** Dtype of what is drawn. Default that of `out`, or int64, whose elements are bigint. */
  dtype?: D
  /** Whether `high` itself is one of the values. Default false. */
  endpoint?: boolean
}

const RANDOM = { size: true, dtype: true, out: true }
const INTEGERS = { ...RANDOM, endpoint: true }

/** Random numbers from the bits of a bit generator. Equal bits give the numbers of NumPy ≥ 1.24. */
export class Generator extends Counts {
  /**
   * Integers from `low` below `high` (with `endpoint`: up to `high`), each as probable; with one bound only,
   * from 0. Both bounds may be numbers or bigints, and span all of the dtype.
   *
   * ```ts
   * using dice = nd.random.defaultRng(0).integers(1, 6, { size: [2, 3], dtype: 'uint8', endpoint: true })
   * const index = nd.random.defaultRng(0).integers(100, { dtype: 'int32' }) // a number
   * ```
   * @returns With `size` a new contiguous array of that shape and dtype, drawn in C order; `out` when it is
   * given; without both one value: a number, a bigint for int64 and uint64, a boolean for bool.
   * @throws DTypeError when a bound is no integer or does not fit the dtype, when no value lies between them,
   * and for float dtypes; ShapeError, OutOfMemoryError. Nothing is drawn then.
   */
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    high: number | bigint | undefined,
    options: IntegersOptions<D> & ForArray<D>,
  ): NDArray<D>
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    options: IntegersOptions<D> & ForArray<D>,
  ): NDArray<D>
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    high?: number | bigint,
    options?: IntegersOptions<D> & ForValue,
  ): ElementOf<D>
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    options: IntegersOptions<D> & ForValue,
  ): ElementOf<D>
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    second?: number | bigint | IntegersOptions<D>,
    third?: IntegersOptions<D>,
  ): NDArray<D> | ElementOf<D> {
    const isOptions = typeof second === 'object' && second !== null
    const options = optionsOf('integers', isOptions ? second : third, INTEGERS)
    const info = integerInfo((options.dtype ?? options.out?.dtype ?? 'int64') as D)
    const bounds = toBounds(low, isOptions ? undefined : second, options.endpoint ?? false, info)
    const bits = this.bitGenerator
    return drawResult(bits, info.name, options, ({ exports }, address, count) =>
      exports.randomIntegers(bits.code, info.code, address, count, bounds.low, bounds.range),
    )
  }

  /**
   * Floats from 0 below 1, each multiple of 2^−53 (float32: of 2^−24) as probable.
   *
   * ```ts
   * using noise = nd.random.defaultRng(0).random({ size: [512, 512], dtype: 'float32' })
   * ```
   * @returns With `size` a new contiguous array of that shape and dtype, drawn in C order; `out` when it is
   * given; without both a number.
   * @throws DTypeError for other dtypes; ShapeError, OutOfMemoryError; what `out` does not fit. Nothing is
   * drawn then.
   */
  random<D extends FloatDType = 'float64'>(options: FloatOptions<D> & ForArray<D>): NDArray<D>
  random<D extends FloatDType = 'float64'>(options?: FloatOptions<D> & ForValue): number
  random<D extends FloatDType = 'float64'>(given?: FloatOptions<D>): NDArray<D> | number {
    const options = optionsOf('random', given, RANDOM)
    const dtype = toFloatDType((options.dtype ?? options.out?.dtype) as D | undefined)
    const bits = this.bitGenerator
    return drawResult(bits, dtype, options, ({ exports }, address, count) =>
      exports.randomUniform(bits.code, dtypes[dtype].code, address, count),
    )
  }

  /**
   * New generators whose streams are independent of this one's and of each other's.
   * @throws DTypeError when `children` is no count.
   */
  spawn(children: number): Generator[] {
    return this.bitGenerator.spawn(children).map(bits => new Generator(bits))
  }
}

/**
 * A Generator over a new PCG64, as NumPy's default_rng: equal seeds give equal numbers. A bit generator is
 * wrapped, and a Generator returned as it is.
 * @param seed A non-negative integer, a sequence of them, a SeedSequence; without it, fresh entropy.
 * @throws DTypeError for negative or fractional seeds and whatever else is none.
 */
export function defaultRng(seed?: Seed | BitGenerator | Generator): Generator {
  if (seed instanceof Generator) return seed
  return new Generator(seed instanceof BitGenerator ? seed : new PCG64(seed))
}
