import type { NDArray } from '../ndarray.ts'
import { counted } from './counts.ts'
import type { GreyLevels } from './greylevels.ts'

/** The levels of an image of 8-bit or 16-bit integers or bools: all values are counted, then the ends trimmed. */
export function narrowLevels(image: NDArray): GreyLevels {
  const [min, max] = [Number(image.info.min), Number(image.info.max)]
  return trimmed(denseLevels(image, min, max - min + 1))
}

/** The levels of an image whose elements are integers from `low`, below low + bins. */
export function denseLevels(image: NDArray, low: number | bigint, bins: number): GreyLevels {
  const { heap } = image.lease
  const counts = counted(heap, bins, (tables, step) => {
    heap.bind(image.shape, [image.operand()])
    heap.core.exports.countLevels(image.info.code, BigInt(low), tables, step)
  })
  const centers = new Float64Array(bins)
  for (let i = 0, first = Number(low); i < bins; i++) centers[i] = first + i
  return { counts, centers }
}

/** Without the levels at both ends that have no elements. */
export function trimmed<Levels extends GreyLevels>(levels: Levels): Levels {
  const { counts, centers } = levels
  const first = Math.max(
    counts.findIndex(count => count > 0),
    0,
  )
  const last = counts.findLastIndex(count => count > 0)
  const end = last < 0 ? counts.length : last + 1
  return { ...levels, counts: counts.subarray(first, end), centers: centers.subarray(first, end) }
}
