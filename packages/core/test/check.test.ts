import { describe, expect, it } from 'vitest'
import { brokenInvariant } from '../src/index.ts'
import { makeHeap, PAGE_BYTES, type TestHeap } from './harness.ts'

/** A heap with a large block, a free run on either side of another, and a pool with a released block. */
function furnished(): {
  heap: TestHeap
  large: number
  pool: number
  released: number
  dirty: number
  handle: number
} {
  const heap = makeHeap(256, { debug: false })
  const { exports } = heap
  const large = exports.malloc(10 * PAGE_BYTES, 0) >>> 0
  const dirty = exports.malloc(6 * PAGE_BYTES, 0) >>> 0
  exports.malloc(6 * PAGE_BYTES, 0)
  const pool = exports.malloc(128, 0) >>> 0
  const released = exports.malloc(128, 0) >>> 0
  const handle = exports.allocate(100, 6, 0) >>> 0
  exports.free(released, 0)
  exports.free(dirty, 0)
  expect(exports.heapCheck()).toBe(0)
  return { heap, large, pool, released, dirty, handle }
}

function words(heap: TestHeap, address: number): Uint32Array {
  return new Uint32Array(heap.memory.buffer, address, 8)
}

function descriptor(heap: TestHeap, address: number): Uint32Array {
  return words(heap, heap.exports.pageDescriptor(Math.floor(address / PAGE_BYTES)) >>> 0)
}

type Furnished = ReturnType<typeof furnished>

/** Word of a page descriptor: see assembly/memory/page.ts. */
const LENGTH = 1
const RELEASED = 4
const USED = 5
const EXTENDED = 6
const HEAD = 7

describe('heapCheck', () => {
  it.each<[string, (f: Furnished) => void, RegExp]>([
    ['a run of no length', f => descriptor(f.heap, f.large).set([0], LENGTH), /no length/],
    ['a run beyond the heap', f => descriptor(f.heap, f.large).set([99999], LENGTH), /beyond the heap/],
    [
      'a run that ends inside another',
      f => descriptor(f.heap, f.large).set([9], LENGTH),
      /begin a run|no length/,
    ],
    [
      'an end tag that leads elsewhere',
      f => descriptor(f.heap, f.dirty + 5 * PAGE_BYTES).set([1], HEAD),
      /lead to its head/,
    ],
    ['a clean run with a byte in it', f => writeBelowHighWater(f.heap), /read as zero/],
    ['a used run marked free', f => descriptor(f.heap, f.large).set([2], 0), /does not lead to its head/],
    ['a count of blocks that is wrong', f => descriptor(f.heap, f.pool).set([7], USED), /add up/],
    [
      'a pool extended beyond its capacity',
      f => descriptor(f.heap, f.pool).set([100000], EXTENDED),
      /add up/,
    ],
    [
      'a released block outside its pool',
      f => descriptor(f.heap, f.pool).set([f.large], RELEASED),
      /outside its pool/,
    ],
    [
      'a released block between two',
      f => descriptor(f.heap, f.pool).set([f.released + 8], RELEASED),
      /between two blocks/,
    ],
    ['a list that bites its tail', f => words(f.heap, f.released).set([f.released]), /twice/],
    [
      'statistics that differ',
      f => words(f.heap, f.heap.exports.heapStatistics() >>> 0).set([1], 3),
      /statistics/,
    ],
    ['a handle of no reference', f => words(f.heap, f.handle).set([0], 2), /handle/],
    ['a handle that names no block', f => words(f.heap, f.handle).set([8], 0), /handle/],
    ['a handle that names another dtype', f => words(f.heap, f.handle).set([f.pool], 0), /handle/],
  ])('finds %s', (_, damage, sentence) => {
    const f = furnished()
    damage(f)
    const what = f.heap.exports.heapCheck()
    expect(what).not.toBe(0)
    const text = brokenInvariant(what, f.heap.exports.heapBrokenAt())
    expect(text).toMatch(/^internal: /)
    expect(text).toMatch(sentence)
  })

  it('finds two handles of one block', () => {
    const { exports, memory } = makeHeap(256, { debug: false })
    const [a, b] = [exports.allocate(100, 6, 0) >>> 0, exports.allocate(100, 6, 0) >>> 0]
    new Uint32Array(memory.buffer, b, 1)[0] = exports.addressOfBlock(a) >>> 0
    expect(exports.heapCheck()).not.toBe(0)
  })

  it('finds a large block without a handle', () => {
    const heap = makeHeap(256, { debug: false })
    heap.exports.malloc(10 * PAGE_BYTES, 6)
    expect(brokenInvariant(heap.exports.heapCheck(), 0)).toMatch(/allocated blocks/)
  })
})

/** Frees a block of its own to the OS, then writes into the clean run that it left. */
function writeBelowHighWater(heap: TestHeap): void {
  const block = heap.exports.malloc(20 * PAGE_BYTES, 0) >>> 0
  heap.exports.free(block, 1)
  heap.bytes(block + 12345, 1)[0] = 1
}
