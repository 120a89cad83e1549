import { DTypeError } from '../errors.ts'
import type { GreyLevels } from './greylevels.ts'

/** How Li's method iterates: the options of `thresholdLi`, its guess being a number. */
export interface LiIteration {
  /** Ends when the threshold changes by no more. Default: half the smallest difference between elements. */
  tolerance?: number | undefined
  /** Where to begin; default: the mean. */
  initialGuess?: number | undefined
  /** Gets the first threshold, and that of each iteration. */
  iterCallback?: ((threshold: number) => void) | undefined
}

/** The means, of differences from the least element, of the elements not above and above a threshold. */
export type Means = readonly [below: number, above: number]

/** Elements of which Li's method asks only the means below and above a threshold. */
export interface Parts {
  readonly low: number
  readonly high: number
  /** The smallest difference between elements, at least where iterations can be as small; asked only if needed. */
  readonly smallestStep: () => number
  /** To the precision in which scikit-image iterates. */
  readonly round: (value: number) => number
}

/**
 * Li's minimum cross entropy method, by iteration: the next threshold is the logarithmic mean of the means
 * of the two classes, which it asks for by yielding the threshold less the least element. C. H. Li,
 * P. K. S. Tam, "An iterative algorithm for minimum cross entropy thresholding", Pattern Recognition Letters
 * 19 (1998), 771–776.
 * @throws DTypeError for a guess outside the elements, or a tolerance that is no number
 */
export function* iterateLi(parts: Parts, options: LiIteration): Generator<number, number, Means> {
  const { low, round } = parts
  const { iterCallback } = options
  if (parts.low === parts.high) return low
  const tolerance = toleranceOf(parts, options)
  let next = startOf(parts, options) ?? (yield -Infinity)[1]
  let current = -2 * tolerance
  iterCallback?.(round(next + low))
  while (Math.abs(next - current) > tolerance) {
    current = next
    const [back, fore] = yield current
    next = round(round(back - fore) / round(round(Math.log(back)) - round(Math.log(fore))))
    iterCallback?.(round(next + low))
  }
  return round(next + low)
}

function toleranceOf({ smallestStep }: Parts, { tolerance }: LiIteration): number {
  if (tolerance !== undefined && !(tolerance >= 0)) {
    throw new DTypeError(`tolerance is a number from 0 (the default) on, not ${String(tolerance)}`)
  }
  return tolerance || smallestStep() / 2
}

function startOf({ low, high, round }: Parts, { initialGuess }: LiIteration): number | undefined {
  if (initialGuess === undefined) return undefined
  const start = initialGuess - low
  if (start > 0 && start < high - low) return round(start)
  throw new DTypeError(
    `initialGuess must lie between the elements, ${low} and ${high}; ${initialGuess} does not`,
  )
}

/** Li's method over a histogram. The levels of floats stand for all elements in their bins. */
export function li(levels: GreyLevels, options: LiIteration = {}): number {
  const { counts, centers, constant } = levels
  const low = centers[counts.findIndex(count => count > 0)] as number
  const high = centers[counts.findLastIndex(count => count > 0)] as number
  if (constant !== undefined) return constant
  const smallestStep = (): number => (centers.every(Number.isInteger) ? 1 : smallestDifference(centers))
  const iteration = iterateLi({ low, high, smallestStep, round: value => value }, options)
  return answered(iteration, t => meansOf(levels, low, t))
}

/** Runs an iteration whose questions are answered at once. */
export function answered(iteration: Generator<number, number, Means>, meansAt: (t: number) => Means): number {
  let step = iteration.next()
  while (!step.done) step = iteration.next(meansAt(step.value))
  return step.value
}

function meansOf({ counts, centers }: GreyLevels, low: number, t: number): [number, number] {
  const [sums, totals] = [[0, 0] as [number, number], [0, 0] as [number, number]]
  for (let i = 0; i < counts.length; i++) {
    const level = (centers[i] as number) - low
    const part = level > t ? 1 : 0
    sums[part] += level * (counts[i] as number)
    totals[part] += counts[i] as number
  }
  return [sums[0] / totals[0], sums[1] / totals[1]]
}

/** Of ascending numbers, equal ones not counting. */
export function smallestDifference(values: ArrayLike<number>, round = (value: number) => value): number {
  let smallest = Infinity
  for (let i = 1; i < values.length; i++) {
    const difference = round((values[i] as number) - (values[i - 1] as number))
    if (difference > 0 && difference < smallest) smallest = difference
  }
  return smallest
}
