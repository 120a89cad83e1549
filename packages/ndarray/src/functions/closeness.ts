import type { DType } from '../dtype.ts'
import { assertArray, NDArray } from '../ndarray.ts'
import { sameShape } from '../shape.ts'
import { abs, add, multiply, subtract } from './arithmetic.ts'
import { equal, lessEqual } from './comparison.ts'
import { commonDType, converted, type Elementwise, floating } from './elementwise.ts'
import { isfinite, isnan } from './floats.ts'
import { logicalAnd, logicalOr } from './logical.ts'
import { optionsOf } from './options.ts'
import { min } from './reduction.ts'

/** How near is near enough. */
export interface ClosenessOptions {
  /** The tolerance in proportion to |b|. Default 1e-5. */
  rtol?: number
  /** The tolerance that holds at 0, too. Default 1e-8. */
  atol?: number
  /** Whether NaN is close to NaN. Default false. */
  equalNan?: boolean
}

const CLOSENESS = { rtol: true, atol: true, equalNan: true } as const

/**
 * Whether |a − b| ≤ atol + rtol·|b|, element by element, in floats; equal infinities are close.
 * @returns bool, of the broadcast shape; the caller's, unless it is `out`.
 * @throws DTypeError when neither is an array; ShapeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function isclose(
  a: Elementwise,
  b: Elementwise,
  given?: ClosenessOptions & { out?: NDArray<'bool'> },
): NDArray<'bool'> {
  const options = optionsOf('isclose', given, { ...CLOSENESS, out: true })
  const { rtol = 1e-5, atol = 1e-8, equalNan = false, out } = options
  const dtype = floating(commonDType('isclose', [a, b]))
  using x = inFloats(a, dtype)
  using y = inFloats(b, dtype)
  return near(x ?? a, y ?? b, rtol, atol, equalNan, out)
}

/** An array of floats as it is, another converted; nothing of a value. */
function inFloats(operand: Elementwise, dtype: DType): NDArray | undefined {
  if (!(operand instanceof NDArray)) return undefined
  return operand.info.kind === 'float' ? operand.retain() : converted(operand, dtype)
}

function near(
  a: Elementwise,
  b: Elementwise,
  rtol: number,
  atol: number,
  equalNan: boolean,
  out?: NDArray<'bool'>,
): NDArray<'bool'> {
  using difference = subtract(a, b)
  abs(difference, { out: difference })
  using same = equal(a, b)
  if (equalNan) bothNaN(a, b, same)
  using close = withinBound(difference, b, rtol, atol)
  return logicalOr(close, same, { out: out as NDArray<'bool'> })
}

function withinBound(difference: NDArray, b: Elementwise, rtol: number, atol: number): NDArray<'bool'> {
  if (!(b instanceof NDArray)) {
    const size = Math.abs(Number(b))
    // An infinite bound would let everything pass.
    return lessEqual(difference, Number.isFinite(size) ? atol + rtol * size : NaN)
  }
  using bound = abs(b)
  multiply(bound, rtol, { out: bound })
  add(bound, atol, { out: bound })
  using within = lessEqual(difference, bound)
  using finite = isfinite(b)
  return logicalAnd(within, finite)
}

/** Adds to `same` where both are NaN. */
function bothNaN(a: Elementwise, b: Elementwise, same: NDArray<'bool'>): void {
  using first = a instanceof NDArray ? isnan(a) : undefined
  using second = b instanceof NDArray ? isnan(b) : undefined
  using both = logicalAnd(first ?? Number.isNaN(a), second ?? Number.isNaN(b))
  logicalOr(same, both, { out: same })
}

/** Whether all elements are close; see `isclose`. True of no elements. */
export function allclose(a: Elementwise, b: Elementwise, given?: ClosenessOptions): boolean {
  const options = optionsOf('allclose', given, CLOSENESS)
  const { rtol, atol, equalNan } = options
  using close = isclose(a, b, { rtol, atol, equalNan } as ClosenessOptions)
  return allTrue(close)
}

/**
 * Whether two arrays have the same shape and equal elements, of whatever dtypes.
 * @throws DTypeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function arrayEqual(a: NDArray, b: NDArray, given?: { equalNan?: boolean }): boolean {
  const options = optionsOf('arrayEqual', given, { equalNan: true })
  assertArray(a)
  assertArray(b)
  if (!sameShape(a.shape, b.shape)) return false
  using same = equal(a, b)
  if (options.equalNan) bothNaN(a, b, same)
  return allTrue(same)
}

function allTrue(mask: NDArray<'bool'>): boolean {
  return mask.size === 0 || min(mask)
}
