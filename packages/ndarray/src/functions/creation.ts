import {
  type AnyTypedArray,
  type DType,
  type DTypeInfo,
  describe,
  dtypeInfo,
  dtypeOfScalar,
  dtypeOfTypedArray,
  isScalar,
  type Scalar,
  toElement,
} from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { currentHeap } from '../heap/heap.ts'
import { allocateArray, NDArray, type Nested } from '../ndarray.ts'
import { contiguousStrides, formatShape, type Shape, sizeOf, toShape } from '../shape.ts'
import { optionsOf } from './options.ts'

/** The dtype of a new array. */
export interface CreationOptions<D extends DType> {
  /** Default: float64, or what the values say. */
  dtype?: D
}

export const DTYPE = { dtype: true } as const

/**
 * An array whose elements are whatever the memory held.
 * @param shape Lengths along the axes; a number for one axis.
 * @throws ShapeError, DTypeError, OutOfMemoryError; nothing is allocated then.
 */
export function empty<D extends DType = 'float64'>(
  shape: number | Shape,
  given?: CreationOptions<D>,
): NDArray<D> {
  const options = optionsOf('empty', given, DTYPE)
  return allocateArray(currentHeap(), toShape(shape), options.dtype ?? ('float64' as D), false)
}

/**
 * An array of zeros (false for bool). Memory that is known to be zero is not touched.
 * @throws ShapeError, DTypeError, OutOfMemoryError
 */
export function zeros<D extends DType = 'float64'>(
  shape: number | Shape,
  given?: CreationOptions<D>,
): NDArray<D> {
  const options = optionsOf('zeros', given, DTYPE)
  return allocateArray(currentHeap(), toShape(shape), options.dtype ?? ('float64' as D), true)
}

/**
 * An array of ones (true for bool).
 * @throws ShapeError, DTypeError, OutOfMemoryError
 */
export function ones<D extends DType = 'float64'>(
  shape: number | Shape,
  given?: CreationOptions<D>,
): NDArray<D> {
  const options = optionsOf('ones', given, DTYPE)
  return full(shape, 1, { dtype: options.dtype ?? ('float64' as D) })
}

/**
 * An array with one value everywhere; its dtype is the value's own unless given.
 * @throws DTypeError when the dtype cannot hold the value; ShapeError, OutOfMemoryError
 */
export function full<D extends DType = 'float64'>(
  shape: number | Shape,
  value: Scalar,
  given?: CreationOptions<D>,
): NDArray<D> {
  const options = optionsOf('full', given, DTYPE)
  if (!isScalar(value)) throw new DTypeError(`cannot fill with ${describe(value)}`)
  const dtype = options.dtype ?? (dtypeOfScalar(value) as D)
  toElement(value, dtypeInfo(dtype).name)
  return empty(shape, { dtype }).assign(value)
}

/**
 * Evenly spaced values from `start` (inclusive) to `stop` (exclusive), as NumPy computes them:
 * `start + i * step` in the dtype's own arithmetic. With one argument, from 0 to it.
 * @returns 1-d; float64, or int64 when the arguments are bigint, unless `dtype` is given.
 * @throws DTypeError for a step of 0, NaN or infinity, or values that the dtype cannot hold; ShapeError,
 * OutOfMemoryError
 */
export function arange<D extends DType = 'float64'>(
  start: number | bigint,
  stop?: number | bigint,
  step: number | bigint = 1,
  given?: CreationOptions<D>,
): NDArray<D> {
  const options = optionsOf('arange', given, DTYPE)
  const [from, to] = stop === undefined ? [0, start] : [start, stop]
  const dtype = options.dtype ?? ((typeof start === 'bigint' ? 'int64' : 'float64') as D)
  const info = dtypeInfo(dtype)
  const [length] = toShape(rangeLength(from, to, step)) as [number]
  if (info.kind === 'bool' && length > 2) throw new DTypeError('arange of bool has at most two elements')
  if (length > 0) checkRange(from, step, length, info)
  const result = empty(length, { dtype })
  if (length === 0) return result
  const { heap } = result.lease
  try {
    const second = Number(from) + Number(step)
    const first = heap.scalar(1, from, info, 1)
    const increment = heap.scalar(2, info.kind === 'float' ? floatStep(from, second, info) : 0, info, 1)
    if (info.kind !== 'float' && length > 1) writeWrapped(result, increment.byteAddress, step)
    heap.bind(result.shape, [result.operand(), first, increment])
    heap.core.exports.range(info.code)
    // NumPy computes the second element before the step, which was rounded from it.
    if (info.kind === 'float' && length > 1) result.data[1] = second as never
    return result
  } catch (error) {
    result.release()
    throw error
  }
}

/** The ends must fit an integer dtype, and the step be a whole number; then all between them fit. */
function checkRange(from: number | bigint, step: number | bigint, length: number, info: DTypeInfo): void {
  toElement(from, info.name)
  if (info.kind === 'float' || length === 1) return
  if (typeof step === 'number' && !Number.isInteger(step)) {
    throw new DTypeError(`a step of ${step} is not an integer, so ${info.name} cannot hold the range`)
  }
  toElement(BigInt(from) + BigInt(length - 1) * BigInt(step), info.name)
}

/** The distance of the first two elements, both rounded to the dtype: the step that NumPy goes on with. */
function floatStep(from: number | bigint, second: number, info: DTypeInfo): number {
  const [a, b] = [Number(from), second]
  return info.name === 'float32' ? Math.fround(b) - Math.fround(a) : b - a
}

/** A step may be negative where the dtype is unsigned: it is stored modulo 2^bits. */
function writeWrapped(array: NDArray, byteAddress: number, step: number | bigint): void {
  const { info, lease } = array
  const cell = new info.array(lease.heap.core.memory.buffer, byteAddress, 1)
  cell[0] = (info.bytes === 8 ? BigInt(step) : Number(step)) as never
}

function rangeLength(from: number | bigint, to: number | bigint, step: number | bigint): number {
  for (const value of [from, to, step]) {
    if (typeof value !== 'bigint' && !Number.isFinite(value))
      throw new DTypeError(`arange needs finite numbers, not ${describe(value)}`)
  }
  if (Number(step) === 0) throw new DTypeError('the step of arange cannot be 0')
  const parts = [from, to, step]
  if (
    parts.some(part => typeof part === 'bigint') &&
    parts.every(part => Number(part) === Math.floor(Number(part)))
  ) {
    return exactLength(BigInt(from), BigInt(to), BigInt(step))
  }
  return Math.max(0, Math.ceil((Number(to) - Number(from)) / Number(step)))
}

function exactLength(from: bigint, to: bigint, step: bigint): number {
  const span = step > 0n ? to - from : from - to
  const size = step > 0n ? step : -step
  return span <= 0n ? 0 : Number((span + size - 1n) / size)
}

/**
 * An array of the given values: nested arrays, a typed array (1-d), another array (a copy), or one value
 * (0-d). Its dtype is that of the typed array or array, else that of the values: float64 for numbers, int64
 * for bigints, bool for booleans.
 * @throws ShapeError when nested arrays are ragged; DTypeError when values are of mixed kinds and no dtype is
 * given, or when the dtype cannot hold one. Nothing is allocated then.
 */
export function array<D extends DType = 'float64'>(
  values: Nested<Scalar> | AnyTypedArray | NDArray,
  given?: CreationOptions<D>,
): NDArray<D> {
  const options = optionsOf('array', given, DTYPE)
  if (values instanceof NDArray) return copyHere(values, options.dtype ?? (values.dtype as D))
  if (dtypeOfTypedArray(values)) return fromTypedArray(values as AnyTypedArray, undefined, options)
  const shape = toShape(nestedShape(values as Nested<Scalar>))
  const flat = flatten(values as Nested<Scalar>, shape)
  const dtype = options.dtype ?? (commonDType(flat) as D)
  dtypeInfo(dtype)
  const elements = flat.map(value => toElement(value, dtype))
  const result = empty(shape, { dtype })
  const { data } = result
  for (let i = 0; i < elements.length; i++) data[i] = elements[i] as never
  return result
}

/**
 * An array with a copy of a typed array's elements.
 * @param shape Default: one axis with all elements.
 * @throws ShapeError when the shape has another number of elements; DTypeError when `dtype` is given and
 * cannot hold one.
 */
export function fromTypedArray<D extends DType>(
  values: AnyTypedArray,
  shape: number | Shape = values.length,
  given?: CreationOptions<D>,
): NDArray<D> {
  const options = optionsOf('fromTypedArray', given, DTYPE)
  const own = dtypeOfTypedArray(values)
  if (!own) throw new DTypeError(`expected a typed array, not ${describe(values)}`)
  const lengths = toShape(shape)
  if (sizeOf(lengths) !== values.length) {
    throw new ShapeError(`${values.length} elements do not fill shape ${formatShape(lengths)}`)
  }
  const dtype = options.dtype ?? (own as D)
  const asIs = dtypeInfo(dtype).name === own
  if (!asIs) for (const value of values) toElement(value, dtype)
  const result = empty(lengths, { dtype })
  const { data } = result
  if (asIs) data.set(values as never)
  else
    for (let i = 0; i < values.length; i++) data[i] = toElement(values[i] as number | bigint, dtype) as never
  return result
}

function nestedShape(values: Nested<Scalar>): number[] {
  const shape: number[] = []
  for (let level: unknown = values; Array.isArray(level); level = level[0]) {
    shape.push(level.length)
    if (shape.length > 64) throw new ShapeError('arrays are nested too deep (or contain themselves)')
  }
  return shape
}

function flatten(values: Nested<Scalar>, shape: Shape): Scalar[] {
  const flat: Scalar[] = []
  const visit = (part: unknown, axis: number): void => {
    if (axis === shape.length) {
      if (Array.isArray(part))
        throw new ShapeError(`nested arrays are ragged: expected shape ${formatShape(shape)}`)
      if (!isScalar(part)) throw new DTypeError(`expected a number, bigint or boolean, not ${describe(part)}`)
      flat.push(part)
      return
    }
    if (!Array.isArray(part) || part.length !== shape[axis]) {
      throw new ShapeError(`nested arrays are ragged: expected shape ${formatShape(shape)}`)
    }
    for (let i = 0; i < part.length; i++) visit(part[i], axis + 1)
  }
  visit(values, 0)
  return flat
}

function commonDType(values: readonly Scalar[]): DType {
  const kinds = new Set(values.map(dtypeOfScalar))
  if (kinds.size > 1) throw new DTypeError(`values of mixed kinds (${[...kinds].join(', ')}); give a dtype`)
  return kinds.values().next().value ?? 'float64'
}

/** A copy in the current heap, from whichever heap. */
function copyHere<D extends DType>(from: NDArray, dtype: D): NDArray<D> {
  from.assertAlive()
  const heap = currentHeap()
  if (from.lease.heap === heap) return copy(from, dtype)
  using packed = copy(from, dtype)
  const result = allocateArray(heap, from.shape, dtype, false)
  result.data.set(packed.data as never)
  return result
}

/** A contiguous copy of an array in a dtype, in the array's own heap. */
export function copy<D extends DType>(from: NDArray, dtype: D): NDArray<D> {
  from.assertAlive()
  const info = dtypeInfo(dtype)
  const { heap } = from.lease
  const result = allocateArray(heap, from.shape, dtype, false)
  heap.bind(from.shape, [
    { byteAddress: result.byteAddress, strides: contiguousStrides(from.shape), itemBytes: info.bytes },
    from.operand(),
  ])
  heap.core.exports.assign(info.code, from.info.code)
  return result
}
