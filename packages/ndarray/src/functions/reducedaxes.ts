import { describe } from '../dtype.ts'
import { IndexError, ShapeError } from '../errors.ts'
import type { Shape } from '../shape.ts'
import { resolveAxis } from './axes.ts'

/** The axes of a reduction: one, several, or all (null or undefined); negative ones count from the last. */
export type ReducedAxes = number | readonly number[] | null | undefined

/**
 * For each axis of an array whether it is reduced.
 * @throws IndexError for an axis that does not exist, ShapeError for one that is named twice.
 */
export function reducedAxes(axes: ReducedAxes, ndim: number): boolean[] {
  const reduced = new Array<boolean>(ndim).fill(axes === null || axes === undefined)
  if (axes === null || axes === undefined) return reduced
  if (typeof axes !== 'number' && !Array.isArray(axes)) {
    throw new IndexError(`axis is a number, an array of numbers or null, not ${describe(axes)}`)
  }
  for (const axis of typeof axes === 'number' ? [axes] : Array.from(axes as readonly number[])) {
    const at = resolveAxis(axis, ndim)
    if (reduced[at]) throw new ShapeError(`axis ${at} is named twice`)
    reduced[at] = true
  }
  return reduced
}

/** The shape that is left: reduced axes have length 1 (keepdims) or are gone. */
export function reducedShape(shape: Shape, reduced: readonly boolean[], keepdims: boolean): number[] {
  if (keepdims) return shape.map((length, axis) => (reduced[axis] ? 1 : length))
  return shape.filter((_, axis) => !reduced[axis])
}

/** The steps by which a result is walked while the input is: 0 along reduced axes. */
export function reducedStrides(
  strides: readonly number[],
  reduced: readonly boolean[],
  keepdims: boolean,
): number[] {
  let next = 0
  return reduced.map((gone, axis) => {
    if (gone) return 0
    return strides[keepdims ? axis : next++] as number
  })
}
