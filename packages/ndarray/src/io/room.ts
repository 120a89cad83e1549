import type { Heap } from '../heap/heap.ts'

/** Bytes that one step of a reading or writing moves: enough to make its own cost small, and in the cache. */
export const SLAB_BYTES = 4 * 1024 * 1024

/**
 * Where bytes are to go. They are asked for anew after every wait: a memory that had to grow meanwhile
 * leaves its old views empty.
 */
export interface Room {
  readonly length: number
  /** A view of the room from a byte on. */
  bytes(from?: number): Uint8Array<ArrayBuffer>
}

/** Room in JavaScript's own memory. */
export function ownRoom(bytes: Uint8Array<ArrayBuffer>): Room {
  return { length: bytes.length, bytes: from => bytes.subarray(from) }
}

/** Room in a heap's memory. */
export function heapRoom(heap: Heap, address: number, length: number): Room {
  return {
    length,
    bytes: (from = 0) => new Uint8Array(heap.core.memory.buffer, address + from, length - from),
  }
}
