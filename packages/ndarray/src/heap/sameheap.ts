import { HeapError } from '../errors.ts'
import type { Owner } from './owner.ts'

/**
 * Arrays of different heaps live in different memories, and no kernel sees both: an operation on both is an
 * error, not a hidden copy of what may be large. `heap.array(a)` copies one in.
 * @throws HeapError when they do not share a heap.
 */
export function assertSameHeap(a: Owner, b: Owner): void {
  if (a.lease.heap !== b.lease.heap) throw differentHeaps()
}

/** The error for arrays of different heaps. */
export function differentHeaps(): HeapError {
  return new HeapError(
    'the arrays are of different heaps; copy one into the heap of the other with heap.array(a)',
  )
}
