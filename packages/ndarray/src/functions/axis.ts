import { describe } from '../dtype.ts'
import { IndexError } from '../errors.ts'
import type { Operand } from '../heap/heap.ts'
import type { NDArray } from '../ndarray.ts'
import { formatShape, type Shape } from '../shape.ts'

/**
 * An axis counted from the front.
 * @throws IndexError outside [−ndim, ndim), or for what is no integer.
 */
export function toAxis(axis: number, shape: Shape): number {
  const ndim = shape.length
  if (Number.isInteger(axis) && axis >= -ndim && axis < ndim) return axis < 0 ? axis + ndim : axis + 0
  throw new IndexError(`axis ${describe(axis)} is out of bounds for shape ${formatShape(shape)}`)
}

/** A list without the item of an axis. */
export function without<T>(list: readonly T[], axis: number): T[] {
  return list.filter((_, i) => i !== axis)
}

/** An array as an operand of a kernel that goes along one axis itself: where its lines begin. */
export function linesOf(a: NDArray, axis: number): Operand {
  return a.operand(without(a.strides, axis))
}

/** Bytes from one element of a line to the next. */
export function lineStep(a: NDArray, axis: number): number {
  return (a.strides[axis] as number) * a.info.bytes
}
