import { binary, unary } from './elementwise.ts'

/*
 * Powers of e and logarithms, element by element. The result is a float: float32 of float32, else float64.
 * NaN stays NaN. How near they are to the exact values: docs/accuracy.md. Errors: DTypeError, ShapeError,
 * ReleasedError, OutOfMemoryError, before anything is written.
 */

/** e to the power of a: 0 of −∞, ∞ where it overflows. */
export const exp = unary('exp', 7, 'floating')
/** eᵃ − 1, exact for small a, too: −1 of −∞, −0 of −0. */
export const expm1 = unary('expm1', 8, 'floating')
/** The natural logarithm: −∞ of 0, NaN below. */
export const log = unary('log', 9, 'floating')
/** log(1 + a), exact for small a, too: −∞ of −1, NaN below; −0 of −0. */
export const log1p = unary('log1p', 10, 'floating')
/** The logarithm to the base 2, exact for powers of 2: −∞ of 0, NaN below. */
export const log2 = unary('log2', 11, 'floating')
/** The logarithm to the base 10: −∞ of 0, NaN below. */
export const log10 = unary('log10', 12, 'floating')
/** log(eᵃ + eᵇ), without overflow on the way. */
export const logaddexp = binary('logaddexp', 18, 'floating')
