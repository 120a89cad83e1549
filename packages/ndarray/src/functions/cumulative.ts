import { type DType, describe, dtypeInfo } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { assign } from './assign.ts'
import { resolveAxis } from './axes.ts'
import { COMBINATION, combine } from './combine.ts'
import { notEqual } from './comparison.ts'
import { copy } from './creation.ts'
import { filled, outputFor } from './output.ts'
import { resultType } from './promotion.ts'
import type { SumDType } from './reduce.ts'
import { sumDType } from './reduction.ts'

/** How sums or products run. */
export interface CumulativeOptions<R extends DType = DType> {
  /** The axis along which they run; may be omitted for 1-d arrays. */
  axis?: number | undefined
  /** Of the result; the elements are converted to it first. Default: as for `sum`. */
  dtype?: R | undefined
  /** Begins with 0 (sums) or 1 (products): the axis is longer by one. Default false. */
  includeInitial?: boolean | undefined
  /** An array of the result's shape and dtype; it is returned. May be the input. */
  out?: NDArray<R> | undefined
}

/**
 * Running sums along an axis: element i is the sum of the elements up to i. Integers wrap; floats are added
 * one after the other in the result's dtype.
 * @returns An array of the input's shape (the axis one longer with includeInitial), of dtype int64, uint64
 * or a float's own unless `dtype` is given; the caller's, unless it is `out`.
 * @throws ShapeError when the axis is omitted and there is not exactly one; IndexError, DTypeError,
 * ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function cumulativeSum<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options: CumulativeOptions<R> = {},
): NDArray<R> {
  return cumulative(a, COMBINATION.add, options) as NDArray<R>
}

/**
 * Running products along an axis: element i is the product of the elements up to i. Integers wrap.
 * @returns As `cumulativeSum`.
 * @throws As `cumulativeSum`.
 */
export function cumulativeProd<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options: CumulativeOptions<R> = {},
): NDArray<R> {
  return cumulative(a, COMBINATION.multiply, options) as NDArray<R>
}

function cumulative(a: NDArray, code: 0 | 1, options: CumulativeOptions): NDArray {
  assertArray(a)
  const { dtype = sumDType(a), includeInitial = false, out } = options
  const info = dtypeInfo(dtype)
  if (info.kind === 'bool') throw new DTypeError('running sums and products have a numeric dtype, not bool')
  const axis = scanAxis(a, options.axis)
  const shape = a.shape.map((length, k) => length + Number(includeInitial && k === axis))
  const result = outputFor(a.lease.heap, shape, dtype, out)
  // The kernel walks an axis with negative steps from its other end.
  const isReversed = (result.strides[axis] as number) <= 0
  return filled(result, out, () => {
    const target = isReversed ? allocateArray(a.lease.heap, shape, dtype, false) : result
    try {
      fill(target, a, axis, includeInitial ? code : undefined)
      runAlong(target, axis, code)
      if (isReversed) assign(result, target)
    } finally {
      if (isReversed) target.drop(false)
    }
  })
}

function scanAxis(a: NDArray, axis: number | undefined): number {
  if (axis === undefined && a.ndim !== 1) {
    throw new ShapeError(`an axis is needed for shape ${formatShape(a.shape)}`)
  }
  return resolveAxis(axis ?? 0, a.ndim)
}

/** Writes the elements, behind the initial value if there is one. */
function fill(target: NDArray, a: NDArray, axis: number, initial: number | undefined): void {
  if (initial === undefined) {
    assign(target, a)
    return
  }
  const part = (from: number, to: number | null) =>
    target.slice(...target.shape.slice(0, axis).map(() => null), [from, to])
  using tail = part(1, null)
  using head = part(0, 1)
  assign(tail, a)
  assign(head, initial)
}

/** In place: each element is combined with the one before it. */
function runAlong(target: NDArray, axis: number, code: number): void {
  const shape = target.shape.map((length, k) => (k === axis ? Math.max(length - 1, 0) : length))
  const step = (target.strides[axis] as number) * target.info.bytes
  const before = target.operand()
  const after = { ...before, byteAddress: before.byteAddress + step }
  combine(target, shape, [after, before, after], code)
}

/** How differences are taken. */
export interface DiffOptions {
  /** Default −1. */
  axis?: number | undefined
  /** How many times. Default 1. */
  n?: number | undefined
  /** What comes before or behind the array along the axis, before differences are taken. */
  prepend?: NDArray | undefined
  append?: NDArray | undefined
}

/**
 * Differences of neighbours along an axis: a[i + 1] − a[i], n times over. Integers wrap; of bools it is
 * whether they differ.
 * @returns An array of the common dtype of a, prepend and append, the axis shorter by n (not below 0); the
 * caller's.
 * @throws ShapeError when prepend or append do not fit, or n is not an integer from 0; IndexError,
 * DTypeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function diff(a: NDArray, options: DiffOptions = {}): NDArray {
  assertArray(a)
  const { n = 1, prepend, append } = options
  if (!Number.isInteger(n) || n < 0) throw new ShapeError(`n is an integer from 0, not ${describe(n)}`)
  const axis = resolveAxis(options.axis ?? -1, a.ndim)
  let current = joined([prepend, a, append], a, axis)
  for (let round = 0; round < n; round++) {
    try {
      const next = differences(current, axis)
      current.drop(false)
      current = next
    } catch (error) {
      current.drop(false)
      throw error
    }
  }
  return current
}

function differences(a: NDArray, axis: number): NDArray {
  const shape = a.shape.map((length, k) => (k === axis ? Math.max(length - 1, 0) : length))
  const before = a.operand()
  const after = {
    ...before,
    byteAddress: before.byteAddress + (a.strides[axis] as number) * a.info.bytes,
  }
  if (a.dtype === 'bool') {
    const items = a.shape.slice(0, axis).map(() => null)
    using low = a.slice(...items, [0, -1])
    using high = a.slice(...items, [1, null])
    return notEqual(high, low)
  }
  const result = allocateArray(a.lease.heap, shape, a.dtype, false)
  if (result.size > 0) combine(result, shape, [result.operand(), after, before], COMBINATION.subtract)
  return result
}

/** The arrays one behind the other along the axis; a copy. */
function joined(parts: readonly (NDArray | undefined)[], a: NDArray, axis: number): NDArray {
  const given = parts.filter(part => part !== undefined)
  for (const part of given) assertFits(part, a, axis)
  const dtype = given.reduce<DType>((common, part) => resultType(common, part.dtype), a.dtype)
  if (given.length === 1) return copy(a, dtype)
  const lengthOf = (part: NDArray): number => part.shape[axis] as number
  const total = given.reduce((sum, part) => sum + lengthOf(part), 0)
  const shape = a.shape.map((length, k) => (k === axis ? total : length))
  const result = allocateArray(a.lease.heap, shape, dtype, false)
  let at = 0
  for (const part of given) {
    using place = result.slice(...a.shape.slice(0, axis).map(() => null), [at, at + lengthOf(part)])
    assign(place, part)
    at += lengthOf(part)
  }
  return result
}

function assertFits(part: NDArray, a: NDArray, axis: number): void {
  assertArray(part)
  assertSameHeap(a, part)
  const fits = part.ndim === a.ndim && part.shape.every((length, k) => k === axis || length === a.shape[k])
  if (fits) return
  throw new ShapeError(
    `${formatShape(part.shape)} does not join ${formatShape(a.shape)} along axis ${axis}: the other axes differ`,
  )
}
