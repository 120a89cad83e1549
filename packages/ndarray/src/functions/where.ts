import { type DType, dtypeOfScalar, dtypes, isScalar, type Scalar } from '../dtype.ts'
import type { NDArray } from '../ndarray.ts'
import { commonDType, compute, type Elementwise, type ElementwiseOptions } from './elementwise.ts'
import { resultType } from './promotion.ts'

/**
 * a where the condition is true, else b, element by element; all three broadcast. What is not 0 is true.
 * @returns An array of the common dtype of a and b: a value adapts to an array, and two values have their own
 * (a number float64, a bigint int64, a boolean bool).
 * @throws DTypeError when none is an array; ShapeError, HeapError, ReleasedError, OutOfMemoryError. Nothing is
 * written then.
 */
export function where(
  condition: Elementwise,
  a: Elementwise,
  b: Elementwise,
  options: ElementwiseOptions = {},
): NDArray {
  commonDType('where', [condition, a, b])
  const dtype = isScalar(a) && isScalar(b) ? valuesDType(a, b) : commonDType('where', [a, b])
  const truth = isScalar(condition) ? Number(condition) !== 0 : condition
  return compute({
    operands: [truth, a, b],
    dtype: ['bool', dtype, dtype],
    result: dtype,
    out: options.out,
    run: core => core.where(dtypes[dtype].code),
  })
}

function valuesDType(a: Scalar, b: Scalar): DType {
  return resultType(dtypeOfScalar(a), dtypeOfScalar(b))
}
