/** Windows on the heap, for statistics and tests. */

import { longest } from './memory/bins'
import { brokenAt } from './memory/check'
import { generation, tracked } from './memory/collector'
import { FIRST_PAGE } from './memory/layout'
import { descriptor, Kind } from './memory/page'
import { highWater, limit } from './memory/runs'
import { sizeClass } from './memory/sizeclass'
import { statistics } from './memory/statistics'

/** Page or block at which the last heapCheck stopped. */
export function heapBrokenAt(): u32 {
  return brokenAt
}

/** The heap's first page; runs begin there. */
export function heapBegin(): u32 {
  return FIRST_PAGE
}

/** The page behind the heap's last. */
export function heapEnd(): u32 {
  return limit
}

/** The page behind the highest that was ever used; what lies above was never touched. */
export function heapHighWater(): u32 {
  return highWater
}

/** Address of the statistics, laid out as in memory/statistics.ts. */
export function heapStatistics(): usize {
  return changetype<usize>(statistics)
}

/** Address of a page's descriptor, laid out as in memory/page.ts. */
export function pageDescriptor(page: u32): usize {
  return changetype<usize>(descriptor(page))
}

/** Pages in the longest clean and the longest dirty run. */
export function longestClean(): u32 {
  return longest(Kind.CLEAN)
}

export function longestDirty(): u32 {
  return longest(Kind.DIRTY)
}

/** Bytes of a block of a size class, and blocks of a pool of it. */
export function classSize(index: u32): u32 {
  return sizeClass(index).size
}

export function classCapacity(index: u32): u32 {
  return sizeClass(index).capacity
}

/** Address of a generation's figures, laid out as in memory/collector.ts. */
export function generationFigures(index: u32): usize {
  return changetype<usize>(generation(index))
}

/** RefArrays in a generation; 3 is the permanent one. */
export function trackedIn(index: u32): u32 {
  return tracked(index)
}
