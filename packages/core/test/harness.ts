import { type Core, type Damage, instantiate, PAGE_BYTES, reserveMemory } from '../src/index.ts'

/** How the host answers when the heap gives pages back. */
export type DiscardAnswer = 'given back' | 'refused' | 'throws'

/** A heap for tests, with a host that discards as the operating system would: by zeros. */
export interface TestHeap extends Core {
  /** Pages that it may have at most, the module's own among them. */
  readonly maxPages: number
  /** What the host answers from now on. */
  answer: DiscardAnswer
  /** Ranges that the host was asked to discard, in bytes. */
  readonly discarded: { byteOffset: number; byteLength: number }[]
  readonly advised: { byteOffset: number; byteLength: number }[]
  /** How often the heap said that free memory stays resident. */
  dirtied: number
  /** What the collector said: phase, generation, found. */
  readonly collections: string[]
  /** What the debug heap found. */
  readonly damages: { damage: Damage; handle: number; address: number }[]
  bytes(address: number, length: number): Uint8Array
}

/** Makes a heap of at most `maxPages` pages, the module's own among them. */
export function makeHeap(maxPages = 256, options: { debug?: boolean; initialPages?: number } = {}): TestHeap {
  const discarded: TestHeap['discarded'] = []
  const advised: TestHeap['advised'] = []
  const collections: string[] = []
  const damages: TestHeap['damages'] = []
  const reservation = reserveMemory(maxPages)
  const { memory } =
    options.initialPages === undefined
      ? reservation
      : { memory: new WebAssembly.Memory({ initial: options.initialPages, maximum: maxPages }) }
  const core = instantiate({
    maxPages,
    debug: options.debug ?? true,
    reservation: { ...reservation, memory },
    host: {
      discard(byteOffset, byteLength) {
        discarded.push({ byteOffset, byteLength })
        if (heap.answer === 'refused') return false
        if (heap.answer === 'throws') throw new Error('the system call failed')
        heap.bytes(byteOffset, byteLength).fill(0)
        return true
      },
      advise: (byteOffset, byteLength) => advised.push({ byteOffset, byteLength }),
      dirtied: () => {
        heap.dirtied++
      },
      collecting: (phase, generation, found) => collections.push(`${phase} ${generation} ${found}`),
      damaged: (damage, handle, address) => damages.push({ damage, handle, address }),
    },
  })
  const heap: TestHeap = {
    ...core,
    maxPages,
    answer: 'given back',
    discarded,
    advised,
    dirtied: 0,
    collections,
    damages,
    bytes: (address, length) => new Uint8Array(memory.buffer, address, length),
  }
  return heap
}

/** Pages that runs can have in a heap. */
export function heapPages(heap: Core): number {
  return heap.exports.heapEnd() - heap.exports.heapBegin()
}

/** A run, read from the page table. */
export interface Run {
  page: number
  length: number
  kind: 'clean' | 'dirty' | 'large' | 'pool'
}

const KINDS = [undefined, 'clean', 'dirty', 'large', 'pool'] as const

/** The runs of a heap, from its first page to its last. */
export function runs(heap: Core): Run[] {
  const found: Run[] = []
  for (let page = heap.exports.heapBegin(); page < heap.exports.heapEnd(); ) {
    const view = new DataView(heap.memory.buffer, heap.exports.pageDescriptor(page) >>> 0, 32)
    const kind = KINDS[view.getUint8(0)]
    const length = view.getUint32(4, true)
    if (!kind || length === 0) throw new Error(`page ${page} begins no run`)
    found.push({ page, length, kind })
    page += length
  }
  return found
}

/** The map of a heap as one line: kind and length of each run. */
export function map(heap: Core): string {
  return runs(heap)
    .map(run => `${run.kind} ${run.length}`)
    .join(', ')
}

export { PAGE_BYTES }
