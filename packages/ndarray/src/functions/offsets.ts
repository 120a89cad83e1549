import { dtypes } from '../dtype.ts'
import { IndexError } from '../errors.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { broadcastShapes, broadcastStrides, type Shape } from '../shape.ts'
import type { ArrayItem } from './indexplan.ts'
import { countTrue, maskOffsets } from './masks.ts'
import type { Temporaries } from './temporaries.ts'

/*
 * Offsets are what index arrays and masks become before anything is read or written: for every position of
 * their common shape the bytes from the first element, modulo 2^32, as a contiguous uint32 array.
 */

/**
 * Writes (or adds) the offsets of an index array, broadcast to the offsets' shape.
 * @throws IndexError for an index outside the axis of `length` elements, `stepBytes` apart.
 */
export function addOffsets(
  offsets: NDArray<'uint32'>,
  indices: NDArray,
  axis: number,
  length: number,
  stepBytes: number,
  add: boolean,
): void {
  const { heap } = offsets.lease
  heap.bind(offsets.shape, [
    offsets.operand(),
    indices.operand(broadcastStrides(indices.shape, indices.strides, offsets.shape)),
  ])
  if (heap.core.exports.offsets(indices.info.code, length, stepBytes, Number(add)) === 0) return
  const bad = heap.result(indices.info.kind === 'int' ? dtypes.int64 : dtypes.uint64)
  throw new IndexError(`index ${bad} is out of bounds for axis ${axis} of length ${length}`)
}

/** Larger than every offset: what is added is an offset already. */
const NO_BOUND = 2 ** 32

/**
 * The offsets of all arrays of an index together, in their common shape.
 * @throws IndexError for an index outside its axis; ShapeError when the arrays do not broadcast.
 */
export function offsetsOf(
  items: readonly ArrayItem[],
  itemBytes: number,
  temporaries: Temporaries,
): NDArray<'uint32'> {
  const counts = items.map(({ array }) => (array.dtype === 'bool' ? countTrue(array) : 0))
  const shapes = items.map(
    ({ array }, k): Shape => (array.dtype === 'bool' ? [counts[k] as number] : array.shape),
  )
  const common = broadcastShapes(...shapes)
  const fromMask = ({ array, strides }: ArrayItem, k: number): NDArray<'uint32'> =>
    maskOffsets(array, counts[k] as number, strides, itemBytes, temporaries)
  const [first] = items
  if (first && items.length === 1 && first.array.dtype === 'bool') return fromMask(first, 0)
  const offsets = temporaries.add(
    allocateArray((first as ArrayItem).array.lease.heap, common, 'uint32', false),
  )
  items.forEach((item, k) => {
    const { array, axis, lengths, strides } = item
    if (array.dtype === 'bool') addOffsets(offsets, fromMask(item, k), axis, NO_BOUND, 1, k > 0)
    else addOffsets(offsets, array, axis, lengths[0] as number, (strides[0] as number) * itemBytes, k > 0)
  })
  return offsets
}
