import { describe, expect, it } from 'vitest'
import { readGeneration, readStatistics, TAG_REFERENCES, writeThreshold } from '../src/index.ts'
import { heapPages, makeHeap, type TestHeap } from './harness.ts'

const INT32 = 6

function refs(heap: TestHeap, length: number): number {
  const handle = heap.exports.allocateReferences(length) >>> 0
  expect(handle).not.toBe(0)
  return handle
}

/** A heap without automatic collections. */
function quiet(pages = 256): TestHeap {
  const heap = makeHeap(pages)
  heap.exports.setEnabled(0)
  return heap
}

/** RefArrays that refer to each other in a ring, held by nobody else. */
function abandonRing(heap: TestHeap, count: number): void {
  const ring = Array.from({ length: count }, () => refs(heap, 1))
  for (let i = 0; i < count; i++) {
    heap.exports.setReference(ring[i] as number, 0, ring[(i + 1) % count] as number)
  }
  for (const handle of ring) heap.exports.release(handle, 1)
}

const live = (heap: TestHeap) => readStatistics(heap.exports, heap.memory).handles

describe('references', () => {
  it('hold what they refer to, and let it go when they are replaced', () => {
    const heap = quiet()
    const { exports } = heap
    const list = refs(heap, 2)
    const element = exports.allocate(1000, INT32, 0) >>> 0
    expect(exports.tagOfBlock(list)).toBe(TAG_REFERENCES)
    exports.setReference(list, 1, element)
    expect(exports.references(element)).toBe(2)
    expect(exports.release(element, 1)).toBe(0)
    expect(exports.getReference(list, 1) >>> 0).toBe(element)
    expect(exports.setReference(list, 1, 0)).toBe(1000)
    expect(exports.release(list, 1)).toBe(8)
    expect(live(heap)).toBe(0)
    expect(exports.heapCheck()).toBe(0)
  })

  it('free a chain of a million at once, without a stack', () => {
    const heap = quiet(4096)
    const { exports } = heap
    let first = refs(heap, 1)
    for (let i = 1; i < 1_000_000; i++) {
      const next = exports.allocateReferences(1) >>> 0
      exports.setReference(next, 0, first)
      exports.release(first, 1)
      first = next
    }
    expect(exports.heapCheck()).toBe(0)
    expect(exports.release(first, 1)).toBe(4_000_000)
    expect(live(heap)).toBe(0)
    exports.trim(0)
    expect(exports.longestClean()).toBe(heapPages(heap))
  })
})

describe('the collector', () => {
  it('finds a cycle that nobody holds, and only that', () => {
    const heap = quiet()
    const held = refs(heap, 1)
    heap.exports.setReference(held, 0, held)
    abandonRing(heap, 5)
    expect(heap.exports.collect(2, 1)).toBe(5)
    expect(heap.exports.collect(2, 1)).toBe(0)
    expect(live(heap)).toBe(1)
    heap.exports.release(held, 1)
    expect(heap.exports.collect(2, 1)).toBe(1)
    expect(heap.exports.heapCheck()).toBe(0)
  })

  it('frees what only garbage refers to, and keeps what others hold, too', () => {
    const heap = quiet()
    const { exports } = heap
    const [a, b] = [refs(heap, 2), refs(heap, 2)]
    const [shared, own] = [
      exports.allocate(300_000, INT32, 0) >>> 0,
      exports.allocate(300_000, INT32, 0) >>> 0,
    ]
    exports.setReference(a, 0, b)
    exports.setReference(b, 0, a)
    exports.setReference(a, 1, shared)
    exports.setReference(b, 1, own)
    exports.release(own, 1)
    exports.release(a, 1)
    exports.release(b, 1)
    expect(exports.collect(0, 1)).toBe(2)
    expect(exports.references(shared)).toBe(1)
    expect(live(heap)).toBe(1)
    expect(exports.heapCheck()).toBe(0)
  })

  it('moves survivors up, and counts as CPython does', () => {
    const heap = quiet()
    const { exports, memory } = heap
    Array.from({ length: 3 }, () => refs(heap, 0))
    const counts = () => [0, 1, 2].map(generation => readGeneration(exports, memory, generation).count)
    const sizes = () => [0, 1, 2, 3].map(generation => exports.trackedIn(generation))
    expect(counts()).toEqual([3, 0, 0])
    exports.collect(0, 1)
    expect([counts(), sizes()]).toEqual([
      [0, 1, 0],
      [0, 3, 0, 0],
    ])
    exports.collect(1, 1)
    expect([counts(), sizes()]).toEqual([
      [0, 0, 1],
      [0, 0, 3, 0],
    ])
    exports.collect(2, 1)
    expect([counts(), sizes()]).toEqual([
      [0, 0, 0],
      [0, 0, 3, 0],
    ])
    expect([0, 1, 2].map(generation => readGeneration(exports, memory, generation).collections)).toEqual([
      1, 1, 1,
    ])
  })

  it('runs by itself when more were made than the threshold allows, and not at 0', () => {
    const heap = makeHeap(512)
    const { exports, memory } = heap
    writeThreshold(exports, memory, 0, 10)
    abandonRing(heap, 10)
    expect(heap.collections).toEqual([])
    refs(heap, 1)
    expect(heap.collections).toEqual([])
    refs(heap, 1)
    expect(heap.collections).toEqual(['start 0 0', 'stop 0 10'])
    writeThreshold(exports, memory, 0, 0)
    heap.collections.length = 0
    abandonRing(heap, 100)
    expect(heap.collections).toEqual([])
  })

  it('collects generation 2 only when more than a quarter is new', () => {
    const heap = makeHeap(1024)
    const { exports, memory } = heap
    for (const generation of [0, 1, 2]) writeThreshold(exports, memory, generation, 1)
    const full = () => readGeneration(exports, memory, 2).collections
    const keep: number[] = []
    while (keep.length < 2000) keep.push(refs(heap, 0))
    exports.collect(2, 1)
    const before = full()
    while (keep.length < 2400) keep.push(refs(heap, 0))
    expect(full()).toBe(before)
    while (keep.length < 3000) keep.push(refs(heap, 0))
    expect(full()).toBe(before + 1)
  })

  it('does not see what was frozen until it is thawed', () => {
    const heap = quiet()
    abandonRing(heap, 4)
    heap.exports.freeze()
    expect(heap.exports.trackedIn(3)).toBe(4)
    expect(heap.exports.collect(2, 1)).toBe(0)
    heap.exports.unfreeze()
    expect(heap.exports.collect(2, 1)).toBe(4)
    expect(live(heap)).toBe(0)
  })

  it('finishes a collection before it tells of damage, though the host throws', () => {
    const heap = quiet()
    const { exports } = heap
    for (let ring = 0; ring < 3; ring++) {
      const list = refs(heap, 2)
      const element = exports.allocate(8, INT32, 0) >>> 0
      heap.bytes(exports.addressOfBlock(element) >>> 0, 9).fill(1)
      exports.setReference(list, 0, list)
      exports.setReference(list, 1, element)
      exports.release(element, 1)
      exports.release(list, 1)
    }
    heap.damages.push = () => {
      throw new Error('damage')
    }
    expect(() => exports.collect(2, 1)).toThrow('damage')
    expect(heap.collections).toEqual(['start 2 0', 'stop 2 3'])
    expect(live(heap)).toBe(0)
    abandonRing(heap, 2)
    expect(exports.collect(2, 1)).toBe(2)
    expect(exports.heapCheck()).toBe(0)
  })
})
