/**
 * An array as an element of a RefArray: a block of its own (TAG_VIEW) that holds a reference to the data
 * and remembers their layout. From its address: the base's handle and the dtype's code in 32 bits each, then
 * offset, ndim, shape and strides as 64-bit floats, which hold any of them exactly.
 */
import { TAG_VIEW } from '@ebb/core'
import { type DTypeInfo, dtypes } from '../dtype.ts'
import { NDArray } from '../ndarray.ts'
import type { Heap } from './heap.ts'

/** Floats before the shape: the two words, offset, ndim. */
const HEAD = 3

const byCode = new Map<number, DTypeInfo>(Object.values(dtypes).map(info => [info.code, info as DTypeInfo]))

/**
 * Makes a view block for an array. Returns its handle, with one reference, the caller's.
 * @throws OutOfMemoryError
 */
export function writeView(array: NDArray): number {
  const { handle, heap } = array.lease
  const { exports } = heap.core
  const view = heap.allocateBlock(TAG_VIEW, (HEAD + 2 * array.ndim) * 8)
  const { words, floats } = fields(heap, view)
  exports.retain(handle)
  words[0] = handle
  words[1] = array.info.code
  floats[1] = array.offset
  floats[2] = array.ndim
  floats.set(array.shape, HEAD)
  floats.set(array.strides, HEAD + array.ndim)
  return view
}

/** An array as a view block describes it; it holds a reference of its own. */
export function readView(heap: Heap, view: number): NDArray {
  const { words, floats } = fields(heap, view)
  const base = words[0] as number
  const info = byCode.get(words[1] as number) as DTypeInfo
  const ndim = floats[2] as number
  const shape = Object.freeze([...floats.subarray(HEAD, HEAD + ndim)])
  const strides = [...floats.subarray(HEAD + ndim, HEAD + 2 * ndim)]
  heap.core.exports.retain(base)
  return new NDArray(heap.leaseOf(base, info.name, shape), info, {
    shape,
    strides,
    offset: floats[1] as number,
  })
}

function fields(heap: Heap, view: number): { words: Uint32Array; floats: Float64Array } {
  const { exports, memory } = heap.core
  const address = exports.addressOfBlock(view) >>> 0
  const bytes = exports.bytesOfBlock(view) >>> 0
  return {
    words: new Uint32Array(memory.buffer, address, 2),
    floats: new Float64Array(memory.buffer, address, bytes / 8),
  }
}
