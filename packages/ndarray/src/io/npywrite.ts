import { move, stretch } from '../functions/move.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { keep } from '../heap/scope.ts'
import { allocateArray, type Layout, type NDArray } from '../ndarray.ts'
import { contiguousStrides, isContiguous, sizeOf } from '../shape.ts'
import { formatHeader, isSwapped, type NpyOptions } from './npyformat.ts'
import { SLAB_BYTES } from './room.ts'

/** Bytes in pieces; each is a view that is good until the next one is asked for. */
export type Pieces = Generator<Uint8Array<ArrayBuffer>, void, void>

/** The header that `writeArray` begins with. */
export function headerOf(a: NDArray, options: NpyOptions): Uint8Array<ArrayBuffer> {
  return formatHeader({ dtype: a.dtype, shape: a.shape, fortranOrder: inFortranOrder(a) }, options)
}

/**
 * An array as a .npy file. Elements that lie as the file has them are handed over where they are; others by
 * way of a slab.
 */
export function* writeArray(a: NDArray, options: NpyOptions): Pieces {
  yield headerOf(a, options)
  const inOrder = inFortranOrder(a) ? reversed(a) : a
  const swapped = isSwapped(a.dtype, options)
  if (swapped || !isContiguous(inOrder.shape, inOrder.strides)) yield* bySlab(a, inOrder, swapped)
  else yield* inPlace(a)
}

/** Whether the elements lie one behind the other with the first axis running fastest, and not in C order. */
function inFortranOrder({ shape, strides }: Layout): boolean {
  return !isContiguous(shape, strides) && isContiguous(shape.toReversed(), strides.toReversed())
}

function reversed({ shape, strides, offset }: Layout): Layout {
  return { shape: shape.toReversed(), strides: strides.toReversed(), offset }
}

function* inPlace(a: NDArray): Pieces {
  for (let done = 0; done < a.nbytes; done += SLAB_BYTES) {
    yield bytesAt(a, a.byteAddress + done, Math.min(a.nbytes - done, SLAB_BYTES))
  }
}

function* bySlab(a: NDArray, layout: Layout, swapped: boolean): Pieces {
  const { bytes } = a.info
  const room = Math.min(a.size, SLAB_BYTES / bytes)
  using held = new Temporaries()
  const slab = held.add(keep(allocateArray(a.lease.heap, [room], a.dtype, false)))
  const { address } = slab.lease
  for (const part of parts(layout, room)) {
    move(slab, { shape: part.shape, strides: contiguousStrides(part.shape), offset: 0 }, a, part)
    const end = address + sizeOf(part.shape) * bytes
    if (swapped) a.lease.heap.core.exports.swapBytes(address, end, bytes)
    yield bytesAt(a, address, end - address)
  }
}

/** A layout in parts of at most so many elements, in C order. */
function* parts(layout: Layout, most: number, axis = 0): Generator<Layout, void, void> {
  const size = sizeOf(layout.shape)
  if (size === 0) return
  if (size <= most) {
    yield layout
    return
  }
  const length = layout.shape[axis] as number
  const rows = Math.max(1, Math.floor(most / (size / length)))
  for (let row = 0; row < length; row += rows) {
    yield* parts(stretch(layout, axis, row, Math.min(rows, length - row)), most, axis + 1)
  }
}

function bytesAt(a: NDArray, address: number, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(a.lease.heap.core.memory.buffer, address, length)
}
