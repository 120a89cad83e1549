import type { DType } from '../dtype.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { optionsOf } from './options.ts'
import {
  FINISH,
  isFull,
  type Kernel,
  REDUCING,
  REDUCTION,
  type Reduction,
  type ReductionOptions,
  reduce,
} from './reduce.ts'

/**
 * Whether all elements along some axes are true; true of none. Numbers are true when they are not 0: NaN is.
 * A full reduction stops soon after the first that is false.
 * @returns Without axis, keepdims and out a boolean, else a bool array.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export const all = ((a: NDArray, given?: ReductionOptions) => {
  assertArray(a)
  const options = optionsOf('all', given, REDUCING) as ReductionOptions<'bool'>
  return reduce('all', a, 'bool', { ...truthOf(a, 'min', options), empty: 1 }, options)
}) as Reduction<'truth'>

/**
 * Whether an element along some axes is true; false of none. Numbers are true when they are not 0: NaN is.
 * A full reduction stops soon after the first that is true.
 * @returns Without axis, keepdims and out a boolean, else a bool array.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export const any = ((a: NDArray, given?: ReductionOptions) => {
  assertArray(a)
  const options = optionsOf('any', given, REDUCING) as ReductionOptions<'bool'>
  return reduce('any', a, 'bool', { ...truthOf(a, 'max', options), empty: 0 }, options)
}) as Reduction<'truth'>

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
export const countNonzero = ((a: NDArray, given?: ReductionOptions) => {
  assertArray(a)
  const options = optionsOf('countNonzero', given, REDUCING) as ReductionOptions<'int64'>
  return reduce('countNonzero', a, 'int64', { code: REDUCTION.nonzero, empty: 0 }, options)
}) as Reduction<'count'>
