import assert from 'node:assert/strict'
import { readGeneration, writeThreshold } from '../src/index.ts'
import type { TestHeap } from './harness.ts'

/** A block with a handle, as the model knows it. */
export interface Block {
  readonly handle: number
  readonly tag: number
  readonly address: number
  readonly bytes: number
  /** Value of every byte; of a view's, behind its first word. RefArrays have elements instead. */
  fill: number
  /** References that the trace itself holds. */
  held: number
  /** All references: `held`, and those of elements and views. */
  references: number
  /** Of a RefArray. */
  readonly elements: (Block | undefined)[] | undefined
  /** Of a view. */
  readonly base: Block | undefined
  /** Of a RefArray; 3 is the permanent one. */
  generation: number
}

const PERMANENT = 3

interface Figures {
  collections: number
  collected: number
  threshold: number
  count: number
}

/** What CPython's rules make of the RefArrays of a trace: which collections run, and what each finds. */
export class CollectorModel {
  enabled = true
  readonly #figures: Figures[]
  /** Survivors of the last collection of generation 2, and what came to it since. */
  #longLivedTotal = 0
  #longLivedPending = 0
  /** What the host must have been told since the last look. */
  readonly #told: string[] = []

  constructor(heap: TestHeap) {
    this.#figures = [0, 1, 2].map(generation => {
      const { threshold } = readGeneration(heap.exports, heap.memory, generation)
      return { collections: 0, collected: 0, threshold, count: 0 }
    })
  }

  #generation(index: number): Figures {
    return this.#figures[index] as Figures
  }

  setThreshold(heap: TestHeap, generation: number, threshold: number): void {
    writeThreshold(heap.exports, heap.memory, generation, threshold)
    this.#generation(generation).threshold = threshold
  }

  /** A RefArray was made. */
  born(): void {
    this.#generation(0).count++
  }

  /** A RefArray died. */
  died(): void {
    const youngest = this.#generation(0)
    if (youngest.count > 0) youngest.count--
  }

  /** The generation that is collected before a RefArray is made; -1 for none. */
  due(): number {
    if (!this.enabled || this.#generation(0).threshold === 0) return -1
    return this.#figures.findLastIndex(
      ({ count, threshold }, index) =>
        count > threshold && (index < 2 || this.#longLivedPending >= Math.floor(this.#longLivedTotal / 4)),
    )
  }

  /** Collects a generation: moves the survivors up, and returns what is unreachable. */
  collect(generation: number, blocks: readonly Block[]): Block[] {
    if (generation < 2) this.#generation(generation + 1).count++
    for (let younger = 0; younger <= generation; younger++) this.#generation(younger).count = 0
    const young = new Set(blocks.filter(block => block.elements && block.generation <= generation))
    const reached = reachable(young, blocks)
    for (const block of reached) block.generation = Math.min(generation + 1, 2)
    if (generation === 1) this.#longLivedPending += reached.size
    if (generation === 2) {
      this.#longLivedPending = 0
      this.#longLivedTotal = reached.size
    }
    const garbage = [...young].filter(block => !reached.has(block))
    this.#generation(generation).collections++
    this.#generation(generation).collected += garbage.length
    this.#told.push(`start ${generation} 0`, `stop ${generation} ${garbage.length}`)
    return garbage
  }

  freeze(blocks: readonly Block[]): void {
    for (const block of blocks) block.generation = PERMANENT
    for (const figures of this.#figures) figures.count = 0
  }

  unfreeze(blocks: readonly Block[]): void {
    for (const block of blocks) if (block.generation === PERMANENT) block.generation = 2
  }

  /** The module has the same figures and generations, and told its host of the same collections. */
  check(heap: TestHeap, blocks: readonly Block[]): void {
    const { exports, memory, collections } = heap
    const sizes = [0, 0, 0, 0]
    for (const { elements, generation } of blocks)
      if (elements) sizes[generation] = (sizes[generation] ?? 0) + 1
    for (let index = 0; index <= PERMANENT; index++) {
      assert.equal(exports.trackedIn(index), sizes[index], `RefArrays in generation ${index}`)
    }
    for (let index = 0; index < this.#figures.length; index++) {
      const figures = readGeneration(exports, memory, index)
      assert.deepEqual(figures, { ...this.#figures[index], uncollectable: 0 }, `generation ${index}`)
    }
    assert.equal(exports.isEnabled(), Number(this.enabled))
    assert.deepEqual(collections, this.#told)
    collections.length = 0
    this.#told.length = 0
  }
}

/** Those of a generation that the trace holds, or that something outside of the generation refers to, however far. */
function reachable(young: ReadonlySet<Block>, blocks: readonly Block[]): Set<Block> {
  const reached = new Set<Block>()
  const pending: (Block | undefined)[] = []
  for (const block of blocks) {
    if (!young.has(block)) pending.push(...(block.elements ?? []))
    else if (block.held > 0) pending.push(block)
  }
  while (pending.length > 0) {
    const block = pending.pop()
    if (!block || !young.has(block) || reached.has(block)) continue
    reached.add(block)
    pending.push(...(block.elements ?? []))
  }
  return reached
}
