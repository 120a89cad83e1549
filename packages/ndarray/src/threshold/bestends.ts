/** Dynamic programming over classes of neighbouring levels. */

/** What a class of the levels from i to j adds to the total. */
export type Variance = (i: number, j: number) => number

/** Levels up to which every end of a class is tried; above, only those between the ends of its neighbours. */
const MOST_EXHAUSTIVE = 1024

/** The best division of the levels. */
export interface BestEnds {
  /** The last level of each class but the last one. */
  readonly ends: number[]
  /** `best[k][i]`: the greatest total of k + 1 classes that begin with level i and take all levels from there. */
  readonly best: readonly Float64Array[]
}

/** Divides `levels` levels into `classes` classes with the greatest total. */
export function bestEnds(variance: Variance, levels: number, classes: number): BestEnds {
  const one = new Float64Array(levels + 1)
  for (let i = 0; i < levels; i++) one[i] = variance(i, levels - 1)
  const best: Float64Array[] = [one]
  const chosen: Uint32Array[] = []
  for (let k = 1; k < classes; k++) {
    const next = withOneMore(variance, best[k - 1] as Float64Array, levels, k)
    best.push(next.totals)
    chosen.push(next.ends)
  }
  const ends: number[] = []
  for (let k = classes - 2, from = 0; k >= 0; k--) {
    const end = (chosen[k] as Uint32Array)[from] as number
    ends.push(end)
    from = end + 1
  }
  return { ends, best }
}

/** From totals of k classes, those of k + 1. */
function withOneMore(
  variance: Variance,
  rest: Float64Array,
  levels: number,
  k: number,
): { totals: Float64Array; ends: Uint32Array } {
  const totals = new Float64Array(levels + 1).fill(-Infinity)
  const ends = new Uint32Array(levels + 1)
  /** Finds the best ends of classes that begin with `from` to `to`, knowing between what they lie. */
  const solve = (from: number, to: number, low: number, high: number): void => {
    if (from > to) return
    const middle = (from + to) >> 1
    for (let end = Math.max(middle, low); end <= Math.min(levels - 1 - k, high); end++) {
      const total = variance(middle, end) + (rest[end + 1] as number)
      if (total <= (totals[middle] as number)) continue
      totals[middle] = total
      ends[middle] = end
    }
    const isShort = levels <= MOST_EXHAUSTIVE
    const end = ends[middle] as number
    solve(from, middle - 1, low, isShort ? high : end)
    solve(middle + 1, to, isShort ? low : end, high)
  }
  solve(0, levels - 1 - k, 0, levels - 1)
  return { totals, ends }
}
