import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeHeap, type TestHeap } from './harness.ts'

/** What the model knows of a block: plain JavaScript, no allocator. */
interface Block {
  address: number
  bytes: number
  /** Every byte of the block has this value. */
  fill: number
  /** 0 for a block without a header. */
  handle: number
  references: number
}

/** Tags of the traces: raw, int32, float64. */
const TAGS = [0, 6, 11] as const

type Step =
  | { kind: 'malloc'; bytes: number; tag: number; zeroed: boolean }
  | { kind: 'free'; pick: number; giveBack: boolean }
  | { kind: 'retain'; pick: number }
  | { kind: 'trim' }
  | { kind: 'refuse'; refused: boolean }

/** Sizes of every layer: tiny, around the classes' borders, around the threshold, several pages. */
const sizes = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 40_000 }),
  fc.integer({ min: 250_000, max: 270_000 }),
  fc.integer({ min: 262_145, max: 3_000_000 }),
)

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('malloc' as const),
      bytes: sizes,
      tag: fc.constantFrom(...TAGS),
      zeroed: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('free' as const), pick: fc.nat(), giveBack: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retain' as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('trim' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refuse' as const), refused: fc.boolean() }) },
)

/** The heap beside its model. */
class Pair {
  readonly heap: TestHeap
  readonly blocks: Block[] = []
  #fills = 0

  constructor(debug: boolean) {
    this.heap = makeHeap(160, { debug })
  }

  run(step: Step): void {
    switch (step.kind) {
      case 'malloc':
        this.#malloc(step.bytes, step.tag, step.zeroed)
        break
      case 'free':
        this.#free(step.pick, step.giveBack)
        break
      case 'retain':
        this.#retain(step.pick)
        break
      case 'trim':
        this.heap.exports.trim(0)
        break
      case 'refuse':
        this.heap.answer = step.refused ? 'refused' : 'given back'
    }
  }

  #malloc(bytes: number, tag: number, zeroed: boolean): void {
    const { exports } = this.heap
    const handle = tag === 0 ? 0 : exports.allocate(bytes, tag, Number(zeroed)) >>> 0
    const address =
      tag === 0 ? exports.malloc(bytes, tag) >>> 0 : handle && exports.addressOfBlock(handle) >>> 0
    if (address === 0) return
    for (const other of this.blocks) {
      const apart = address + bytes <= other.address || other.address + other.bytes <= address
      expect(apart, `block of ${bytes} at ${address} overlaps ${other.bytes} at ${other.address}`).toBe(true)
    }
    expect(address % 8).toBe(0)
    const content = this.heap.bytes(address, bytes)
    if (handle && zeroed) expect(content.findIndex(byte => byte !== 0)).toBe(-1)
    this.#fills = (this.#fills % 255) + 1
    content.fill(this.#fills)
    this.blocks.push({ address, bytes, fill: this.#fills, handle, references: 1 })
  }

  #free(pick: number, giveBack: boolean): void {
    if (this.blocks.length === 0) return
    const index = pick % this.blocks.length
    const block = this.blocks[index] as Block
    this.verify(block)
    block.references--
    const { exports } = this.heap
    if (block.handle) {
      expect(exports.release(block.handle, Number(giveBack)) >>> 0).toBe(block.references ? 0 : block.bytes)
    } else {
      expect(exports.free(block.address, Number(giveBack)) >>> 0).toBeGreaterThanOrEqual(block.bytes)
    }
    if (block.references === 0) this.blocks.splice(index, 1)
  }

  #retain(pick: number): void {
    const block = this.blocks[pick % Math.max(this.blocks.length, 1)]
    if (!block?.handle) return
    block.references++
    expect(this.heap.exports.retain(block.handle)).toBe(block.references)
  }

  /** Nobody wrote into the block since it was filled. */
  verify(block: Block): void {
    const content = this.heap.bytes(block.address, block.bytes)
    const wrong = content.findIndex(byte => byte !== block.fill)
    expect(wrong, `block of ${block.bytes} at ${block.address} was overwritten`).toBe(-1)
  }
}

describe('the allocator against its model', () => {
  // The trace is the same for both builds; each step ends with a walk of the whole heap.
  it.each([
    { build: 'debug', debug: true },
    { build: 'release', debug: false },
  ])('holds every invariant after every step of a random trace ($build build)', ({ debug }) => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 150, size: 'max' }), trace => {
        const pair = new Pair(debug)
        for (const step of trace) {
          pair.run(step)
          expect(pair.heap.exports.heapCheck()).toBe(0)
        }
        for (const block of pair.blocks) pair.verify(block)
      }),
      { numRuns: 60 },
    )
  })

  it('is one clean run again after everything is freed in any order', () => {
    fc.assert(
      fc.property(
        fc.array(steps, { minLength: 1, maxLength: 150, size: 'max' }),
        fc.infiniteStream(fc.nat()),
        (trace, picks) => {
          const pair = new Pair(true)
          for (const step of trace) pair.run(step)
          while (pair.blocks.length > 0) {
            pair.run({ kind: 'free', pick: picks.next().value, giveBack: false })
          }
          pair.heap.answer = 'given back'
          const { exports } = pair.heap
          exports.trim(0)
          expect(exports.heapCheck()).toBe(0)
          expect(exports.longestClean()).toBe(exports.heapEnd() - exports.heapBegin())
        },
      ),
      { numRuns: 60 },
    )
  })
})
