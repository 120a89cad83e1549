export { e, inf, nan, pi } from './constants.ts'
export type { AnyTypedArray, DType, DTypeInfo, ElementOf, Scalar, TypedArrayOf } from './dtype.ts'
export { dtypes } from './dtype.ts'
export {
  DependencyError,
  DTypeError,
  EbbError,
  FormatError,
  HeapError,
  IndexError,
  OutOfMemoryError,
  ReleasedError,
  ShapeError,
  ThresholdError,
} from './errors.ts'
export {
  abs,
  add,
  conj,
  divide,
  floorDivide,
  maximum,
  minimum,
  multiply,
  negative,
  positive,
  pow,
  real,
  reciprocal,
  remainder,
  sign,
  sqrt,
  square,
  subtract,
} from './functions/arithmetic.ts'
export { type AtLeast, atleast1d, atleast2d, atleast3d } from './functions/atleast.ts'
export type { Axes } from './functions/axes.ts'
export {
  bitwiseAnd,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
} from './functions/bitwise.ts'
export { broadcastArrays, broadcastTo } from './functions/broadcast.ts'
export { type Bound, clip } from './functions/clip.ts'
export { allclose, arrayEqual, type ClosenessOptions, isclose } from './functions/closeness.ts'
export type { Comparable, ComparisonOptions } from './functions/comparison.ts'
export { equal, greater, greaterEqual, less, lessEqual, notEqual } from './functions/comparison.ts'
export { argwhere, compress, extract, nonzero } from './functions/compress.ts'
export type { CreationOptions } from './functions/creation.ts'
export { arange, array, empty, fromTypedArray, full, ones, zeros } from './functions/creation.ts'
export type { CumulativeOptions } from './functions/cumulative.ts'
export { cumulativeProd, cumulativeSum } from './functions/cumulative.ts'
export {
  type AstypeOptions,
  astype,
  canCast,
  type DTypeKind,
  type FloatInfo,
  finfo,
  type IntegerInfo,
  iinfo,
  isdtype,
} from './functions/datatypes.ts'
export { type DiffOptions, diff } from './functions/diff.ts'
export type {
  BinaryDType,
  BinaryFunction,
  Elementwise,
  ElementwiseOptions,
  Ruled,
  RuleName,
  UnaryFunction,
} from './functions/elementwise.ts'
export { exp, expm1, log, log1p, log2, log10, logaddexp } from './functions/exponential.ts'
export { copysign, isfinite, isinf, isnan, nextafter, type Predicate, signbit } from './functions/floats.ts'
export { type LinspaceOptions, linspace, type MeshgridOptions, meshgrid } from './functions/grid.ts'
export type { BincountOptions, HistogramOptions } from './functions/histogram.ts'
export { bincount, histogram } from './functions/histogram.ts'
export {
  arraySplit,
  type ConcatOptions,
  concat,
  type StackOptions,
  split,
  stack,
  unstack,
} from './functions/join.ts'
export { type AsarrayOptions, asarray, emptyLike, fullLike, onesLike, zerosLike } from './functions/like.ts'
export { logicalAnd, logicalNot, logicalOr, logicalXor } from './functions/logical.ts'
export { nanmax, nanmean, nanmin, nanprod, nanstd, nansum, nanvar } from './functions/nan.ts'
export { type PadMode, type PadOptions, pad } from './functions/pad.ts'
export type { Product, ProductOptions, TensordotOptions, VecdotOptions } from './functions/product.ts'
export { dot, inner, matmul, outer, tensordot, vecdot } from './functions/product.ts'
export type {
  Adapt,
  Bounded,
  Chosen,
  CountDType,
  FloatDType,
  Promote,
  PromoteScalar,
  ResultType,
  ScalarDType,
  Together,
} from './functions/promote.ts'
export { type Promotable, resultType } from './functions/promotion.ts'
export { place, putmask } from './functions/putmask.ts'
export type {
  DiscreteMethod,
  Parts,
  Quantile,
  QuantileDType,
  QuantileMethod,
  QuantileOptions,
} from './functions/quantile.ts'
export { median, nanmedian, percentile, quantile } from './functions/quantile.ts'
export {
  type AxisOptions,
  type DiagonalOptions,
  diagonal,
  flip,
  matrixTranspose,
  moveaxis,
  permuteDims,
  type Rot90Options,
  roll,
  rot90,
  swapaxes,
  transpose,
} from './functions/rearrange.ts'
export type {
  DTypeOptions,
  FullReduction,
  MeanDType,
  PartialReduction,
  Reduced,
  Reduction,
  ReductionOptions,
  SumDType,
  TypedReduction,
} from './functions/reduce.ts'
export type { CorrectionOptions } from './functions/reduction.ts'
export { max, mean, min, prod, ptp, std, sum, variance, variance as var } from './functions/reduction.ts'
export type { ComparisonOperator } from './functions/relation.ts'
export { repeat, tile } from './functions/repeat.ts'
export {
  type CopyOptions,
  type ExpandDimsOptions,
  expandDims,
  flatten,
  ravel,
  reshape,
  squeeze,
} from './functions/reshape.ts'
export { ceil, floor, type RoundOptions, round, round as around, trunc } from './functions/rounding.ts'
export type { ExtremumIndex, ExtremumIndexOptions, SearchsortedOptions } from './functions/searching.ts'
export { argmax, argmin, searchsorted } from './functions/searching.ts'
export { intersect1d, setdiff1d, setxor1d, union1d } from './functions/setoperations.ts'
export type { IsinOptions, UniqueAll } from './functions/sets.ts'
export { isin, uniqueAll, uniqueCounts, uniqueInverse, uniqueValues } from './functions/sets.ts'
export { argsort, type SortOptions, sort } from './functions/sorting.ts'
export type { AlongAxisOptions, Indices, TakeOptions } from './functions/take.ts'
export { putAlongAxis, take, takeAlongAxis } from './functions/take.ts'
export { eye, tril, triu } from './functions/triangle.ts'
export {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  hypot,
  sin,
  sinh,
  tan,
  tanh,
} from './functions/trigonometry.ts'
export { all, any, countNonzero } from './functions/truth.ts'
export { where } from './functions/where.ts'
export * as gc from './heap/gc.ts'
export type { HeapOptions } from './heap/heapoptions.ts'
export * as memory from './heap/memory.ts'
export { OwnHeap as Heap } from './heap/ownheap.ts'
export { RefArray, type Reference, refCount, refs } from './heap/refarray.ts'
export { keep, scope } from './heap/scope.ts'
export { load, loadSync } from './io/load.ts'
export type { NpyOptions } from './io/npyformat.ts'
export type { LoadOptions, Npz, NpzOptions } from './io/npz.ts'
export { save, saveSync, savez, toNpy, toNpz } from './io/save.ts'
export type { Source, SyncSource } from './io/source.ts'
export type { Target } from './io/target.ts'
export { NDArray, type Nested } from './ndarray.ts'
export { type PrintOptions, setPrintOptions } from './printing/options.ts'
export { arrayToString } from './printing/text.ts'
export * as random from './random/index.ts'
export { broadcastShapes, nbytes, type Shape } from './shape.ts'
export { type Index, newaxis, type Slice } from './slice.ts'
export * from './threshold/index.ts'
