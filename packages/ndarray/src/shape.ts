import { MAX_DIMS } from '@ebb/core'
import { type DType, describe, dtypeInfo } from './dtype.ts'
import { ShapeError } from './errors.ts'

/** Lengths along the axes, outermost first; `[]` is the shape of a single value. */
export type Shape = readonly number[]

/**
 * A shape as a frozen array of its own; a number stands for one axis.
 * @throws ShapeError for lengths that are negative, fractional, NaN or not numbers, for more than 64 axes,
 * and for more elements than can be counted exactly.
 */
export function toShape(shape: number | Shape): Shape {
  const lengths = typeof shape === 'number' ? [shape] : shape
  if (!Array.isArray(lengths))
    throw new ShapeError(`a shape is a number or an array of numbers, not ${describe(shape)}`)
  if (isRecent(lengths)) return recent
  if (lengths.length > MAX_DIMS)
    throw new ShapeError(`${lengths.length} axes are too many; ${MAX_DIMS} are possible`)
  // A plain loop: holes count as undefined, which forEach would skip.
  for (let axis = 0; axis < lengths.length; axis++) {
    const length: unknown = lengths[axis]
    if (!Number.isSafeInteger(length) || (length as number) < 0) {
      throw new ShapeError(`axis ${axis} has length ${describe(length)}; it must be an integer from 0`)
    }
  }
  sizeOf(lengths)
  const own = lengths.slice()
  // A length of -0 is 0.
  for (let axis = 0; axis < own.length; axis++) own[axis] = (own[axis] as number) + 0
  recent = Object.freeze(own)
  return recent
}

/**
 * The shape made last. Programs make arrays of one shape again and again, and freezing costs as much as
 * allocating; a frozen shape may be shared.
 */
let recent: Shape = Object.freeze([])

function isRecent(lengths: readonly unknown[]): boolean {
  if (lengths.length !== recent.length) return false
  for (let axis = 0; axis < recent.length; axis++) if (!Object.is(lengths[axis], recent[axis])) return false
  return true
}

/**
 * Elements of a shape.
 * @throws ShapeError when there are more than 2^53 − 1.
 */
export function sizeOf(shape: Shape): number {
  let size = 1
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis] as number
  if (size <= Number.MAX_SAFE_INTEGER) return size
  // A length of 0 makes it 0, however long the others are (and 0 × Infinity is NaN).
  if (shape.includes(0)) return 0
  throw new ShapeError(`shape ${formatShape(shape)} has too many elements`)
}

/**
 * Bytes of an array.
 * @throws ShapeError for an impossible shape, DTypeError for an unknown dtype.
 */
export function nbytes(shape: number | Shape, dtype: DType): number {
  const { bytes } = dtypeInfo(dtype)
  const total = sizeOf(toShape(shape)) * bytes
  if (total > Number.MAX_SAFE_INTEGER) throw new ShapeError(`shape ${describe(shape)} has too many bytes`)
  return total
}

/** Steps in elements of a contiguous array in C order. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let step = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step
    step *= Math.max(shape[axis] as number, 1)
  }
  return strides
}

/** Whether elements lie one behind the other in C order; axes of length 1 may have any step. */
export function isContiguous(shape: Shape, strides: readonly number[]): boolean {
  let step = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] as number
    if (length === 0) return true
    if (length !== 1 && strides[axis] !== step) return false
    step *= length
  }
  return true
}

/**
 * The shape that arrays of these shapes take together: aligned at the last axis, a length of 1 stretches.
 * @throws ShapeError when lengths differ and neither is 1, or for an impossible shape.
 */
export function broadcastShapes(...shapes: Shape[]): Shape {
  const ndim = Math.max(0, ...shapes.map(shape => shape.length))
  const result = new Array<number>(ndim).fill(1)
  for (const shape of shapes) {
    for (let k = 1; k <= shape.length; k++) {
      const length = shape[shape.length - k] as number
      const known = result[ndim - k] as number
      if (length === known || length === 1) continue
      if (known !== 1) throw new ShapeError(`cannot broadcast ${shapes.map(formatShape).join(' with ')}`)
      result[ndim - k] = length
    }
  }
  // Every length that is none has come into the result.
  return toShape(result)
}

/**
 * The steps by which an array of `shape` is read as one of `target`: 0 along stretched axes.
 * @throws ShapeError when `shape` does not broadcast to `target`.
 */
export function broadcastStrides(shape: Shape, strides: readonly number[], target: Shape): number[] {
  const extra = target.length - shape.length
  const fits = extra >= 0 && shape.every((length, axis) => length === 1 || length === target[axis + extra])
  if (!fits) throw new ShapeError(`cannot broadcast ${formatShape(shape)} to ${formatShape(target)}`)
  return target.map((_, axis) =>
    axis < extra || shape[axis - extra] === 1 ? 0 : (strides[axis - extra] as number),
  )
}

/** Whether two shapes have the same lengths. (A plain loop: it runs in every operation on small arrays.) */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return true
}

/** A shape as Python writes a tuple: `(3, 4)`, `(5,)`, `()`. */
export function formatShape(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
}
