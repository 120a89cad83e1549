import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { traceProperty } from './commands.ts'
import { heapPages, makeHeap } from './harness.ts'

/** Operations that the traces of a build must add up to. */
const OPERATIONS = 50_000
/** Traces that are more than enough for that: each has 190 operations on average. */
const TRACES = 330

describe('the allocator against its model', () => {
  // Every operation ends with a walk of the whole heap, every trace with all of it free.
  it.each([
    { build: 'debug', debug: true },
    { build: 'release', debug: false },
  ])('is as the model says after each of 50,000 random operations ($build build)', ({ debug }) => {
    let operations = 0
    const onOperations = (count: number) => {
      operations += count
    }
    fc.assert(traceProperty({ debug, mostPages: 160, mostCommands: 400, onOperations }), { numRuns: TRACES })
    expect(operations).toBeGreaterThanOrEqual(OPERATIONS)
  })
})

describe('initHeap', () => {
  it.each([
    { maxPages: 1, pages: 0 },
    { maxPages: 34, pages: 0 },
    { maxPages: 35, pages: 1 },
    { maxPages: 128, pages: 94 },
    { maxPages: 5000, pages: 4966 },
    { maxPages: 65535, pages: 65501 },
    { maxPages: 65536, pages: 65501 },
  ])('makes a heap of $pages pages when the memory has $maxPages', ({ maxPages, pages }) => {
    for (const debug of [true, false]) {
      const heap = makeHeap(maxPages, { debug })
      const { exports } = heap
      expect(heapPages(heap)).toBe(pages)
      expect(exports.longestClean()).toBe(pages)
      const block = exports.malloc(1, 0) >>> 0
      expect(block).toBe(pages ? exports.heapBegin() * 65536 : 0)
      if (block) exports.free(block, 0)
      expect(exports.trim(0)).toBe(pages ? 65536 : 0)
      expect(exports.decay(0)).toBe(0)
      expect(exports.allocateReferences(1) === 0).toBe(pages < 2)
      expect(exports.collect(2, 1)).toBe(0)
      expect(exports.heapCheck()).toBe(0)
    }
  })
})
