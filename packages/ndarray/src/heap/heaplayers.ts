/** The layers of the memory pyramid in figures, and the account of every byte. */
import { type HeapStatistics as Counters, PAGE_BYTES, type Run } from '@ebb/core'
import { type BlockStates, type DTypeUsage, type HeapOwner, type PoolFigures, sumPools } from './heapwalk.ts'

/** Runs of pages by kind, as numbers of runs; a used run is a pool or a large block. */
export interface RunCounts {
  readonly used: number
  readonly dirty: number
  readonly clean: number
}

/** Layer 0, runs of pages, in bytes: allocated = used, released = dirty (still resident), free = clean. */
export interface Layer0 extends BlockStates {
  readonly runs: RunCounts
  readonly largestFree: number
  /** Ranges given back to the OS, those that the OS refused, and the bytes that went, since the heap was made. */
  readonly discards: number
  readonly discardsFailed: number
  readonly discardedBytes: number
}

/** Layer 1, blocks above the small-block threshold, a run each, in bytes: `allocated = asked + rounding`. */
export interface Layer1 extends BlockStates {
  readonly blocks: number
  /** What was asked for. In a debug heap the blocks' guards are among it. */
  readonly asked: number
  /** What whole pages add to that. */
  readonly rounding: number
  /** Always 0: a large block that is released goes back to layer 0 at once. */
  readonly released: 0
  readonly free: 0
}

/** Layer 2, blocks in pools: `allocated + released + free + lost` are the pools' pages. */
export interface Layer2 extends PoolFigures {
  readonly pools: number
  /** Bytes of the pools in which no block is allocated: kept for reuse until `trim`. */
  readonly kept: number
}

/** Layer 3, what arrays hold: the blocks of layers 1 and 2 that have a header. `allocated = asked + rounding`. */
export interface Layer3 extends BlockStates {
  /** Blocks that are alive. */
  readonly blocks: number
  /** Bytes that they were asked for. */
  readonly asked: number
  /**
   * What size classes and whole pages add to that, and in a debug heap also guards and the blocks in
   * quarantine.
   */
  readonly rounding: number
  /** Bytes of the blocks' headers; they are not part of `allocated`. */
  readonly headers: number
  /** Debug heap: dead blocks that wait in quarantine. Their pools count them as allocated. */
  readonly quarantined: number
  /** Always 0: what an array gives back is the affair of the layers below. */
  readonly released: 0
  readonly free: 0
}

/** Every byte of the heap in exactly one figure: they add up to `total`, and all but the last two to `used`. */
export interface HeapAccount {
  /** Large blocks: what was asked for, and the rounding to whole pages. */
  readonly largeAsked: number
  readonly largeRounding: number
  /** Blocks of pools by their state, and what no block covers. */
  readonly allocated: number
  readonly released: number
  readonly free: number
  readonly lost: number
  /** Pages that nobody uses. */
  readonly dirty: number
  readonly clean: number
}

/** The layers; each lives in what the one below has allocated. */
export interface HeapLayers {
  readonly layer0: Layer0
  readonly layer1: Layer1
  readonly layer2: Layer2
  readonly layer3: Layer3
}

/** The layers of a heap, from its runs, its pools, the blocks by owner, and the module's own counters. */
export function layersOf(
  runs: readonly Run[],
  pools: readonly PoolFigures[],
  owners: Readonly<Record<HeapOwner, DTypeUsage>>,
  counters: Counters,
): HeapLayers {
  return {
    layer0: layer0(runs, counters),
    layer1: layer1(runs),
    layer2: { pools: pools.length, ...sumPools(pools), kept: counters.emptyPages * PAGE_BYTES },
    layer3: layer3(owners, counters),
  }
}

function layer0(runs: readonly Run[], { discards, discardsFailed, discardedBytes }: Counters): Layer0 {
  const dirty = runs.filter(run => run.kind === 'dirty')
  const clean = runs.filter(run => run.kind === 'clean')
  const used = runs.filter(run => run.kind !== 'dirty' && run.kind !== 'clean')
  const longest = [...dirty, ...clean].reduce((most, { pages }) => Math.max(most, pages), 0)
  return {
    runs: { used: used.length, dirty: dirty.length, clean: clean.length },
    allocated: bytesOf(used),
    released: bytesOf(dirty),
    free: bytesOf(clean),
    largestFree: longest * PAGE_BYTES,
    discards,
    discardsFailed,
    discardedBytes,
  }
}

function layer1(runs: readonly Run[]): Layer1 {
  const large = runs.filter(run => run.kind === 'large')
  const allocated = bytesOf(large)
  const asked = large.reduce((sum, block) => sum + block.asked, 0)
  return { blocks: large.length, allocated, released: 0, free: 0, asked, rounding: allocated - asked }
}

function layer3(owners: Readonly<Record<HeapOwner, DTypeUsage>>, counters: Counters): Layer3 {
  const { raw, header, ...typed } = owners
  const allocated = Object.values(typed).reduce((sum, usage) => sum + usage.allocated, 0)
  const asked = counters.requestedBytes
  return {
    blocks: counters.handles,
    allocated,
    released: 0,
    free: 0,
    asked,
    rounding: allocated - asked,
    headers: header.allocated,
    quarantined: counters.quarantined,
  }
}

function bytesOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { pages }) => sum + pages, 0) * PAGE_BYTES
}

/** Every byte of the heap, once. */
export function accountOf({ layer0, layer1, layer2 }: HeapLayers): HeapAccount {
  return {
    largeAsked: layer1.asked,
    largeRounding: layer1.rounding,
    allocated: layer2.allocated,
    released: layer2.released,
    free: layer2.free,
    lost: layer2.lost,
    dirty: layer0.released,
    clean: layer0.free,
  }
}
