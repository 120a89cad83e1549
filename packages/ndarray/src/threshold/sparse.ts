/** The integers that occur in an image, where they spread too far for a count of every one. */

import type { DTypeInfo } from '../dtype.ts'
import { copy } from '../functions/creation.ts'
import { sort } from '../functions/sorting.ts'
import type { Heap } from '../heap/heap.ts'
import { keep } from '../heap/scope.ts'
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
  using table = new DistinctTable(image.lease.heap, image.info)
  return table.add(image) ? table.levels() : undefined
}

/** A hash table of distinct elements of 4 or 8 bytes, and how many there were of each. */
export class DistinctTable implements Disposable {
  readonly #info: DTypeInfo
  /** The keys, then their counts. */
  readonly #cells: NDArray<'uint32'>
  /** Slots that may be taken; -1 when they were too few. */
  #free = SLOTS / 2

  /** @throws OutOfMemoryError */
  constructor(heap: Heap, info: DTypeInfo) {
    this.#info = info
    this.#cells = keep(allocateArray(heap, [(SLOTS * (info.bytes + 4)) / 4], 'uint32', true))
  }

  /** Counts the elements of an image, too. False when there are too many distinct ones; the table is of no use then. */
  add(image: NDArray): boolean {
    const { heap } = image.lease
    heap.bind(image.shape, [image.operand()])
    const { exports } = heap.core
    this.#free = exports.countDistinct(image.info.bytes, this.#cells.byteAddress, SLOTS, this.#free)
    return this.#free >= 0
  }

  /** What was counted, in ascending order, but for NaN and infinities. */
  levels(): GreyLevels {
    const { buffer, byteOffset } = this.#cells.data
    const { array: Keys, bytes } = this.#info
    const keys = new Keys(buffer, byteOffset, SLOTS)
    const counts = new Uint32Array(buffer, byteOffset + SLOTS * bytes, SLOTS)
    const taken = Uint32Array.from(counts.keys())
      .filter(slot => counts[slot] !== 0 && Number.isFinite(Number(keys[slot])))
      .sort((a, b) => Number(keys[a]) - Number(keys[b]))
    return {
      counts: Float64Array.from(taken, slot => counts[slot] as number),
      centers: Float64Array.from(taken, slot => Number(keys[slot])),
      sparse: true,
    }
  }

  [Symbol.dispose](): void {
    this.#cells.drop(false)
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
