export type { Comparable, ComparisonOptions } from './comparison.ts'
export { equal, greater, greaterEqual, less, lessEqual, notEqual } from './comparison.ts'
export type { CreationOptions } from './creation.ts'
export { arange, array, empty, fromTypedArray, full, ones, zeros } from './creation.ts'
export type { AnyTypedArray, DType, DTypeInfo, ElementOf, Scalar, TypedArrayOf } from './dtype.ts'
export { dtypes } from './dtype.ts'
export {
  DTypeError,
  EbbError,
  FormatError,
  IndexError,
  OutOfMemoryError,
  ReleasedError,
  ShapeError,
} from './errors.ts'
export * as memory from './memory.ts'
export { NDArray, type Nested } from './ndarray.ts'
export { load, loadSync } from './npy.ts'
export { resultType } from './promotion.ts'
export * as random from './random/index.ts'
export { max, mean, min, sum } from './reduction.ts'
export type { ComparisonOperator } from './relation.ts'
export { broadcastShapes, nbytes, type Shape } from './shape.ts'
export { newaxis, type Slice } from './slice.ts'
export { type ThresholdMode, type ThresholdOptions, threshold } from './threshold.ts'
