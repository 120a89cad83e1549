import type { ElementOf } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { empty } from '../functions/creation.ts'
import { optionsOf } from '../functions/options.ts'
import { currentHeap } from '../heap/heap.ts'
import type { NDArray } from '../ndarray.ts'
import type { Shape } from '../shape.ts'
import { BitGenerator, type Seed } from './bitgenerator.ts'
import { fillIntegers, type IntegerDType, integerInfo, toBounds } from './integers.ts'
import { PCG64 } from './pcg64.ts'

/** Options of {@link Generator.integers}. */
export interface IntegersOptions<D extends IntegerDType> {
  /** Shape of the array to draw; without it one value is drawn. */
  size?: number | Shape | undefined
  /** Dtype of what is drawn. Default int64, whose elements are bigint. */
  dtype?: D
  /** Whether `high` itself is one of the values. Default false. */
  endpoint?: boolean
}

/** Options that ask for an array. */
type WithSize = { size: number | Shape }

/** Random numbers from the bits of a bit generator. Equal bits give the numbers of NumPy ≥ 1.24. */
export class Generator {
  readonly bitGenerator: BitGenerator

  /** @throws DTypeError when it is no bit generator. */
  constructor(bitGenerator: BitGenerator) {
    if (!(bitGenerator instanceof BitGenerator)) throw new DTypeError('a Generator needs a bit generator')
    this.bitGenerator = bitGenerator
  }

  /**
   * Integers from `low` below `high` (with `endpoint`: up to `high`), each as probable; with one bound only,
   * from 0. Both bounds may be numbers or bigints, and span all of the dtype.
   *
   * ```ts
   * using dice = nd.random.defaultRng(0).integers(1, 6, { size: [2, 3], dtype: 'uint8', endpoint: true })
   * const index = nd.random.defaultRng(0).integers(100, { dtype: 'int32' }) // a number
   * ```
   * @returns With `size` a new contiguous array of that shape and dtype, drawn in C order; without it one
   * value: a number, a bigint for int64 and uint64, a boolean for bool.
   * @throws DTypeError when a bound is no integer or does not fit the dtype, when no value lies between them,
   * and for float dtypes; ShapeError, OutOfMemoryError. Nothing is drawn then.
   */
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    high: number | bigint | undefined,
    options: IntegersOptions<D> & WithSize,
  ): NDArray<D>
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    options: IntegersOptions<D> & WithSize,
  ): NDArray<D>
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    high?: number | bigint,
    options?: IntegersOptions<D> & { size?: undefined },
  ): ElementOf<D>
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    options: IntegersOptions<D> & { size?: undefined },
  ): ElementOf<D>
  integers<D extends IntegerDType = 'int64'>(
    low: number | bigint,
    second?: number | bigint | IntegersOptions<D>,
    third?: IntegersOptions<D>,
  ): NDArray<D> | ElementOf<D> {
    const isOptions = typeof second === 'object' && second !== null
    const {
      size,
      dtype = 'int64' as D,
      endpoint = false,
    } = optionsOf('integers', isOptions ? second : third, { size: true, dtype: true, endpoint: true })
    const info = integerInfo(dtype)
    const bounds = toBounds(low, isOptions ? undefined : second, endpoint, info)
    if (size === undefined) return this.#integer(info, bounds)
    const out = empty(size, { dtype })
    fillIntegers(out.lease.heap.core, this.bitGenerator, out.byteAddress, out.size, info.code, bounds)
    return out
  }

  #integer<D extends IntegerDType>(
    info: ReturnType<typeof integerInfo<D>>,
    bounds: ReturnType<typeof toBounds>,
  ): ElementOf<D> {
    const { core } = currentHeap()
    const slot = core.exports.scalarSlots() >>> 0
    fillIntegers(core, this.bitGenerator, slot, 1, info.code, bounds)
    const value = new info.array(core.memory.buffer, slot, 1)[0]
    return (info.kind === 'bool' ? value !== 0 : value) as ElementOf<D>
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
