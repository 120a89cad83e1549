import assert from 'node:assert/strict'
import { type Block, CollectorModel } from './collectormodel.ts'
import type { TestHeap } from './harness.ts'

/** Bytes of a header, and of the debug heap's guards. */
const HEADER_BYTES = 32
const GUARD_BYTES = 16
/** Bytes above which a block is a run of its own. */
export const LARGE_THRESHOLD = 256 * 1024

/** A block without a header. */
export interface Raw {
  readonly address: number
  readonly bytes: number
  /** Value of every byte. */
  fill: number
}

/** What is alive in a heap, and whom it belongs to, in plain TypeScript. */
export class ModelBlocks {
  readonly heap: TestHeap
  /** Blocks without a header, and those with one. */
  readonly raws: Raw[] = []
  readonly blocks: Block[] = []
  readonly collector: CollectorModel
  protected readonly debug: boolean
  #fills = 0

  constructor(heap: TestHeap, debug: boolean) {
    this.heap = heap
    this.debug = debug
    this.collector = new CollectorModel(heap)
  }

  /** The blocks that the trace holds itself: those it may release. */
  get held(): Block[] {
    return this.blocks.filter(block => block.held > 0)
  }

  get refArrays(): Block[] {
    return this.blocks.filter(block => block.elements)
  }

  /** Nobody but its owner wrote into the memory. */
  verify(memory: Raw | Block): void {
    const bytes = this.bytesOf(memory)
    if ('handle' in memory) this.#verifyBlock(memory, bytes)
    else assertFilled(bytes, memory.fill, 'a raw block')
  }

  #verifyBlock(memory: Block, bytes: Uint8Array): void {
    const { exports } = this.heap
    const { handle, elements, base } = memory
    assert.equal(exports.addressOfBlock(handle) >>> 0, memory.address)
    assert.equal(exports.bytesOfBlock(handle) >>> 0, memory.bytes)
    assert.equal(exports.tagOfBlock(handle), memory.tag)
    if (elements) {
      for (let i = 0; i < elements.length; i++) {
        assert.equal(exports.getReference(handle, i) >>> 0, elements[i]?.handle ?? 0)
      }
    } else if (base) {
      assert.equal(new Uint32Array(this.heap.memory.buffer, memory.address, 1)[0], base.handle)
      assertFilled(bytes.subarray(4), memory.fill, 'a view')
    } else {
      assertFilled(bytes, memory.fill, 'a block')
    }
  }

  protected guarded(bytes: number): number {
    return bytes + (this.debug ? 2 * GUARD_BYTES : 0)
  }

  protected bytesOf({ address, bytes }: Raw | Block): Uint8Array {
    return this.heap.bytes(address, bytes)
  }

  protected fill<T extends Raw | Block>(memory: T): T {
    this.#fills = (this.#fills % 255) + 1
    memory.fill = this.#fills
    this.bytesOf(memory).fill(this.#fills)
    return memory
  }

  protected adopt(handle: number, facts: Pick<Block, 'tag' | 'bytes'> & Partial<Block>): Block {
    const address = this.heap.exports.addressOfBlock(handle) >>> 0
    const guard = this.debug ? GUARD_BYTES : 0
    this.assertApart(handle, HEADER_BYTES)
    this.assertApart(address - guard, facts.bytes + 2 * guard)
    const unset = { elements: undefined, base: undefined }
    const block: Block = {
      handle,
      address,
      fill: 0,
      held: 1,
      references: 1,
      generation: 0,
      ...unset,
      ...facts,
    }
    this.blocks.push(block)
    return block
  }

  /** A new block is aligned and overlaps no other, nor a header. */
  protected assertApart(address: number, bytes: number): void {
    assert.equal(address % 8, 0)
    const end = address + bytes
    const apart = (other: number, size: number) => end <= other || other + size <= address
    for (const { address: other, bytes: size } of this.raws) assert.ok(apart(other, size))
    for (const { address: other, bytes: size, handle } of this.blocks) {
      assert.ok(
        apart(other, size) && apart(handle, HEADER_BYTES),
        `${bytes} at ${address}, ${size} at ${other}`,
      )
    }
  }

  /** The pages of a large block went to the operating system before the call returned. */
  protected assertGivenBack({ address, bytes }: Raw | Block): void {
    if (bytes <= LARGE_THRESHOLD) return
    const asked = this.heap.discarded.some(
      ({ byteOffset, byteLength }) => byteOffset <= address && address + bytes <= byteOffset + byteLength,
    )
    assert.ok(asked, `${bytes} bytes at ${address} were not given back`)
  }

  /** Drops a reference. Returns the bytes of all that dies by that. */
  protected drop(block: Block): number {
    let freed = 0
    for (const dying: (Block | undefined)[] = [block]; dying.length > 0; ) {
      const dead = dying.pop()
      if (!dead || --dead.references > 0) continue
      freed += dead.bytes
      this.blocks.splice(this.blocks.indexOf(dead), 1)
      if (dead.elements) this.collector.died()
      dying.push(...(dead.elements ?? []), dead.base)
    }
    return freed
  }

  /** Empties RefArrays that only refer to each other: all of them die. */
  protected clear(garbage: readonly Block[]): void {
    const dropped = garbage.flatMap(({ elements }) => elements?.splice(0) ?? [])
    for (const element of dropped) if (element) this.drop(element)
  }
}

/** Every byte has the value: it is equal to its neighbour, all along. */
export function assertFilled(bytes: Uint8Array, value: number, what: string): void {
  if (bytes.length === 0) return
  const same = bytes[0] === value && Buffer.compare(bytes.subarray(1), bytes.subarray(0, -1)) === 0
  if (!same) assert.fail(`${what}: byte ${bytes.findIndex(byte => byte !== value)} was overwritten`)
}
