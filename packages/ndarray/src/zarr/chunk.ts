import { type DTypeInfo, describe, dtypes } from '../dtype.ts'
import { FormatError } from '../errors.ts'
import { move } from '../functions/move.ts'
import { keep } from '../heap/scope.ts'
import { allocateArray, type Layout, type NDArray } from '../ndarray.ts'
import { formatShape, type Shape, sizeOf } from '../shape.ts'
import type { Stretch } from './selection.ts'

/** A chunk as the codecs leave it. */
export interface DecodedChunk {
  readonly data: ArrayBufferView<ArrayBuffer> & { readonly length: number }
  readonly strides: readonly number[]
}

/**
 * A chunk, verified: what codecs make of forged bytes may be of any length, or type.
 * @throws FormatError
 */
export function chunkOf(
  { data, stride }: { readonly data: unknown; readonly stride: readonly number[] },
  chunks: Shape,
  info: DTypeInfo,
): DecodedChunk {
  const elements = elementsOf(data)
  const size = sizeOf(chunks)
  if (!(elements instanceof (storedAs(info).array as never))) {
    throw new FormatError(`the codecs make ${describe(data)} of a chunk, not elements of ${info.name}`)
  }
  const view = elements as DecodedChunk['data']
  if (view.length !== size) {
    throw new FormatError(`it has ${view.length} elements; chunks of ${formatShape(chunks)} have ${size}`)
  }
  const last = chunks.reduce((sum, length, axis) => sum + (length - 1) * (stride[axis] as number), 0)
  if (stride.length !== chunks.length || !stride.every(step => step >= 0) || !(last < size)) {
    throw new FormatError(`its elements lie in steps of ${describe(stride)}, beyond its end`)
  }
  return { data: view, strides: stride }
}

/** Bools come in a class of the library's own. */
function elementsOf(data: unknown): unknown {
  const { buffer, byteOffset, byteLength } = (data ?? {}) as Partial<ArrayBufferView<ArrayBuffer>>
  return ArrayBuffer.isView(data) || !(buffer instanceof ArrayBuffer)
    ? data
    : new Uint8Array(buffer, byteOffset, byteLength)
}

/** Bools are bytes outside, and any but 0 is true. */
function storedAs(info: DTypeInfo): DTypeInfo {
  return info.kind === 'bool' ? dtypes.uint8 : info
}

/** Copies the part of a chunk that a piece means to where it belongs, by way of the heap. */
export function moveIn(out: NDArray, to: Layout, chunk: DecodedChunk, piece: readonly Stretch[]): void {
  const strides = piece.map(({ step }, axis) => step * (chunk.strides[axis] as number))
  const first = piece.reduce((sum, { inside }, axis) => sum + inside * (chunk.strides[axis] as number), 0)
  const reach = strides.map((stride, axis) => stride * (to.shape[axis] as number) - stride)
  const low = reach.reduce((sum, way) => sum + Math.min(way, 0), first)
  const high = reach.reduce((sum, way) => sum + Math.max(way, 0), first)
  const { name } = storedAs(out.info)
  const part = keep(allocateArray(out.lease.heap, [high - low + 1], name, false))
  try {
    part.data.set((chunk.data as Uint8Array).subarray(low, high + 1) as never)
    move(out, to, part, { shape: to.shape, strides, offset: first - low })
  } finally {
    part.drop(false)
  }
}
