import type { DType } from '../dtype.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import {
  FINISH,
  type FullReduction,
  isFull,
  type Kernel,
  type PartialReduction,
  REDUCTION,
  type ReductionOptions,
  reduce,
} from './reduce.ts'

/**
 * Whether all elements along some axes are true; true of none. Numbers are true when they are not 0: NaN is.
 * A full reduction stops soon after the first that is false.
 * @returns Without axis, keepdims and out a boolean, else a bool array.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function all(a: NDArray, options?: FullReduction): boolean
export function all(a: NDArray, options: PartialReduction<'bool'>): NDArray<'bool'>
export function all(a: NDArray, options: ReductionOptions<'bool'>): boolean | NDArray<'bool'>
export function all(a: NDArray, options: ReductionOptions<'bool'> = {}): unknown {
  assertArray(a)
  return reduce('all', a, 'bool', { ...truthOf(a, 'min', options), empty: 1 }, options)
}

/**
 * Whether an element along some axes is true; false of none. Numbers are true when they are not 0: NaN is.
 * A full reduction stops soon after the first that is true.
 * @returns Without axis, keepdims and out a boolean, else a bool array.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function any(a: NDArray, options?: FullReduction): boolean
export function any(a: NDArray, options: PartialReduction<'bool'>): NDArray<'bool'>
export function any(a: NDArray, options: ReductionOptions<'bool'>): boolean | NDArray<'bool'>
export function any(a: NDArray, options: ReductionOptions<'bool'> = {}): unknown {
  assertArray(a)
  return reduce('any', a, 'bool', { ...truthOf(a, 'max', options), empty: 0 }, options)
}

/** Unsigned integers of the same size. */
const UNSIGNED: Record<number, DType> = { 1: 'uint8', 2: 'uint16', 4: 'uint32', 8: 'uint64' }

/**
 * Along axes integers are all true when the smallest, read as unsigned, is not 0, and one is when the largest
 * is not. Floats have two zeros: they are counted; so is what is reduced whole, since a count may stop.
 */
function truthOf(a: NDArray, extremum: 'min' | 'max', options: ReductionOptions): Omit<Kernel, 'empty'> {
  if (a.info.kind !== 'float' && !isFull(options)) {
    return { code: REDUCTION[extremum], finish: FINISH.isNotZero, readAs: UNSIGNED[a.info.bytes] }
  }
  if (extremum === 'min') return { code: REDUCTION.zero, finish: FINISH.isZero }
  return { code: REDUCTION.nonzero, finish: FINISH.isNotZero }
}

/**
 * How many elements along some axes are not 0 (or are true); NaN is not 0.
 * @returns Without axis, keepdims and out a bigint, else an int64 array.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function countNonzero(a: NDArray, options?: FullReduction): bigint
export function countNonzero(a: NDArray, options: PartialReduction<'int64'>): NDArray<'int64'>
export function countNonzero(a: NDArray, options: ReductionOptions<'int64'>): bigint | NDArray<'int64'>
export function countNonzero(a: NDArray, options: ReductionOptions<'int64'> = {}): unknown {
  assertArray(a)
  return reduce('countNonzero', a, 'int64', { code: REDUCTION.nonzero, empty: 0 }, options)
}
