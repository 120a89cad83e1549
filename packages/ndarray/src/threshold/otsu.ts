import { cumulateBack } from './arithmetic.ts'
import type { GreyLevels } from './greylevels.ts'

/**
 * Otsu's method: the level that splits the elements into two classes with the greatest variance between
 * their means. N. Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions on
 * Systems, Man, and Cybernetics 9 (1979), 62–66.
 */
export function otsu({ counts, centers, constant }: GreyLevels): number {
  if (constant !== undefined) return constant
  const weighted = Float64Array.from(counts, (count, i) => count * (centers[i] as number))
  const above = cumulateBack(counts.slice())
  const aboveSum = cumulateBack(weighted)
  let [low, lowSum, best, most] = [0, 0, 0, -Infinity]
  for (let i = 0; i + 1 < counts.length; i++) {
    low += counts[i] as number
    lowSum += (counts[i] as number) * (centers[i] as number)
    const high = above[i + 1] as number
    const distance = lowSum / low - (aboveSum[i + 1] as number) / high
    const variance = low * high * distance ** 2
    if (!(variance > most)) continue
    most = variance
    best = i
  }
  return centers[best] as number
}
