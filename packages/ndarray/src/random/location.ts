import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { add, multiply, subtract } from '../functions/arithmetic.ts'
import { less } from '../functions/comparison.ts'
import { isfinite } from '../functions/floats.ts'
import { filled } from '../functions/output.ts'
import type { Temporaries } from '../functions/temporaries.ts'
import { all, any } from '../functions/truth.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, NDArray } from '../ndarray.ts'
import { broadcastShapes, broadcastStrides, type Shape, toShape } from '../shape.ts'

/** Where a distribution lies, or how wide it is: a number, or an array of them. */
export type Location = number | NDArray

/** Draws standard numbers of float64: to `out`, to a new array of a size, or one. */
type DrawStandard = (to: {
  size?: number | Shape | undefined
  out?: NDArray<'float64'>
}) => NDArray<'float64'> | number

/**
 * `from + width × standard`, for every element.
 * @throws ShapeError, HeapError, OutOfMemoryError; nothing is drawn then.
 */
export function scaled(
  draw: DrawStandard,
  from: Location,
  width: Location,
  size: number | Shape | undefined,
): NDArray<'float64'> | number {
  const arrays = [from, width].filter(part => part instanceof NDArray)
  const [first, second] = arrays
  if (first === undefined && size === undefined)
    return (from as number) + (width as number) * (draw({}) as number)
  if (first && second) assertSameHeap(first, second)
  const shape = size === undefined ? broadcastShapes(...arrays.map(array => array.shape)) : toShape(size)
  for (const array of arrays) broadcastStrides(array.shape, array.strides, shape)
  const result = first
    ? allocateArray(first.lease.heap, shape, 'float64', false)
    : (draw({ size: shape }) as NDArray<'float64'>)
  return filled(result, undefined, () => {
    if (first) draw({ out: result })
    multiply(result, width, { out: result })
    add(result, from, { out: result })
  })
}

/**
 * A number as it is, an array as float64.
 * @throws DTypeError, ReleasedError
 */
export function toLocation(name: string, value: Location, temporaries: Temporaries): Location {
  if (value instanceof NDArray) {
    value.assertAlive()
    return temporaries.readable(value, 'float64')
  }
  if (typeof value === 'number') return value
  throw new DTypeError(`${name} must be a number or an array of them, not ${describe(value)}`)
}

/**
 * high − low.
 * @throws DTypeError when it is not finite.
 */
export function rangeOf(low: Location, high: Location, temporaries: Temporaries): Location {
  const isArray = low instanceof NDArray || high instanceof NDArray
  const range = isArray ? temporaries.add(subtract(high as NDArray, low)) : (high as number) - (low as number)
  const finite = range instanceof NDArray ? all(temporaries.add(isfinite(range))) : Number.isFinite(range)
  if (!finite) throw new DTypeError('high − low must be finite')
  return range as Location
}

/** @throws DTypeError when a standard deviation is negative. */
export function assertNotNegative(name: string, value: Location, temporaries: Temporaries): void {
  const isNegative = value instanceof NDArray ? any(temporaries.add(less(value, 0))) : value < 0
  if (isNegative) throw new DTypeError(`${name} must not be negative`)
}
