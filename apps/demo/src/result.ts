import type { HeapPicture, Moment, Plan, Ready, Report, Round, Step, Subject } from './protocol.ts'
import type { Trace } from './trace.ts'

export type WayName = 'mask' | 'in-place' | 'numpy' | 'numpy-ts'

/** What was measured of one way; an element of `ways` in the JSON. */
export interface Way extends Subject, Partial<Ready> {
  name: WayName
  /** Bytes of the array. */
  nbytes: number
  /** In the order of the protocol: start, create, filter, release. */
  steps: Step[]
  /** Elements that the filter made 0, or left so. */
  zeroed?: number
  /** One for each of --rounds, when there are more than one. */
  rounds?: Round[]
  /** Ebb's heap, drawn in a repetition after the measurement, for --report. */
  maps?: Record<Moment, HeapPicture>
  /** Resident memory as seen from outside, for --report. */
  trace?: Trace
}

/** What --json prints. */
export interface Result {
  machine: Machine
  experiment: Plan
  ways: Way[]
  /** What could not be measured, and why. */
  notes: string[]
  verdict: string
}

/** The machine; what the system does not tell is null. */
export interface Machine {
  total: number | null
  used: number | null
  free: number | null
  available: number | null
  /** The container's limit. */
  limit: number | null
  platform: string
  /** Its name, and how many there are. */
  processor: string
  node: string
  /** The pager's backend. */
  pager: string
}

/** Adds a report to what is known of a way. */
export function collect(way: Way, report: Report): void {
  if ('ready' in report) Object.assign(way, report.ready)
  else if ('step' in report) way.steps.push(withPeakSoFar(report.step, way))
  else if ('zeroed' in report) way.zeroed = report.zeroed
  else if ('maps' in report) way.maps = report.maps
  else if ('round' in report) way.rounds = [...(way.rounds ?? []), withPeakSoFar(report.round, way)]
}

/**
 * A peak never falls, but VmHWM may: Linux answers with the larger of what is resident and a mark that it sets
 * from counters of its own, which lag by some pages a processor.
 */
function withPeakSoFar<T extends { rss: number; peak: number }>(figures: T, { steps, rounds = [] }: Way): T {
  const earlier = rounds.at(-1) ?? steps.at(-1)
  return { ...figures, peak: Math.max(figures.peak, figures.rss, earlier?.peak ?? 0) }
}

/** Whether all four steps were measured. */
export function isComplete(way: Way): boolean {
  return way.steps.length === 4
}

/** Bytes that are resident after the release and were not at the start. */
export function residue(way: Way): number {
  return figure(way, 'release').rss - figure(way, 'start').rss
}

/** Bytes by which the peak is above the start and the array itself: what filtering took beside the array. */
export function extraPeak(way: Way): number {
  return figure(way, 'release').peak - figure(way, 'start').rss - way.nbytes
}

/** Bytes by which the last of the rounds ended above the start. */
export function drift(way: Way): number {
  return (way.rounds?.at(-1)?.rss ?? figure(way, 'release').rss) - figure(way, 'start').rss
}

/** A step's figures; internal error when it was not measured. */
export function figure(way: Way, name: Step['name']): Step {
  const step = way.steps.find(step => step.name === name)
  if (step === undefined) throw new Error(`internal: the step ${name} of ${way.name} was not measured`)
  return step
}
