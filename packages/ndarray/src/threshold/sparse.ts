/** The integers that occur in an image, where they spread too far for a count of every one. */

import { copy } from '../functions/creation.ts'
import { sort } from '../functions/sorting.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import type { GreyLevels } from './greylevels.ts'

/** Slots of the hash table, half of which are used at most: with counts 8 or 12 bytes each. */
const SLOTS = 2 ** 19

/** The levels that occur in an image of 32-bit or 64-bit integers. */
export function sparseLevels(image: NDArray): GreyLevels {
  return distinctElements(image) ?? sortedLevels(image)
}

/**
 * The distinct elements of an image, of 4 or 8 bytes each, in ascending order, and how many there are of
 * each; undefined when they are more than a small hash table holds. Floats are told apart by
 * their bits; NaN and infinities are left out.
 */
export function distinctElements(image: NDArray): GreyLevels | undefined {
  const { heap } = image.lease
  const { bytes, array: Keys } = image.info
  const table = allocateArray(heap, [(SLOTS * (bytes + 4)) / 4], 'uint32', true)
  try {
    heap.bind(image.shape, [image.operand()])
    if (!heap.core.exports.countDistinct(bytes, table.byteAddress, SLOTS)) return undefined
    const { buffer } = heap.core.memory
    const keys = new Keys(buffer, table.byteAddress, SLOTS)
    const counts = new Uint32Array(buffer, table.byteAddress + SLOTS * bytes, SLOTS)
    const slots = new Uint32Array(SLOTS / 2)
    let used = 0
    for (let slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] !== 0 && Number.isFinite(Number(keys[slot]))) slots[used++] = slot
    }
    const taken = slots.subarray(0, used).sort((a, b) => Number(keys[a]) - Number(keys[b]))
    return {
      counts: Float64Array.from(taken, slot => counts[slot] as number),
      centers: Float64Array.from(taken, slot => Number(keys[slot])),
      sparse: true,
    }
  } finally {
    table.drop(false)
  }
}

/** The same for any number of distinct elements, by sorting a copy of the image. */
function sortedLevels(image: NDArray): GreyLevels {
  const packed = copy(image, image.dtype)
  const flat = packed.view({ shape: [packed.size], strides: [1], offset: packed.offset })
  try {
    sort(flat, { out: flat })
    return runsOf(flat.data.subarray(flat.offset, flat.offset + flat.size) as ArrayLike<number | bigint>)
  } finally {
    flat.drop(false)
    packed.drop(false)
  }
}

function runsOf(sorted: ArrayLike<number | bigint>): GreyLevels {
  let runs = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) runs++
  const counts = new Float64Array(runs)
  const centers = new Float64Array(runs)
  for (let i = 0, run = -1; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) centers[++run] = Number(sorted[i])
    ;(counts[run] as number)++
  }
  return { counts, centers, sparse: true }
}
