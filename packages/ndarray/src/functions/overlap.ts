import type { NDArray } from '../ndarray.ts'

/** Whether two arrays are over the same block: writing to one may change the other. */
export function sharesMemory(a: NDArray, b: NDArray): boolean {
  return a.lease.heap === b.lease.heap && a.lease.handle === b.lease.handle
}
