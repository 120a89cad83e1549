import { describe, expect, it } from 'vitest'
import { runChild } from './child.ts'

const MIB = 2 ** 20
const OPERATIONS = 10_000_000
const node = ['--expose-gc']

/** Memory goes back to the operating system, as RSS shows it in a process of its own. */
describe.runIf(process.platform === 'linux')('resident memory', () => {
  interface Churned {
    calls: number
    rss: { before: number; highest: number; after: number }
    oneCleanRun: boolean
    broken: number
  }
  it.each(['pools', 'large'])(
    'is what it was after ten million operations in random order (%s), and the heap one clean run',
    kind => {
      const args = [kind, String(OPERATIONS)]
      const { calls, rss, oneCleanRun, broken } = runChild<Churned>('churned.ts', { args, node })
      expect(calls).toBeGreaterThanOrEqual(OPERATIONS)
      expect(rss.highest - rss.before).toBeGreaterThan(100 * MIB)
      expect(rss.after - rss.before).toBeLessThanOrEqual(MIB)
      expect(oneCleanRun).toBe(true)
      expect(broken).toBe(0)
    },
    120_000,
  )

  interface Cycle {
    before: number
    byHand: { abandoned: number; found: number; collected: number; rested: number }
    byItself: { abandoned: number; found: number; decayed: number }
    left: number
  }
  it('is what it was after a cycle of a thousand RefArrays that hold 1 MiB each was collected', () => {
    const { before, byHand, byItself, left } = runChild<Cycle>('cycle.ts', { node })
    expect(byHand.found).toBe(1000)
    expect(byHand.abandoned - before).toBeGreaterThanOrEqual(1000 * MIB)
    // JavaScript's own garbage is in the first figure, too.
    expect(byHand.collected - before).toBeLessThanOrEqual(16 * MIB)
    expect(byHand.rested - before).toBeLessThanOrEqual(4 * MIB)
    expect(byItself.found).toBe(1000)
    expect(byItself.abandoned - before).toBeGreaterThanOrEqual(990 * MIB)
    expect(byItself.decayed - before).toBeLessThanOrEqual(4 * MIB)
    expect(left).toBe(0)
  })
})
