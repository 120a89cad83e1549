/** Li's method over the elements of a float image themselves, without a copy. */
import type { NDArray } from '../ndarray.ts'
import { extentOf } from './extent.ts'
import { iterateLi, type LiOptions, smallestDifference } from './li.ts'
import { distinctElements } from './sparse.ts'

/**
 * The threshold of an image of floats, of one at least; NaN and infinities do not count. `guess` gets the
 * least finite element.
 */
export function liOfFloats(
  image: NDArray,
  options: Omit<LiOptions, 'initialGuess'>,
  guess: (low: number) => number | undefined,
): number {
  const extent = extentOf(image)
  const [low, high] = [Number(extent.low), Number(extent.high)]
  if (low > high) return ofNoneFinite(extent.infinities)
  const round = image.dtype === 'float32' ? Math.fround : (value: number) => value
  const meansAt = (t: number): [number, number] => {
    const [above, higher, below, lower] = partSums(image, low, t)
    return [round((below as number) / (lower as number)), round((above as number) / (higher as number))]
  }
  const smallestStep = (): number => smallestStepOf(image, low, high, round)
  return iterateLi({ low, high, smallestStep, meansAt, round }, { ...options, initialGuess: guess(low) })
}

function ofNoneFinite(infinities: readonly number[]): number {
  if (infinities.length === 2) return 0
  return infinities[0] ?? NaN
}

/** The sum and number of the differences from `low` above `t`, then of the others. */
function partSums(image: NDArray, low: number, t: number): Float64Array {
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
function smallestStepOf(image: NDArray, low: number, high: number, round: (value: number) => number): number {
  const distinct = distinctElements(image)
  if (!distinct) return (high - low) * SMALL_STEP
  return smallestDifference(
    distinct.centers.map(value => round(value - low)),
    round,
  )
}
