import { ThresholdError } from '../errors.ts'
import { cumulate } from './arithmetic.ts'
import type { GreyLevels } from './greylevels.ts'

/** The lowest of `isodataAll`. @throws ThresholdError when there is none */
export function isodata(levels: GreyLevels): number {
  const [lowest] = isodataAll(levels)
  if (lowest !== undefined) return lowest
  throw new ThresholdError('isodata: no level lies midway between the means of what is below and above it')
}

/**
 * All levels that lie, to within a bin, midway between the mean of the elements up to them and the mean of
 * those above. T. W. Ridler, S. Calvard, "Picture thresholding using an iterative selection method", IEEE
 * Transactions on Systems, Man and Cybernetics 8 (1978), 630–632. Counts are summed in float32, as in
 * scikit-image; so are the levels of float32 images.
 */
export function isodataAll(levels: GreyLevels): number[] {
  const { centers, sparse = false, constant } = levels
  if (constant !== undefined) return [constant]
  if (centers.length === 1) return [centers[0] as number]
  const width = sparse ? 1 : (centers[1] as number) - (centers[0] as number)
  const middles = middlesOf(levels)
  const found: number[] = []
  middles.forEach((middle, i) => {
    const center = centers[i] as number
    // Between two levels, an integer that no element has may be the threshold.
    const level = sparse ? Math.max(Math.floor(middle), center) : center
    const distance = middle - level
    const isBelowNext = !sparse || level < (centers[i + 1] as number)
    if (isBelowNext && distance >= 0 && distance < width) found.push(level)
  })
  return found
}

/** Midway between the means of the elements up to each level and above it. */
function middlesOf({ counts, centers }: GreyLevels): Float64Array | Float32Array {
  const Floats = centers instanceof Float32Array ? Float32Array : Float64Array
  const round = centers instanceof Float32Array ? Math.fround : (value: number) => value
  const singles = Float32Array.from(counts)
  const weighted = new Floats(counts.length)
  for (let i = 0; i < weighted.length; i++) weighted[i] = (singles[i] as number) * (centers[i] as number)
  const sums = cumulate(weighted)
  const below = cumulate(singles)
  const total = below[below.length - 1] as number
  const sum = sums[sums.length - 1] as number
  const middles = new Floats(counts.length - 1)
  for (let i = 0; i < middles.length; i++) {
    const lower = round((sums[i] as number) / (below[i] as number))
    const rest = round(sum - (sums[i] as number))
    const higher = round(rest / Math.fround(total - (below[i] as number)))
    middles[i] = round(lower + higher) / 2
  }
  return middles
}
