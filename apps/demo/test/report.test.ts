import { expect, test } from 'vitest'
import type { Plan, Step } from '../src/protocol.ts'
import {
  headLine,
  machineLine,
  mib,
  milliseconds,
  roundsLine,
  stepLine,
  subjectLine,
  verdictLine,
  zeroedLine,
} from '../src/report.ts'
import { drift, extraPeak, residue, type Way, type WayName } from '../src/result.ts'

const MIB = 2 ** 20
const ARRAY = 480_000_000
const plan: Plan = { shape: [400, 500, 600], dtype: 'int32', threshold: 2800, seed: 0, rounds: 1 }

/** A way by its MiB: at the start, kept after release, and at the peak beside the array. */
function way(name: WayName, start: number, kept: number, extra: number, filterMs: number): Way {
  const rss = start * MIB
  const steps: Step[] = [
    { name: 'start', rss, peak: rss, ms: 50, at: 0 },
    { name: 'create', rss: rss + ARRAY, peak: rss + ARRAY, ms: 500, at: 0 },
    { name: 'filter', rss: rss + ARRAY, peak: rss + ARRAY + extra * MIB, ms: filterMs, at: 0 },
    { name: 'release', rss: rss + kept * MIB, peak: rss + ARRAY + extra * MIB, ms: 2, at: 0 },
  ]
  const { shape, dtype } = plan
  return { name, steps, shape, dtype, nbytes: ARRAY, pid: 1234, peakReset: true, zeroed: 120_000_000 }
}

const mask = way('mask', 50, 0.02, 114.44, 60)
const inPlace = way('in-place', 50, 0.02, 0.01, 21.34)
const numpy: Way = { ...way('numpy', 29.73, 0.12, 114.44, 131), version: 'NumPy 2.4.6, Python 3.12.3' }

test('sizes and times', () => {
  expect([mib(1.26 * MIB, 1), mib(-1, 1), mib(1.5 * MIB, 0)]).toEqual(['1.3', '0.0', '2'])
  expect([0, MIB, 511_285_657, -1, -MIB].map(bytes => mib(bytes))).toEqual([
    '0.00',
    '1.00',
    '487.60',
    '0.00',
    '-1.00',
  ])
  expect([0, 0.0123, 1.5, 21.34, 131, 1234.56].map(milliseconds)).toEqual([
    '0.0',
    '0.0123',
    '1.50',
    '21.3',
    '131.0',
    '1234.6',
  ])
})

test('the figures of a way', () => {
  expect(residue(inPlace)).toBeCloseTo(0.02 * MIB)
  expect(extraPeak(mask)).toBeCloseTo(114.44 * MIB)
  expect(extraPeak(inPlace)).toBeCloseTo(0.01 * MIB)
})

test('the machine in one line', () => {
  const machine = {
    total: 24_105 * MIB,
    used: 349.5 * MIB,
    free: 23_643 * MIB,
    available: 23_755.5 * MIB,
    limit: null,
    platform: 'linux x64',
    processor: 'AMD EPYC, 2 cores',
    node: '20.20.2',
    pager: 'addon',
  }
  expect(machineLine(machine)).toBe(
    'Memory: 24105.00 MiB, 349.50 used, 23755.50 available, no limit; Node 20.20.2; pager: addon',
  )
  expect(machineLine({ ...machine, limit: 512 * MIB })).toContain('available, limit 512.00; Node')
  expect(machineLine({ ...machine, total: null })).toContain('Memory: ? MiB')
})

test('the array in one line, random or from a file', () => {
  expect(subjectLine(mask, plan)).toBe(
    'Array: 400×500×600 int32, 457.76 MiB; random 0 to 99, seed 0; elements <= 2800 become 0',
  )
  expect(subjectLine(mask, { ...plan, input: 'data/brain.npy' })).toContain('; brain.npy; ')
})

test("a way's table has aligned columns", () => {
  const lines = [inPlace, numpy].flatMap(way => [
    headLine(way),
    ...way.steps.map(step => stepLine(way, step, plan)),
  ])
  expect(lines).toEqual([
    'In place (process 1234)                           RSS MiB   peak MiB         ms',
    '  at the start, warmed up                           50.00      50.00       50.0',
    '  array of 400×500×600 random ints                 507.76     507.76      500.0',
    "  array.assignWhere('<=', 2800, 0)                 507.76     507.77       21.3",
    '  array.release()                                   50.02     507.77       2.00',
    'NumPy 2.4.6, Python 3.12.3 (process 1234)         RSS MiB   peak MiB         ms',
    '  at the start, warmed up                           29.73      29.73       50.0',
    '  array of 400×500×600 random ints                 487.49     487.49      500.0',
    '  array[array <= 2800] = 0                         487.49     601.93      131.0',
    '  array = None; gc.collect()                        29.85     601.93       2.00',
  ])
})

test('rounds in one line, with the drift from the start', () => {
  const round = { peak: 0, filterMs: 20 }
  const rounds = [
    { ...round, rss: 50.25 * MIB, releaseMs: 2 },
    { ...round, rss: 49.5 * MIB, releaseMs: 3.5 },
    { ...round, rss: 50.125 * MIB, releaseMs: 1 },
  ]
  expect(drift({ ...inPlace, rounds })).toBe(0.125 * MIB)
  expect(roundsLine({ ...inPlace, rounds })).toBe(
    '  3 rounds: RSS after release 49.50 to 50.25, drift +0.13 MiB; release <= 3.50 ms',
  )
})

test('the count of zeros, and ways that disagree on it', () => {
  expect(zeroedLine([mask, inPlace])).toBe('Set to 0: 120000000 of 120000000 elements, in each way')
  expect(zeroedLine([mask, { ...numpy, zeroed: 5 }])).toBe(
    'The ways DISAGREE on the elements set to 0: mask 120000000, numpy 5',
  )
})

test('the verdict sets Ebb beside NumPy where it was measured', () => {
  expect(verdictLine([mask, inPlace, numpy], 'addon')).toBe(
    'Verdict: Ebb keeps 0.02 MiB, filters with 0.01 MiB in 21.3 ms; NumPy 0.12 MiB, 114.44 MiB, 131.0 ms.',
  )
  expect(verdictLine([mask, inPlace], 'addon')).toBe(
    'Verdict: Ebb keeps 0.02 MiB, filters with 0.01 MiB in 21.3 ms.',
  )
})

test('with no way to give pages back the verdict says that the memory stays', () => {
  const kept = way('in-place', 50, 457.5, 0, 20)
  expect(verdictLine([mask, kept], 'none')).toBe(
    'Verdict: the memory stays with the process (pager: none): 457.50 MiB after release.',
  )
})
