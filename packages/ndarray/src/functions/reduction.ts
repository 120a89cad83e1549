import { type DType, describe, dtypeInfo, type ElementOf } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { subtract } from './combine.ts'
import { copy } from './creation.ts'
import { floating } from './elementwise.ts'
import { optionsOf } from './options.ts'
import { filled } from './output.ts'
import {
  type DTypeOptions,
  FINISH,
  isFull,
  type Kernel,
  REDUCING,
  REDUCTION,
  type Reduction,
  type ReductionOptions,
  reduce,
  reducedSize,
  type TypedReduction,
} from './reduce.ts'
import { Temporaries } from './temporaries.ts'

/** The options of reductions that take a dtype, or a correction. */
const TYPED = { ...REDUCING, dtype: true } as const
const SPREAD = { ...REDUCING, correction: true } as const

/** The result's dtype by default. */
export function sumDType(a: NDArray): DType {
  if (a.info.kind === 'float') return a.dtype
  return a.info.kind === 'uint' ? 'uint64' : 'int64'
}

/**
 * The dtype of a mean: float32 of float32, float64 of everything else, unless another float is wanted.
 * @throws DTypeError for a wanted dtype that is no float
 */
export function meanDType(name: string, a: NDArray, wanted?: DType): 'float32' | 'float64' {
  const dtype = wanted ?? floating(a.dtype)
  if (dtypeInfo(dtype).kind !== 'float') throw new DTypeError(`${name} has a float dtype, not ${dtype}`)
  return dtype as 'float32' | 'float64'
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
export const sum = ((a: NDArray, options?: ReductionOptions & DTypeOptions) =>
  total('sum', 'sum', a, options)) as TypedReduction<'sum'>

/**
 * The product of the elements along some axes; 1 of none. Integers are multiplied in 64 bits, where they
 * wrap; floats in float64.
 * @returns As `sum`.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export const prod = ((a: NDArray, options?: ReductionOptions & DTypeOptions) =>
  total('prod', 'prod', a, options)) as TypedReduction<'sum'>

/** A sum or product, NaN counting for nothing if that is wanted. */
export function total(
  name: string,
  kind: 'sum' | 'prod',
  a: NDArray,
  given: (ReductionOptions & DTypeOptions) | undefined,
  skipsNaN = false,
): ElementOf<DType> | NDArray {
  assertArray(a)
  const options = optionsOf(name, given, TYPED)
  const dtype = dtypeInfo(options.dtype ?? sumDType(a))
  if (dtype.kind === 'bool') throw new DTypeError(`${name} has a numeric dtype, not bool; see any and all`)
  if (a.info.kind === 'float' && dtype.kind !== 'float') {
    using temporaries = new Temporaries()
    return total(name, kind, temporaries.add(copy(a, dtype.name)), options)
  }
  const inFloat = dtype.kind === 'float' && !(kind === 'sum' && sumsExactly(a))
  return reduce(name, a, dtype.name, { ...kernelOf(kind, inFloat), skipsNaN }, options)
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
export const mean = ((a: NDArray, given?: ReductionOptions & DTypeOptions) => {
  assertArray(a)
  const options = optionsOf('mean', given, TYPED) as ReductionOptions<'float64'> & DTypeOptions
  return meanAs(meanDType('mean', a, options.dtype), a, options)
}) as TypedReduction<'mean', 'float32' | 'float64'>

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
export const variance = ((a: NDArray, options?: ReductionOptions & CorrectionOptions) =>
  spread('variance', a, FINISH.quotient, options)) as Reduction<'mean', CorrectionOptions>

/**
 * The standard deviation along some axes: the square root of `variance`.
 * @returns As `mean`.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export const std = ((a: NDArray, options?: ReductionOptions & CorrectionOptions) =>
  spread('std', a, FINISH.root, options)) as Reduction<'mean', CorrectionOptions>

function spread(
  name: string,
  a: NDArray,
  finish: number,
  given: (ReductionOptions & CorrectionOptions) | undefined,
): unknown {
  assertArray(a)
  const options = optionsOf(name, given, SPREAD)
  const { correction = 0, axis } = options
  assertCorrection(correction)
  const divisor = Math.max(reducedSize(a, axis) - correction, 0)
  const center = meanAs('float64', a, isFull(options) ? {} : { axis, keepdims: true })
  const means = typeof center === 'number' ? undefined : center
  try {
    const kernel = { code: REDUCTION.squares, finish, divisor, empty: NaN, center }
    return reduce(name, a, meanDType(name, a), kernel, options as ReductionOptions<'float64'>)
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
export const min = ((a: NDArray, options?: ReductionOptions) =>
  extremum('min', 'min', a, options)) as Reduction<'same'>

/**
 * The largest element along some axes; NaN if there is one.
 * @returns Without axis, keepdims and out a value, else an array, of the input's dtype.
 * @throws ShapeError when there are no elements; IndexError, DTypeError, ReleasedError, OutOfMemoryError
 */
export const max = ((a: NDArray, options?: ReductionOptions) =>
  extremum('max', 'max', a, options)) as Reduction<'same'>

/** The extremum, NaN counting for nothing if that is wanted. */
export function extremum(
  name: string,
  kind: 'min' | 'max',
  a: NDArray,
  options: ReductionOptions | undefined,
  skipsNaN = false,
): ElementOf<DType> | NDArray {
  assertArray(a)
  const kernel = { code: REDUCTION[kind], empty: undefined, skipsNaN }
  return reduce(name, a, a.dtype, kernel, optionsOf(name, options, REDUCING))
}

/**
 * The distance from the smallest to the largest element along some axes; NaN if there is one. Integers wrap.
 * @returns Without axis, keepdims and out a value, else an array, of the input's dtype.
 * @throws ShapeError when there are no elements; DTypeError for bool; IndexError, ReleasedError,
 * OutOfMemoryError
 */
export const ptp = ((a: NDArray, given?: ReductionOptions) => {
  assertArray(a)
  const options = optionsOf('ptp', given, REDUCING)
  if (a.dtype === 'bool') throw new DTypeError('bools have no distance; see any and all')
  const { axis, keepdims } = options
  const along = { axis: axis ?? [...a.shape.keys()], keepdims }
  using temporaries = new Temporaries()
  const low = temporaries.add(min(a, along))
  const full = isFull(options)
  const high = max(a, full ? along : { ...options, axis: along.axis })
  filled(high, options.out, () => subtract(high, high, low))
  return full ? temporaries.add(high).item() : high
}) as Reduction<'same'>
