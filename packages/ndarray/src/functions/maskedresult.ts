import type { DType } from '../dtype.ts'
import type { NDArray } from '../ndarray.ts'
import { allocateArray } from '../ndarray.ts'
import { assign } from './assign.ts'
import { outputFor } from './output.ts'

/**
 * A result where a mask is true: written to `out`, whose other elements keep what they are, or to an array
 * whose other elements are 0 (false).
 * @param compute Makes the whole result; it is dropped.
 * @throws ShapeError, DTypeError, HeapError, ReleasedError when `out` or the mask does not fit, and what
 * `compute` throws; nothing is written then.
 */
export function maskedResult<D extends DType>(
  where: NDArray,
  out: NDArray<D> | undefined,
  compute: () => NDArray<D>,
): NDArray<D> {
  const whole = compute()
  const { heap } = whole.lease
  let result: NDArray<D> | undefined
  try {
    result = out
      ? outputFor(heap, whole.shape, whole.dtype, out)
      : allocateArray(heap, whole.shape, whole.dtype, true)
    assign(result, whole, where)
    return result
  } catch (error) {
    if (!out) result?.release()
    throw error
  } finally {
    whole.drop(false)
  }
}
