import type { GreyLevels } from './greylevels.ts'

/** The mean of the levels, weighted by how often each occurs; NaN when none does. */
export function meanLevel({ counts, centers }: GreyLevels): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < counts.length; i++) {
    sum += (counts[i] as number) * (centers[i] as number)
    total += counts[i] as number
  }
  return sum / total
}
