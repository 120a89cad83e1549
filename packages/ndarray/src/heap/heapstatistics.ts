import { type Core, PAGE_BYTES, readRuns, readStatistics } from '@ebb/core'
import { accountOf, type HeapAccount, type HeapLayers, layersOf, type RunCounts } from './heaplayers.ts'
import { drawMap, type HeapMap } from './heapmap.ts'
import { printHeap } from './heaptable.ts'
import {
  byOwner,
  bySizeClass,
  type DTypeUsage,
  type HeapOwner,
  type PoolUsage,
  poolUsage,
  type SizeClassUsage,
} from './heapwalk.ts'

/**
 * A heap as it was at one moment: figures by layer, pool, size class and dtype, all in bytes unless they
 * say what they count. Plain data, so it can be written as JSON; as a string it is a table and a map.
 *
 * @example
 * console.log(String(nd.memory.heap()))
 * nd.memory.heap().byDType.int32.allocated // bytes of the pages and blocks that int32 arrays hold
 */
export class HeapStatistics {
  /** Pages of the heap: `used + dirty + clean`. The module's own data and page table are not among them. */
  readonly total: number
  /** Pages in use; free but still resident; free, not resident and known to be zero. */
  readonly used: number
  readonly dirty: number
  readonly clean: number
  /**
   * The longest free run. A block of this size (in a debug heap: less its guards) fits without growing the
   * memory; a larger one may, where dirty and clean runs that are neighbours can be merged.
   */
  readonly largestFree: number
  /** Number of blocks above the small-block threshold, and the bytes that were asked for. */
  readonly largeBlocks: number
  readonly largeBytes: number
  /** Number of pools of small blocks. */
  readonly pools: number
  /** Number of blocks that arrays hold. */
  readonly blocks: number
  /** Events since the heap was made; a block and its header are an allocation each. */
  readonly allocations: number
  readonly releases: number
  /** Ranges given back to the OS, those that the OS refused, and the bytes that went, since the heap was made. */
  readonly discards: number
  readonly discardsFailed: number
  readonly discardedBytes: number
  /** Numbers of runs. */
  readonly runs: RunCounts
  /** The layers of the memory pyramid; each lives in what the one below has allocated. */
  readonly layers: HeapLayers
  /** By whose the blocks are: every dtype and the module's own tags. Together they own the used pages. */
  readonly byDType: Readonly<Record<HeapOwner, DTypeUsage>>
  /** The size classes that have pools, the smallest first. */
  readonly bySizeClass: readonly SizeClassUsage[]
  /** Every pool, in the order of addresses. */
  readonly poolList: readonly PoolUsage[]
  /**
   * The share of what arrays hold that they did not ask for, from 0 to 1:
   *
   *     internalFragmentation = 1 − asked / allocated     (layer 3; 0 when nothing is allocated)
   *
   * `allocated` are the blocks of all dtypes, views and RefArrays, each with the size of its class or all
   * its pages; headers, released and free blocks do not count.
   */
  readonly internalFragmentation: number
  /**
   * The share of the free pages that one block cannot have, from 0 to 1:
   *
   *     externalFragmentation = 1 − largestFree / (dirty + clean)     (0 when nothing is free)
   */
  readonly externalFragmentation: number
  /** Every byte once. */
  readonly account: HeapAccount
  /** The heap in one line. */
  readonly map: HeapMap

  /** Reads a heap; one step per run of pages. The heap itself is neither changed nor touched. */
  constructor({ exports, memory }: Core) {
    const counters = readStatistics(exports, memory)
    const runs = readRuns(exports, memory)
    const begin = exports.heapBegin() >>> 0
    this.poolList = runs.filter(run => run.kind === 'pool').map(poolUsage)
    this.bySizeClass = bySizeClass(this.poolList)
    this.byDType = byOwner(
      this.poolList,
      runs.filter(run => run.kind === 'large'),
    )
    this.layers = layersOf(runs, this.poolList, this.byDType, counters)
    this.account = accountOf(this.layers)
    this.map = drawMap(runs, begin, exports.heapHighWater() >>> 0)

    const { layer0, layer1, layer2, layer3 } = this.layers
    this.total = ((exports.heapEnd() >>> 0) - begin) * PAGE_BYTES
    this.used = layer0.allocated
    this.dirty = layer0.released
    this.clean = layer0.free
    this.runs = layer0.runs
    this.largestFree = layer0.largestFree
    this.largeBlocks = layer1.blocks
    this.largeBytes = layer1.asked
    this.pools = layer2.pools
    this.blocks = layer3.blocks
    this.internalFragmentation = shareLeft(layer3.asked, layer3.allocated)
    this.externalFragmentation = shareLeft(this.largestFree, this.dirty + this.clean)
    this.allocations = counters.allocations
    this.releases = counters.releases
    this.discards = counters.discards
    this.discardsFailed = counters.discardsFailed
    this.discardedBytes = counters.discardedBytes
  }

  /**
   * A table of the size classes, the dtypes and the layers, as `sys._debugmallocstats` prints it for
   * CPython, the account of every byte, and a map of the heap. At most 100 columns wide.
   */
  toString(): string {
    return printHeap(this)
  }
}

function shareLeft(part: number, whole: number): number {
  return whole === 0 ? 0 : 1 - part / whole
}

/** The statistics of a heap, as they are now. */
export function readHeapStatistics(core: Core): HeapStatistics {
  return new HeapStatistics(core)
}
