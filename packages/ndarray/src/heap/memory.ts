import {
  type BackendName,
  type ProcessMemory,
  processMemory,
  resetPeak as resetPeakOfProcess,
  type SystemMemory,
  systemMemory,
} from '@ebb/pager'
import { DTypeError } from '../errors.ts'
import { currentHeap } from './heap.ts'
import { type HeapStatistics, readHeapStatistics } from './heapstatistics.ts'
import { type Leak, type LeaksOptions, leaksOf } from './lease.ts'

export type { HeapAccount, HeapLayers, Layer0, Layer1, Layer2, Layer3, RunCounts } from './heaplayers.ts'
export type { HeapMap } from './heapmap.ts'
export type { HeapStatistics } from './heapstatistics.ts'
export type {
  BlockStates,
  DTypeUsage,
  HeapOwner,
  PoolFigures,
  PoolUsage,
  SizeClassUsage,
} from './heapwalk.ts'

export type { Leak, LeaksOptions } from './lease.ts'

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
  return { backend: currentHeap().pager.backend }
}

/**
 * How the current heap is used: figures by layer, pool, size class and dtype; as a string a table, the
 * account of every byte, and a map of the heap.
 */
export function heap(): HeapStatistics {
  return readHeapStatistics(currentHeap().core)
}

/** Gives back to the operating system what no array uses. Returns the bytes that went. */
export function trim(): number {
  return currentHeap().trim()
}

/**
 * Walks the current heap and verifies its invariants; reads all memory that it knows to be zero.
 * @throws HeapError naming the first that does not hold.
 */
export function check(): void {
  currentHeap().check()
}

/**
 * The arrays of the current heap that were garbage collected without a release, up to the last thousand, the
 * oldest first. Their memory was freed by the finalizer: late, at the engine's leisure, never inside
 * synchronous code. What was forgotten but not collected yet is not among them.
 */
export function leaks(options?: LeaksOptions): Leak[] {
  return leaksOf(currentHeap(), options)
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
