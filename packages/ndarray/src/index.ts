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
export {
  abs,
  add,
  divide,
  floorDivide,
  maximum,
  minimum,
  multiply,
  negative,
  positive,
  pow,
  reciprocal,
  remainder,
  sign,
  sqrt,
  square,
  subtract,
} from './functions/arithmetic.ts'
export {
  bitwiseAnd,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
} from './functions/bitwise.ts'
export { type Bound, clip } from './functions/clip.ts'
export { allclose, arrayEqual, type ClosenessOptions, isclose } from './functions/closeness.ts'
export type { Comparable, ComparisonOptions } from './functions/comparison.ts'
export { equal, greater, greaterEqual, less, lessEqual, notEqual } from './functions/comparison.ts'
export type { CreationOptions } from './functions/creation.ts'
export { arange, array, empty, fromTypedArray, full, ones, zeros } from './functions/creation.ts'
export type {
  BinaryFunction,
  Elementwise,
  ElementwiseOptions,
  UnaryFunction,
} from './functions/elementwise.ts'
export { exp, expm1, log, log1p, log2, log10, logaddexp } from './functions/exponential.ts'
export { copysign, isfinite, isinf, isnan, nextafter, type Predicate, signbit } from './functions/floats.ts'
export { logicalAnd, logicalNot, logicalOr, logicalXor } from './functions/logical.ts'
export { resultType } from './functions/promotion.ts'
export { max, mean, min, sum } from './functions/reduction.ts'
export type { ComparisonOperator } from './functions/relation.ts'
export { ceil, floor, round, trunc } from './functions/rounding.ts'
export { type ThresholdMode, type ThresholdOptions, threshold } from './functions/threshold.ts'
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
export { where } from './functions/where.ts'
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
