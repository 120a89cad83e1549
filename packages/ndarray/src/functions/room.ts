import type { Heap } from '../heap/heap.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'

/** Room for a kernel to work in, which the caller drops. @throws OutOfMemoryError */
export function roomFor(heap: Heap, bytes: number): NDArray<'float64'> {
  return allocateArray(heap, [Math.ceil(bytes / 8)], 'float64', false)
}
