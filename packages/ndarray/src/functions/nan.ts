/** Reductions for which NaN counts for nothing. */
import { assertArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides } from '../shape.ts'
import { assign } from './assign.ts'
import { optionsOf } from './options.ts'
import { outputFor } from './output.ts'
import {
  type DTypeOptions,
  type FullReduction,
  isFull,
  REDUCING,
  REDUCTION,
  type Reduction,
  type ReductionOptions,
  reduce,
  type TypedReduction,
} from './reduce.ts'
import { reducedAxes, reducedShape } from './reducedaxes.ts'
import {
  assertCorrection,
  type CorrectionOptions,
  extremum,
  mean,
  meanDType,
  std,
  total,
  variance,
} from './reduction.ts'
import { Temporaries } from './temporaries.ts'

/** See `sum`; NaN is 0. */
export const nansum = ((a: NDArray, options?: ReductionOptions & DTypeOptions) =>
  total('nansum', 'sum', a, options, true)) as TypedReduction<'sum'>

/** See `prod`; NaN is 1. */
export const nanprod = ((a: NDArray, options?: ReductionOptions & DTypeOptions) =>
  total('nanprod', 'prod', a, options, true)) as TypedReduction<'sum'>

/** See `min`; NaN only where there is nothing else. */
export const nanmin = ((a: NDArray, options?: ReductionOptions) =>
  extremum('nanmin', 'min', a, options, true)) as Reduction<'same'>

/** See `max`; NaN only where there is nothing else. */
export const nanmax = ((a: NDArray, options?: ReductionOptions) =>
  extremum('nanmax', 'max', a, options, true)) as Reduction<'same'>

/** See `mean`; of the elements that are not NaN, and NaN where there are none. */
export const nanmean = ((a: NDArray, given?: ReductionOptions & DTypeOptions) => {
  assertArray(a)
  const options = optionsOf('nanmean', given, { ...REDUCING, dtype: true })
  const dtype = meanDType('nanmean', a, options.dtype)
  if (a.info.kind !== 'float') return mean(a, options as FullReduction)
  using temporaries = new Temporaries()
  return written(a, dtype, options, means(a, options, temporaries).means)
}) as TypedReduction<'mean', 'float32' | 'float64'>

/** See `variance`; of the elements that are not NaN. NaN where there are not more than `correction`. */
export const nanvar = ((a: NDArray, options?: ReductionOptions & CorrectionOptions) =>
  nanspread('nanvar', a, options, false)) as Reduction<'mean', CorrectionOptions>

/** See `std`; the square root of `nanvar`. */
export const nanstd = ((a: NDArray, options?: ReductionOptions & CorrectionOptions) =>
  nanspread('nanstd', a, options, true)) as Reduction<'mean', CorrectionOptions>

function nanspread(
  name: string,
  a: NDArray,
  given: (ReductionOptions & CorrectionOptions) | undefined,
  root: boolean,
): unknown {
  assertArray(a)
  const options = optionsOf(name, given, { ...REDUCING, correction: true })
  const { correction = 0 } = options
  assertCorrection(correction)
  if (a.info.kind !== 'float') return (root ? std : variance)(a, options as FullReduction)
  using temporaries = new Temporaries()
  const { means: center, counts } = means(a, options, temporaries)
  const kernel = { code: REDUCTION.squares, skipsNaN: true, empty: NaN, center }
  const squares = reduce(name, a, 'float64', kernel, kept(options)) as NDArray<'float64'>
  temporaries.add(squares)
  const { data } = squares
  for (let i = 0; i < squares.size; i++) {
    const free = Number(counts.data[i]) - correction
    const value = free > 0 ? (data[i] as number) / free : NaN
    data[i] = root ? Math.sqrt(value) : value
  }
  return written(a, meanDType(name, a), options, squares)
}

/** With the axes kept, so that there always is an array, in C order. */
function kept({ axis }: ReductionOptions): { axis: ReductionOptions['axis']; keepdims: true } {
  return { axis, keepdims: true }
}

/** The means of the numbers, and how many there are; temporaries both. */
function means(a: NDArray, options: ReductionOptions, temporaries: Temporaries) {
  const counting = { code: REDUCTION.numbers, empty: 0 }
  const counts = temporaries.add(reduce('nanmean', a, 'int64', counting, kept(options)) as NDArray<'int64'>)
  const adding = { code: REDUCTION.floatSum, skipsNaN: true, empty: 0 }
  const sums = temporaries.add(reduce('nanmean', a, 'float64', adding, kept(options)) as NDArray<'float64'>)
  const { data } = sums
  for (let i = 0; i < sums.size; i++) data[i] = (data[i] as number) / Number(counts.data[i])
  return { means: sums, counts }
}

/** The values as the options want them: a number, a new array, or `out`. */
function written(
  a: NDArray,
  dtype: 'float32' | 'float64',
  options: ReductionOptions,
  values: NDArray<'float64'>,
): unknown {
  if (isFull(options)) return dtype === 'float32' ? Math.fround(values.item()) : values.item()
  const { keepdims = false, out } = options
  const shape = reducedShape(a.shape, reducedAxes(options.axis, a.ndim), keepdims)
  const result = outputFor(a.lease.heap, shape, dtype, out as NDArray<typeof dtype> | undefined)
  using view = values.view({ shape, strides: contiguousStrides(shape), offset: values.offset })
  assign(result, view)
  return result
}
