import { describe, expect, it } from 'vitest'
import { readStatistics } from '../src/index.ts'
import { heapPages, makeHeap, map, PAGE_BYTES, runs, type TestHeap } from './harness.ts'

/** Allocates a block that is a run of `pages` pages. */
function allocate(heap: TestHeap, pages: number): number {
  const address = heap.exports.malloc(pages * PAGE_BYTES, 0) >>> 0
  expect(address).not.toBe(0)
  return address
}

function check(heap: TestHeap): void {
  expect(heap.exports.heapCheck()).toBe(0)
}

describe('layer 0, runs of pages', () => {
  it('begins as one clean run', () => {
    const heap = makeHeap()
    expect(map(heap)).toBe(`clean ${heapPages(heap)}`)
    check(heap)
  })

  it('merges a freed run with free neighbours on both sides', () => {
    const heap = makeHeap()
    const [a, b, c] = [allocate(heap, 5), allocate(heap, 6), allocate(heap, 7)]
    heap.exports.free(a, 1)
    heap.exports.free(c, 1)
    expect(runs(heap).map(run => run.kind)).toEqual(['clean', 'large', 'clean'])
    heap.exports.free(b, 1)
    expect(map(heap)).toBe(`clean ${heapPages(heap)}`)
    check(heap)
  })

  it('keeps dirty and clean runs apart, and reuses the dirty one first', () => {
    const heap = makeHeap()
    const a = allocate(heap, 5)
    allocate(heap, 5)
    heap.exports.free(a, 0)
    expect(heap.dirtied).toBe(1)
    expect(map(heap)).toBe(`dirty 5, large 5, clean ${heapPages(heap) - 10}`)
    expect(allocate(heap, 5)).toBe(a)
    check(heap)
  })

  it('takes the best fit, not the first', () => {
    const heap = makeHeap()
    const sizes = [30, 5, 12, 5, 20, 5]
    const blocks = sizes.map(pages => allocate(heap, pages))
    allocate(heap, 256 - 256 + (heapPages(heap) - sizes.reduce((sum, pages) => sum + pages)))
    for (const i of [0, 2, 4]) heap.exports.free(blocks[i] as number, 1)
    expect(allocate(heap, 11)).toBe(blocks[2])
    expect(allocate(heap, 18)).toBe(blocks[4])
    expect(allocate(heap, 21)).toBe(blocks[0])
    check(heap)
  })

  it('finds the best fit among runs longer than the exact bins', () => {
    const heap = makeHeap(1024)
    const sizes = [200, 5, 150, 5, 180, 5]
    const blocks = sizes.map(pages => allocate(heap, pages))
    allocate(heap, heapPages(heap) - sizes.reduce((sum, pages) => sum + pages))
    for (const i of [0, 2, 4]) heap.exports.free(blocks[i] as number, 1)
    expect(allocate(heap, 145)).toBe(blocks[2])
    expect(allocate(heap, 160)).toBe(blocks[4])
    check(heap)
  })

  it('gives a large block back before free returns, exactly its pages', () => {
    const heap = makeHeap()
    const a = allocate(heap, 9)
    heap.bytes(a, 9 * PAGE_BYTES).fill(0xff)
    heap.exports.free(a, 1)
    expect(heap.discarded).toEqual([{ byteOffset: a, byteLength: 9 * PAGE_BYTES }])
    check(heap)
  })

  it.each(['refused', 'throws'] as const)(
    'keeps the memory as dirty when the host %s, and serves on',
    answer => {
      const heap = makeHeap()
      heap.answer = answer
      const a = allocate(heap, 9)
      heap.bytes(a, 9 * PAGE_BYTES).fill(0xff)
      heap.exports.free(a, 1)
      expect(runs(heap)[0]).toMatchObject({ kind: 'dirty', length: 9 })
      expect(heap.exports.trim(0)).toBe(0)
      check(heap)
      const handle = heap.exports.allocate(9 * PAGE_BYTES, 6, 1) >>> 0
      const address = heap.exports.addressOfBlock(handle) >>> 0
      expect(heap.bytes(address, 9 * PAGE_BYTES).every(byte => byte === 0)).toBe(true)
      check(heap)
    },
  )

  it('merges across kinds when nothing else fits and the host refuses', () => {
    const heap = makeHeap()
    heap.answer = 'refused'
    const total = heapPages(heap)
    const a = allocate(heap, total - 20)
    heap.exports.free(a, 0)
    expect(allocate(heap, total)).toBe(a)
    check(heap)
  })

  it('gives dirty memory back to make room for a longer run', () => {
    const heap = makeHeap()
    const total = heapPages(heap)
    heap.exports.free(allocate(heap, total - 20), 0)
    allocate(heap, total)
    expect(heap.discarded).toHaveLength(1)
    check(heap)
  })

  it('returns 0 when nothing fits, and loses nothing by that', () => {
    const heap = makeHeap()
    const total = heapPages(heap)
    expect(heap.exports.malloc((total + 1) * PAGE_BYTES, 0)).toBe(0)
    expect(heap.exports.malloc(0xffffffff, 0)).toBe(0)
    check(heap)
    const all = allocate(heap, total)
    expect(heap.exports.malloc(1, 0)).toBe(0)
    check(heap)
    heap.exports.free(all, 1)
    expect(map(heap)).toBe(`clean ${total}`)
  })

  it('grows a memory that was not reserved whole, and finds the new pages', () => {
    const heap = makeHeap(512, { initialPages: 64 })
    const before = heapPages(heap)
    const blocks = Array.from({ length: 9 }, () => allocate(heap, 40))
    expect(heapPages(heap)).toBeGreaterThan(before)
    check(heap)
    for (const block of blocks) heap.exports.free(block, 1)
    expect(map(heap)).toBe(`clean ${heapPages(heap)}`)
    expect(heap.exports.malloc(512 * PAGE_BYTES, 0)).toBe(0)
    check(heap)
  })

  it.each(['given back', 'refused'] as const)(
    'grows by no more than what is missing behind free pages at the end (%s)',
    answer => {
      const heap = makeHeap(50, { initialPages: 36 })
      heap.answer = answer
      expect(heapPages(heap)).toBe(2)
      const a = allocate(heap, 2)
      const b = allocate(heap, 8)
      heap.exports.free(a, 0)
      heap.exports.free(b, 0)
      expect(allocate(heap, 16)).toBe(a)
      check(heap)
    },
  )

  it('decays only what lay idle since the last tick, but for what is retained', () => {
    const heap = makeHeap()
    const [a, b] = [allocate(heap, 10), allocate(heap, 6)]
    heap.exports.free(a, 0)
    heap.exports.free(b, 0)
    expect(heap.exports.decay(0)).toBe(16)
    // 10 of the 16 pages are in use for a moment: 6 lay idle.
    heap.exports.free(allocate(heap, 10), 0)
    heap.exports.decay(0)
    expect(heap.discarded.length).toBeGreaterThan(0)
    heap.discarded.length = 0
    const dirty = readStatistics(heap.exports, heap.memory).dirtyPages
    expect(heap.exports.decay(dirty)).toBe(dirty)
    expect(heap.discarded).toEqual([])
    expect(heap.exports.decay(0)).toBe(0)
    check(heap)
  })

  it('trims down to what is retained', () => {
    const heap = makeHeap()
    const blocks = [allocate(heap, 10), allocate(heap, 6), allocate(heap, 7), allocate(heap, 5)]
    for (const i of [0, 2]) heap.exports.free(blocks[i] as number, 0)
    expect(heap.exports.trim(8)).toBe(9 * PAGE_BYTES)
    expect(heap.exports.trim(8)).toBe(0)
    expect(heap.exports.trim(0)).toBe(8 * PAGE_BYTES)
    check(heap)
  })

  it('counts pages, blocks and events', () => {
    const heap = makeHeap()
    const a = allocate(heap, 10)
    const b = allocate(heap, 6)
    heap.exports.free(a, 1)
    heap.exports.free(b, 0)
    const statistics = readStatistics(heap.exports, heap.memory)
    expect(statistics).toMatchObject({
      usedPages: 0,
      dirtyPages: 6,
      cleanPages: heapPages(heap) - 6,
      largeBlocks: 0,
      allocations: 2,
      releases: 2,
      discards: 1,
      discardedBytes: 10 * PAGE_BYTES,
    })
  })
})
