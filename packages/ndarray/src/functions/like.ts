import { type DType, dtypeInfo, type Scalar, toElement } from '../dtype.ts'
import { DTypeError, HeapError } from '../errors.ts'
import { currentHeap } from '../heap/heap.ts'
import { allocateArray, assertArray, NDArray } from '../ndarray.ts'
import { array, type CreationOptions, DTYPE } from './creation.ts'
import { fill } from './move.ts'
import { optionsOf } from './options.ts'
import type { CopyOptions } from './reshape.ts'

/**
 * An array of whatever the memory held, of the shape, dtype and heap of another.
 * @throws DTypeError, ReleasedError, OutOfMemoryError
 */
export function emptyLike<D extends DType>(a: NDArray, options: { dtype: D }): NDArray<D>
export function emptyLike<D extends DType>(a: NDArray<D>, options?: CreationOptions<D>): NDArray<D>
export function emptyLike(a: NDArray, given?: CreationOptions<DType>): NDArray {
  const options = optionsOf('emptyLike', given, DTYPE)
  return like(a, options, false)
}

/** Zeros of the shape, dtype and heap of another array. @throws DTypeError, ReleasedError, OutOfMemoryError */
export function zerosLike<D extends DType>(a: NDArray, options: { dtype: D }): NDArray<D>
export function zerosLike<D extends DType>(a: NDArray<D>, options?: CreationOptions<D>): NDArray<D>
export function zerosLike(a: NDArray, given?: CreationOptions<DType>): NDArray {
  const options = optionsOf('zerosLike', given, DTYPE)
  return like(a, options, true)
}

/** Ones of the shape, dtype and heap of another array. @throws DTypeError, ReleasedError, OutOfMemoryError */
export function onesLike<D extends DType>(a: NDArray, options: { dtype: D }): NDArray<D>
export function onesLike<D extends DType>(a: NDArray<D>, options?: CreationOptions<D>): NDArray<D>
export function onesLike(a: NDArray, given?: CreationOptions<DType>): NDArray {
  const options = optionsOf('onesLike', given, DTYPE)
  return fullLike(a, 1, options)
}

/**
 * One value everywhere, in the shape, dtype and heap of another array.
 * @throws DTypeError when the dtype cannot hold the value; ReleasedError, OutOfMemoryError
 */
export function fullLike<D extends DType>(a: NDArray, value: Scalar, options: { dtype: D }): NDArray<D>
export function fullLike<D extends DType>(
  a: NDArray<D>,
  value: Scalar,
  options?: CreationOptions<D>,
): NDArray<D>
export function fullLike(a: NDArray, value: Scalar, given?: CreationOptions<DType>): NDArray {
  const options = optionsOf('fullLike', given, DTYPE)
  assertArray(a)
  toElement(value, dtypeInfo(options.dtype ?? a.dtype).name)
  const result = like(a, options, false)
  fill(result, result, value)
  return result
}

function like(a: NDArray, options: CreationOptions<DType>, zeroed: boolean): NDArray {
  assertArray(a)
  return allocateArray(a.lease.heap, a.shape, options.dtype ?? a.dtype, zeroed)
}

/** How values become an array. */
export interface AsarrayOptions<D extends DType> extends CreationOptions<D>, CopyOptions {}

/** What `array` and `asarray` take. */
type Values = Parameters<typeof array>[0]

/**
 * As `array`, but an array that has the dtype already, in the heap in use, is not copied: the result is a
 * view of it with a reference of its own, to be released like any other.
 * @param options `copy`: true always copies; false never does, and is an error where a copy is needed.
 * @throws DTypeError (also for `copy: false` where values must be converted), ShapeError, HeapError,
 * ReleasedError, OutOfMemoryError
 */
export function asarray<D extends DType>(
  values: Values,
  options: AsarrayOptions<D> & { dtype: D },
): NDArray<D>
export function asarray<D extends DType>(values: NDArray<D>, options?: AsarrayOptions<D>): NDArray<D>
export function asarray<D extends DType = 'float64'>(values: Values, options?: AsarrayOptions<D>): NDArray<D>
export function asarray(values: Values, given?: AsarrayOptions<DType>): NDArray {
  const options = optionsOf('asarray', given, { ...DTYPE, copy: true })
  const { dtype, copy } = options
  if (values instanceof NDArray && copy !== true) {
    assertArray(values)
    const here = values.lease.heap === currentHeap()
    if (here && (dtype ?? values.dtype) === values.dtype) return values.retain()
    if (copy === false && !here) throw new HeapError('an array of another heap must be copied; allow a copy')
  }
  if (copy === false) {
    const what = values instanceof NDArray ? `an array of ${values.dtype}` : 'a value of JavaScript'
    throw new DTypeError(`${what} must be copied to be an array${dtype ? ` of ${dtype}` : ''}; allow a copy`)
  }
  return array(values, dtype ? { dtype } : {})
}
