/** Random traces: fast-check commands over the model, and the heaps that they run on. */
import fc from 'fast-check'
import type { Block } from './collectormodel.ts'
import { makeHeap, type TestHeap } from './harness.ts'
import { Model } from './model.ts'

/** A heap to run a trace on. */
export interface HeapPlan {
  /** Pages that runs may have. */
  pages: number
  /** Whether the memory begins with a few pages and grows. */
  growing: boolean
}

/** Pages of the module's own: static data and the page table. */
const OWN_PAGES = 34

export function makeModel({ pages, growing }: HeapPlan, debug: boolean, checkEvery = 1): Model {
  const maxPages = OWN_PAGES + pages
  const options = growing ? { debug, initialPages: OWN_PAGES + Math.ceil(pages / 8) } : { debug }
  return new Model(makeHeap(maxPages, options), debug, checkEvery)
}

export const heapPlans = (mostPages: number): fc.Arbitrary<HeapPlan> =>
  fc.record({ pages: fc.integer({ min: 1, max: mostPages }), growing: fc.boolean() })

type Command = fc.Command<Model, TestHeap>

/** A command: its arguments are drawn, what they mean depends on the model; false when they mean nothing. */
function command<Arguments extends unknown[]>(
  name: string,
  drawn: fc.Arbitrary<Arguments>,
  can: (model: Model) => boolean,
  act: (model: Model, ...args: Arguments) => void,
): fc.Arbitrary<Command> {
  return drawn.map(args => ({
    check: can,
    run(model) {
      act(model, ...args)
      model.check(name === 'decay')
    },
    toString: () => `${name}(${args.join(', ')})`,
  }))
}

const pick = fc.nat({ max: 2 ** 20 })
const giveBack = fc.boolean()
const dtypes = fc.constantFrom(1, 6, 11)
const generations = fc.integer({ min: 0, max: 2 })
const retained = fc.constantFrom(0, 0, 1, 8, 2 ** 32 - 1)

/** Sizes of every layer: tiny, around the classes' borders, around the threshold, many pages, too many. */
const sizes = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 250_000, max: 270_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 262_145, max: 1_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1_000_000, max: 8_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 ** 31 - 2, max: 2 ** 32 - 1 }) },
)

/** Lengths of RefArrays: few elements, a page of them, and more than a pool's block holds. */
const lengths = fc.oneof(
  { weight: 20, arbitrary: fc.nat(4) },
  { weight: 8, arbitrary: fc.nat(40) },
  { weight: 2, arbitrary: fc.nat(5000) },
  { weight: 1, arbitrary: fc.integer({ min: 65_536, max: 70_000 }) },
)

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
const always = () => true
const holds = (model: Model) => model.held.length > 0
const isData = ({ elements }: Block) => !elements
const hasElements = ({ elements }: Block) => (elements?.length ?? 0) > 0

/** Every call that the module's allocator has, each with its weight. */
const weighted: [number, fc.Arbitrary<Command>][] = [
  [10, command('malloc', fc.tuple(sizes), always, (model, bytes) => model.malloc(bytes))],
  [
    8,
    command(
      'free',
      fc.tuple(pick, giveBack),
      model => model.raws.length > 0,
      (model, index, back) => model.free(index % model.raws.length, back),
    ),
  ],
  [3, command('write', fc.tuple(pick), always, (model, index) => model.write(index))],
  [
    10,
    command('allocate', fc.tuple(sizes, dtypes, fc.boolean()), always, (model, bytes, tag, zeroed) =>
      model.allocate(bytes, tag, zeroed),
    ),
  ],
  [4, command('retain', fc.tuple(pick), holds, (model, index) => model.retain(at(model.held, index)))],
  [
    16,
    command('release', fc.tuple(pick, giveBack), holds, (model, index, back) =>
      model.release(at(model.held, index), back),
    ),
  ],
  [
    8,
    command('allocateReferences', fc.tuple(lengths), always, (model, length) =>
      model.allocateReferences(length),
    ),
  ],
  [
    20,
    command(
      'setReference',
      fc.tuple(pick, pick, pick),
      model => model.blocks.some(hasElements),
      (model, from, index, to) => {
        const list = at(model.blocks.filter(hasElements), from)
        // One choice in several is to empty the element.
        const value = model.blocks[to % (model.blocks.length + 3)]
        model.setReference(list, index % (list.elements?.length ?? 1), value)
      },
    ),
  ],
  [
    4,
    command(
      'view',
      fc.tuple(pick, fc.integer({ min: 4, max: 80 })),
      model => model.blocks.some(isData),
      (model, base, bytes) => model.view(at(model.blocks.filter(isData), base), bytes),
    ),
  ],
  [
    3,
    command('collect', fc.tuple(generations, giveBack), always, (model, generation, back) =>
      model.collect(generation, back),
    ),
  ],
  [1, command('setEnabled', fc.tuple(fc.boolean()), always, (model, on) => model.setEnabled(on))],
  [
    2,
    command(
      'setThreshold',
      fc.tuple(generations, fc.constantFrom(0, 1, 2, 5)),
      always,
      (model, generation, threshold) => model.collector.setThreshold(model.heap, generation, threshold),
    ),
  ],
  [1, command('freeze', fc.tuple(), always, model => model.freeze())],
  [1, command('unfreeze', fc.tuple(), always, model => model.unfreeze())],
  [2, command('trim', fc.tuple(retained), always, (model, pages) => model.trim(pages))],
  [3, command('decay', fc.tuple(retained), always, (model, pages) => model.decay(pages))],
  [
    2,
    command(
      'answer',
      fc.tuple(fc.constantFrom('given back', 'given back', 'refused', 'throws')),
      always,
      (model, answer) => model.answer(answer),
    ),
  ],
]

/** Exists in the debug build only. */
const failing = command(
  'failAllocate',
  fc.tuple(sizes, fc.constantFrom(1, 2)),
  always,
  (model, bytes, calls) => model.failAllocate(Math.min(bytes, 2 ** 31), calls),
)

/** Traces of up to `most` commands. */
export function traces(debug: boolean, most: number): fc.Arbitrary<Iterable<Command>> {
  const all = debug ? [...weighted, [2, failing] as const] : weighted
  const one = fc.oneof(...all.map(([weight, arbitrary]) => ({ weight, arbitrary })))
  return fc.commands([one], { maxCommands: most, size: 'max' })
}

/** Numbers from [0, 1) that follow from a seed. */
function sequence(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** What one run of a trace needs besides its commands. */
export interface TraceOptions {
  debug: boolean
  mostPages: number
  mostCommands: number
  /** Operations from one walk of the whole heap to the next; default 1. */
  checkEvery?: number
  /** Told after each trace how many operations it was. */
  onOperations: (count: number) => void
}

/**
 * After every step of a random trace the heap is as the model says; and when everything is freed, in any
 * order, it is one clean run.
 */
export function traceProperty(options: TraceOptions) {
  const { debug, mostPages, mostCommands, checkEvery, onOperations } = options
  return fc.property(
    heapPlans(mostPages),
    traces(debug, mostCommands),
    fc.noBias(fc.nat()),
    (plan, trace, order) => {
      const model = makeModel(plan, debug, checkEvery)
      fc.modelRun(() => ({ model, real: model.heap }), trace)
      model.finish(sequence(order))
      onOperations(model.operations)
    },
  )
}
