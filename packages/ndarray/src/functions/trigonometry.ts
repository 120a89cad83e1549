import { binary, unary } from './elementwise.ts'

/*
 * Trigonometric and hyperbolic functions and their inverses, element by element; angles in radians. The result
 * is a float: float32 of float32, else float64. NaN stays NaN, and odd functions keep the sign of 0. How near
 * they are to the exact values: docs/accuracy.md. Errors: DTypeError, ShapeError, ReleasedError,
 * OutOfMemoryError, before anything is written.
 */

/** The sine; NaN of an infinity. */
export const sin = unary('sin', 13, 'floating')
/** The cosine; NaN of an infinity. */
export const cos = unary('cos', 14, 'floating')
/** The tangent; NaN of an infinity. */
export const tan = unary('tan', 15, 'floating')
/** The angle from −π/2 to π/2 whose sine is a; NaN outside −1 to 1. */
export const asin = unary('asin', 16, 'floating')
/** The angle from 0 to π whose cosine is a; NaN outside −1 to 1. */
export const acos = unary('acos', 17, 'floating')
/** The angle from −π/2 to π/2 whose tangent is a. */
export const atan = unary('atan', 18, 'floating')
/** The hyperbolic sine. */
export const sinh = unary('sinh', 19, 'floating')
/** The hyperbolic cosine. */
export const cosh = unary('cosh', 20, 'floating')
/** The hyperbolic tangent: ±1 of ±∞. */
export const tanh = unary('tanh', 21, 'floating')
/** The number whose hyperbolic sine is a. */
export const asinh = unary('asinh', 22, 'floating')
/** The number from 0 on whose hyperbolic cosine is a; NaN below 1. */
export const acosh = unary('acosh', 23, 'floating')
/** The number whose hyperbolic tangent is a: ±∞ of ±1, NaN beyond. */
export const atanh = unary('atanh', 24, 'floating')
/**
 * The angle from −π to π of the point (b, a), in its quadrant; of zeros and infinities as IEEE 754 has it:
 * `atan2(0, -0)` is π, `atan2(∞, ∞)` π/4.
 */
export const atan2 = binary('atan2', 16, 'floating')
/** √(a² + b²), without overflow on the way; ∞ if one is infinite, even beside NaN. */
export const hypot = binary('hypot', 17, 'floating')
