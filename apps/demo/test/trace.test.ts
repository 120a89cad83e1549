import { expect, test } from 'vitest'
import { REST_MS, STEP_NAMES } from '../src/protocol.ts'
import type { Way } from '../src/result.ts'
import { curveOf, traceOf } from '../src/trace.ts'
import { type Sample, watchProcess } from '../src/watch.ts'

/** Steps that end at 1000, 1100, 1200 and 1300 ms. */
const steps = STEP_NAMES.map((name, i) => ({ name, rss: i, peak: i, ms: 1, at: 1000 + 100 * i }))
const way: Way = { name: 'mask', shape: [1], dtype: 'int32', nbytes: 4, steps }

test('a trace begins with the start and ends with the rest, and tells its intervals', () => {
  const end = 1300 + REST_MS
  const seen: Sample[] = [[999, 1], [1001, 2], [1002, 3], [1010, 4], [end, 5], [end + 1, 6]] // biome-ignore format: pairs
  expect(traceOf(seen, way)).toEqual({
    samples: [[-1, 1], [1, 2], [2, 3], [10, 4], [end - 1000, 5]], // biome-ignore format: pairs
    durationMs: end - 999,
    interval: { median: 8, longest: end - 1010 },
  })
})

test('nothing seen, or not all steps done: no trace, and the curve has the steps', () => {
  expect(traceOf([], way)).toBe(undefined)
  expect(traceOf([[1000, 1], [1001, 2]], { ...way, steps: [] })).toBe(undefined) // biome-ignore format: pairs
  expect(curveOf(way)).toEqual([[0, 0], [100, 1], [200, 2], [300, 3]]) // biome-ignore format: pairs
})

test('the curve begins with the figure of the start', () => {
  const samples: Sample[] = [[-1, 5], [3, 6], [4, 7]] // biome-ignore format: pairs
  const trace = { samples, durationMs: 5, interval: { median: 1, longest: 4 } }
  expect(curveOf({ ...way, trace })).toEqual([[0, 0], [3, 6], [4, 7]]) // biome-ignore format: pairs
})

test('a process that is not there is not watched', () => {
  expect(watchProcess(2 ** 30)).toBe(undefined)
})
