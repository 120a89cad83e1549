/** What a walk over the page table finds: the blocks of layers 1 and 2, by pool, size class and dtype. */
import {
  type LargeRun,
  PAGE_BYTES,
  type PoolRun,
  TAG_HEADER,
  TAG_RAW,
  TAG_REFERENCES,
  TAG_VIEW,
} from '@ebb/core'
import { type DType, dtypes } from '../dtype.ts'

/** The three states of a block. A figure by state is in bytes unless it says that it counts. */
export interface BlockStates {
  /** Handed out now. In a debug heap the blocks in quarantine are among them. */
  readonly allocated: number
  /** Handed back, and kept for reuse. */
  readonly released: number
  /** Never handed out since their pool was made. */
  readonly free: number
}

/**
 * Blocks of pools, in bytes: `allocated + released + free + lost` are the pools' pages, to the byte.
 * Each state is its count times the size of the blocks.
 */
export interface PoolFigures extends BlockStates {
  /** The same states as numbers of blocks. */
  readonly counts: BlockStates
  /** Bytes behind the last block of each pool, too few for another. */
  readonly lost: number
}

/**
 * Whose blocks a pool or run holds: a dtype; or, of the module's own, 'view' (what a view stored in a
 * RefArray keeps), 'references' (elements of RefArrays), 'header' (headers of the blocks) and 'raw' (blocks
 * without a header, which arrays never make).
 */
export type HeapOwner = DType | 'raw' | 'view' | 'references' | 'header'

/** One pool. */
export interface PoolUsage extends PoolFigures {
  /** Its first page, in pages of 64 KiB from the beginning of linear memory. */
  readonly page: number
  readonly dtype: HeapOwner
  readonly sizeClass: number
  /** Bytes of a block. */
  readonly size: number
  /** Blocks that the pool has: allocated + released + free. */
  readonly capacity: number
}

/** All pools of a size class. */
export interface SizeClassUsage extends PoolFigures {
  /** The class's number; 0 is the smallest. */
  readonly sizeClass: number
  /** Bytes of a block. */
  readonly size: number
  readonly pools: number
}

/**
 * Everything of one dtype. `allocated` and `counts.allocated` are its pools' and its large blocks', these
 * with all their pages; so `allocated + released + free + lost` are the pages that the dtype owns.
 */
export interface DTypeUsage extends PoolFigures {
  readonly pools: number
  /** Blocks above the small-block threshold, each a run of its own, and the bytes that were asked for. */
  readonly largeBlocks: number
  readonly largeBytes: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends BlockStates ? Mutable<T[K]> : T[K] }

const OWNERS: ReadonlyMap<number, HeapOwner> = new Map<number, HeapOwner>([
  ...Object.values(dtypes).map(({ code, name }) => [code, name] as const),
  [TAG_VIEW, 'view'],
  [TAG_REFERENCES, 'references'],
  [TAG_HEADER, 'header'],
  [TAG_RAW, 'raw'],
])

function ownerOf(tag: number): HeapOwner {
  const owner = OWNERS.get(tag)
  if (!owner) throw new Error(`internal: blocks with the unknown tag ${tag}`)
  return owner
}

/** A pool's figures, from its descriptor. */
export function poolUsage(pool: PoolRun): PoolUsage {
  const { page, pages, tag, sizeClass, size, capacity, used, extended } = pool
  const counts = { allocated: used, released: extended - used, free: capacity - extended }
  return {
    page,
    dtype: ownerOf(tag),
    sizeClass,
    size,
    capacity,
    counts,
    allocated: counts.allocated * size,
    released: counts.released * size,
    free: counts.free * size,
    lost: pages * PAGE_BYTES - capacity * size,
  }
}

function noBlocks(): Mutable<PoolFigures> {
  const counts = { allocated: 0, released: 0, free: 0 }
  return { counts, allocated: 0, released: 0, free: 0, lost: 0 }
}

function add(sum: Mutable<PoolFigures>, pool: PoolFigures): void {
  for (const state of ['allocated', 'released', 'free'] as const) {
    sum.counts[state] += pool.counts[state]
    sum[state] += pool[state]
  }
  sum.lost += pool.lost
}

/** The sum over pools. */
export function sumPools(pools: readonly PoolFigures[]): PoolFigures {
  const sum = noBlocks()
  for (const pool of pools) add(sum, pool)
  return sum
}

/** Pools by size class, for the classes in use, the smallest first. */
export function bySizeClass(pools: readonly PoolUsage[]): SizeClassUsage[] {
  const classes = new Map<number, Mutable<SizeClassUsage>>()
  for (const pool of pools) {
    const { sizeClass, size } = pool
    const usage = classes.get(sizeClass) ?? { sizeClass, size, pools: 0, ...noBlocks() }
    classes.set(sizeClass, usage)
    usage.pools += 1
    add(usage, pool)
  }
  return [...classes.values()].sort((a, b) => a.sizeClass - b.sizeClass)
}

/** Pools and large blocks by whose they are; every owner is there, in use or not. */
export function byOwner(
  pools: readonly PoolUsage[],
  large: readonly LargeRun[],
): Record<HeapOwner, DTypeUsage> {
  const owners = {} as Record<HeapOwner, Mutable<DTypeUsage>>
  for (const owner of OWNERS.values()) {
    owners[owner] = { pools: 0, largeBlocks: 0, largeBytes: 0, ...noBlocks() }
  }
  for (const pool of pools) {
    const usage = owners[pool.dtype]
    usage.pools += 1
    add(usage, pool)
  }
  for (const { tag, asked, pages } of large) {
    const usage = owners[ownerOf(tag)]
    usage.largeBlocks += 1
    usage.largeBytes += asked
    usage.counts.allocated += 1
    usage.allocated += pages * PAGE_BYTES
  }
  return owners
}
