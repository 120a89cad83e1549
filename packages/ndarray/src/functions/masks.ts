import type { DType } from '../dtype.ts'
import { ShapeError } from '../errors.ts'
import type { Operand } from '../heap/heap.ts'
import type { NDArray } from '../ndarray.ts'
import { contiguousStrides, formatShape } from '../shape.ts'
import { copy } from './creation.ts'
import type { Offsets } from './offsets.ts'
import { outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import type { Temporaries } from './temporaries.ts'

/** True elements of a mask. */
export function countTrue(mask: NDArray): number {
  // Only a mask that repeats its elements can have so many.
  if (mask.size >= 2 ** 32) throw new ShapeError(`a mask of shape ${formatShape(mask.shape)} is too large`)
  mask.lease.heap.bind(mask.shape, [mask.operand()])
  return mask.lease.heap.core.exports.countMask() >>> 0
}

/** Operands of no memory at all: what the kernel is to walk along with a mask, in C order. */
export function bindMask(mask: NDArray, walked: Operand): void {
  const order: Operand = { byteAddress: 0, strides: contiguousStrides(mask.shape), itemBytes: 1 }
  mask.lease.heap.bind(mask.shape, [order, mask.operand(), walked])
}

/** Writes the offsets that a mask's true elements, as many as there is room for, have in an array of the given steps. */
export function locateMask(
  mask: NDArray,
  { heap, shape, operand }: Offsets,
  strides: readonly number[],
  itemBytes: number,
): void {
  bindMask(mask, { byteAddress: 0, strides, itemBytes })
  heap.core.exports.locate(4, operand.byteAddress, 4, shape[0] as number)
}

/**
 * The elements of `a` where a mask of its shape is true, in C order: contiguous, or in `out`, which may
 * overlap everything.
 */
export function packMask<D extends DType>(mask: NDArray, a: NDArray<D>, out?: NDArray<D>): NDArray<D> {
  const { heap } = a.lease
  const count = countTrue(mask)
  const result = outputFor(heap, [count], a.dtype, out)
  if (out && (sharesMemory(out, a) || sharesMemory(out, mask))) {
    const packed = packMask(mask, a)
    out.assign(packed)
    packed.drop(false)
    return out
  }
  bindMask(mask, a.operand())
  const { bytes } = a.info
  heap.core.exports.compress(bytes, result.byteAddress, (result.strides[0] as number) * bytes, count)
  return result
}

/** The array itself if it is bool, else a temporary: true where an element is not 0. NaN is not 0. */
export function truth(a: NDArray, temporaries: Temporaries): NDArray {
  return a.dtype === 'bool' ? a : temporaries.add(copy(a, 'bool'))
}
