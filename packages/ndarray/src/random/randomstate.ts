import { type DType, dtypes, type ElementOf } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { optionsOf } from '../functions/options.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { NDArray } from '../ndarray.ts'
import { formatShape, type Shape } from '../shape.ts'
import { BitGenerator } from './bitgenerator.ts'
import { type ArrayBound, type Bound, integersBetween, isArrayBound } from './bounds.ts'
import { randomBytes } from './bytes.ts'
import { type ChoiceOptions, type Chosen, choice, type Population } from './choice.ts'
import { type IntegerDType, integerInfo, toBounds } from './integers.ts'
import { type LegacySeed, seedLegacy } from './legacyseed.ts'
import { assertNotNegative, type Location, rangeOf, scaled, toLocation } from './location.ts'
import { MT19937 } from './mt19937.ts'
import { drawResult } from './result.ts'
import { drawHead } from './sample.ts'
import { permutation, shuffle } from './shuffle.ts'

/** Shape of what is drawn; without it, one value. */
export interface SizeOptions {
  size?: number | Shape | undefined
}

/** Options of {@link RandomState.randint}. */
export interface RandintOptions<D extends IntegerDType> extends SizeOptions {
  /** Dtype of what is drawn. Default int64, whose elements are bigint. */
  dtype?: D
}

/** The state of a RandomState: that of its bit generator, and the normal number that is drawn already. */
export type LegacyState<State extends object = MT19937['state']> = State & {
  /** 1 when `gauss` is the next normal number; else 0. */
  hasGauss?: number
  gauss?: number
}

type Sized = { size: number | Shape }
type Single = { size?: undefined }

const SIZE = { size: true } as const
const RANDINT = { size: true, dtype: true } as const
type RandomStateChoice = Pick<ChoiceOptions, 'size' | 'replace' | 'p'>
const CHOOSING = { size: true, replace: true, p: true } as const
/** The slot of scalars, two float64, that keeps a normal number. */
const KEEPING = 16

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
    options: RandintOptions<D> & Sized,
  ): NDArray<D>
  randint<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    options: RandintOptions<D> & Sized,
  ): NDArray<D>
  randint<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    high?: number | bigint,
    options?: RandintOptions<D> & Single,
  ): ElementOf<D>
  randint<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    options: RandintOptions<D> & Single,
  ): ElementOf<D>
  randint<D extends IntegerDType = 'int64'>(low: ArrayBound, options?: RandintOptions<D>): NDArray<D>
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
    const isOptions = typeof second === 'object' && second !== null && !isArrayBound(second)
    const options = optionsOf('randint', isOptions ? second : third, RANDINT)
    const high = isOptions ? undefined : (second as Bound | undefined)
    const bits = this.bitGenerator
    if (isArrayBound(low) || isArrayBound(high)) return integersBetween(bits, low, high, options, true)
    const info = integerInfo((options.dtype ?? 'int64') as D)
    const bounds = toBounds(low, high, false, info)
    return drawResult(bits, info.name, { size: options.size }, ({ exports }, address, count) =>
      exports.randomMaskedIntegers(bits.code, info.code, address, count, bounds.low, bounds.range),
    )
  }

  /** Integers from `low` to `high`, that included, or from 1 to `low`; see {@link randint}. */
  randomIntegers(low: number | bigint, high: number | bigint | undefined, options: Sized): NDArray<'int64'>
  randomIntegers(low: number | bigint, high?: number | bigint, options?: Single): bigint
  randomIntegers(low: number | bigint, high?: number | bigint, given?: SizeOptions): NDArray | bigint {
    const { size } = optionsOf('randomIntegers', given, SIZE)
    const bits = this.bitGenerator
    const [first, last] = high === undefined ? [1, low] : [low, high]
    const bounds = toBounds(first, last, true, dtypes.int64)
    return drawResult(bits, 'int64', { size }, ({ exports }, address, count) =>
      exports.randomMaskedIntegers(bits.code, dtypes.int64.code, address, count, bounds.low, bounds.range),
    )
  }

  /**
   * Float64 from 0 below 1.
   * @returns With `size` a new array, else a number.
   * @throws ShapeError, OutOfMemoryError. Nothing is drawn then.
   */
  randomSample(options: Sized): NDArray<'float64'>
  randomSample(options?: Single): number
  randomSample(options?: SizeOptions): NDArray<'float64'> | number {
    return this.#random(optionsOf('randomSample', options, SIZE))
  }

  /** See {@link randomSample}. */
  random(options: Sized): NDArray<'float64'>
  random(options?: Single): number
  random(options?: SizeOptions): NDArray<'float64'> | number {
    return this.#random(optionsOf('random', options, SIZE))
  }

  /** As {@link randomSample}, of the shape that the lengths of the axes make. */
  rand(length: number, ...lengths: number[]): NDArray<'float64'>
  rand(): number
  rand(...lengths: number[]): NDArray<'float64'> | number {
    return this.#random(lengths.length > 0 ? { size: lengths } : {})
  }

  #random(options: SizeOptions & { out?: NDArray<'float64'> }): NDArray<'float64'> | number {
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
  standardNormal(options: Sized): NDArray<'float64'>
  standardNormal(options?: Single): number
  standardNormal(options?: SizeOptions): NDArray<'float64'> | number {
    return this.#normal(optionsOf('standardNormal', options, SIZE))
  }

  /** As {@link standardNormal}, of the shape that the lengths of the axes make. */
  randn(length: number, ...lengths: number[]): NDArray<'float64'>
  randn(): number
  randn(...lengths: number[]): NDArray<'float64'> | number {
    return this.#normal(lengths.length > 0 ? { size: lengths } : {})
  }

  #normal(options: SizeOptions & { out?: NDArray<'float64'> }): NDArray<'float64'> | number {
    const bits = this.bitGenerator
    return drawResult(bits, 'float64', options, ({ exports, memory }, address, count) => {
      const slot = (exports.scalarSlots() >>> 0) + KEEPING
      const kept = new Float64Array(memory.buffer, slot, 2)
      kept.set(this.#kept)
      exports.randomPolar(bits.code, slot, address, count)
      this.#kept.set(kept)
    })
  }

  /**
   * Float64 from `low` (default 0) below `high` (default 1): numbers, or arrays that broadcast with each other
   * and to `size`.
   * @returns With `size`, or of arrays, a new array, else a number.
   * @throws DTypeError when high − low is not finite; ShapeError, HeapError, ReleasedError, OutOfMemoryError.
   * Nothing is drawn then.
   */
  uniform(low: Location | undefined, high: Location | undefined, options: Sized): NDArray<'float64'>
  uniform(low?: number, high?: number, options?: Single): number
  uniform(low: Location, high: Location, options?: SizeOptions): NDArray<'float64'> | number
  uniform(low: Location = 0, high: Location = 1, given?: SizeOptions): NDArray<'float64'> | number {
    const { size } = optionsOf('uniform', given, SIZE)
    using temporaries = new Temporaries()
    const from = toLocation('low', low, temporaries)
    const range = rangeOf(from, toLocation('high', high, temporaries), temporaries)
    return scaled(to => this.#random(to), from, range, size)
  }

  /**
   * Normal float64 of mean `loc` (default 0) and standard deviation `scale` (default 1, not negative): numbers,
   * or arrays that broadcast with each other and to `size`. See {@link standardNormal}.
   * @returns With `size`, or of arrays, a new array, else a number.
   * @throws DTypeError for a negative or NaN `scale`; ShapeError, HeapError, ReleasedError, OutOfMemoryError.
   * Nothing is drawn then.
   */
  normal(loc: Location | undefined, scale: Location | undefined, options: Sized): NDArray<'float64'>
  normal(loc?: number, scale?: number, options?: Single): number
  normal(loc: Location, scale: Location, options?: SizeOptions): NDArray<'float64'> | number
  normal(loc: Location = 0, scale: Location = 1, given?: SizeOptions): NDArray<'float64'> | number {
    const { size } = optionsOf('normal', given, SIZE)
    using temporaries = new Temporaries()
    const from = toLocation('loc', loc, temporaries)
    const width = toLocation('scale', scale, temporaries)
    assertNotNegative('scale', width, temporaries)
    return scaled(to => this.#normal(to), from, width, size)
  }

  /** Random bytes. @throws DTypeError when `length` is no count; OutOfMemoryError. Nothing is drawn then. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return randomBytes(length, size => this.randint(2 ** 32, { size, dtype: 'uint32' }))
  }

  /** Changes the order of an array's parts along its first axis, in place; see {@link Generator.shuffle}. */
  shuffle(x: NDArray): void {
    shuffle(this.bitGenerator, x, undefined)
  }

  /** A shuffled copy of an array's parts along its first axis, or of 0, …, x − 1; see {@link Generator.permutation}. */
  permutation<D extends DType>(x: NDArray<D>): NDArray<D>
  permutation(x: number | bigint): NDArray<'int64'>
  permutation(x: NDArray | number | bigint): NDArray {
    return permutation(this.bitGenerator, x, undefined)
  }

  /**
   * A random sample of 0, …, a − 1, or of a 1-d array (ShapeError for others); see {@link Generator.choice}. Without replacement it
   * takes the first of a permutation of all.
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
