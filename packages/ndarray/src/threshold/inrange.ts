import { describe, isScalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { greaterEqual, lessEqual } from '../functions/comparison.ts'
import { type Elementwise, type ElementwiseOptions, OUT } from '../functions/elementwise.ts'
import { logicalAnd } from '../functions/logical.ts'
import { optionsOf } from '../functions/options.ts'
import { outputFor } from '../functions/output.ts'
import { assertArray, NDArray } from '../ndarray.ts'
import { elementsBetween } from './bounds.ts'

/**
 * Whether elements lie between two bounds, both of which count: `low <= a && a <= high`. With values for
 * bounds it is one pass without a temporary. Also exported as `between`.
 *
 * OpenCV's `inRange` writes 255 for true; here it is a mask, which `assign(…, {where})` takes. A bound beyond
 * the dtype or between two integers is what it is (OpenCV rounds it); NaN is in no range.
 * @param low A value, or an array that broadcasts with a; so is high.
 * @returns bool, of the broadcast shape; the caller's, unless it is `out`.
 * @throws DTypeError, ShapeError, HeapError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function inRange(
  a: NDArray,
  low: Elementwise,
  high: Elementwise,
  options?: ElementwiseOptions<'bool'>,
): NDArray<'bool'> {
  const { out } = optionsOf('inRange', options, OUT)
  assertArray(a)
  for (const bound of [low, high]) {
    if (bound instanceof NDArray || isScalar(bound)) continue
    throw new DTypeError(`a bound is an array, a number, a bigint or a boolean, not ${describe(bound)}`)
  }
  if (low instanceof NDArray || high instanceof NDArray) return inArrays(a, low, high, out)
  const result = outputFor(a.lease.heap, a.shape, 'bool', out)
  return elementsBetween(a, low, high, result) ?? result.assign(false)
}

function inArrays(
  a: NDArray,
  low: Elementwise,
  high: Elementwise,
  out: NDArray<'bool'> | undefined,
): NDArray<'bool'> {
  using above = greaterEqual(a, low)
  using below = lessEqual(a, high)
  return logicalAnd(above, below, { ...(out && { out }) }) as NDArray<'bool'>
}
