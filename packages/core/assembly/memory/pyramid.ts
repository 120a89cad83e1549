/** All layers at once: how the heap begins, and how it gives back what nobody uses. */
import { initCollector } from './collector'
import { DEBUG } from './debug'
import { emptyQuarantine, reportDamage } from './guards'
import { PAGE_SIZE, TABLE_BASE } from './layout'
import { dissolveEmptyPools } from './pools'
import { initRuns, purge } from './runs'
import { initSizeClasses } from './sizeclass'

/** Prepares the heap; once, before anything else. Returns the pages it has. */
export function initHeap(maxPages: u32): u32 {
  if (<u32>__heap_base > TABLE_BASE) unreachable()
  initSizeClasses()
  initCollector()
  return initRuns(maxPages)
}

/**
 * Gives back what nobody uses: empty pools, and dirty runs until at most `retained` pages are dirty.
 * Returns the bytes that went to the OS.
 */
export function trim(retained: u32): f64 {
  if (DEBUG) emptyQuarantine()
  dissolveEmptyPools()
  const bytes = <f64>purge(retained) * <f64>PAGE_SIZE
  if (DEBUG) reportDamage()
  return bytes
}
