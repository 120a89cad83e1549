import { type DType, type DTypeInfo, describe, dtypeInfo, isBigInt, toElement } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, assertArray, NDArray } from '../ndarray.ts'
import { broadcastStrides, formatShape, type Shape, toShape } from '../shape.ts'
import { type CreationOptions, DTYPE, empty } from './creation.ts'
import { move } from './move.ts'
import { optionsOf } from './options.ts'

/** How an interval is divided. */
export interface LinspaceOptions<D extends DType> extends CreationOptions<D> {
  /** Whether `stop` is the last value; default true. */
  endpoint?: boolean
}

/**
 * `num` evenly spaced values from `start` to `stop`, as NumPy computes them: `start + i * step` in float64,
 * then rounded to the dtype, for integers downward. The last one is exactly `stop`.
 * @returns 1-d, float64 unless a dtype is given.
 * @throws ShapeError when `num` is no integer from 0; DTypeError when an end is no number or the dtype cannot
 * hold it; OutOfMemoryError
 */
export function linspace<D extends DType = 'float64'>(
  start: number | bigint,
  stop: number | bigint,
  num: number,
  given?: LinspaceOptions<D>,
): NDArray<D> {
  const options = optionsOf('linspace', given, { ...DTYPE, endpoint: true })
  const { endpoint = true } = options
  const info = dtypeInfo(options.dtype ?? ('float64' as D))
  const [length] = toShape(num) as [number]
  const [from, to] = [finite(start, info), finite(stop, info)]
  const result = empty(length, { dtype: info.name })
  const steps = endpoint ? length - 1 : length
  if (info.kind === 'float') writeFloats(result.data as Float64Array, from, to, steps)
  else writeConverted(result, from, to, steps)
  if (endpoint && length > 1) result.data[length - 1] = conversionTo(info)(to) as never
  return result
}

/** `start + i * step`; where a step underflows to 0, dividing comes first. */
function writeFloats(data: Float64Array | Float32Array, from: number, to: number, steps: number): void {
  const span = to - from
  const step = span / steps
  const { length } = data
  if (steps < 1) data.fill(0 * span + from)
  else if (step === 0) for (let i = 0; i < length; i++) data[i] = (i / steps) * span + from
  else for (let i = 0; i < length; i++) data[i] = i * step + from
}

function writeConverted(result: NDArray, from: number, to: number, steps: number): void {
  const values = new Float64Array(result.size)
  writeFloats(values, from, to, steps)
  const convert = conversionTo(result.info)
  const { data } = result
  for (let i = 0; i < values.length; i++) data[i] = convert(values[i] as number) as never
}

/** A value's place in the dtype must exist; then all places between two of them do. */
function finite(value: number | bigint, info: DTypeInfo): number {
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    throw new DTypeError(`linspace needs numbers, not ${describe(value)}`)
  }
  const end = Number(value)
  if (info.kind === 'int' || info.kind === 'uint') toElement(Math.floor(end), info.name)
  return end
}

function conversionTo(info: DTypeInfo): (value: number) => number | bigint {
  if (isBigInt(info.name)) return value => BigInt(Math.floor(value))
  if (info.kind === 'bool') return value => Number(value !== 0)
  return info.kind === 'float' ? value => value : Math.floor
}

/** How the axes of a grid are ordered. */
export interface MeshgridOptions {
  /** 'xy' (the default): the first array runs along the second axis, as on a plot; 'ij': each along its own. */
  indexing?: 'xy' | 'ij'
}

/**
 * Coordinates of a grid: for each 1-d array one of the grid's shape that repeats it along its axis.
 * @returns As many arrays as were given, each of its own dtype; the caller's.
 * @throws ShapeError for an array with more than one axis, DTypeError for an unknown indexing; HeapError,
 * ReleasedError, OutOfMemoryError. Nothing is allocated then.
 */
export function meshgrid<D extends DType>(...parameters: (NDArray<D> | MeshgridOptions)[]): NDArray<D>[] {
  const last = parameters.at(-1)
  const isGiven = parameters.length > 0 && !(last instanceof NDArray)
  const arrays = (isGiven ? parameters.slice(0, -1) : parameters) as NDArray<D>[]
  const given = isGiven ? (last as MeshgridOptions) : undefined
  const { indexing = 'xy' } = optionsOf('meshgrid', given, { indexing: true })
  if (indexing !== 'xy' && indexing !== 'ij') {
    throw new DTypeError(`unknown indexing ${describe(indexing)}; there are xy, ij`)
  }
  for (const a of arrays) {
    assertArray(a)
    assertSameHeap(a, arrays[0] as NDArray)
    if (a.ndim > 1)
      throw new ShapeError(`shape ${formatShape(a.shape)} is no axis of a grid; one axis is needed`)
  }
  const swap = indexing === 'xy' && arrays.length > 1
  const axisOf = (i: number): number => (swap && i < 2 ? 1 - i : i)
  const lengths = arrays.map((_, i) => (arrays[axisOf(i)] as NDArray).size)
  return makeAll(arrays, toShape(lengths), axisOf)
}

function makeAll<D extends DType>(
  arrays: readonly NDArray<D>[],
  shape: Shape,
  axisOf: (i: number) => number,
): NDArray<D>[] {
  const made: NDArray<D>[] = []
  try {
    arrays.forEach((a, i) => {
      const along = shape.map((_, axis) => (axis === axisOf(i) ? a.size : 1))
      const strides = along.map((_, axis) => (axis === axisOf(i) ? (a.strides[0] ?? 0) : 0))
      const result = allocateArray(a.lease.heap, shape, a.dtype, false)
      made.push(result)
      move(result, result, a, { shape, strides: broadcastStrides(along, strides, shape), offset: a.offset })
    })
    return made
  } catch (error) {
    for (const result of made) result.release()
    throw error
  }
}
