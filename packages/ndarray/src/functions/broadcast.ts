import type { DType } from '../dtype.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { broadcastShapes, broadcastStrides, type Shape, toShape } from '../shape.ts'

/**
 * A view that reads an array as one of a larger shape: stretched axes have a step of 0, so that elements
 * appear many times without a copy. Writing through it changes all their appearances.
 * @throws ShapeError when the array does not broadcast to `shape`; ReleasedError
 */
export function broadcastTo<D extends DType>(a: NDArray<D>, shape: number | Shape): NDArray<D> {
  assertArray(a)
  const target = toShape(shape)
  return a.view({ shape: target, strides: broadcastStrides(a.shape, a.strides, target), offset: a.offset })
}

/** Arrays of the same number and dtypes. */
export type Alike<Arrays extends readonly NDArray[]> = {
  -readonly [K in keyof Arrays]: NDArray<Arrays[K]['dtype']>
}

/**
 * Views of the arrays in the shape that they take together; see `broadcastTo`.
 * @throws ShapeError when the shapes do not fit each other; nothing is made then. ReleasedError
 */
export function broadcastArrays<Arrays extends readonly NDArray[]>(...arrays: Arrays): Alike<Arrays> {
  for (const a of arrays) assertArray(a)
  const shape = broadcastShapes(...arrays.map(a => a.shape))
  return arrays.map(a => broadcastTo(a, shape)) as unknown as Alike<Arrays>
}
