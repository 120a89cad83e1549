import { type DType, dtypeInfo } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { assign } from './assign.ts'
import { resolveAxis } from './axes.ts'
import { COMBINATION, combine } from './combine.ts'
import { optionsOf } from './options.ts'
import { filled, outputFor } from './output.ts'
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
  options?: CumulativeOptions<R>,
): NDArray<R> {
  return cumulative('cumulativeSum', a, COMBINATION.add, options) as NDArray<R>
}

/**
 * Running products along an axis: element i is the product of the elements up to i. Integers wrap.
 * @returns As `cumulativeSum`.
 * @throws As `cumulativeSum`.
 */
export function cumulativeProd<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options?: CumulativeOptions<R>,
): NDArray<R> {
  return cumulative('cumulativeProd', a, COMBINATION.multiply, options) as NDArray<R>
}

const CUMULATING = { axis: true, dtype: true, includeInitial: true, out: true } as const

function cumulative(name: string, a: NDArray, code: 0 | 1, given: CumulativeOptions | undefined): NDArray {
  assertArray(a)
  const options = optionsOf(name, given, CUMULATING)
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
