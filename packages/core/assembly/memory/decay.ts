/**
 * Decay: what fell free by itself stays resident for a while, since such memory is wanted again soon, and
 * goes back to the OS when nobody came for it.
 */
import { dirtied } from '../host'
import { dissolveEmptyPools } from './pools'
import { purge } from './runs'
import { statistics } from './statistics'

/** Whether the host knows that something may decay. */
let announced: bool = false

/** Tells the host, once until a tick finds nothing left, that there is something to decay. */
export function announce(): void {
  if (announced) return
  announced = true
  dirtied()
}

/**
 * A tick: what was dirty during the whole time since the last one is given back, but for `retained` pages;
 * what was reused in between stays. Empty pools that were kept become dirty. Returns the pages that are
 * dirty still; when they are more than `retained`, another tick is due.
 */
export function decay(retained: u32): u32 {
  dissolveEmptyPools()
  if (statistics.idlePages > retained) {
    purge(statistics.dirtyPages - min(statistics.dirtyPages, statistics.idlePages - retained))
  }
  statistics.idlePages = statistics.dirtyPages
  announced = statistics.dirtyPages > retained
  return statistics.dirtyPages
}
