import { type DType, dtypes, type ElementOf } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { optionsOf } from '../functions/options.ts'
import { NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { BitGenerator } from './bitgenerator.ts'
import { type Bound, integersBetween } from './bounds.ts'
import { randomBytes } from './bytes.ts'
import { type ChoiceOptions, type Chosen, choice, type Population } from './choice.ts'
import { type Drawn, distribute, type Given } from './distribute.ts'
import * as table from './distributions.ts'
import { type IntegerDType, integerInfo, toBounds } from './integers.ts'
import { type LegacySeed, seedLegacy } from './legacyseed.ts'
import { MT19937 } from './mt19937.ts'
import type { LocScale, LowHigh } from './reals.ts'
import { type DrawOptions, drawResult, type ForArray, type ForValue } from './result.ts'
import { drawHead } from './sample.ts'
import { permutation, shuffle } from './shuffle.ts'
import { isValues, type Values } from './values.ts'

/** Options of {@link RandomState.randint}. */
export interface RandintOptions<D extends IntegerDType> extends DrawOptions<D> {
  /** Dtype of what is drawn. Default that of `out`, or int64, whose elements are bigint. */
  dtype?: D
}

/** The state of a RandomState: that of its bit generator, and the normal number that is drawn already. */
export type LegacyState<State extends object = MT19937['state']> = State & {
  /** 1 when `gauss` is the next normal number; else 0. */
  hasGauss?: number
  gauss?: number
}

type Doubles = ForArray<'float64'>

const SIZE = { size: true, out: true } as const
const RANDINT = { ...SIZE, dtype: true } as const
type RandomStateChoice = Pick<ChoiceOptions, 'size' | 'replace' | 'p'>
const CHOOSING = { size: true, replace: true, p: true } as const

/**
 * NumPy's RandomState, the generator behind `np.random.seed` and `np.random.randint`: equal seeds give the
 * numbers that scripts and articles show. For new programs `defaultRng` is better and faster.
 *
 * ```ts
 * const rng = new nd.random.RandomState(42) // np.random.seed(42)
 * using volume = rng.randint(0, 100, { size: [400, 500, 600], dtype: 'uint8' })
 * ```
 */
export class RandomState {
  readonly bitGenerator: BitGenerator
  /** As the core keeps it: 1 or 0, and the number. */
  #kept = new Float64Array(2)

  /**
   * @param seed An integer from 0 below 2^32, or several; without it, fresh entropy. A bit generator of any
   * kind is wrapped.
   * @throws DTypeError for whatever else.
   */
  constructor(seed?: LegacySeed | BitGenerator) {
    this.bitGenerator = seed instanceof BitGenerator ? seed : new MT19937(0)
    if (!(seed instanceof BitGenerator)) this.seed(seed)
  }

  /**
   * Begins again from another seed.
   * @throws DTypeError as the constructor does, and when the bit generator is no MT19937; nothing is changed
   * then.
   */
  seed(seed?: LegacySeed): void {
    if (!(this.bitGenerator instanceof MT19937)) throw new DTypeError('only an MT19937 can be seeded again')
    seedLegacy(this.bitGenerator, seed)
    this.#kept.fill(0)
  }

  /** A copy of the state, as NumPy's dictionary in camelCase. */
  getState(): LegacyState<object> {
    const [hasGauss = 0, gauss = 0] = this.#kept
    return { ...this.bitGenerator.state, hasGauss, gauss }
  }

  /**
   * Continues from a state.
   * @throws DTypeError, and changes nothing, when a part is impossible.
   */
  setState(state: LegacyState<object>): void {
    const { hasGauss = 0, gauss = 0 } = state ?? {}
    if ((hasGauss !== 0 && hasGauss !== 1) || typeof gauss !== 'number')
      throw new DTypeError('hasGauss must be 0 or 1, and gauss a number')
    this.bitGenerator.state = state
    this.#kept.set([hasGauss, gauss])
  }

  /**
   * Integers from `low` below `high`, or from 0 below `low`; bounds may be arrays, as of Generator.integers.
   * @returns With `size` (or arrays of bounds) a new array, else one value: a number, a bigint for int64 and
   * uint64, a boolean for bool.
   * @throws DTypeError, ShapeError, OutOfMemoryError. Nothing is drawn then.
   */
  randint<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    high: number | bigint | undefined,
    options: RandintOptions<D> & ForArray<D>,
  ): NDArray<D>
  randint<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    options: RandintOptions<D> & ForArray<D>,
  ): NDArray<D>
  randint<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    high?: number | bigint,
    options?: RandintOptions<D> & ForValue,
  ): ElementOf<D>
  randint<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    options: RandintOptions<D> & ForValue,
  ): ElementOf<D>
  randint<D extends IntegerDType = 'int64'>(low: Values, options?: RandintOptions<D>): NDArray<D>
  randint<D extends IntegerDType = 'int64'>(
    low: Bound,
    high: Bound | undefined,
    options?: RandintOptions<D>,
  ): NDArray<D>
  randint<D extends IntegerDType = 'int64'>(
    low: Bound,
    second?: Bound | RandintOptions<D>,
    third?: RandintOptions<D>,
  ): NDArray<D> | ElementOf<D> {
    const isOptions = typeof second === 'object' && second !== null && !isValues(second)
    const options = optionsOf('randint', isOptions ? second : third, RANDINT)
    const high = isOptions ? undefined : (second as Bound | undefined)
    const bits = this.bitGenerator
    if (isValues(low) || isValues(high)) return integersBetween(bits, low, high, options, true)
    const info = integerInfo((options.dtype ?? options.out?.dtype ?? 'int64') as D)
    const bounds = toBounds(low, high, false, info)
    return drawResult(bits, info.name, options, ({ exports }, address, count) =>
      exports.randomMaskedIntegers(bits.code, info.code, address, count, bounds.low, bounds.range),
    )
  }

  /** Integers from `low` to `high`, that included, or from 1 to `low`; see {@link randint}. */
  randomIntegers(
    low: number | bigint,
    high: number | bigint | undefined,
    options: ForArray<'int64'>,
  ): NDArray<'int64'>
  randomIntegers(low: number | bigint, high?: number | bigint, options?: ForValue): bigint
  randomIntegers(
    low: number | bigint,
    high?: number | bigint,
    given?: DrawOptions<'int64'>,
  ): NDArray | bigint {
    const options = optionsOf('randomIntegers', given, SIZE)
    const bits = this.bitGenerator
    const [first, last] = high === undefined ? [1, low] : [low, high]
    const bounds = toBounds(first, last, true, dtypes.int64)
    return drawResult(bits, 'int64', options, ({ exports }, address, count) =>
      exports.randomMaskedIntegers(bits.code, dtypes.int64.code, address, count, bounds.low, bounds.range),
    )
  }

  /**
   * Float64 from 0 below 1.
   * @returns With `size` a new array, else a number.
   * @throws ShapeError, OutOfMemoryError. Nothing is drawn then.
   */
  randomSample(options: Doubles): NDArray<'float64'>
  randomSample(options?: ForValue): number
  randomSample(options?: DrawOptions<'float64'>): NDArray<'float64'> | number {
    return this.#random(optionsOf('randomSample', options, SIZE))
  }

  /** See {@link randomSample}. */
  random(options: Doubles): NDArray<'float64'>
  random(options?: ForValue): number
  random(options?: DrawOptions<'float64'>): NDArray<'float64'> | number {
    return this.#random(optionsOf('random', options, SIZE))
  }

  /** As {@link randomSample}, of the shape that the lengths of the axes make. */
  rand(length: number, ...lengths: number[]): NDArray<'float64'>
  rand(): number
  rand(...lengths: number[]): NDArray<'float64'> | number {
    return this.#random(lengths.length > 0 ? { size: lengths } : {})
  }

  #random(options: DrawOptions<'float64'>): NDArray<'float64'> | number {
    const bits = this.bitGenerator
    return drawResult(bits, 'float64', options, ({ exports }, address, count) =>
      exports.randomUniform(bits.code, dtypes.float64.code, address, count),
    )
  }

  /**
   * Normal float64 of mean 0 and standard deviation 1, by Marsaglia's polar method. Of a million, a few
   * dozen differ from NumPy's by one or two units in the last place, since the logarithm is that of a platform.
   * @returns With `size` a new array, else a number.
   * @throws ShapeError, OutOfMemoryError. Nothing is drawn then.
   */
  standardNormal(options: Doubles): NDArray<'float64'>
  standardNormal(options?: ForValue): number
  standardNormal(options?: DrawOptions<'float64'>): NDArray<'float64'> | number {
    return this.#distribute(table.polarNormal, [optionsOf('standardNormal', options, SIZE)])
  }

  /** As {@link standardNormal}, of the shape that the lengths of the axes make. */
  randn(length: number, ...lengths: number[]): NDArray<'float64'>
  randn(): number
  randn(...lengths: number[]): NDArray<'float64'> | number {
    return this.#distribute(table.polarNormal, lengths.length > 0 ? [{ size: lengths }] : [])
  }

  #distribute<Result>(distribution: table.Distribution, given: readonly unknown[]): Result {
    return distribute(this.bitGenerator, distribution, given, this.#kept) as Result
  }

  /**
   * Float64 from `low` (default 0) below `high` (default 1), which may be the wrong way round; see
   * {@link Generator.uniform}.
   * @throws DTypeError when high − low is not finite; ShapeError, HeapError, ReleasedError, OutOfMemoryError.
   * Nothing is drawn then.
   */
  uniform<const A extends Given<'float64', LowHigh>>(...given: A): Drawn<'float64', A> {
    return this.#distribute(table.legacyUniform, given)
  }

  /**
   * Normal float64 of mean `loc` (default 0) and standard deviation `scale` (default 1); see
   * {@link standardNormal} and {@link Generator.normal}.
   * @throws DTypeError for a negative `scale`; ShapeError, HeapError, ReleasedError, OutOfMemoryError. Nothing is
   * drawn then.
   */
  normal<const A extends Given<'float64', LocScale>>(...given: A): Drawn<'float64', A> {
    return this.#distribute(table.polarNormal, given)
  }

  /** Random bytes. @throws DTypeError when `length` is no count; OutOfMemoryError. Nothing is drawn then. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return randomBytes(length, size => this.randint(2 ** 32, { size, dtype: 'uint32' }))
  }

  /** Changes the order of an array's parts along its first axis, in place; see {@link Generator.shuffle}. */
  shuffle(x: NDArray): void {
    shuffle(this.bitGenerator, x, undefined)
  }

  /** As {@link Generator.permutation}, along the first axis. */
  permutation<D extends DType>(x: NDArray<D>): NDArray<D>
  permutation(x: number | bigint): NDArray<'int64'>
  permutation(x: Values): NDArray
  permutation(x: Values | number | bigint): NDArray {
    return permutation(this.bitGenerator, x, undefined)
  }

  /**
   * A random sample of 0, …, a − 1, or of a 1-d array (ShapeError for others); see {@link Generator.choice}. Without
   * replacement it takes the first of a permutation of all.
   */
  choice<A extends Population, O extends RandomStateChoice = object>(a: A, options?: O): Chosen<A, O> {
    if (a instanceof NDArray && a.ndim !== 1)
      throw new ShapeError(
        `a must be 1-d, not of shape ${formatShape(a.shape)}; Generator.choice takes others`,
      )
    const bits = this.bitGenerator
    const source = {
      random: (out: NDArray<'float64'>) => this.#random({ out }),
      integers: (population: bigint, out: NDArray<'int64'>) =>
        drawResult(bits, 'int64', { out }, ({ exports }, address, count) =>
          exports.randomMaskedIntegers(bits.code, dtypes.int64.code, address, count, 0n, population - 1n),
        ),
      sample: (population: bigint, out: NDArray<'int64'>) => drawHead(bits, population, out),
    }
    return choice(source, a, optionsOf<RandomStateChoice>('choice', options, CHOOSING)) as Chosen<A, O>
  }
}
