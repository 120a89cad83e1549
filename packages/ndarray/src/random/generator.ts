import { type DType, dtypes, type ElementOf } from '../dtype.ts'
import { optionsOf } from '../functions/options.ts'
import type { NDArray } from '../ndarray.ts'
import { BitGenerator, type Seed } from './bitgenerator.ts'
import { type Bound, integersBetween } from './bounds.ts'
import { randomBytes } from './bytes.ts'
import { CHOOSING, type ChoiceOptions, type Chosen, choice, type Population } from './choice.ts'
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
import { drawSample } from './sample.ts'
import { type PermutedOptions, permutation, permuted, type ShuffleOptions, shuffle } from './shuffle.ts'
import { isValues, type Values } from './values.ts'

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
   * from 0. Both bounds may be numbers or bigints, and span all of the dtype; or several integers (an NDArray, a
   * typed array, nested lists), which broadcast with each other and to `size`: every element has bounds of its own.
   *
   * ```ts
   * using dice = nd.random.defaultRng(0).integers(1, 6, { size: [2, 3], dtype: 'uint8', endpoint: true })
   * const index = nd.random.defaultRng(0).integers(100, { dtype: 'int32' }) // a number
   * ```
   * @returns With `size` a new contiguous array of that shape and dtype, drawn in C order; `out` when it is
   * given; without both one value (of arrays of bounds, an array of their shape): a number, a bigint for int64
   * and uint64, a boolean for bool.
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
  integers<D extends IntegerDType = 'int64'>(low: Values, options?: IntegersOptions<D>): NDArray<D>
  integers<D extends IntegerDType = 'int64'>(
    low: Bound,
    high: Bound | undefined,
    options?: IntegersOptions<D>,
  ): NDArray<D>
  integers<D extends IntegerDType = 'int64'>(
    low: Bound,
    second?: Bound | IntegersOptions<D>,
    third?: IntegersOptions<D>,
  ): NDArray<D> | ElementOf<D> {
    const isOptions = typeof second === 'object' && second !== null && !isValues(second)
    const options = optionsOf('integers', isOptions ? second : third, INTEGERS)
    const high = isOptions ? undefined : (second as Bound | undefined)
    if (isValues(low) || isValues(high)) return integersBetween(this.bitGenerator, low, high, options, false)
    const info = integerInfo((options.dtype ?? options.out?.dtype ?? 'int64') as D)
    const bounds = toBounds(low, high, options.endpoint ?? false, info)
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
   * Random bytes.
   * @throws DTypeError when `length` is no count; OutOfMemoryError. Nothing is drawn then.
   */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return randomBytes(length, size => this.integers(2 ** 32, { size, dtype: 'uint32' }))
  }

  /**
   * Changes the order of an array's parts along an axis, in place: the parts themselves stay whole.
   * @param options `axis`: default 0, the first.
   * @throws IndexError for an axis that is not there, and for 0-d arrays; DTypeError, ReleasedError,
   * OutOfMemoryError. Nothing is drawn or written then.
   */
  shuffle(x: NDArray, options?: ShuffleOptions): void {
    shuffle(this.bitGenerator, x, options)
  }

  /**
   * A shuffled copy of an array, its parts along an axis kept whole; of an integer n, of 0, 1, …, n − 1 (none of
   * a negative one).
   * @param options `axis`: default 0, the first.
   * @returns A new array of x's shape and dtype, in its heap; int64 of a number.
   * @throws As `shuffle`; DTypeError for a number that is no integer.
   */
  permutation<D extends DType>(x: NDArray<D>, options?: ShuffleOptions): NDArray<D>
  permutation(x: number | bigint, options?: ShuffleOptions): NDArray<'int64'>
  permutation(x: Values, options?: ShuffleOptions): NDArray
  permutation(x: Values | number | bigint, options?: ShuffleOptions): NDArray {
    return permutation(this.bitGenerator, x, options)
  }

  /**
   * A copy of an array in which each line along an axis is shuffled by itself; without `axis`, all elements.
   * @returns `out`, which may be `x` itself, or a new array.
   * @throws As `shuffle`; also what `out` does not fit.
   */
  permuted<D extends DType>(x: NDArray<D>, options?: PermutedOptions<D>): NDArray<D> {
    return permuted(this.bitGenerator, x, options)
  }

  /**
   * A random sample: of 0, 1, …, a − 1, or of an array's parts along an axis.
   *
   * ```ts
   * const rng = nd.random.defaultRng(0)
   * using hand = rng.choice(52, { size: 5, replace: false })
   * using coins = rng.choice(2, { size: 100, p: [0.4, 0.6] })
   * ```
   * @returns With `size` a new array of that shape (in the place of the axis), int64 or of the array's dtype;
   * without it one value: a bigint, an element of a 1-d array, a part of another.
   * @throws ShapeError when there is nothing to choose from, when more is wanted without replacement than
   * there is, when `p` is not 1-d or not as long as the axis; DTypeError for probabilities that are negative,
   * NaN, or whose sum is not 1; IndexError, HeapError, ReleasedError, OutOfMemoryError. Nothing is drawn then.
   */
  choice<A extends Population, O extends ChoiceOptions = object>(a: A, options?: O): Chosen<A, O> {
    const source = {
      random: (out: NDArray<'float64'>) => this.random({ out }),
      integers: (population: bigint, out: NDArray<'int64'>) => this.integers(population, { out }),
      sample: (population: bigint, out: NDArray<'int64'>, shuffle: boolean) =>
        drawSample(this.bitGenerator, population, out, shuffle),
    }
    return choice(source, a, optionsOf<ChoiceOptions>('choice', options, CHOOSING)) as Chosen<A, O>
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
