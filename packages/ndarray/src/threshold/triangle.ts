import type { GreyLevels } from './greylevels.ts'

/**
 * The triangle method: the level of the histogram that is farthest from the line between its peak and the
 * end of its longer tail. G. W. Zack, W. E. Rogers, S. A. Latt, "Automatic measurement of sister chromatid
 * exchange frequency", Journal of Histochemistry and Cytochemistry 25 (1977), 741–753.
 */
export function triangle(levels: GreyLevels): number {
  const { counts, centers, constant } = levels
  if (constant !== undefined) return constant
  const first = counts.findIndex(count => count > 0)
  const last = counts.findLastIndex(count => count > 0)
  const peak = counts.reduce((best, count, i) => (count > (counts[best] as number) ? i : best), 0)
  if (first === last) return centers[peak] as number
  const place = placesOf(levels)
  // From the tail's end to the peak: upward, or downward when the longer tail is above the peak.
  const isAbove = place(peak) - place(first) < place(last) - place(peak)
  const [end, step] = isAbove ? [last, -1] : [first, 1]
  return farthest(levels, place, { peak, end, step })
}

interface Tail {
  readonly peak: number
  readonly end: number
  readonly step: number
}

/** Bins from the first one on: sparse levels are as far from each other as their integers. */
function placesOf({ centers, sparse }: GreyLevels): (i: number) => number {
  return sparse ? i => (centers[i] as number) - (centers[0] as number) : i => i
}

function farthest(levels: GreyLevels, place: (i: number) => number, { peak, end, step }: Tail): number {
  const { counts, centers, sparse = false } = levels
  const width = Math.abs(place(peak) - place(end))
  const height = counts[peak] as number
  const norm = Math.sqrt(height * height + width * width)
  const [rise, run] = [height / norm, width / norm]
  let best = centers[end] as number
  let most = -Infinity
  const consider = (x: number, count: number): void => {
    const distance = rise * x - run * count
    if (distance > most) {
      most = distance
      best = sparse ? (centers[end] as number) + step * x : (centers[end + step * x] as number)
    }
  }
  for (let i = end; i !== peak; i += step) {
    const x = Math.abs(place(i) - place(end))
    consider(x, counts[i] as number)
    // The last of the integers up to the next level that no element has.
    const before = Math.abs(place(i + step) - place(end)) - 1
    if (before > x) consider(before, 0)
  }
  return best
}
