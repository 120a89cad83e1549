import type { ElementOf } from '../dtype.ts'
import { optionsOf } from '../functions/options.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { currentHeap } from '../heap/heap.ts'
import { NDArray } from '../ndarray.ts'
import { broadcastShapes, type Shape, toShape } from '../shape.ts'
import type { BitGenerator } from './bitgenerator.ts'
import type { Distribution } from './distributions.ts'
import { placeParameters, toParameters } from './parameters.ts'
import { type DrawOptions, drawResult, type FloatDType, toFloatDType } from './result.ts'

/** Where draws of float64 or float32 go. */
export interface FloatOptions<D extends FloatDType = FloatDType> extends DrawOptions<D> {
  /** Dtype of what is drawn. Default that of `out`, or float64. */
  dtype?: D
}

/** What asks for an array: an array among the parameters, or one of the options `size` and `out`. */
type Asking = NDArray | { size: number | Shape } | { out: NDArray }

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

/** Whether an argument stands where options may: whatever is an object, but no array of ours. */
const isOptions = (value: unknown): boolean => typeof value === 'object' && !(value instanceof NDArray)

/**
 * Draws from a distribution, given what its method was given: parameters, then options.
 * @throws DTypeError, ShapeError, OutOfMemoryError, HeapError, ReleasedError. Nothing is drawn then.
 */
export function distribute(
  bits: BitGenerator,
  distribution: Distribution,
  given: readonly unknown[],
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
  return draw(bits, distribution, toParameters(distribution, given.slice(0, end)), options)
}

function draw(
  bits: BitGenerator,
  distribution: Distribution,
  values: readonly (number | bigint | NDArray)[],
  options: FloatOptions,
): NDArray | number | bigint {
  const dtype =
    distribution.dtype === 'float' ? toFloatDType(options.dtype ?? options.out?.dtype) : distribution.dtype
  const arrays = values.filter(value => value instanceof NDArray)
  const heap = arrays[0]?.lease.heap ?? options.out?.lease?.heap ?? currentHeap()
  const shape = shapeOf(arrays, options)
  using temporaries = new Temporaries()
  const place = placeParameters(distribution, values, shape ?? [], temporaries)
  const bytes = dtype === 'float32' ? 4 : 8
  return drawResult(
    bits,
    dtype,
    { ...options, size: shape } as DrawOptions,
    (core, address, count) => {
      const [a = 0, aStep = 0, b = 0, bStep = 0, c = 0, cStep = 0] = place(core)
      core.exports.randomDistribution(
        bits.code,
        distribution.code,
        bytes,
        address,
        count,
        a,
        aStep,
        b,
        bStep,
        c,
        cStep,
      )
    },
    heap,
  ) as NDArray | number | bigint
}

/** The result's shape; undefined for one value. */
function shapeOf(arrays: readonly NDArray[], { size, out }: FloatOptions): Shape | undefined {
  if (size !== undefined) return toShape(size)
  if (out instanceof NDArray) return out.shape
  return arrays.length > 0 ? broadcastShapes(...arrays.map(array => array.shape)) : undefined
}
