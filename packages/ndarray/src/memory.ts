import { brokenInvariant, PAGE_BYTES, readStatistics } from '@ebb/core'
import {
  type BackendName,
  type ProcessMemory,
  processMemory,
  resetPeak as resetPeakOfProcess,
  type SystemMemory,
  systemMemory,
} from '@ebb/pager'
import { DTypeError, EbbError } from './errors.ts'
import { defaultHeap } from './heap.ts'

/** Memory of this process, in bytes: `rss` now, `peakRss` at its highest, and what the system tells besides. */
export function process(): ProcessMemory {
  return processMemory()
}

/** Memory of the machine, in bytes: total, used, free, available, and the container's limit if there is one. */
export function system(): SystemMemory {
  return systemMemory()
}

/** Makes the current RSS the peak. False where the system cannot do that. */
export function resetPeak(): boolean {
  return resetPeakOfProcess()
}

/** What gives pages back to the operating system: 'none' means that freed memory stays with the process. */
export function pager(): { backend: BackendName } {
  return { backend: defaultHeap().pager.backend }
}

/** The default heap, in bytes and counts. */
export interface HeapSummary {
  /** Pages in use, free but resident, and free and not resident: together the heap. */
  used: number
  dirty: number
  clean: number
  /** The largest block that fits without growing the memory. */
  largestFree: number
  /** Blocks above 256 KiB, and the bytes that were asked for. */
  largeBlocks: number
  largeBytes: number
  /** Pools of small blocks. */
  pools: number
  /** Blocks that arrays hold. */
  blocks: number
  /** Events since the heap was made. */
  allocations: number
  releases: number
  discards: number
  discardedBytes: number
}

/** How the default heap is used. */
export function heap(): HeapSummary {
  const { exports, memory } = defaultHeap().core
  const s = readStatistics(exports, memory)
  return {
    used: s.usedPages * PAGE_BYTES,
    dirty: s.dirtyPages * PAGE_BYTES,
    clean: s.cleanPages * PAGE_BYTES,
    largestFree: Math.max(exports.longestClean(), exports.longestDirty()) * PAGE_BYTES,
    largeBlocks: s.largeBlocks,
    largeBytes: s.largeBytes,
    pools: s.pools,
    blocks: s.handles,
    allocations: s.allocations,
    releases: s.releases,
    discards: s.discards,
    discardedBytes: s.discardedBytes,
  }
}

/** Gives back to the operating system what no array uses. Returns the bytes that went. */
export function trim(): number {
  return defaultHeap().core.exports.trim(0)
}

/**
 * Walks the default heap and verifies its invariants; reads all memory that it knows to be zero.
 * @throws EbbError naming the first that does not hold.
 */
export function check(): void {
  const { exports } = defaultHeap().core
  const what = exports.heapCheck()
  if (what !== 0) throw new EbbError('EBB_HEAP', brokenInvariant(what, exports.heapBrokenAt()))
}

const UNITS = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const

/** A unit of bytes. */
export type ByteUnit = keyof typeof UNITS

/**
 * Bytes as text with two decimals, `487.61 MiB`; whole bytes below 1 KiB.
 * @param unit Default: the largest in which the figure is at least 1.
 * @throws DTypeError for a figure that is not a number, or an unknown unit.
 */
export function format(bytes: number, unit?: ByteUnit): string {
  if (typeof bytes !== 'number' || Number.isNaN(bytes)) throw new DTypeError('format needs a number of bytes')
  const names = Object.keys(UNITS) as ByteUnit[]
  const name = unit ?? names.findLast(candidate => Math.abs(bytes) >= UNITS[candidate]) ?? 'B'
  if (!Object.hasOwn(UNITS, name))
    throw new DTypeError(`unknown unit ${String(unit)}; there are ${names.join(', ')}`)
  return name === 'B' ? `${bytes} B` : `${(bytes / UNITS[name]).toFixed(2)} ${name}`
}
