import type { DType } from '../dtype.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { sameShape } from '../shape.ts'
import { lineStep, linesOf, toAxis, without } from './axis.ts'
import { copy } from './creation.ts'
import { outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import { roomFor } from './room.ts'

/** How to sort. */
export interface SortOptions<D extends DType = DType> {
  /** The axis to sort along; default −1, the last. */
  axis?: number
  /** From the largest to the smallest; default false. */
  descending?: boolean
  /** Whether equal elements keep their order. Every sort here is stable: false changes nothing. */
  stable?: boolean
  /** Where to write; returned. May be the array itself. */
  out?: NDArray<D>
}

/**
 * A sorted copy. Equal elements keep their order, 0 and −0 among them, also when descending. NaN comes last
 * in both directions, as in NumPy from 2.5 on (the standard leaves it open); the bits within a NaN are not
 * kept.
 *
 * Lines of up to some hundreds of elements are merged, longer ones sorted by radix; that needs room for two
 * lines of the array beside the result.
 * @returns Shape and dtype of the array; the caller's, unless it is `out`.
 * @throws IndexError for an axis that is not there (a 0-d array has none); ShapeError, DTypeError, HeapError
 * when `out` does not fit; ReleasedError, OutOfMemoryError
 */
export function sort<D extends DType>(a: NDArray<D>, options: SortOptions<D> = {}): NDArray<D> {
  return sortInto('sort', a, a.dtype, options, a => 2 * a.info.bytes) as NDArray<D>
}

/**
 * The indices that sort an array along an axis: `takeAlongAxis(a, argsort(a))` is `sort(a)`. The order is
 * that of `sort`: stable, NaN last.
 * @returns int64, of the array's shape; the caller's, unless it is `out`.
 * @throws As `sort`.
 */
export function argsort(a: NDArray, options: SortOptions<'int64'> = {}): NDArray<'int64'> {
  return sortInto('argsort', a, 'int64', options, a => (a.info.bytes === 8 ? 32 : 16)) as NDArray<'int64'>
}

/** Sorts with a kernel that needs so many bytes of room for each element of a line. */
function sortInto(
  kernel: 'sort' | 'argsort',
  a: NDArray,
  dtype: DType,
  options: SortOptions,
  roomOf: (a: NDArray) => number,
): NDArray {
  assertArray(a)
  const axis = toAxis(options.axis ?? -1, a.shape)
  const { out } = options
  const { heap } = a.lease
  const result = outputFor(heap, a.shape, dtype, out)
  if (a.size === 0) return result
  try {
    if (out && sharesMemory(out, a) && !(kernel === 'sort' && sameLayout(out, a))) {
      using packed = copy(a, a.dtype)
      sortLines(kernel, result, packed, axis, options.descending === true, roomOf)
    } else {
      sortLines(kernel, result, a, axis, options.descending === true, roomOf)
    }
    return result
  } catch (error) {
    if (!out) result.release()
    throw error
  }
}

/** A line is read before it is written: the same elements in the same places are no overlap. */
function sameLayout(a: NDArray, b: NDArray): boolean {
  const sameSteps = a.strides.every((step, axis) => step === b.strides[axis])
  return a.offset === b.offset && sameShape(a.shape, b.shape) && sameSteps
}

function sortLines(
  kernel: 'sort' | 'argsort',
  result: NDArray,
  a: NDArray,
  axis: number,
  descending: boolean,
  roomOf: (a: NDArray) => number,
): void {
  const { heap } = a.lease
  const count = a.shape[axis] as number
  const room = roomFor(heap, count * roomOf(a))
  try {
    heap.bind(without(a.shape, axis), [linesOf(result, axis), linesOf(a, axis)])
    heap.core.exports[kernel](
      a.info.code,
      Number(descending),
      count,
      lineStep(result, axis),
      lineStep(a, axis),
      room.byteAddress,
    )
  } finally {
    room.drop(false)
  }
}
