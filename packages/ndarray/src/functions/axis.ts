import type { Operand } from '../heap/heap.ts'
import type { NDArray } from '../ndarray.ts'

/** A list without the item of an axis. */
export function without<T>(list: readonly T[], axis: number): T[] {
  return list.filter((_, i) => i !== axis)
}

/** An array as an operand of a kernel that goes along one axis itself: where its lines begin. */
export function linesOf(a: NDArray, axis: number): Operand {
  return a.operand(without(a.strides, axis))
}

/** Bytes from one element of a line to the next. */
export function lineStep(a: NDArray, axis: number): number {
  return (a.strides[axis] as number) * a.info.bytes
}
