/**
 * What the module exports (assembly/index.ts). Addresses and handles are unsigned 32-bit numbers that
 * arrive signed: `>>> 0` before use. Booleans are passed as numbers, 0 or 1.
 */
export interface CoreExports {
  /** Prepares the heap; once. Returns its pages. */
  initHeap(maxPages: number): number
  /** Layers 1 and 2: an address, or 0 when nothing fits. */
  malloc(bytes: number, tag: number): number
  /** Returns the bytes the block could hold. */
  free(block: number, giveBack: number): number
  usableSize(block: number): number
  /** Gives back what nobody uses; bytes. */
  trim(): number
  /** Layer 3: a handle with one reference, or 0 when nothing fits. */
  allocate(bytes: number, tag: number, zeroed: number): number
  retain(handle: number): number
  /** Returns the bytes freed; 0 while other references remain. */
  release(handle: number, giveBack: number): number
  references(handle: number): number
  addressOfBlock(handle: number): number
  /** 0, or the number of the first invariant that does not hold; see `brokenInvariant`. */
  heapCheck(): number
  heapBrokenAt(): number
  heapBegin(): number
  heapEnd(): number
  heapStatistics(): number
  pageDescriptor(page: number): number
  longestClean(): number
  longestDirty(): number
  classSize(index: number): number
  classCapacity(index: number): number
  /** Kernels; their operands are in the descriptor. */
  operands(): number
  scalarSlots(): number
  compare(relation: number, negated: number, dtype: number): void
  choose(test: number, dtype: number): void
  assign(to: number, from: number): void
  put(dtype: number): void
  range(dtype: number): void
  reduce(reduction: number, dtype: number): void
  /** Where the state of the bit generator goes before a draw, and comes from behind it. */
  randomState(): number
  /** `count` integers from `low` to `low + range` at `out`. */
  randomIntegers(
    bitGenerator: number,
    dtype: number,
    out: number,
    count: number,
    low: bigint,
    range: bigint,
  ): void
  sizeOf(dtype: number): number
}

/** Pages that are used, dirty and clean; blocks; and events since the heap was made. */
export interface HeapStatistics {
  usedPages: number
  dirtyPages: number
  cleanPages: number
  largeBlocks: number
  largeBytes: number
  pools: number
  emptyPages: number
  handles: number
  allocations: number
  releases: number
  discards: number
  discardsFailed: number
  discardedBytes: number
}

/** The fields of assembly/memory/statistics.ts in their order. */
const GAUGES = [
  'usedPages',
  'dirtyPages',
  'cleanPages',
  'largeBlocks',
  'largeBytes',
  'pools',
  'emptyPages',
  'handles',
] as const
const COUNTERS = ['allocations', 'releases', 'discards', 'discardsFailed', 'discardedBytes'] as const

/** Reads the module's statistics as they are now. */
export function readStatistics(exports: CoreExports, memory: WebAssembly.Memory): HeapStatistics {
  const address = exports.heapStatistics() >>> 0
  const gauges = new Uint32Array(memory.buffer, address, GAUGES.length)
  const counters = new Float64Array(memory.buffer, address + GAUGES.length * 4, COUNTERS.length)
  const entries = [
    ...GAUGES.map((name, i) => [name, gauges[i]] as const),
    ...COUNTERS.map((name, i) => [name, counters[i]] as const),
  ]
  return Object.fromEntries(entries) as unknown as HeapStatistics
}
