import { describe, expect, it } from 'vitest'
import { brokenInvariant, readStatistics } from '../src/index.ts'
import { heapPages, makeHeap, type TestHeap } from './harness.ts'

const INT32 = 6

function block(heap: TestHeap, bytes: number): { handle: number; address: number } {
  const handle = heap.exports.allocate(bytes, INT32, 0) >>> 0
  return { handle, address: heap.exports.addressOfBlock(handle) >>> 0 }
}

describe.each([64, 5000, 300_000])('the debug heap, around a block of %d bytes', bytes => {
  it('fills what is fresh with CD', () => {
    const heap = makeHeap()
    const { address } = block(heap, bytes)
    expect(heap.bytes(address, bytes).every(byte => byte === 0xcd)).toBe(true)
  })

  it('clears what was asked to be zero', () => {
    const heap = makeHeap()
    const handle = heap.exports.allocate(bytes, INT32, 1) >>> 0
    expect(heap.bytes(heap.exports.addressOfBlock(handle) >>> 0, bytes).every(byte => byte === 0)).toBe(true)
  })

  it.each([
    ['overrun', bytes],
    ['overrun', bytes + 15],
    ['underrun', -1],
    ['underrun', -16],
  ] as const)('catches an %s at byte %d when the block is released, and by the walk', (damage, offset) => {
    const heap = makeHeap()
    const { handle, address } = block(heap, bytes)
    heap.bytes(address + offset, 1)[0] = 1
    expect(brokenInvariant(heap.exports.heapCheck(), 0)).toMatch(/guard bytes/)
    expect(heap.damages).toEqual([])
    heap.exports.release(handle, 1)
    expect(heap.damages).toEqual([{ damage, handle, address }])
    heap.exports.trim(0)
    expect(heap.exports.heapCheck()).toBe(0)
  })

  it('catches a second release', () => {
    const heap = makeHeap()
    const { handle } = block(heap, bytes)
    heap.exports.release(handle, 1)
    heap.exports.release(handle, 1)
    expect(heap.damages.map(({ damage }) => damage)).toEqual(['double release'])
    expect(heap.exports.heapCheck()).toBe(0)
  })
})

describe('the quarantine', () => {
  it('holds dead bytes as DD, and catches a write into them', () => {
    const heap = makeHeap()
    const { handle, address } = block(heap, 64)
    heap.exports.release(handle, 1)
    expect(heap.bytes(address, 64).every(byte => byte === 0xdd)).toBe(true)
    heap.bytes(address + 20, 1)[0] = 7
    heap.exports.trim(0)
    expect(heap.damages).toEqual([{ damage: 'write after release', handle, address: address + 20 }])
    expect(heap.exports.heapCheck()).toBe(0)
  })

  it('finds a write into a large block after its release by the walk', () => {
    const heap = makeHeap()
    const { handle, address } = block(heap, 300_000)
    heap.exports.release(handle, 1)
    heap.bytes(address + 20, 1)[0] = 7
    expect(brokenInvariant(heap.exports.heapCheck(), 0)).toMatch(/read as zero/)
  })

  it('does not reuse a block while it waits, and lets the oldest go first', () => {
    const heap = makeHeap()
    const first = block(heap, 64)
    heap.exports.release(first.handle, 1)
    const later = Array.from({ length: 255 }, () => block(heap, 64))
    expect(later.map(({ address }) => address)).not.toContain(first.address)
    for (const { handle } of later) heap.exports.release(handle, 1)
    expect(readStatistics(heap.exports, heap.memory).quarantined).toBe(256)
    heap.exports.release(block(heap, 64).handle, 1)
    expect(readStatistics(heap.exports, heap.memory).quarantined).toBe(256)
    expect(block(heap, 64).address).toBe(first.address)
  })

  it('gives way when the heap is full', () => {
    const heap = makeHeap(128)
    const blocks: number[] = []
    for (let handle = 1; handle; ) {
      handle = heap.exports.allocate(100_000, INT32, 0) >>> 0
      if (handle) blocks.push(handle)
    }
    for (const handle of blocks) heap.exports.release(handle, 1)
    const again = blocks.map(() => heap.exports.allocate(100_000, INT32, 0) >>> 0)
    expect(again.every(handle => handle !== 0)).toBe(true)
  })

  it('is empty after trim: the heap is one clean run', () => {
    const heap = makeHeap()
    for (const { handle } of Array.from({ length: 50 }, (_, i) => block(heap, 100 * i))) {
      heap.exports.release(handle, 1)
    }
    heap.exports.trim(0)
    expect(heap.exports.longestClean()).toBe(heapPages(heap))
  })
})

describe('running out of memory at any single allocation', () => {
  /** A trace with blocks of every kind; it goes on after a failure. */
  function trace(heap: TestHeap): void {
    const { exports } = heap
    const handles: number[] = []
    for (let i = 0; i < 60; i++) {
      const bytes = [16, 700, 20_000, 400_000][i % 4] as number
      const handle = (i % 5 === 0 ? exports.allocateReferences(3) : exports.allocate(bytes, INT32, 1)) >>> 0
      if (handle) handles.push(handle)
      const [list, other] = [handles.find(h => exports.tagOfBlock(h) === 14), handles[i % handles.length]]
      if (list && other) exports.setReference(list, i % 3, other)
      if (i % 3 === 2) for (const dead of handles.splice(1, 1)) exports.release(dead, i & 1)
      if (i === 40) exports.collect(2, 0)
    }
    for (const handle of handles) exports.release(handle, 1)
  }

  it('loses nothing, and leaves the heap consistent', () => {
    const counting = makeHeap(512)
    trace(counting)
    const calls = readStatistics(counting.exports, counting.memory).allocations
    expect(calls).toBeGreaterThan(80)
    for (let failing = 1; failing <= calls; failing++) {
      const heap = makeHeap(512)
      heap.exports.failMalloc(failing)
      trace(heap)
      expect(heap.exports.heapCheck()).toBe(0)
      heap.exports.collect(2, 1)
      heap.exports.trim(0)
      expect(readStatistics(heap.exports, heap.memory)).toMatchObject({ handles: 0, usedPages: 0 })
    }
  })
})
