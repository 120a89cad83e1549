import type { Heap } from '../heap/heap.ts'
import { allocateArray } from '../ndarray.ts'

/** Tables that a kernel fills in turn, when they are small: equal elements follow each other in images. */
const TABLES = 4
/** Bins up to which all tables stay in the first cache. */
const MOST_IN_TURN = 2048

/** Counts in `bins` bins by a kernel, which gets the address of the first table and the bytes to the next. */
export function counted(
  heap: Heap,
  bins: number,
  count: (tables: number, step: number) => void,
): Float64Array {
  const tables = bins <= MOST_IN_TURN ? TABLES : 1
  const table = allocateArray(heap, [bins * tables], 'uint32', true)
  try {
    count(table.byteAddress, tables === 1 ? 0 : bins * 4)
    const counts = new Float64Array(bins)
    const cells = table.data
    for (let k = 0; k < tables; k++) {
      for (let i = 0; i < bins; i++) (counts[i] as number) += cells[k * bins + i] as number
    }
    return counts
  } finally {
    table.drop(false)
  }
}
