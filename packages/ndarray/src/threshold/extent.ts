import type { NDArray } from '../ndarray.ts'

/** The finite elements of an image lie from `low` to `high`; `low` is above `high` when there are none. */
export interface Extent {
  readonly low: number | bigint
  readonly high: number | bigint
  readonly hasNaN: boolean
  /** Which of ∞ and −∞ there are. */
  readonly infinities: readonly number[]
}

/** What the kernel may find beside finite elements (assembly/kernels/greylevels.ts). */
const FOUND_NAN = 1
const FOUND_PLUS_INFINITY = 2
const FOUND_MINUS_INFINITY = 4

/** The least and the greatest element of an image of 32-bit or 64-bit elements, of one at least, in one pass. */
export function extentOf(image: NDArray): Extent {
  const { heap } = image.lease
  heap.bind(image.shape, [image.operand()])
  const found = heap.core.exports.extent(image.info.code)
  const infinities: number[] = []
  if (found & FOUND_MINUS_INFINITY) infinities.push(-Infinity)
  if (found & FOUND_PLUS_INFINITY) infinities.push(Infinity)
  const [low, high] = [heap.result(image.info), heap.result(image.info, 1)]
  return { low, high, hasNaN: (found & FOUND_NAN) !== 0, infinities }
}
