import { cumulate, cumulateBack } from './arithmetic.ts'
import type { GreyLevels } from './greylevels.ts'

/**
 * Otsu's method: the level that splits the elements into two classes with the greatest variance between
 * their means. N. Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions on
 * Systems, Man, and Cybernetics 9 (1979), 62–66.
 */
export function otsu({ counts, centers, constant }: GreyLevels): number {
  if (constant !== undefined) return constant
  const weighted = Float64Array.from(counts, (count, i) => count * (centers[i] as number))
  const below = cumulate(counts.slice())
  const above = cumulateBack(counts.slice())
  const belowSum = cumulate(weighted.slice())
  const aboveSum = cumulateBack(weighted)
  let best = 0
  let most = -Infinity
  for (let i = 0; i + 1 < counts.length; i++) {
    const [low, high] = [below[i] as number, above[i + 1] as number]
    const distance = (belowSum[i] as number) / low - (aboveSum[i + 1] as number) / high
    const variance = low * high * distance ** 2
    if (!(variance > most)) continue
    most = variance
    best = i
  }
  return centers[best] as number
}
