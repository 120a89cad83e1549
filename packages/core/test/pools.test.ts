import { describe, expect, it } from 'vitest'
import { readStatistics } from '../src/index.ts'
import { heapPages, makeHeap, map, PAGE_BYTES, type TestHeap } from './harness.ts'

const LARGE_THRESHOLD = 256 * 1024
const INT32 = 6
const FLOAT64 = 11

function malloc(heap: TestHeap, bytes: number, tag = 0): number {
  const address = heap.exports.malloc(bytes, tag) >>> 0
  expect(address).not.toBe(0)
  return address
}

const pageOf = (address: number) => Math.floor(address / PAGE_BYTES)

describe('layer 2, pools of equal-sized blocks', () => {
  it('has size classes in multiples of 8 bytes that waste at most a sixteenth', () => {
    const { exports } = makeHeap()
    let previous = 0
    for (let index = 0; exports.classSize(index) < LARGE_THRESHOLD; index++) {
      const size = exports.classSize(index)
      expect(size % 8).toBe(0)
      expect(size).toBeGreaterThan(previous)
      if (previous >= 128) expect(size - previous).toBeLessThanOrEqual(previous / 16)
      previous = size
    }
  })

  it('gives every size a block that holds it, from its class or one of the two above', () => {
    const heap = makeHeap(2048)
    for (let bytes = 1; bytes <= LARGE_THRESHOLD; bytes += bytes < 2000 ? 1 : 997) {
      const address = malloc(heap, bytes)
      const usable = heap.exports.usableSize(address)
      expect(usable).toBeGreaterThanOrEqual(bytes)
      expect(usable).toBeLessThan(Math.max(bytes + 8, bytes * (17 / 16) ** 3 + 1))
      heap.exports.free(address, 1)
    }
    expect(heap.exports.heapCheck()).toBe(0)
  })

  it('draws the line at 256 KiB', () => {
    const heap = makeHeap()
    malloc(heap, LARGE_THRESHOLD)
    expect(readStatistics(heap.exports, heap.memory)).toMatchObject({ pools: 1, largeBlocks: 0 })
    malloc(heap, LARGE_THRESHOLD + 1)
    expect(readStatistics(heap.exports, heap.memory)).toMatchObject({ pools: 1, largeBlocks: 1 })
  })

  it('keeps pools private to a dtype', () => {
    const heap = makeHeap()
    const a = malloc(heap, 64, INT32)
    heap.exports.free(a, 1)
    expect(pageOf(malloc(heap, 64, FLOAT64))).not.toBe(pageOf(a))
    expect(malloc(heap, 64, INT32)).toBe(a)
  })

  it('leaves what it has not handed out untouched', () => {
    const heap = makeHeap()
    const first = malloc(heap, 4096)
    malloc(heap, 4096)
    expect(heap.bytes(first + 2 * 4096, PAGE_BYTES - 2 * 4096).every(byte => byte === 0)).toBe(true)
  })

  it('refills the fullest pool first, so that emptier ones drain', () => {
    const heap = makeHeap(512)
    const perPool = PAGE_BYTES / 8192
    const blocks = Array.from({ length: 3 * perPool }, () => malloc(heap, 8192))
    const inPool = (k: number) => blocks.slice(k * perPool, (k + 1) * perPool)
    for (const block of inPool(0).slice(1)) heap.exports.free(block, 1)
    heap.exports.free(inPool(2)[0] as number, 1)
    expect(malloc(heap, 8192)).toBe(inPool(2)[0])
  })

  it('sends empty pools back, all but a few, and the rest at trim', () => {
    const heap = makeHeap(1024)
    const blocks = Array.from({ length: 400 }, () => malloc(heap, 8192))
    for (const block of blocks) heap.exports.free(block, 1)
    const { pools, usedPages } = readStatistics(heap.exports, heap.memory)
    expect(pools).toBeGreaterThan(0)
    expect(usedPages).toBeLessThanOrEqual(16)
    expect(heap.exports.heapCheck()).toBe(0)
    expect(heap.exports.trim(0)).toBeGreaterThan(0)
    expect(map(heap)).toBe(`clean ${heapPages(heap)}`)
  })
})

describe('empty pools that are kept', () => {
  it('are announced to the host once, and go back within two ticks of the decay', () => {
    const heap = makeHeap()
    for (let i = 0; i < 5; i++) heap.exports.free(malloc(heap, 100), 0)
    expect(heap.dirtied).toBe(1)
    expect(heap.exports.decay(0)).toBe(1)
    expect(heap.exports.decay(0)).toBe(0)
    expect(map(heap)).toBe(`clean ${heapPages(heap)}`)
    heap.exports.free(malloc(heap, 100), 0)
    expect(heap.dirtied).toBe(2)
  })

  it('give way to a block that would not fit beside them', () => {
    const heap = makeHeap()
    const half = malloc(heap, (heapPages(heap) / 2) * PAGE_BYTES)
    heap.exports.free(malloc(heap, 100), 0)
    heap.exports.free(half, 1)
    malloc(heap, heapPages(heap) * PAGE_BYTES)
    expect(heap.exports.heapCheck()).toBe(0)
  })
})

describe('layer 3, typed blocks', () => {
  it('clears a block that was used, and only when asked', () => {
    const heap = makeHeap()
    const { exports } = heap
    const first = exports.allocate(1000, INT32, 0) >>> 0
    heap.bytes(exports.addressOfBlock(first) >>> 0, 1000).fill(7)
    exports.release(first, 1)
    const second = exports.allocate(1000, INT32, 1) >>> 0
    expect(heap.bytes(exports.addressOfBlock(second) >>> 0, 1000).every(byte => byte === 0)).toBe(true)
  })

  it('frees a block with its last reference and reports its bytes', () => {
    const { exports, memory } = makeHeap()
    const handle = exports.allocate(1000, INT32, 0) >>> 0
    expect(exports.retain(handle)).toBe(2)
    expect(exports.release(handle, 1)).toBe(0)
    expect(exports.references(handle)).toBe(1)
    expect(exports.release(handle, 1)).toBe(1000)
    expect(readStatistics(exports, memory).handles).toBe(0)
    expect(exports.heapCheck()).toBe(0)
  })

  it('loses nothing when the data do not fit', () => {
    const heap = makeHeap()
    expect(heap.exports.allocate(heapPages(heap) * PAGE_BYTES, INT32, 0)).toBe(0)
    expect(heap.exports.heapCheck()).toBe(0)
    heap.exports.trim(0)
    expect(map(heap)).toBe(`clean ${heapPages(heap)}`)
  })
})
