import type { DType } from '../dtype.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { sameShape } from '../shape.ts'
import { resolveAxis } from './axes.ts'
import { lineStep, linesOf, without } from './axis.ts'
import { optionsOf } from './options.ts'
import { outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import { roomFor } from './room.ts'
import { Temporaries } from './temporaries.ts'

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

const SORTING = { axis: true, descending: true, stable: true, out: true } as const

/**
 * A sorted copy. Equal elements keep their order, 0 and −0 among them, also when descending. NaN comes last
 * in both directions, as in NumPy from 2.5 on (the standard leaves it open); the bits within a NaN are not
 * kept.
 *
 * Lines of up to some hundreds of elements are merged, longer ones sorted by radix; that needs room for one
 * line beside the result, for two when sorting in place or into an `out` that is not contiguous.
 * @returns Shape and dtype of the array; the caller's, unless it is `out`.
 * @throws IndexError for an axis that is not there (a 0-d array has none); ShapeError, DTypeError, HeapError
 * when `out` does not fit; ReleasedError, OutOfMemoryError
 */
export function sort<D extends DType>(a: NDArray<D>, given?: SortOptions<D>): NDArray<D> {
  const options = optionsOf('sort', given, SORTING)
  return sortInto(sortLines, a, a.dtype, options) as NDArray<D>
}

/**
 * The indices that sort an array along an axis: `takeAlongAxis(a, argsort(a))` is `sort(a)`. The order is
 * that of `sort`: stable, NaN last. It needs room for 16 bytes for each element of a line beside the result,
 * 32 for dtypes of 8 bytes.
 * @returns int64, of the array's shape; the caller's, unless it is `out`.
 * @throws As `sort`.
 */
export function argsort(a: NDArray, given?: SortOptions<'int64'>): NDArray<'int64'> {
  const options = optionsOf('argsort', given, SORTING)
  return sortInto(argsortLines, a, 'int64', options) as NDArray<'int64'>
}

/** Sorts the lines of `from` along an axis into `result`, which has the same elements or shares none. */
type SortLines = (result: NDArray, from: NDArray, axis: number, descending: boolean) => void

function sortInto(run: SortLines, a: NDArray, dtype: DType, options: SortOptions): NDArray {
  assertArray(a)
  const axis = resolveAxis(options.axis ?? -1, a.shape.length)
  const { out, descending = false } = options
  const result = outputFor(a.lease.heap, a.shape, dtype, out)
  if (a.size === 0) return result
  try {
    using temporaries = new Temporaries()
    // A line is read before it is written: the same elements in the same places do no harm.
    const from = out && sameLayout(out, a) ? a : temporaries.readable(a, a.dtype, out)
    run(result, from, axis, descending)
    return result
  } catch (error) {
    if (!out) result.release()
    throw error
  }
}

function sameLayout(a: NDArray, b: NDArray): boolean {
  const sameSteps = a.strides.every((step, axis) => step === b.strides[axis])
  return a.dtype === b.dtype && a.offset === b.offset && sameShape(a.shape, b.shape) && sameSteps
}

function sortLines(result: NDArray, from: NDArray, axis: number, descending: boolean): void {
  const { heap } = from.lease
  const { bytes, code } = from.info
  const count = from.shape[axis] as number
  const step = lineStep(result, axis)
  // The keys may lie where the line will, unless the line must be read again.
  const roomInOut = step === bytes && !sharesMemory(result, from)
  const room = roomFor(heap, count * bytes * (roomInOut ? 1 : 2))
  try {
    heap.bind(without(from.shape, axis), [linesOf(result, axis), linesOf(from, axis)])
    const { exports } = heap.core
    const steps = [step, lineStep(from, axis)] as const
    exports.sort(code, Number(descending), count, ...steps, room.byteAddress, Number(roomInOut))
  } finally {
    room.drop(false)
  }
}

function argsortLines(result: NDArray, from: NDArray, axis: number, descending: boolean): void {
  const { heap } = from.lease
  const { bytes, code } = from.info
  const count = from.shape[axis] as number
  // Twice a record: the key in front of the index, which take 8 bytes together where the key has less.
  const room = roomFor(heap, count * 2 * (bytes === 8 ? 16 : 8))
  try {
    heap.bind(without(from.shape, axis), [linesOf(result, axis), linesOf(from, axis)])
    const { exports } = heap.core
    const steps = [lineStep(result, axis), lineStep(from, axis)] as const
    exports.argsort(code, Number(descending), count, ...steps, room.byteAddress)
  } finally {
    room.drop(false)
  }
}
