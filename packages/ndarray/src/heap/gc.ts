import { readGeneration, writeThreshold } from '@ebb/core'
import { describe } from '../dtype.ts'
import { DTypeError, IndexError } from '../errors.ts'
import { currentHeap } from './heap.ts'

/** A generation's figures, as Python's `gc.get_stats()` names them. */
export interface GenerationStats {
  collections: number
  /** RefArrays found unreachable and freed. */
  collected: number
  /** Always 0: nothing here has finalizers that could resurrect it. */
  uncollectable: number
}

/** What a callback is told: before a collection (`start`) and after it (`stop`, with what was collected). */
export interface CollectionInfo {
  generation: number
  collected: number
  uncollectable: number
}

const GENERATIONS = [0, 1, 2] as const

/**
 * Finds RefArrays that only refer to each other and frees them, with what only they hold; large blocks are
 * back with the operating system when it returns.
 * @param generation 0, 1 or 2 (all, the default).
 * @returns How many RefArrays were unreachable.
 * @throws IndexError for another generation.
 */
export function collect(generation = 2): number {
  if (generation !== 0 && generation !== 1 && generation !== 2) {
    throw new IndexError(`there is no generation ${describe(generation)}; there are 0, 1 and 2`)
  }
  return currentHeap().core.exports.collect(generation, 1) >>> 0
}

/**
 * Sets how many more RefArrays must be made than freed before generation 0 is collected, and how many
 * collections of the younger one before 1 and 2 are. 0 for the first turns automatic collections off; what is
 * omitted stays.
 * @throws DTypeError for anything but integers from 0 to 2^32 − 1; nothing is set then.
 */
export function setThreshold(threshold0: number, threshold1?: number, threshold2?: number): void {
  const thresholds = [threshold0, threshold1, threshold2]
  for (const value of thresholds) {
    if (value !== undefined && (!Number.isInteger(value) || value < 0 || value >= 2 ** 32)) {
      throw new DTypeError(`a threshold is an integer from 0, not ${describe(value)}`)
    }
  }
  const { exports, memory } = currentHeap().core
  for (const generation of GENERATIONS) {
    const value = thresholds[generation]
    if (value !== undefined) writeThreshold(exports, memory, generation, value)
  }
}

function figures<K extends 'threshold' | 'count'>(key: K): [number, number, number] {
  const { exports, memory } = currentHeap().core
  const [a, b, c] = GENERATIONS.map(generation => readGeneration(exports, memory, generation)[key])
  return [a as number, b as number, c as number]
}

/** The three thresholds; 700, 10 and 5 by default. */
export function getThreshold(): [number, number, number] {
  return figures('threshold')
}

/** RefArrays made minus freed since the last collection of generation 0; collections of 0 and of 1 since. */
export function getCount(): [number, number, number] {
  return figures('count')
}

/** What each generation's collections did so far. */
export function getStats(): [GenerationStats, GenerationStats, GenerationStats] {
  const { exports, memory } = currentHeap().core
  const [a, b, c] = GENERATIONS.map(generation => {
    const { collections, collected, uncollectable } = readGeneration(exports, memory, generation)
    return { collections, collected, uncollectable }
  })
  return [a as GenerationStats, b as GenerationStats, c as GenerationStats]
}

/** Turns automatic collections on, as they are at first. */
export function enable(): void {
  currentHeap().core.exports.setEnabled(1)
}

/** Turns automatic collections off; `collect()` works on. */
export function disable(): void {
  currentHeap().core.exports.setEnabled(0)
}

/** Whether collections run by themselves. */
export function isEnabled(): boolean {
  return currentHeap().core.exports.isEnabled() !== 0
}

/** Takes every RefArray that exists out of the collector's sight, as after setting up what lives for ever. */
export function freeze(): void {
  currentHeap().core.exports.freeze()
}

/** Puts what was frozen into generation 2. */
export function unfreeze(): void {
  currentHeap().core.exports.unfreeze()
}

/**
 * Calls a function before and after every collection of the current heap. It must not throw; what it throws
 * is reported as an uncaught error, and the collection goes on.
 * @returns A function that ends that.
 */
export function onCollect(callback: (phase: 'start' | 'stop', info: CollectionInfo) => void): () => void {
  if (typeof callback !== 'function')
    throw new DTypeError(`a callback is a function, not ${describe(callback)}`)
  const { collectCallbacks } = currentHeap()
  collectCallbacks.add(callback)
  return () => collectCallbacks.delete(callback)
}
