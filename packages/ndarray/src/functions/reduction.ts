import { type DType, describe, dtypeInfo, type ElementOf } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { subtract } from './combine.ts'
import { copy } from './creation.ts'
import {
  FINISH,
  type FullReduction,
  isFull,
  type Kernel,
  type PartialReduction,
  REDUCTION,
  type ReductionOptions,
  reduce,
  reducedSize,
} from './reduce.ts'

export type { FullReduction, PartialReduction, ReductionOptions } from './reduce.ts'

/** The dtype of a sum or product: int64 of signed integers and bool, uint64 of unsigned ones, a float's own. */
export type SumDType<D extends DType> = D extends 'float32' | 'float64'
  ? D
  : D extends `uint${number}`
    ? 'uint64'
    : 'int64'

/** The dtype of a mean, variance or standard deviation: float32 of float32, float64 of everything else. */
export type MeanDType<D extends DType> = D extends 'float32' ? 'float32' : 'float64'

/** The dtype that is summed in. */
export interface SumOptions<R extends DType = DType> {
  /** Of the result; the elements are summed as if converted to it. Default: see the function. */
  dtype?: R | undefined
}

/** The result's dtype by default. */
export function sumDType(a: NDArray): DType {
  if (a.info.kind === 'float') return a.dtype
  return a.info.kind === 'uint' ? 'uint64' : 'int64'
}

/** See MeanDType. */
export function meanDType(a: NDArray): 'float32' | 'float64' {
  return a.dtype === 'float32' ? 'float32' : 'float64'
}

/** Integers that can be summed in 64 bits without an overflow, however many there are. */
function sumsExactly(a: NDArray): boolean {
  return a.info.kind !== 'float' && a.info.bytes < 8
}

/**
 * The sum of the elements along some axes; 0 of none. Integers and bools are summed exactly in 64 bits,
 * where they wrap; floats pairwise in float64.
 * @returns Without axis, keepdims and out a JavaScript value, else an array; of dtype int64 for signed
 * integers and bool, uint64 for unsigned ones, the input's own for floats, unless `dtype` is given.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function sum<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options?: FullReduction & SumOptions<R>,
): ElementOf<R>
export function sum<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options: PartialReduction<R> & SumOptions<R>,
): NDArray<R>
export function sum<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options: ReductionOptions<R> & SumOptions<R>,
): ElementOf<R> | NDArray<R>
export function sum(a: NDArray, options: ReductionOptions & SumOptions = {}): unknown {
  return total('sum', a, options)
}

/**
 * The product of the elements along some axes; 1 of none. Integers are multiplied in 64 bits, where they
 * wrap; floats in float64.
 * @returns As `sum`.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function prod<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options?: FullReduction & SumOptions<R>,
): ElementOf<R>
export function prod<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options: PartialReduction<R> & SumOptions<R>,
): NDArray<R>
export function prod<D extends DType, R extends DType = SumDType<D>>(
  a: NDArray<D>,
  options: ReductionOptions<R> & SumOptions<R>,
): ElementOf<R> | NDArray<R>
export function prod(a: NDArray, options: ReductionOptions & SumOptions = {}): unknown {
  return total('prod', a, options)
}

/** A sum or product, NaN counting for nothing if that is wanted. */
export function total(
  name: 'sum' | 'prod',
  a: NDArray,
  options: ReductionOptions & SumOptions,
  skipsNaN = false,
): ElementOf<DType> | NDArray {
  assertArray(a)
  const dtype = dtypeInfo(options.dtype ?? sumDType(a))
  if (dtype.kind === 'bool') throw new DTypeError(`${name} has a numeric dtype, not bool; see any and all`)
  if (a.info.kind === 'float' && dtype.kind !== 'float') {
    const converted = copy(a, dtype.name)
    try {
      return total(name, converted, options)
    } finally {
      converted.drop(false)
    }
  }
  const inFloat = dtype.kind === 'float' && !(name === 'sum' && sumsExactly(a))
  return reduce(name, a, dtype.name, { ...kernelOf(name, inFloat), skipsNaN }, options)
}

function kernelOf(name: 'sum' | 'prod', inFloat: boolean): Kernel {
  if (name === 'sum') return { code: inFloat ? REDUCTION.floatSum : REDUCTION.sum, empty: 0 }
  return { code: inFloat ? REDUCTION.floatProduct : REDUCTION.product, empty: 1 }
}

/**
 * The arithmetic mean of the elements along some axes; NaN of none. Integers of up to 32 bits are summed
 * exactly, all others pairwise in float64.
 * @returns Without axis, keepdims and out a number, else an array; float32 for float32, else float64.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function mean(a: NDArray, options?: FullReduction): number
export function mean<D extends DType>(
  a: NDArray<D>,
  options: PartialReduction<MeanDType<D>>,
): NDArray<MeanDType<D>>
export function mean<D extends DType>(
  a: NDArray<D>,
  options: ReductionOptions<MeanDType<D>>,
): number | NDArray<MeanDType<D>>
export function mean(a: NDArray, options: ReductionOptions = {}): unknown {
  assertArray(a)
  return meanAs(meanDType(a), a, options as ReductionOptions<'float64'>)
}

/** The mean in a float dtype. */
function meanAs<R extends 'float32' | 'float64'>(
  dtype: R,
  a: NDArray,
  options: ReductionOptions<R>,
): number | NDArray<R> {
  const code = sumsExactly(a) ? REDUCTION.sum : REDUCTION.floatSum
  const divisor = reducedSize(a, options.axis)
  return reduce('mean', a, dtype, { code, finish: FINISH.quotient, divisor, empty: NaN }, options) as
    | number
    | NDArray<R>
}

/** What the number of elements is diminished by: 0 for a population, 1 for a sample. */
export interface CorrectionOptions {
  /** Default 0. */
  correction?: number | undefined
}

/**
 * The variance of the elements along some axes: the mean of the squares of their distances from their mean,
 * in two passes, in float64. The squares' sum is divided by the number of elements minus `correction`, and
 * by 0 when that is negative; NaN of no elements.
 * @returns As `mean`.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function variance(a: NDArray, options?: FullReduction & CorrectionOptions): number
export function variance<D extends DType>(
  a: NDArray<D>,
  options: PartialReduction<MeanDType<D>> & CorrectionOptions,
): NDArray<MeanDType<D>>
export function variance<D extends DType>(
  a: NDArray<D>,
  options: ReductionOptions<MeanDType<D>> & CorrectionOptions,
): number | NDArray<MeanDType<D>>
export function variance(a: NDArray, options: ReductionOptions & CorrectionOptions = {}): unknown {
  return spread('variance', a, FINISH.quotient, options)
}

/**
 * The standard deviation along some axes: the square root of `variance`.
 * @returns As `mean`.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function std(a: NDArray, options?: FullReduction & CorrectionOptions): number
export function std<D extends DType>(
  a: NDArray<D>,
  options: PartialReduction<MeanDType<D>> & CorrectionOptions,
): NDArray<MeanDType<D>>
export function std<D extends DType>(
  a: NDArray<D>,
  options: ReductionOptions<MeanDType<D>> & CorrectionOptions,
): number | NDArray<MeanDType<D>>
export function std(a: NDArray, options: ReductionOptions & CorrectionOptions = {}): unknown {
  return spread('std', a, FINISH.root, options)
}

function spread(
  name: string,
  a: NDArray,
  finish: number,
  options: ReductionOptions & CorrectionOptions,
): unknown {
  assertArray(a)
  const { correction = 0, axis } = options
  assertCorrection(correction)
  const divisor = Math.max(reducedSize(a, axis) - correction, 0)
  const center = meanAs('float64', a, isFull(options) ? {} : { axis, keepdims: true })
  const means = typeof center === 'number' ? undefined : center
  try {
    const kernel = { code: REDUCTION.squares, finish, divisor, empty: NaN, center }
    return reduce(name, a, meanDType(a), kernel, options as ReductionOptions<'float64'>)
  } finally {
    means?.drop(false)
  }
}

/** @throws DTypeError for anything but a number. */
export function assertCorrection(correction: number): void {
  if (typeof correction !== 'number' || Number.isNaN(correction)) {
    throw new DTypeError(`a correction is a number, not ${describe(correction)}`)
  }
}

/**
 * The smallest element along some axes; NaN if there is one.
 * @returns Without axis, keepdims and out a value, else an array, of the input's dtype.
 * @throws ShapeError when there are no elements; IndexError, DTypeError, ReleasedError, OutOfMemoryError
 */
export function min<D extends DType>(a: NDArray<D>, options?: FullReduction): ElementOf<D>
export function min<D extends DType>(a: NDArray<D>, options: PartialReduction<D>): NDArray<D>
export function min<D extends DType>(a: NDArray<D>, options: ReductionOptions<D>): ElementOf<D> | NDArray<D>
export function min<D extends DType>(a: NDArray<D>, options: ReductionOptions<D> = {}): unknown {
  return extremum('min', a, options)
}

/**
 * The largest element along some axes; NaN if there is one.
 * @returns Without axis, keepdims and out a value, else an array, of the input's dtype.
 * @throws ShapeError when there are no elements; IndexError, DTypeError, ReleasedError, OutOfMemoryError
 */
export function max<D extends DType>(a: NDArray<D>, options?: FullReduction): ElementOf<D>
export function max<D extends DType>(a: NDArray<D>, options: PartialReduction<D>): NDArray<D>
export function max<D extends DType>(a: NDArray<D>, options: ReductionOptions<D>): ElementOf<D> | NDArray<D>
export function max<D extends DType>(a: NDArray<D>, options: ReductionOptions<D> = {}): unknown {
  return extremum('max', a, options)
}

/** The extremum, NaN counting for nothing if that is wanted. */
export function extremum<D extends DType>(
  name: 'min' | 'max',
  a: NDArray<D>,
  options: ReductionOptions<D>,
  skipsNaN = false,
): ElementOf<D> | NDArray<D> {
  assertArray(a)
  return reduce(name, a, a.dtype, { code: REDUCTION[name], empty: undefined, skipsNaN }, options)
}

/**
 * The distance from the smallest to the largest element along some axes; NaN if there is one. Integers wrap.
 * @returns Without axis, keepdims and out a value, else an array, of the input's dtype.
 * @throws ShapeError when there are no elements; DTypeError for bool; IndexError, ReleasedError,
 * OutOfMemoryError
 */
export function ptp<D extends DType>(a: NDArray<D>, options?: FullReduction): ElementOf<D>
export function ptp<D extends DType>(a: NDArray<D>, options: PartialReduction<D>): NDArray<D>
export function ptp<D extends DType>(a: NDArray<D>, options: ReductionOptions<D> = {}): unknown {
  assertArray(a)
  if (a.dtype === 'bool') throw new DTypeError('bools have no distance; see any and all')
  const { axis, keepdims } = options
  const along = { axis: axis ?? [...a.shape.keys()], keepdims }
  const low = min(a, along)
  try {
    const full = isFull(options)
    const high = max(a, full ? along : { ...options, axis: along.axis })
    subtract(high, high, low)
    if (!full) return high
    const value = high.item()
    high.drop(false)
    return value
  } finally {
    low.drop(false)
  }
}
