import type { AnyTypedArray, DType, Scalar } from '../dtype.ts'
import { array } from '../functions/creation.ts'
import { isArrayLike } from '../functions/options.ts'
import type { Temporaries } from '../functions/temporaries.ts'
import { NDArray, type Nested } from '../ndarray.ts'

/** Several values: an array, a typed one, or nested JavaScript arrays. */
export type Values = NDArray | AnyTypedArray | readonly Nested<Scalar>[]

/** One number for all elements, or several, which broadcast to their shape. */
export type Real = Scalar | Values

export function isValues(value: unknown): value is Values {
  return isArrayLike(value)
}

/**
 * Values as an array: an NDArray itself, of others a new one among the temporaries.
 * @param dtype Of nested JavaScript arrays. Default: what their elements say.
 * @throws DTypeError, ShapeError, ReleasedError, OutOfMemoryError
 */
export function toArray(values: Values, temporaries: Temporaries, dtype?: DType): NDArray {
  if (values instanceof NDArray) {
    values.assertAlive()
    return values
  }
  const options = dtype === undefined || ArrayBuffer.isView(values) ? undefined : { dtype }
  return temporaries.add(array(values as AnyTypedArray | Nested<Scalar>, options))
}
