import assert from 'node:assert/strict'
import { readStatistics } from '../src/index.ts'
import { PAGE_BYTES, runs, type TestHeap } from './harness.ts'
import { LARGE_THRESHOLD } from './modelblocks.ts'

/** Pages that a block needs: a run of its own, or a pool of its size class. */
function pagesNeeded(heap: TestHeap, bytes: number): number {
  if (bytes > LARGE_THRESHOLD) return Math.ceil(bytes / PAGE_BYTES)
  const { classSize, classCapacity } = heap.exports
  let index = 0
  while (classSize(index) < bytes) index++
  return Math.ceil((classSize(index) * classCapacity(index)) / PAGE_BYTES)
}

/** Pages in the longest stretch of free runs, whatever their kind, with those by which the heap may grow. */
function longestStretch(heap: TestHeap): number {
  let longest = 0
  let stretch = 0
  for (const { kind, length } of runs(heap)) {
    stretch = kind === 'clean' || kind === 'dirty' ? stretch + length : 0
    longest = Math.max(longest, stretch)
  }
  return Math.max(longest, stretch + heap.maxPages - heap.exports.heapEnd())
}

/**
 * An allocation failed: there is no place where it would have fit. With a `header`, which was made first and
 * is gone again, two stretches may have become one.
 */
export function assertNoRoom(heap: TestHeap, bytes: number, header = false): void {
  const pages = pagesNeeded(heap, bytes)
  const stretch = longestStretch(heap)
  assert.ok(stretch < (header ? 2 * pages : pages), `${bytes} bytes did not fit into ${stretch} free pages`)
  if (!header) assert.equal(readStatistics(heap.exports, heap.memory).emptyPages, 0)
}
