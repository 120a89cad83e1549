/**
 * Otsu's method for several classes. P.-S. Liao, T.-S. Chen, P.-C. Chung, "A fast algorithm for multilevel
 * thresholding", Journal of Information Science and Engineering 17 (2001), 713–727.
 *
 * scikit-image tries all combinations of thresholds, adding up float32 variances; which of several nearly
 * equal ones is the greatest depends on that rounding. Here dynamic programming finds the greatest total that
 * any continuation can reach, and only combinations within the rounding of it are added up in float32.
 */
import { ThresholdError } from '../errors.ts'
import { cumulate } from './arithmetic.ts'
import { bestEnds, type Variance } from './bestends.ts'
import type { GreyLevels } from './greylevels.ts'
import { assertInteger } from './parameters.ts'

/** How far a total in float32 may be from the exact one, relatively. */
const ROUNDING = 1e-6
/** Levels up to which all combinations near the best are tried for more than three classes. */
const MOST_TRIED = 4096

/**
 * The thresholds between `classes` classes, ascending. `isImage`: counts are made shares of the whole first,
 * as those of an image are; given ones are taken as they are.
 * @throws DTypeError for impossible classes; ThresholdError when there are fewer levels than classes
 */
export function multiotsu(levels: GreyLevels, classes = 3, isImage = true): number[] {
  assertInteger('classes', classes, 2)
  const { counts, centers } = levels
  const total = isImage ? counts.reduce((sum, count) => sum + count, 0) : 1
  const used = Uint32Array.from(counts.keys()).filter(i => Math.fround((counts[i] as number) / total) > 0)
  if (used.length < classes) {
    throw new ThresholdError(`${used.length} grey levels cannot be split into ${classes} classes`)
  }
  if (used.length === classes) return Array.from(used.subarray(0, -1), i => centers[i] as number)
  const candidates = candidatesOf(levels, used, total)
  return endsOf(candidates, classes).map(end => candidates.centers[end] as number)
}

/** Levels at which a class may end: their shares of the elements, and how many levels they are from the first. */
interface Candidates {
  readonly shares: Float32Array
  readonly places: Float64Array
  readonly centers: Float64Array
}

/**
 * The levels that elements have. The model counts a class of the first level for nothing unless an empty level
 * is in it, too: so the second level is a candidate in any case.
 */
function candidatesOf(
  { counts, centers, sparse = false }: GreyLevels,
  used: Uint32Array,
  total: number,
): Candidates {
  const first = used[0] as number
  const origin = centers[first] as number
  const placeOf = (i: number): number => (sparse ? (centers[i] as number) - origin : i - first)
  const made = Array.from(
    used,
    i => [(counts[i] as number) / total, placeOf(i), centers[i] as number] as const,
  )
  if (placeOf(used[1] as number) > 1)
    made.splice(1, 0, [0, 1, sparse ? origin + 1 : (centers[first + 1] as number)])
  return {
    shares: Float32Array.from(made, ([share]) => share),
    places: Float64Array.from(made, ([, place]) => place),
    centers: Float64Array.from(made, ([, , center]) => center),
  }
}

/** The last levels of all classes but the last one. */
function endsOf({ shares, places }: Candidates, classes: number): number[] {
  const variance = varianceOf(shares, places)
  const { ends, best } = bestEnds(variance, shares.length, classes)
  if (classes > 3 && shares.length > MOST_TRIED) return ends
  const enough = totalOf(variance, ends, shares.length - 1) * (1 - ROUNDING)
  return firstBest(variance, best, enough, shares.length, classes)
}

/** The variance that a class of levels i to j adds, in float32. */
function varianceOf(shares: Float32Array, places: Float64Array): Variance {
  const zeroth = cumulate(shares.slice())
  // The model gives the first level the place of the second.
  const moments = shares.map((share, i) => (i === 0 ? 1 : Math.fround(places[i] as number)) * share)
  const firsts = cumulate(moments)
  return (i, j) => {
    if (j === 0) return 0
    const share = i === 0 ? zeroth[j] : Math.fround((zeroth[j] as number) - (zeroth[i - 1] as number))
    if (!((share as number) > 0)) return 0
    const moment = i === 0 ? firsts[j] : Math.fround((firsts[j] as number) - (firsts[i - 1] as number))
    return Math.fround(square(moment as number) / (share as number))
  }
}

function square(value: number): number {
  return Math.fround(value * value)
}

/** In float32: the first class, the last, then those between. */
function totalOf(variance: Variance, ends: readonly number[], last: number): number {
  const count = ends.length
  let sum = Math.fround(variance(0, ends[0] as number) + variance((ends[count - 1] as number) + 1, last))
  for (let k = 1; k < count; k++) {
    sum = Math.fround(sum + variance((ends[k - 1] as number) + 1, ends[k] as number))
  }
  return sum
}

/** The first of the best combinations, in ascending order; none whose total cannot reach `enough` is tried. */
function firstBest(
  variance: Variance,
  best: readonly Float64Array[],
  enough: number,
  levels: number,
  classes: number,
): number[] {
  const ends = new Array<number>(classes - 1).fill(0)
  let found: number[] = []
  let most = 0
  const extend = (k: number, from: number, sum: number): void => {
    if (k === classes - 1) {
      const total = totalOf(variance, ends, levels - 1)
      if (total > most) {
        most = total
        found = ends.slice()
      }
      return
    }
    const rest = best[classes - 2 - k] as Float64Array
    for (let end = from; end < levels - classes + 1 + k; end++) {
      const reached = sum + variance(from, end)
      if (reached + (rest[end + 1] as number) < enough) continue
      ends[k] = end
      extend(k + 1, end + 1, reached)
    }
  }
  extend(0, 0, 0)
  return found
}
