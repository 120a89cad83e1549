import { dtypes } from '../dtype.ts'
import { IndexError } from '../errors.ts'
import type { Heap, Operand } from '../heap/heap.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { broadcastShapes, broadcastStrides, contiguousStrides, type Shape, sizeOf } from '../shape.ts'
import type { ArrayItem } from './indexplan.ts'
import { countTrue, locateMask } from './masks.ts'
import type { Temporaries } from './temporaries.ts'

/**
 * What index arrays and masks become before anything is read or written: for every position of their common
 * shape the bytes from the first element, modulo 2^32, as contiguous uint32.
 */
export interface Offsets {
  readonly heap: Heap
  readonly shape: Shape
  readonly operand: Operand
}

/** Room for the offsets of an index: in the module if they are few, so that there is one at a time. */
export function roomForOffsets(heap: Heap, shape: Shape, temporaries: Temporaries): Offsets {
  const few = heap.core.exports.offsetScratch(Math.min(sizeOf(shape), 2 ** 32 - 1)) >>> 0
  return offsetsAt(
    heap,
    shape,
    few || temporaries.add(allocateArray(heap, shape, 'uint32', false)).byteAddress,
  )
}

function offsetsAt(heap: Heap, shape: Shape, byteAddress: number): Offsets {
  return { heap, shape, operand: { byteAddress, strides: contiguousStrides(shape), itemBytes: 4 } }
}

/**
 * Writes (or adds) the offsets of an index array, broadcast to the offsets' shape.
 * @throws IndexError for an index outside the axis of `length` elements, `stepBytes` apart.
 */
export function addOffsets(
  offsets: Offsets,
  indices: NDArray,
  axis: number,
  length: number,
  stepBytes: number,
  add: boolean,
): void {
  const { heap, shape, operand } = offsets
  heap.bind(shape, [operand, indices.operand(broadcastStrides(indices.shape, indices.strides, shape))])
  if (heap.core.exports.offsets(indices.info.code, length, stepBytes, Number(add)) === 0) return
  const bad = heap.result(indices.info.kind === 'int' ? dtypes.int64 : dtypes.uint64)
  throw new IndexError(`index ${bad} is out of bounds for axis ${axis} of length ${length}`)
}

/**
 * The offsets of all arrays of an index together, in their common shape.
 * @throws IndexError for an index outside its axis; ShapeError when the arrays do not broadcast.
 */
export function offsetsOf(
  heap: Heap,
  items: readonly ArrayItem[],
  itemBytes: number,
  temporaries: Temporaries,
): Offsets {
  const shapes = items.map(({ array }): Shape => (array.dtype === 'bool' ? [countTrue(array)] : array.shape))
  const offsets = roomForOffsets(heap, broadcastShapes(...shapes), temporaries)
  items.forEach(({ array, axis, lengths, strides }, k) => {
    if (array.dtype !== 'bool') {
      addOffsets(offsets, array, axis, lengths[0] as number, (strides[0] as number) * itemBytes, k > 0)
    } else if (items.length === 1) locateMask(array, offsets, strides, itemBytes)
    else addMask(offsets, array, shapes[k] as Shape, strides, itemBytes, k > 0, temporaries)
  })
  return offsets
}

/** Larger than every offset: what is added is an offset already. */
const NO_BOUND = 2 ** 32

/** Writes (or adds) the offsets of a mask among other arrays. */
function addMask(
  offsets: Offsets,
  mask: NDArray,
  shape: Shape,
  strides: readonly number[],
  itemBytes: number,
  add: boolean,
  temporaries: Temporaries,
): void {
  const { heap } = offsets
  const own = temporaries.add(allocateArray(heap, shape, 'uint32', false))
  locateMask(mask, offsetsAt(heap, shape, own.byteAddress), strides, itemBytes)
  addOffsets(offsets, own, 0, NO_BOUND, 1, add)
}
