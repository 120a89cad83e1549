import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'

/** Bytes of chunks that may be under way at once, unless one alone has more. */
const BUDGET_BYTES = 256 * 2 ** 20
/** Chunks under way at once, unless told otherwise. */
export const CONCURRENCY = 8

/** @throws DTypeError */
export function checkConcurrency(concurrency: number): void {
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new DTypeError(`concurrency is an integer from 1, not ${describe(concurrency)}`)
  }
}

/** How many chunks of a size may be under way at once. */
export function workersFor(chunkBytes: number, concurrency: number): number {
  return Math.max(1, Math.min(concurrency, Math.floor(BUDGET_BYTES / chunkBytes)))
}

/**
 * Acts on every item, on several at once. After a failure none is begun, and all that are under way are
 * waited for.
 * @throws the first error
 */
export async function each<Item>(
  items: Iterator<Item>,
  workers: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = []
  const work = async (): Promise<void> => {
    for (let next = items.next(); !next.done; next = items.next()) {
      try {
        await act(next.value)
      } catch (error) {
        failures.push(error)
      }
      if (failures.length > 0) return
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  if (failures.length > 0) throw failures[0]
}
