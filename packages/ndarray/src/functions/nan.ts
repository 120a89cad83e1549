/** Reductions for which NaN counts for nothing. */
import type { DType, ElementOf } from '../dtype.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides } from '../shape.ts'
import { assign } from './assign.ts'
import { outputFor } from './output.ts'
import {
  type FullReduction,
  isFull,
  type PartialReduction,
  REDUCTION,
  type ReductionOptions,
  reduce,
} from './reduce.ts'
import { reducedAxes, reducedShape } from './reducedaxes.ts'
import {
  assertCorrection,
  type CorrectionOptions,
  extremum,
  type MeanDType,
  mean,
  meanDType,
  type SumDType,
  type SumOptions,
  std,
  total,
  variance,
} from './reduction.ts'

/** A sum's or product's functions. */
interface Total {
  <D extends DType, R extends DType = SumDType<D>>(
    a: NDArray<D>,
    options?: FullReduction & SumOptions<R>,
  ): ElementOf<R>
  <D extends DType, R extends DType = SumDType<D>>(
    a: NDArray<D>,
    options: PartialReduction<R> & SumOptions<R>,
  ): NDArray<R>
}

interface Extremum {
  <D extends DType>(a: NDArray<D>, options?: FullReduction): ElementOf<D>
  <D extends DType>(a: NDArray<D>, options: PartialReduction<D>): NDArray<D>
}

interface Mean<Options = unknown> {
  (a: NDArray, options?: FullReduction & Options): number
  <D extends DType>(a: NDArray<D>, options: PartialReduction<MeanDType<D>> & Options): NDArray<MeanDType<D>>
}

/** See `sum`; NaN is 0. */
export const nansum = ((a: NDArray, options: ReductionOptions & SumOptions = {}) =>
  total('sum', a, options, true)) as Total

/** See `prod`; NaN is 1. */
export const nanprod = ((a: NDArray, options: ReductionOptions & SumOptions = {}) =>
  total('prod', a, options, true)) as Total

/** See `min`; NaN only where there is nothing else. */
export const nanmin = ((a: NDArray, options: ReductionOptions = {}) =>
  extremum('min', a, options, true)) as Extremum

/** See `max`; NaN only where there is nothing else. */
export const nanmax = ((a: NDArray, options: ReductionOptions = {}) =>
  extremum('max', a, options, true)) as Extremum

/** See `mean`; of the elements that are not NaN, and NaN where there are none. */
export const nanmean = ((a: NDArray, options: ReductionOptions = {}) => {
  assertArray(a)
  if (a.info.kind !== 'float') return mean(a, options as FullReduction)
  const parts: NDArray[] = []
  try {
    return written(a, options, means(a, options, parts))
  } finally {
    for (const part of parts) part.drop(false)
  }
}) as Mean

/** See `variance`; of the elements that are not NaN. NaN where there are not more than `correction`. */
export const nanvar = ((a: NDArray, options: ReductionOptions & CorrectionOptions = {}) =>
  nanspread(a, options, false)) as Mean<CorrectionOptions>

/** See `std`; the square root of `nanvar`. */
export const nanstd = ((a: NDArray, options: ReductionOptions & CorrectionOptions = {}) =>
  nanspread(a, options, true)) as Mean<CorrectionOptions>

function nanspread(a: NDArray, options: ReductionOptions & CorrectionOptions, root: boolean): unknown {
  assertArray(a)
  const { correction = 0 } = options
  assertCorrection(correction)
  if (a.info.kind !== 'float') return (root ? std : variance)(a, options as FullReduction)
  const parts: NDArray[] = []
  try {
    const center = means(a, options, parts)
    const kernel = { code: REDUCTION.squares, skipsNaN: true, empty: NaN, center }
    const squares = reduce('nanvar', a, 'float64', kernel, kept(options)) as NDArray<'float64'>
    parts.push(squares)
    const counts = parts[0] as NDArray<'int64'>
    const { data } = squares
    for (let i = 0; i < squares.size; i++) {
      const free = Number(counts.data[i]) - correction
      const value = free > 0 ? (data[i] as number) / free : NaN
      data[i] = root ? Math.sqrt(value) : value
    }
    return written(a, options, squares)
  } finally {
    for (const part of parts) part.drop(false)
  }
}

/** With the axes kept, so that there always is an array, in C order. */
function kept({ axis }: ReductionOptions): { axis: ReductionOptions['axis']; keepdims: true } {
  return { axis, keepdims: true }
}

/** The means; they and, before them, the counts are put among the parts. */
function means(a: NDArray, options: ReductionOptions, parts: NDArray[]): NDArray<'float64'> {
  const counting = { code: REDUCTION.numbers, empty: 0 }
  const counts = reduce('nanmean', a, 'int64', counting, kept(options)) as NDArray<'int64'>
  parts.push(counts)
  const adding = { code: REDUCTION.floatSum, skipsNaN: true, empty: 0 }
  const sums = reduce('nanmean', a, 'float64', adding, kept(options)) as NDArray<'float64'>
  parts.push(sums)
  const { data } = sums
  for (let i = 0; i < sums.size; i++) data[i] = (data[i] as number) / Number(counts.data[i])
  return sums
}

/** The values as the options want them: a number, a new array, or `out`. */
function written(a: NDArray, options: ReductionOptions, values: NDArray<'float64'>): unknown {
  const dtype = meanDType(a)
  if (isFull(options)) return dtype === 'float32' ? Math.fround(values.item()) : values.item()
  const { keepdims = false, out } = options
  const shape = reducedShape(a.shape, reducedAxes(options.axis, a.ndim), keepdims)
  const result = outputFor(a.lease.heap, shape, dtype, out as NDArray<typeof dtype> | undefined)
  using view = values.view({ shape, strides: contiguousStrides(shape), offset: values.offset })
  assign(result, view)
  return result
}
