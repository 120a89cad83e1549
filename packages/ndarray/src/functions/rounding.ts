import { type DType, describe, dtypes } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { NDArray } from '../ndarray.ts'
import { divide, multiply } from './arithmetic.ts'
import { arrayDType, converted, type ElementwiseOptions, unary } from './elementwise.ts'
import { optionsOf } from './options.ts'

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

const roundToInteger = unary('round', 6, 'anything', isFloat)

/** How to round. */
export interface RoundOptions<D extends DType = DType> extends ElementwiseOptions<D> {
  /** Places behind the point; negative ones before it. Default 0. */
  decimals?: number | undefined
}

/**
 * The integer nearest to a, and of two the even one: 0.5 becomes 0, 1.5 and 2.5 become 2. With decimals, what is
 * a · 10ᵈ rounded and divided again, as NumPy computes it; integers in float64.
 * @throws DTypeError when `decimals` is no integer, too
 */
export function round<D extends DType>(a: NDArray<D>, options?: RoundOptions<D>): NDArray<D>
export function round(a: NDArray, options?: RoundOptions): NDArray {
  const { decimals = 0, out } = optionsOf('round', options, { decimals: true, out: true })
  if (!Number.isInteger(decimals)) throw new DTypeError(`decimals is an integer, not ${describe(decimals)}`)
  const isExact = decimals === 0 || (decimals > 0 && !isFloat(arrayDType('round', a)))
  return isExact ? roundToInteger(a, out && { out }) : roundScaled(a, decimals, out)
}

function roundScaled(a: NDArray, decimals: number, out: NDArray | undefined): NDArray {
  const factor = 10 ** Math.abs(decimals)
  const isUp = decimals > 0
  using scaled: NDArray = isUp ? multiply(a, factor) : divide(a, factor)
  roundToInteger(scaled, { out: scaled })
  if (isUp) divide(scaled, factor, { out: scaled as NDArray<'float64'> })
  else multiply(scaled, factor, { out: scaled })
  return converted(scaled, a.dtype, out)
}

function isFloat(dtype: DType): boolean {
  return dtypes[dtype].kind === 'float'
}
