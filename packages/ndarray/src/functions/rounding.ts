import { type DType, dtypes } from '../dtype.ts'
import { unary } from './elementwise.ts'

/*
 * Rounding, element by element, in a's dtype: integers and bools are copied. Zeros keep their sign, NaN and
 * the infinities stay what they are. Errors: DTypeError, ShapeError, ReleasedError, OutOfMemoryError, before
 * anything is written.
 */

/** The smallest integer from a on. */
export const ceil = unary('ceil', 3, 'anything', isFloat)
/** The largest integer up to a. */
export const floor = unary('floor', 4, 'anything', isFloat)
/** The integer next to a on the side of 0. */
export const trunc = unary('trunc', 5, 'anything', isFloat)
/** The integer nearest to a, and of two the even one: 0.5 becomes 0, 1.5 and 2.5 become 2. */
export const round = unary('round', 6, 'anything', isFloat)

function isFloat(dtype: DType): boolean {
  return dtypes[dtype].kind === 'float'
}
