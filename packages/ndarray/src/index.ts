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
  HeapError,
  IndexError,
  OutOfMemoryError,
  ReleasedError,
  ShapeError,
} from './errors.ts'
export * as gc from './gc.ts'
export type { HeapOptions } from './heapoptions.ts'
export * as memory from './memory.ts'
export { NDArray, type Nested } from './ndarray.ts'
export { load, loadSync } from './npy.ts'
export { OwnHeap as Heap } from './ownheap.ts'
export { resultType } from './promotion.ts'
export * as random from './random/index.ts'
export { max, mean, min, sum } from './reduction.ts'
export { RefArray, type Reference, refCount, refs } from './refarray.ts'
export type { ComparisonOperator } from './relation.ts'
export { keep, scope } from './scope.ts'
export { broadcastShapes, nbytes, type Shape } from './shape.ts'
export { newaxis, type Slice } from './slice.ts'
export { type ThresholdMode, type ThresholdOptions, threshold } from './threshold.ts'
