import { setTimeout as pause } from 'node:timers/promises'
import * as nd from '../../src/index.ts'

declare const gc: (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/** Bytes by which RSS may change when it is at rest. */
const QUIET = 64 * 1024

/**
 * Repeats `act` until RSS stays where it is: V8 compiles a loop again once it has run for a while, on another
 * thread, and its own heap grows by whole pages. Needs --expose-gc. Returns RSS at rest.
 */
export async function settle(act: () => void): Promise<number> {
  let rss = 0
  for (let round = 0, quiet = 0; round < 40 && quiet < 4; round++) {
    act()
    const now = await restingRss()
    quiet = Math.abs(now - rss) <= QUIET ? quiet + 1 : 0
    rss = now
  }
  return rss
}

/** RSS once JavaScript's own garbage is gone. */
export async function restingRss(): Promise<number> {
  collectAll()
  await pause(20)
  collectAll()
  return nd.memory.process().rss
}

/** As if memory were short: V8 gives back all that it can. */
function collectAll(): void {
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
