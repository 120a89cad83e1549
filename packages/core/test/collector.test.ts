import fc from 'fast-check'
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
})

/** A RefArray or a leaf, as the model knows it. */
interface Node {
  handle: number
  /** References that the test itself holds. */
  held: number
  /** Elements; undefined for a leaf. */
  elements: (Node | undefined)[] | undefined
  generation: number
}

type Step =
  | { kind: 'refs'; length: number }
  | { kind: 'leaf'; bytes: number }
  | { kind: 'link'; from: number; index: number; to: number }
  | { kind: 'drop'; pick: number }
  | { kind: 'collect'; generation: number }

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('refs' as const), length: fc.integer({ min: 0, max: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('leaf' as const), bytes: fc.constantFrom(8, 5000, 300_000) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('link' as const),
      from: fc.nat(),
      index: fc.nat(),
      to: fc.nat(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('drop' as const), pick: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('collect' as const),
      generation: fc.integer({ min: 0, max: 2 }),
    }),
  },
)

/** The collector beside a graph of plain objects. */
class Graph {
  readonly heap = quiet(400)
  nodes: Node[] = []

  run(step: Step): void {
    const { exports } = this.heap
    switch (step.kind) {
      case 'refs':
        this.#add(refs(this.heap, step.length), new Array<undefined>(step.length).fill(undefined))
        break
      case 'leaf':
        this.#add(exports.allocate(step.bytes, INT32, 0) >>> 0, undefined)
        break
      case 'link':
        this.#link(step.from, step.index, step.to)
        break
      case 'drop':
        this.#drop(step.pick)
        break
      case 'collect':
        expect(exports.collect(step.generation, 1)).toBe(this.#collect(step.generation))
    }
    this.#sweep()
    expect(exports.heapCheck()).toBe(0)
    expect(live(this.heap)).toBe(this.nodes.length)
    for (const node of this.nodes) expect(exports.references(node.handle)).toBe(this.#count(node))
  }

  #add(handle: number, elements: Node['elements']): void {
    if (handle) this.nodes.push({ handle, held: 1, elements, generation: 0 })
  }

  #link(from: number, index: number, to: number): void {
    const lists = this.nodes.filter(node => node.elements?.length)
    const list = lists[from % Math.max(lists.length, 1)]
    if (!list?.elements) return
    // One choice in several is to empty the element.
    const target = this.nodes[to % (this.nodes.length + 3)]
    const at = index % list.elements.length
    list.elements[at] = target
    this.heap.exports.setReference(list.handle, at, target?.handle ?? 0)
  }

  #drop(pick: number): void {
    const roots = this.nodes.filter(node => node.held > 0)
    const node = roots[pick % Math.max(roots.length, 1)]
    if (!node) return
    node.held--
    this.heap.exports.release(node.handle, 1)
  }

  #count(node: Node): number {
    return this.nodes.reduce(
      (sum, other) => sum + (other.elements?.filter(e => e === node).length ?? 0),
      node.held,
    )
  }

  /** What dies by its count alone. */
  #sweep(): void {
    for (let dead = true; dead; ) {
      const before = this.nodes.length
      this.nodes = this.nodes.filter(node => this.#count(node) > 0)
      dead = this.nodes.length < before
    }
  }

  /** What a collection of a generation must find. */
  #collect(generation: number): number {
    const young = new Set(this.nodes.filter(node => node.elements && node.generation <= generation))
    const reached = new Set<Node>()
    const visit = (node: Node | undefined): void => {
      if (!node || !young.has(node) || reached.has(node)) return
      reached.add(node)
      for (const element of node.elements ?? []) visit(element)
    }
    for (const node of this.nodes) {
      if (young.has(node) && node.held > 0) visit(node)
      if (!young.has(node)) for (const element of node.elements ?? []) visit(element)
    }
    const garbage = [...young].filter(node => !reached.has(node))
    for (const node of garbage) node.elements?.fill(undefined)
    for (const node of reached) node.generation = Math.min(generation + 1, 2)
    return garbage.length
  }
}

describe('the collector against its model', () => {
  it('frees exactly what the model says, after every step of a random trace', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 120, size: 'max' }), trace => {
        const graph = new Graph()
        for (const step of trace) graph.run(step)
      }),
      { numRuns: 150 },
    )
  })
})
