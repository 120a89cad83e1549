import { describe } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { divide } from '../functions/arithmetic.ts'
import { cumulativeSum } from '../functions/cumulative.ts'
import { searchsorted } from '../functions/searching.ts'
import { Temporaries } from '../functions/temporaries.ts'
import type { Heap } from '../heap/heap.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { toArray, type Values } from './values.ts'

/** √ε of float64 and of float32: how far a sum of probabilities may be from 1. */
const TOLERANCE = 2 ** -26
const FLOAT32_TOLERANCE = Math.sqrt(2 ** -23)

/**
 * A copy of probabilities, as contiguous float64 in a heap.
 * @throws ShapeError when they are not 1-d and `population` many; DTypeError when one is negative or NaN, or
 * their sum is not 1.
 */
export function toProbabilities(p: Values, population: bigint, heap: Heap): NDArray<'float64'> {
  using temporaries = new Temporaries()
  const given = toArray(p, temporaries)
  if (given.ndim !== 1) throw new ShapeError(`p must be 1-d, not of shape ${formatShape(given.shape)}`)
  if (BigInt(given.size) !== population)
    throw new ShapeError(`p has ${given.size} probabilities; there are ${population} to choose from`)
  const values = Float64Array.from(given.toTypedArray() as ArrayLike<number>, Number)
  assertProbabilities(values, given.dtype === 'float32' ? FLOAT32_TOLERANCE : TOLERANCE)
  const result = allocateArray(heap, given.shape, 'float64', false)
  result.data.set(values)
  return result
}

function assertProbabilities(p: Float64Array, tolerance: number): void {
  const sum = compensatedSum(p)
  if (Number.isNaN(sum)) throw new DTypeError('p has NaN')
  const negative = p.find(value => value < 0)
  if (negative !== undefined) throw new DTypeError(`p has ${negative}; probabilities are not negative`)
  if (Math.abs(sum - 1) > tolerance) throw new DTypeError(`the sum of p is ${describe(sum)}; it must be 1`)
}

/** Kahan's sum. */
function compensatedSum(values: Float64Array): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const term = value - lost
    const next = sum + term
    lost = next - sum - term
    sum = next
  }
  return sum
}

/**
 * The indices at which uniform numbers fall into running sums of probabilities, scaled to end at 1.
 * @returns An int64 array of their shape, the caller's unless it is `out`.
 */
export function indicesOf(
  uniform: NDArray<'float64'>,
  p: NDArray<'float64'>,
  out?: NDArray<'int64'>,
): NDArray<'int64'> {
  using temporaries = new Temporaries()
  const sums = temporaries.add(cumulativeSum(p))
  divide(sums, sums.data[sums.offset + sums.size - 1] as number, { out: sums })
  return searchsorted(sums, uniform, { side: 'right', ...(out && { out }) })
}
