import { type DType, dtypeOfScalar, dtypes, isScalar, type Scalar } from '../dtype.ts'
import type { NDArray } from '../ndarray.ts'
import { nonzero } from './compress.ts'
import { commonDType, compute, type Elementwise, type ElementwiseOptions, OUT } from './elementwise.ts'
import { optionsOf } from './options.ts'
import type { Chosen } from './promote.ts'
import { resultType } from './promotion.ts'

/**
 * a where the condition is true, else b, element by element; all three broadcast. What is not 0 is true. With
 * a condition alone it is `nonzero`.
 * @returns An array of the common dtype of a and b: a value adapts to an array, and two values have their own
 * (a number float64, a bigint int64, a boolean bool).
 * @throws DTypeError when none is an array; ShapeError, HeapError, ReleasedError, OutOfMemoryError. Nothing is
 * written then.
 */
export function where(condition: NDArray): NDArray<'int64'>[]
export function where<A extends Elementwise, B extends Elementwise>(
  condition: Elementwise,
  a: A,
  b: B,
  options?: ElementwiseOptions<Chosen<A, B>>,
): NDArray<Chosen<A, B>>
export function where(
  condition: Elementwise,
  a?: Elementwise,
  b?: Elementwise,
  options?: ElementwiseOptions,
): unknown {
  if (a === undefined && b === undefined) return nonzero(condition as NDArray)
  return choose(condition, a as Elementwise, b as Elementwise, options)
}

function choose(
  condition: Elementwise,
  a: Elementwise,
  b: Elementwise,
  options?: ElementwiseOptions,
): NDArray {
  const { out } = optionsOf('where', options, OUT)
  commonDType('where', [condition, a, b])
  const dtype = isScalar(a) && isScalar(b) ? valuesDType(a, b) : commonDType('where', [a, b])
  const truth = isScalar(condition) ? Number(condition) !== 0 : condition
  return compute({
    operands: [truth, a, b],
    dtype: ['bool', dtype, dtype],
    result: dtype,
    out,
    run: core => core.where(dtypes[dtype].code),
  })
}

function valuesDType(a: Scalar, b: Scalar): DType {
  return resultType(dtypeOfScalar(a), dtypeOfScalar(b))
}
