import { ThresholdError } from '../errors.ts'
import type { GreyLevels } from './greylevels.ts'

/** Levels that are smoothed at most: a round takes 0.1 s for so many. */
const MOST_LEVELS = 2 ** 24

/**
 * The minimum method: the lowest level between the two peaks that are left when the histogram is smoothed,
 * by a mean of three, often enough. J. M. S. Prewitt, M. L. Mendelsohn, "The analysis of cell images", Annals
 * of the New York Academy of Sciences 128 (1966), 1035–1053.
 * @throws ThresholdError when there are never two peaks, not within maxNumIter rounds, or too many levels
 */
export function minimum(levels: GreyLevels, maxNumIter = 10000): number {
  const { counts, centers } = dense(levels)
  let [smooth, next] = [counts.slice(), new Float64Array(counts.length)]
  for (let round = 1; round <= maxNumIter; round++) {
    smoothen(smooth, next)
    ;[smooth, next] = [next, smooth]
    const peaks = firstPeaks(smooth)
    if (peaks.length === 2 && round < maxNumIter) return centers[lowest(smooth, peaks)] as number
    if (peaks.length < 3) {
      const why = peaks.length === 2 ? 'the last round was needed' : `${peaks.length} are left`
      throw new ThresholdError(`minimum: no two peaks after ${round} rounds of smoothing: ${why}`)
    }
  }
  throw new ThresholdError(`minimum: more than two peaks after ${maxNumIter} rounds of smoothing`)
}

/** With every integer between the levels. */
function dense(levels: GreyLevels): GreyLevels {
  if (!levels.sparse) return levels
  const low = levels.centers[0] as number
  const bins = (levels.centers[levels.centers.length - 1] as number) - low + 1
  if (bins > MOST_LEVELS) {
    throw new ThresholdError(`minimum smooths ${MOST_LEVELS} levels at most; there are ${bins}`)
  }
  const counts = new Float64Array(bins)
  for (const [i, center] of levels.centers.entries()) counts[center - low] = levels.counts[i] as number
  return { counts, centers: Float64Array.from(counts, (_, i) => low + i) }
}

/** Means of three, the ends being mirrored; a running sum, as SciPy takes it. */
function smoothen(from: Float64Array, to: Float64Array): void {
  const last = from.length - 1
  let sum = (from[0] as number) + (from[0] as number) + (from[Math.min(1, last)] as number)
  to[0] = sum / 3
  for (let i = 1; i <= last; i++) {
    sum += (from[Math.min(i + 1, last)] as number) - (from[Math.max(i - 2, 0)] as number)
    to[i] = sum / 3
  }
}

/** Where the values begin to fall; three places at most, for more are as bad. */
function firstPeaks(values: Float64Array): number[] {
  const peaks: number[] = []
  let rises = true
  for (let i = 0; i + 1 < values.length && peaks.length < 3; i++) {
    const [here, next] = [values[i] as number, values[i + 1] as number]
    if (rises && next < here) {
      rises = false
      peaks.push(i)
    } else if (!rises && next > here) rises = true
  }
  return peaks
}

function lowest(values: Float64Array, [from, to]: readonly number[]): number {
  let best = from as number
  for (let i = best; i <= (to as number); i++) {
    if ((values[i] as number) < (values[best] as number)) best = i
  }
  return best
}
