export type { AnyTypedArray, DType, DTypeInfo, ElementOf, Scalar, TypedArrayOf } from './dtype.ts'
export { dtypes } from './dtype.ts'
export {
  DTypeError,
  EbbError,
  FormatError,
  HeapError,
  IndexError,
  OutOfMemoryError,
  ReleasedError,
  ShapeError,
} from './errors.ts'
export type { Comparable, ComparisonOptions } from './functions/comparison.ts'
export { equal, greater, greaterEqual, less, lessEqual, notEqual } from './functions/comparison.ts'
export type { CreationOptions } from './functions/creation.ts'
export { arange, array, empty, fromTypedArray, full, ones, zeros } from './functions/creation.ts'
export type { CumulativeOptions, DiffOptions } from './functions/cumulative.ts'
export { cumulativeProd, cumulativeSum, diff } from './functions/cumulative.ts'
export type { BincountOptions, HistogramOptions } from './functions/histogram.ts'
export { bincount, histogram } from './functions/histogram.ts'
export { nanmax, nanmean, nanmin, nanprod, nanstd, nansum, nanvar } from './functions/nan.ts'
export { resultType } from './functions/promotion.ts'
export type { QuantileMethod, QuantileOptions } from './functions/quantile.ts'
export { median, nanmedian, percentile, quantile } from './functions/quantile.ts'
export type {
  CorrectionOptions,
  FullReduction,
  MeanDType,
  PartialReduction,
  ReductionOptions,
  SumDType,
  SumOptions,
} from './functions/reduction.ts'
export { max, mean, min, prod, ptp, std, sum, variance, variance as var } from './functions/reduction.ts'
export type { ComparisonOperator } from './functions/relation.ts'
export { type ThresholdMode, type ThresholdOptions, threshold } from './functions/threshold.ts'
export { all, any, countNonzero } from './functions/truth.ts'
export * as gc from './heap/gc.ts'
export type { HeapOptions } from './heap/heapoptions.ts'
export * as memory from './heap/memory.ts'
export { OwnHeap as Heap } from './heap/ownheap.ts'
export { RefArray, type Reference, refCount, refs } from './heap/refarray.ts'
export { keep, scope } from './heap/scope.ts'
export { load, loadSync } from './io/npy.ts'
export { NDArray, type Nested } from './ndarray.ts'
export * as random from './random/index.ts'
export { broadcastShapes, nbytes, type Shape } from './shape.ts'
export { newaxis, type Slice } from './slice.ts'
