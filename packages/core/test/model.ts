/**
 * The allocator's model in plain TypeScript. Each method makes one call of the module, as a trace would, and
 * compares what comes back; `check` then compares all that can be seen.
 */
import assert from 'node:assert/strict'
import { brokenInvariant, readStatistics, TAG_RAW, TAG_REFERENCES, TAG_VIEW } from '../src/index.ts'
import type { Block } from './collectormodel.ts'
import { type DiscardAnswer, heapPages, PAGE_BYTES, runs, type TestHeap } from './harness.ts'
import { assertFilled, LARGE_THRESHOLD, ModelBlocks, type Raw } from './modelblocks.ts'
import { assertNoRoom } from './room.ts'

export class Model extends ModelBlocks {
  /** Calls made so far. */
  operations = 0
  readonly #checkEvery: number
  /** Whether nothing happened since the last tick of the decay. */
  #idle = false

  /** @param checkEvery Operations from one walk of the whole heap to the next. */
  constructor(heap: TestHeap, debug: boolean, checkEvery = 1) {
    super(heap, debug)
    this.#checkEvery = checkEvery
  }

  // Layers 1 and 2.

  malloc(bytes: number): void {
    const { exports } = this.heap
    const address = exports.malloc(bytes, TAG_RAW) >>> 0
    if (address === 0) {
      assertNoRoom(this.heap, bytes)
      return
    }
    const usable = exports.usableSize(address) >>> 0
    assert.ok(usable >= bytes, `${usable} bytes for ${bytes}`)
    if (bytes > LARGE_THRESHOLD) assert.deepEqual([usable, address % PAGE_BYTES], [bytes, 0])
    this.assertApart(address, usable)
    this.raws.push(this.fill({ address, bytes: usable, fill: 0 }))
  }

  free(index: number, giveBack: boolean): void {
    const [raw] = this.raws.splice(index, 1) as [Raw]
    this.verify(raw)
    assert.equal(this.heap.exports.free(raw.address, Number(giveBack)) >>> 0, raw.bytes)
    if (giveBack) this.assertGivenBack(raw)
  }

  /** Writes other bytes. */
  write(index: number): void {
    const written = [...this.raws, ...this.blocks.filter(({ elements, base }) => !elements && !base)]
    const memory = written[index % Math.max(written.length, 1)]
    if (memory) this.fill(memory)
  }

  trim(retained: number): void {
    const { discarded, exports, answer, memory } = this.heap
    const bytes = exports.trim(retained)
    const went = discarded.reduce((sum, { byteLength }) => sum + byteLength, 0)
    assert.equal(bytes, answer === 'given back' ? went : 0)
    const { dirtyPages, emptyPages, quarantined } = readStatistics(exports, memory)
    assert.deepEqual([emptyPages, quarantined], [0, 0])
    if (answer === 'given back') assert.ok(dirtyPages <= retained, `${dirtyPages} dirty of ${retained}`)
  }

  decay(retained: number): void {
    const { exports, memory, answer } = this.heap
    // Empty pools become dirty at a tick, and go back at the next.
    const idle = this.#idle && readStatistics(exports, memory).emptyPages === 0
    const dirty = exports.decay(retained)
    assert.equal(dirty, readStatistics(exports, memory).dirtyPages)
    if (idle && answer === 'given back') assert.ok(dirty <= retained, `${dirty} dirty of ${retained}`)
    this.#idle = true
  }

  answer(answer: DiscardAnswer): void {
    this.heap.answer = answer
  }

  // Layer 3.

  allocate(bytes: number, tag: number, zeroed: boolean): void {
    const handle = this.heap.exports.allocate(bytes, tag, Number(zeroed)) >>> 0
    if (handle === 0) {
      assertNoRoom(this.heap, this.guarded(bytes), true)
      return
    }
    const block = this.adopt(handle, { tag, bytes })
    const expected = zeroed ? 0 : this.debug ? 0xcd : undefined
    if (expected !== undefined) assertFilled(this.bytesOf(block), expected, 'a fresh block')
    this.fill(block)
  }

  /** An allocation of which the so-manieth malloc fails (1 the header's, 2 the data's) loses nothing. */
  failAllocate(bytes: number, calls: number): void {
    const { exports } = this.heap
    exports.failMalloc(calls)
    assert.equal(exports.allocate(bytes, 6, 0), 0)
    exports.failMalloc(0)
  }

  allocateReferences(length: number): void {
    const due = this.collector.due()
    if (due >= 0) this.clear(this.collector.collect(due, this.blocks))
    const handle = this.heap.exports.allocateReferences(length) >>> 0
    if (handle === 0) {
      assertNoRoom(this.heap, this.guarded(length * 4), true)
      return
    }
    const elements = new Array<undefined>(length).fill(undefined)
    const block = this.adopt(handle, { tag: TAG_REFERENCES, bytes: length * 4, elements })
    this.collector.born()
    this.verify(block)
  }

  /** Makes a view as the arrays do: it takes a reference to its base, whose handle is its first word. */
  view(base: Block, bytes: number): void {
    const { exports, memory } = this.heap
    const handle = exports.allocate(bytes, TAG_VIEW, 0) >>> 0
    if (handle === 0) {
      assertNoRoom(this.heap, this.guarded(bytes), true)
      return
    }
    const view = this.fill(this.adopt(handle, { tag: TAG_VIEW, bytes, base }))
    assert.equal(exports.retain(base.handle), ++base.references)
    new Uint32Array(memory.buffer, view.address, 1)[0] = base.handle
  }

  retain(block: Block): void {
    block.held++
    assert.equal(this.heap.exports.retain(block.handle), ++block.references)
  }

  release(block: Block, giveBack: boolean): void {
    const alone = block.references === 1 && !block.elements
    this.verify(block)
    block.held--
    const freed = this.drop(block)
    assert.equal(this.heap.exports.release(block.handle, Number(giveBack)) >>> 0, freed)
    if (alone && giveBack && this.guarded(block.bytes) > LARGE_THRESHOLD) this.assertGivenBack(block)
  }

  setReference(list: Block, index: number, value: Block | undefined): void {
    const elements = list.elements as (Block | undefined)[]
    const old = elements[index]
    if (value) value.references++
    elements[index] = value
    const freed = old ? this.drop(old) : 0
    assert.equal(this.heap.exports.setReference(list.handle, index, value?.handle ?? 0) >>> 0, freed)
  }

  collect(generation: number, giveBack: boolean): void {
    const garbage = this.collector.collect(generation, this.blocks)
    for (const block of garbage) this.verify(block)
    this.clear(garbage)
    assert.equal(this.heap.exports.collect(generation, Number(giveBack)), garbage.length)
  }

  setEnabled(on: boolean): void {
    this.collector.enabled = on
    this.heap.exports.setEnabled(Number(on))
  }

  freeze(): void {
    this.collector.freeze(this.refArrays)
    this.heap.exports.freeze()
  }

  unfreeze(): void {
    this.collector.unfreeze(this.refArrays)
    this.heap.exports.unfreeze()
  }

  // What must hold.

  /** Compares everything that is cheap, and one block's contents; called after each step. */
  check(decayed = false): void {
    const { heap, blocks, raws } = this
    const { exports, memory } = heap
    this.operations++
    this.#idle &&= decayed
    heap.discarded.length = 0
    heap.advised.length = 0
    if (this.operations % this.#checkEvery === 0) this.assertWhole()
    for (const { handle, references } of blocks) assert.equal(exports.references(handle), references)
    this.collector.check(heap, blocks)
    const { handles, requestedBytes, ...statistics } = readStatistics(exports, memory)
    assert.equal(handles, blocks.length)
    assert.equal(
      requestedBytes,
      blocks.reduce((sum, { bytes }) => sum + bytes, 0),
    )
    assert.ok(statistics.idlePages <= statistics.dirtyPages)
    assert.deepEqual(heap.damages, [])
    const one = this.operations % Math.max(blocks.length + raws.length, 1)
    const memoryOfOne = blocks[one] ?? raws[one - blocks.length]
    if (memoryOfOne) this.verify(memoryOfOne)
  }

  assertWhole(): void {
    const { exports } = this.heap
    const what = exports.heapCheck()
    if (what !== 0) assert.fail(brokenInvariant(what, exports.heapBrokenAt()))
  }

  /** Frees everything, in an order drawn by `random` from [0, 1): the heap is one clean run again. */
  finish(random: () => number): void {
    const { heap } = this
    for (const memory of [...this.raws, ...this.blocks]) this.verify(memory)
    this.unfreeze()
    for (let held = this.held; this.raws.length + held.length > 0; held = this.held) {
      const index = Math.floor(random() * (this.raws.length + held.length))
      if (index < this.raws.length) this.free(index, random() < 0.5)
      else this.release(held[index - this.raws.length] as Block, random() < 0.5)
      this.check()
    }
    this.collect(2, random() < 0.5)
    assert.equal(this.blocks.length, 0)
    heap.answer = 'given back'
    heap.discarded.length = 0
    this.trim(0)
    this.check()
    this.assertWhole()
    const length = heapPages(heap)
    assert.deepEqual(runs(heap), length ? [{ page: heap.exports.heapBegin(), length, kind: 'clean' }] : [])
    const { usedPages, dirtyPages, pools, allocations, releases } = readStatistics(heap.exports, heap.memory)
    assert.deepEqual([usedPages, dirtyPages, pools], [0, 0, 0])
    assert.equal(allocations, releases)
  }
}
