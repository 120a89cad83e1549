import type { ElementOf } from '../dtype.ts'
import { isArrayLike, optionsOf } from '../functions/options.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { NDArray } from '../ndarray.ts'
import { broadcastShapes, type Shape, toShape } from '../shape.ts'
import type { BitGenerator } from './bitgenerator.ts'
import type { Distribution } from './distributions.ts'
import { type Place, placeParameters, slotOf, toParameters } from './parameters.ts'
import { type Draw, type DrawOptions, drawResult, type FloatDType, toFloatDType } from './result.ts'
import type { Values } from './values.ts'

/** Where draws of float64 or float32 go. */
export interface FloatOptions<D extends FloatDType = FloatDType> extends DrawOptions<D> {
  /** Dtype of what is drawn. Default that of `out`, or float64. */
  dtype?: D
}

/** What asks for an array: several values of a parameter, or one of the options `size` and `out`. */
type Asking = Values | { size: number | Shape } | { out: NDArray }

/** What a method returns of its arguments: an array when one of them asks for it, else one value. */
export type Drawn<D extends 'float64' | 'int64', Arguments extends readonly unknown[]> = [
  Extract<Arguments[number], Asking>,
] extends [never]
  ? ElementOf<D>
  : NDArray<D>

/** Arguments of a method: its parameters, then options. */
export type Given<
  D extends 'float64' | 'int64',
  Parameters extends readonly unknown[],
> = Parameters extends readonly unknown[] ? readonly [...Parameters, options?: DrawOptions<D>] : never

const OPTIONS = { size: true, out: true }
const FLOAT_OPTIONS = { ...OPTIONS, dtype: true }

/** Whether an argument stands where options may: whatever is an object, but no array. */
const isOptions = (value: unknown): boolean => typeof value === 'object' && !isArrayLike(value)

/**
 * Draws from a distribution, given what its method was given: parameters, then options.
 * @param kept What a RandomState keeps of its normal numbers, for the distribution of them.
 * @throws DTypeError, ShapeError, OutOfMemoryError, HeapError, ReleasedError. Nothing is drawn then.
 */
export function distribute(
  bits: BitGenerator,
  distribution: Distribution,
  given: readonly unknown[],
  kept?: Float64Array,
): NDArray | number | bigint {
  const { length } = distribution.parameters
  const last = given.findIndex(isOptions)
  const end = last < 0 ? Math.min(given.length, length) : Math.min(last, length)
  const names = distribution.dtype === 'float' ? FLOAT_OPTIONS : OPTIONS
  const options = optionsOf(
    distribution.name,
    given[end] as FloatOptions | undefined,
    names as typeof FLOAT_OPTIONS,
  )
  using temporaries = new Temporaries()
  const values = toParameters(distribution, given.slice(0, end), temporaries)
  const arrays = values.filter(value => value instanceof NDArray)
  const shape = shapeOf(arrays, options)
  const place = placeParameters(distribution, values, shape ?? [], temporaries)
  const dtype =
    distribution.dtype === 'float' ? toFloatDType(options.dtype ?? options.out?.dtype) : distribution.dtype
  return drawResult(
    bits,
    dtype,
    { ...options, size: shape } as DrawOptions,
    drawOf(bits, distribution.code, dtype === 'float32' ? 4 : 8, place, kept),
    arrays[0]?.lease.heap,
  ) as NDArray | number | bigint
}

/** Has the core draw; what is kept is the third parameter, of a distribution that has two. */
function drawOf(
  bits: BitGenerator,
  code: number,
  bytes: number,
  place: Place,
  kept: Float64Array | undefined,
): Draw {
  return (core, address, count) => {
    const keeping = slotOf(core, 2)
    const [a = 0, aStep = 0, b = 0, bStep = 0, c = keeping, cStep = 0] = place(core)
    const slot = new Float64Array(core.memory.buffer, keeping, 2)
    if (kept) slot.set(kept)
    core.exports.randomDistribution(bits.code, code, bytes, address, count, a, aStep, b, bStep, c, cStep)
    kept?.set(slot)
  }
}

/** The result's shape; undefined for one value. */
function shapeOf(arrays: readonly NDArray[], { size, out }: FloatOptions): Shape | undefined {
  if (size !== undefined) return toShape(size)
  if (out instanceof NDArray) return out.shape
  return arrays.length > 0 ? broadcastShapes(...arrays.map(array => array.shape)) : undefined
}
