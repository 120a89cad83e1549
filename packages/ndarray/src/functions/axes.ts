import { describe } from '../dtype.ts'
import { IndexError, ShapeError } from '../errors.ts'

/** One axis or several; negative ones count from the last. */
export type Axes = number | readonly number[]

/**
 * An axis as a number from 0 to ndim − 1.
 * @throws IndexError when it is no integer from −ndim to ndim − 1.
 */
export function resolveAxis(axis: number, ndim: number): number {
  if (!Number.isInteger(axis) || axis < -ndim || axis >= ndim) {
    throw new IndexError(
      ndim === 0
        ? `axis ${describe(axis)}: a 0-d array has none`
        : `axis ${describe(axis)} is out of bounds; ${ndim} axes go from ${-ndim} to ${ndim - 1}`,
    )
  }
  // An axis of -0 is 0.
  return axis < 0 ? axis + ndim : axis + 0
}

/**
 * Axes in the order given, each once.
 * @throws IndexError for one that does not exist, ShapeError for one that is named twice.
 */
export function resolveAxes(axes: Axes, ndim: number): number[] {
  const list = listOf(axes).map(axis => resolveAxis(axis, ndim))
  const twice = list.find((axis, i) => list.indexOf(axis) !== i)
  if (twice !== undefined)
    throw new ShapeError(`axis ${twice} is named twice in (${listOf(axes).join(', ')})`)
  return list
}

/**
 * A number or an array of numbers as an array, without holes.
 * @throws IndexError for anything else.
 */
export function listOf(numbers: Axes): readonly number[] {
  if (Array.isArray(numbers)) return Array.from(numbers as number[])
  if (typeof numbers !== 'number') {
    throw new IndexError(`expected a number or an array of numbers, not ${describe(numbers)}`)
  }
  return [numbers]
}
