/** The integers that occur in an image, where they spread too far for a count of every one. */

import type { DTypeInfo } from '../dtype.ts'
import { copy } from '../functions/creation.ts'
import { argsort, sort } from '../functions/sorting.ts'
import { Temporaries } from '../functions/temporaries.ts'
import type { Heap } from '../heap/heap.ts'
import { keep } from '../heap/scope.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import type { GreyLevels } from './greylevels.ts'

/** Slots of the hash table, half of which are used at most: with counts 8 or 12 bytes each. */
const SLOTS = 2 ** 19

/** An image up to this size may be copied. */
const SMALL_BYTES = 2 ** 24

/** The levels that occur in an image of 32-bit or 64-bit integers from `low` to `high`. */
export function sparseLevels(image: NDArray, low: bigint, high: bigint): GreyLevels {
  const few = distinctElements(image)
  if (few) return few
  return image.nbytes <= SMALL_BYTES ? sortedLevels(image) : levelsInSlices(image, low, high)
}

/** The same for any number of distinct elements, which are counted slice by slice of their values. */
export function levelsInSlices(image: NDArray, low: bigint, high: bigint): GreyLevels {
  const middle = (low + high) >> 1n
  const slices: [low: bigint, high: bigint][] = [
    [middle + 1n, high],
    [low, middle],
  ]
  const found: GreyLevels[] = []
  for (let slice = slices.pop(); slice; slice = slices.pop()) {
    const [from, to] = slice
    using table = new DistinctTable(image.lease.heap, image.info)
    if (table.add(image, from, to - from)) {
      found.push(table.levels())
      continue
    }
    const between = (from + to) >> 1n
    slices.push([between + 1n, to], [from, between])
  }
  return joined(found)
}

function joined(parts: readonly GreyLevels[]): GreyLevels {
  const length = parts.reduce((sum, { counts }) => sum + counts.length, 0)
  const levels = { counts: new Float64Array(length), centers: new Float64Array(length), sparse: true }
  let at = 0
  for (const { counts, centers } of parts) {
    levels.counts.set(counts, at)
    levels.centers.set(centers, at)
    at += counts.length
  }
  return levels
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

  /**
   * Counts the elements of an image, too: all, or those whose bits are from `low` to `low + span`. False when
   * there are too many distinct ones; the table is of no use then.
   */
  add(image: NDArray, low = 0n, span = 2n ** 64n - 1n): boolean {
    const { heap } = image.lease
    heap.bind(image.shape, [image.operand()])
    const { exports } = heap.core
    const { byteAddress } = this.#cells
    this.#free = exports.countDistinct(image.info.bytes, byteAddress, SLOTS, this.#free, low, span)
    return this.#free >= 0
  }

  /** What was counted, in ascending order, but for NaN and infinities. */
  levels(): GreyLevels {
    const { buffer, byteOffset } = this.#cells.data
    const { array: Keys, bytes, name } = this.#info
    const keys = new Keys(buffer, byteOffset, SLOTS)
    const counts = new Uint32Array(buffer, byteOffset + SLOTS * bytes, SLOTS)
    const taken = new Uint32Array(SLOTS / 2 - Math.max(this.#free, 0))
    let length = 0
    for (let slot = 0; slot < SLOTS; slot++) {
      if (counts[slot] !== 0 && Number.isFinite(Number(keys[slot]))) taken[length++] = slot
    }
    using temporaries = new Temporaries()
    const found = temporaries.add(allocateArray(this.#cells.lease.heap, [length], name, false))
    for (let i = 0; i < length; i++) found.data[i] = keys[taken[i] as number] as never
    const order = temporaries.add(argsort(found)).toTypedArray()
    const levels = { counts: new Float64Array(length), centers: new Float64Array(length), sparse: true }
    for (let i = 0; i < length; i++) {
      const slot = taken[Number(order[i])] as number
      levels.counts[i] = counts[slot] as number
      levels.centers[i] = Number(keys[slot])
    }
    return levels
  }

  [Symbol.dispose](): void {
    this.#cells.drop(false)
  }
}

/** The same by sorting a copy of the image. */
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
