import { REST_MS } from './protocol.ts'
import { figure, isComplete, type Way } from './result.ts'
import type { Sample } from './watch.ts'

/** A way's resident memory from the start until it rests after the release, as seen from outside. */
export interface Trace {
  /** Milliseconds since the start was read, and bytes. */
  samples: Sample[]
  /** From the first sample to the last, in milliseconds. */
  durationMs: number
  /** Between two samples, in milliseconds. */
  interval: { median: number; longest: number }
}

/** Undefined when the way did not get through, or was not watched. */
export function traceOf(seen: Sample[], way: Way): Trace | undefined {
  if (!isComplete(way)) return undefined
  const start = figure(way, 'start').at
  const end = figure(way, 'release').at + REST_MS
  const samples = seen
    .filter(([at]) => at <= end)
    .map(([at, rss]): Sample => [Math.round((at - start) * 1000) / 1000, rss])
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || samples.length < 2) return undefined
  const intervals = samples.slice(1).map(([at], i) => at - (samples[i]?.[0] ?? at))
  intervals.sort((a, b) => a - b)
  return {
    samples,
    durationMs: last[0] - first[0],
    interval: { median: intervals[intervals.length >> 1] ?? 0, longest: intervals.at(-1) ?? 0 },
  }
}

/** What is drawn: the samples, from the start's own figure on; where there are none, the figures of the steps. */
export function curveOf(way: Way): Sample[] {
  const { at: start, rss } = figure(way, 'start')
  if (way.trace === undefined) return way.steps.map(({ at, rss }) => [at - start, rss])
  return [[0, rss], ...way.trace.samples.filter(([ms]) => ms > 0)]
}
