import { type DType, describe } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import type { Heap } from '../heap/heap.ts'
import { differentHeaps } from '../heap/sameheap.ts'
import { allocateArray, NDArray } from '../ndarray.ts'
import { formatShape, type Shape, sameShape } from '../shape.ts'

/**
 * The array that a function writes to: `out` if it is given, after checking that it fits, else a new one.
 * @throws ShapeError, DTypeError, HeapError, ReleasedError when `out` does not fit.
 */
export function outputFor<D extends DType>(heap: Heap, shape: Shape, dtype: D, out?: NDArray<D>): NDArray<D> {
  if (out === undefined) return allocateArray(heap, shape, dtype, false)
  if (!(out instanceof NDArray)) throw new DTypeError(`out must be an array, not ${describe(out)}`)
  out.assertAlive()
  if (out.lease.heap !== heap) throw differentHeaps()
  if (out.dtype !== dtype) throw new DTypeError(`out is ${out.dtype}; the result is ${dtype}`)
  if (!sameShape(out.shape, shape)) {
    throw new ShapeError(`out has shape ${formatShape(out.shape)}; the result has ${formatShape(shape)}`)
  }
  return out
}

/**
 * Writes a result. When that fails, a new array is released before the error goes on; `out` stays the caller's.
 * @returns The result.
 */
export function filled<R extends NDArray>(result: R, out: NDArray | undefined, write: () => void): R {
  try {
    write()
    return result
  } catch (error) {
    if (!out) result.drop(false)
    throw error
  }
}
