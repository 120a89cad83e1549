import { describe } from '../dtype.ts'
import { ShapeError } from '../errors.ts'
import { formatShape, type Shape } from '../shape.ts'

/** An odd number of elements, for every axis or for each. */
export type WindowSize = number | readonly number[]

/**
 * The window's length along each axis.
 * @throws ShapeError for one that is not odd, or when they do not go with the axes.
 */
export function windowSizes(name: string, size: WindowSize, shape: Shape): readonly number[] {
  const sizes: readonly unknown[] = Array.isArray(size) ? Array.from(size as number[]) : shape.map(() => size)
  for (const length of Array.isArray(size) ? sizes : [size]) {
    if (Number.isSafeInteger(length) && (length as number) > 0 && (length as number) % 2 === 1) continue
    throw new ShapeError(`${name} is an odd number from 1, or one for each axis, not ${describe(length)}`)
  }
  if (sizes.length === shape.length) return sizes as number[]
  throw new ShapeError(`${name} has ${sizes.length} lengths; shape ${formatShape(shape)} needs one per axis`)
}
