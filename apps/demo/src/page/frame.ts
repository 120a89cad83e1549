import { figure, type Way } from '../result.ts'
import { curveOf } from '../trace.ts'
import type { Frame } from './curve.ts'

/** Of the highest curve, in pixels; higher where that leaves too little to the lowest. */
const HEIGHT = 210
const LEAST_HEIGHT = 120
const MOST_HEIGHT = 420
/** How many times as long as the others a way may take before it has a time of its own. */
const PATIENCE = 2

/** The frames of all ways: the same scale of memory for all, and the same time for all but the slow. */
export function framesOf(ways: readonly Way[], width: number): Frame[] {
  const peaks = ways.map(way => figure(way, 'release').peak / 2 ** 20)
  const [lowest, highest] = [Math.min(...peaks), Math.max(...peaks)]
  const pixelsPerMib = Math.max(HEIGHT / highest, Math.min(LEAST_HEIGHT / lowest, MOST_HEIGHT / highest))
  const ends = ways.map(endOf)
  const longest = Math.max(...ends.filter((_, i) => !isSlow(ways, i)))
  return ends.map((end, i) => ({ width, pixelsPerMib, end: isSlow(ways, i) ? end : longest }))
}

/** Whether the way takes so long that on a common axis the others would be slivers. */
export function isSlow(ways: readonly Way[], index: number): boolean {
  const ends = ways.map(endOf)
  const others = ends.filter((_, i) => i !== index)
  return others.length > 0 && (ends[index] as number) > PATIENCE * Math.max(...others)
}

function endOf(way: Way): number {
  return curveOf(way).at(-1)?.[0] ?? 0
}
