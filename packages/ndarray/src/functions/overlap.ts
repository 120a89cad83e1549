import type { NDArray } from '../ndarray.ts'
import { sameShape } from '../shape.ts'
import { copy } from './creation.ts'

/** Whether two arrays are over the same block: writing to one may change the other. */
export function sharesMemory(a: NDArray, b: NDArray): boolean {
  return a.lease.heap === b.lease.heap && a.lease.handle === b.lease.handle
}

/** The array itself, or a temporary copy when writing to the target would change what is still to be read. */
export function withoutOverlap(target: NDArray, source: NDArray, temporaries: NDArray[]): NDArray {
  if (!sharesMemory(source, target) || sameElements(target, source)) return source
  const packed = copy(source, source.dtype)
  temporaries.push(packed)
  return packed
}

/** Whether both lay out the same elements in the same way: each is read before it is written. */
function sameElements(a: NDArray, b: NDArray): boolean {
  return (
    a.offset === b.offset &&
    sameShape(a.shape, b.shape) &&
    a.strides.every((step, axis) => step === b.strides[axis])
  )
}
