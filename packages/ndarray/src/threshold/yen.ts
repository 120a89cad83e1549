import { argmax, cumulate, cumulateBack } from './arithmetic.ts'
import type { GreyLevels } from './greylevels.ts'

/**
 * Yen's method: the level at which the entropic correlation of the two classes is greatest. J.-C. Yen,
 * F.-J. Chang, S. Chang, "A new criterion for automatic multilevel thresholding", IEEE Transactions on Image
 * Processing 4 (1995), 370–378. In float32, as scikit-image.
 */
export function yen({ counts, centers }: GreyLevels): number {
  if (counts.length === 1) return centers[0] as number
  const total = Math.fround(counts.reduce((sum, count) => sum + count, 0))
  const shares = Float32Array.from(counts, count => Math.fround(count) / total)
  const below = cumulate(shares.slice())
  const squares = shares.map(share => share * share)
  const squaresBelow = cumulate(squares.slice())
  const squaresAbove = cumulateBack(squares)
  const criterion = new Float32Array(counts.length - 1)
  for (let i = 0; i < criterion.length; i++) {
    criterion[i] = correlation(below[i] as number, squaresBelow[i] as number, squaresAbove[i + 1] as number)
  }
  return centers[argmax(criterion)] as number
}

const { fround } = Math

function correlation(below: number, squaresBelow: number, squaresAbove: number): number {
  const product = fround(below * fround(1 - below))
  const inverse = fround(1 / fround(squaresBelow * squaresAbove))
  return Math.log(fround(inverse * fround(product * product)))
}
