/** Li's method over the elements of a float image themselves, without a copy. */
import type { DType } from '../dtype.ts'
import type { NDArray } from '../ndarray.ts'
import { type Extent, extentOf } from './extent.ts'
import type { GreyLevels } from './greylevels.ts'
import { answered, iterateLi, type LiIteration, type Means, smallestDifference } from './li.ts'
import { distinctElements } from './sparse.ts'

/**
 * The threshold of an image of floats, of one at least; NaN and infinities do not count. `guess` gets the
 * least finite element.
 */
export function liOfFloats(
  image: NDArray,
  options: Omit<LiIteration, 'initialGuess'>,
  guess: (low: number) => number | undefined,
): number {
  const extent = extentOf(image)
  const [low, high] = [Number(extent.low), Number(extent.high)]
  if (low > high) return liOfNoneFinite(extent)
  const round = rounding(image.dtype)
  const smallestStep = (): number => smallestStepOf(distinctElements(image), low, high, round)
  const iteration = iterateLi({ low, high, smallestStep, round }, { ...options, initialGuess: guess(low) })
  return answered(iteration, t => meansOfSums(partSums(image, low, t), round))
}

/** The threshold where no element is finite. */
export function liOfNoneFinite({ infinities }: Extent): number {
  if (infinities.length === 2) return 0
  return infinities[0] ?? NaN
}

/** To the precision of a float dtype. */
export function rounding(dtype: DType): (value: number) => number {
  return dtype === 'float32' ? Math.fround : value => value
}

/** The means of what `partSums` has summed. */
export function meansOfSums(sums: Float64Array, round: (value: number) => number): Means {
  const [above, higher, below, lower] = sums as unknown as [number, number, number, number]
  return [round(below / lower), round(above / higher)]
}

/** The sum and number of the differences from `low` above `t`, then of the others. */
export function partSums(image: NDArray, low: number, t: number): Float64Array {
  const { heap } = image.lease
  heap.bind(image.shape, [image.operand()])
  const address = heap.core.exports.partSums(image.info.code, low, t) >>> 0
  return new Float64Array(heap.core.memory.buffer, address, 4)
}

/** Of the range: about the smallest difference of 2^18 elements that are drawn at random. */
const SMALL_STEP = 2 ** -36

/**
 * The smallest difference between elements. Where too many are distinct to find it in little memory, one far
 * below what a float32 tells apart stands for it: by then iterations no longer move any element.
 */
export function smallestStepOf(
  distinct: GreyLevels | undefined,
  low: number,
  high: number,
  round: (value: number) => number,
): number {
  if (!distinct) return (high - low) * SMALL_STEP
  return smallestDifference(
    distinct.centers.map(value => round(value - low)),
    round,
  )
}
