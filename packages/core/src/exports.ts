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
  /** Gives back what nobody uses, but for so many dirty pages; bytes. */
  trim(retainedPages: number): number
  /** Gives back what lay idle since the last call, but for so many pages. Returns the pages still dirty. */
  decay(retainedPages: number): number
  /** Debug build: the so-manieth malloc from now on returns 0; 0 takes that back. */
  failMalloc(calls: number): void
  /** Layer 3: a handle with one reference, or 0 when nothing fits. */
  allocate(bytes: number, tag: number, zeroed: number): number
  retain(handle: number): number
  /** Returns the bytes freed; 0 while other references remain. */
  release(handle: number, giveBack: number): number
  references(handle: number): number
  addressOfBlock(handle: number): number
  bytesOfBlock(handle: number): number
  /** The dtype's code, or TAG_VIEW or TAG_REFERENCES. */
  tagOfBlock(handle: number): number
  /** RefArrays: a handle, or 0 when it does not fit. */
  allocateReferences(length: number): number
  getReference(handle: number, index: number): number
  /** The element gains a reference, what was there loses one. Returns the bytes freed by that. */
  setReference(handle: number, index: number, value: number): number
  /** The collector: returns how many RefArrays were unreachable. */
  collect(generation: number, giveBack: number): number
  isEnabled(): number
  setEnabled(on: number): void
  freeze(): void
  unfreeze(): void
  generationFigures(generation: number): number
  trackedIn(generation: number): number
  /** 0, or the number of the first invariant that does not hold; see `brokenInvariant`. */
  heapCheck(): number
  heapBrokenAt(): number
  heapBegin(): number
  heapEnd(): number
  heapHighWater(): number
  heapStatistics(): number
  pageDescriptor(page: number): number
  longestClean(): number
  longestDirty(): number
  classSize(index: number): number
  classCapacity(index: number): number
  /** Kernels; their operands are in the descriptor. */
  operands(): number
  scalarSlots(): number
  /** Elementwise: out = op(a), op(a, b), min(max(a, low), high), mask ? x : y (assembly/kernels/unary.ts, …). */
  unary(op: number, dtype: number): void
  binary(op: number, dtype: number): void
  clip(dtype: number): void
  where(dtype: number): void
  compare(relation: number, negated: number, dtype: number): void
  choose(test: number, dtype: number): void
  /** Comparisons with two values in one pass; operands: out, in, high, low, or in, low, high (kernels/bands.ts). */
  inRange(dtype: number): void
  countAbove(dtype: number, orEqual: number): void
  /** Spreads marks through regions; see assembly/kernels/hysteresis.ts. */
  growRegions(
    address: number,
    axes: number,
    rows: number,
    room: number,
    count: number,
    stackBytes: number,
  ): void
  /** Local means; operands: a slab, in, in, out; see assembly/kernels/windows.ts. */
  windows(
    dtype: number,
    outDType: number,
    table: number,
    ndim: number,
    input: number,
    inputStep: number,
    out: number,
    outStep: number,
    room: number,
    slabLength: number,
    border: number,
    constant: number,
    finish: number,
    p: number,
    q: number,
  ): void
  /** Bytes against means around them; see assembly/kernels/adaptive.ts. */
  adaptive(
    image: number,
    imageRow: number,
    imageColumn: number,
    out: number,
    outRow: number,
    outColumn: number,
    rows: number,
    rowLength: number,
    block: number,
    weights: number,
    room: number,
    delta: number,
    yes: number,
    no: number,
  ): void
  /** Medians of windows; operands: out, in; see assembly/kernels/medians.ts. */
  medians(dtype: number, offsets: number, count: number, room: number): void
  assign(to: number, from: number): void
  put(dtype: number): void
  /** Indexing by arrays: an index array to offsets in bytes; 1 when an index lies outside its axis. */
  offsets(dtype: number, axisLength: number, axisStep: number, add: number): number
  /** Where the offsets of a short index go; 0 for a longer one. */
  offsetScratch(count: number): number
  gather(bytes: number): void
  scatter(bytes: number): void
  /** The same, of rows of contiguous elements. */
  gatherRows(bytes: number): void
  scatterRows(bytes: number): void
  /** Indexing by masks. */
  countMask(): number
  compress(bytes: number, out: number, outStep: number, count: number): void
  locate(bytes: number, out: number, outStep: number, count: number): void
  range(dtype: number): void
  /** Elements of `bytes` bytes, one behind the other from address `out` on, each as often as its count says. */
  repeat(out: number, bytes: number): void
  /** Operands: in, out; see assembly/kernels/reduce.ts. */
  reduce(
    reduction: number,
    dtype: number,
    outDType: number,
    finish: number,
    divisor: number,
    skipsNaN: number,
    tileMemory: number,
    tileLength: number,
  ): void
  /** Operands: out, a, b; see assembly/kernels/combine.ts. */
  combine(combination: number, dtype: number): void
  /** Operand: in; see assembly/kernels/histogram.ts. */
  histogram(dtype: number, counts: number, edges: number, bins: number, equal: number): void
  /** Operands: in, weights; see assembly/kernels/histogram.ts. */
  bincount(dtype: number, counts: number, weighted: number): void
  /** Grey levels; operand: in. Least and greatest finite element in slots 0 and 1 (kernels/greylevels.ts). */
  extent(dtype: number): number
  countLevels(dtype: number, low: bigint, tables: number, step: number): void
  countBins(dtype: number, edges: number, bins: number, perUnit: number, tables: number, step: number): void
  /** The address of four f64: sum and number above a threshold, and not above. */
  partSums(dtype: number, low: number, threshold: number): number
  /** How many of the free slots are left; -1 when there are too few. */
  countDistinct(bytes: number, table: number, slots: number, free: number, low: bigint, span: bigint): number
  /** See assembly/kernels/select-nth.ts. */
  selectNth(dtype: number, address: number, length: number, from: number, k: number): void
  /** Moves NaN behind the numbers; how many those are. */
  numbersFirst(dtype: number, address: number, length: number): number
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
  /** The same by masked rejection. */
  randomMaskedIntegers(
    bitGenerator: number,
    dtype: number,
    out: number,
    count: number,
    low: bigint,
    range: bigint,
  ): void
  /** Operands: out (contiguous), lowest and highest integers of 64 bits. */
  randomBetween(bitGenerator: number, dtype: number, bytes: number, masked: number): void
  /** Operand: where lines begin; see assembly/kernels/random-shuffle.ts. */
  shuffle(
    bitGenerator: number,
    drawing: number,
    length: number,
    first: number,
    itemStep: number,
    bytes: number,
  ): void
  drawPicks(bitGenerator: number, length: number, out: number): void
  shuffleAlike(drawn: number, length: number, itemStep: number, bytes: number): void
  /** `count` different int64 below `population` at `out`; see assembly/kernels/random-floyd.ts. */
  floyd(
    bitGenerator: number,
    out: number,
    count: number,
    population: bigint,
    room: number,
    slots: number,
  ): void
  /** `count` floats from 0 below 1 at `out`. */
  randomUniform(bitGenerator: number, dtype: number, out: number, count: number): void
  /**
   * `count` draws of a distribution at `out`, in elements of `bytes` bytes. Its parameters are read at addresses
   * that move on by steps in bytes.
   */
  randomDistribution(
    bitGenerator: number,
    distribution: number,
    bytes: number,
    out: number,
    count: number,
    a: number,
    aStep: number,
    b: number,
    bStep: number,
    c: number,
    cStep: number,
  ): void
  /** Indices of the extrema of lines of `count` elements; steps in bytes. */
  argExtremum(largest: number, dtype: number, count: number, step: number): void
  /** The index in C order; operand 0 stands for the indices. */
  argExtremumOfAll(largest: number, dtype: number): number
  /** Where values belong in `count` sorted elements; `sorter` is the address of int64 indices, or 0. */
  searchSorted(
    dtype: number,
    right: number,
    sorted: number,
    count: number,
    step: number,
    sorter: number,
  ): void
  /** Moves the distinct ones of sorted elements to the front; how many there are. */
  compact(dtype: number, elements: number, count: number): number
  /** Numbers the groups of equal elements; how many there are. */
  group(
    dtype: number,
    elements: number,
    order: number,
    count: number,
    groupOf: number,
    starts: number,
  ): number
  /** The first index and the size of each of `count` groups. */
  groupFigures(
    order: number,
    starts: number,
    count: number,
    elements: number,
    indices: number,
    counts: number,
  ): void
  /** values[i] = elements[indices[i]]. */
  takeFirst(bytes: number, values: number, elements: number, indices: number, count: number): void
  /** Inner products along lines of `count` elements; steps in bytes. */
  dot(dtype: number, count: number, stepA: number, stepB: number): void
  /** Products of matrices, `rows` × `depth` with `depth` × `columns`; steps in bytes, from row to row and column to column. */
  matmul(
    dtype: number,
    rows: number,
    columns: number,
    depth: number,
    outRow: number,
    outColumn: number,
    aRow: number,
    aColumn: number,
    bRow: number,
    bColumn: number,
    room: number,
  ): void
  /** Bytes of room that `matmul` needs. */
  matmulRoom(dtype: number, rows: number, columns: number, depth: number): number
  /** Lines of `count` elements, `room` for twice as many, or as many when `roomInOut`; steps in bytes. */
  sort(
    dtype: number,
    descending: number,
    count: number,
    stepOut: number,
    stepFrom: number,
    room: number,
    roomInOut: number,
  ): void
  /** The same, but always with room for twice as many records: of 16 bytes for dtypes of 8, else of 8. */
  argsort(
    dtype: number,
    descending: number,
    count: number,
    stepOut: number,
    stepFrom: number,
    room: number,
  ): void
  sizeOf(dtype: number): number
  /** Reverses the bytes of each element of 2, 4 or 8 bytes, in place. */
  swapBytes(start: number, end: number, bytes: number): void
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
  requestedBytes: number
  quarantined: number
  idlePages: number
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
  'requestedBytes',
  'quarantined',
  'idlePages',
] as const
const COUNTERS = ['allocations', 'releases', 'discards', 'discardsFailed', 'discardedBytes'] as const

/** Reads the module's statistics as they are now. */
export function readStatistics(exports: CoreExports, memory: WebAssembly.Memory): HeapStatistics {
  const address = exports.heapStatistics() >>> 0
  const gauges = new Uint32Array(memory.buffer, address, GAUGES.length)
  // 64-bit fields begin at a multiple of 8.
  const counters = new Float64Array(memory.buffer, address + ((GAUGES.length + 1) >> 1) * 8, COUNTERS.length)
  const entries = [
    ...GAUGES.map((name, i) => [name, gauges[i]] as const),
    ...COUNTERS.map((name, i) => [name, counters[i]] as const),
  ]
  return Object.fromEntries(entries) as unknown as HeapStatistics
}

/** Tags of blocks that are no dtype's (assembly/memory/layout.ts). */
export const TAG_RAW = 0
export const TAG_VIEW = 13
export const TAG_REFERENCES = 14
export const TAG_HEADER = 15

/** A generation of the collector. */
export interface GenerationFigures {
  collections: number
  collected: number
  uncollectable: number
  threshold: number
  count: number
}

/** A generation's figures as they are now: assembly/memory/collector.ts. */
export function readGeneration(
  exports: CoreExports,
  memory: WebAssembly.Memory,
  generation: number,
): GenerationFigures {
  const view = new DataView(memory.buffer, exports.generationFigures(generation) >>> 0, 32)
  return {
    collections: view.getFloat64(0, true),
    collected: view.getFloat64(8, true),
    uncollectable: view.getFloat64(16, true),
    threshold: view.getUint32(24, true),
    count: view.getUint32(28, true),
  }
}

/** Sets the threshold above which a generation is due; 0 for generation 0 turns collections off. */
export function writeThreshold(
  exports: CoreExports,
  memory: WebAssembly.Memory,
  generation: number,
  threshold: number,
): void {
  new DataView(memory.buffer, exports.generationFigures(generation) >>> 0, 32).setUint32(24, threshold, true)
}
