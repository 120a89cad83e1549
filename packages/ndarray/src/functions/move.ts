import type { Scalar } from '../dtype.ts'
import type { Operand } from '../heap/heap.ts'
import type { Layout, NDArray } from '../ndarray.ts'

/**
 * Copies elements between parts of arrays, converting as C converts; both layouts have one shape. The parts
 * are described, not made: no view comes into being. They must not share elements.
 */
export function move(out: NDArray, to: Layout, a: NDArray, from: Layout): void {
  const { heap } = out.lease
  heap.bind(to.shape, [part(out, to), part(a, from)])
  heap.core.exports.assign(out.info.code, a.info.code)
}

/** Writes one value everywhere in a part of an array. */
export function fill(out: NDArray, to: Layout, value: Scalar): void {
  const { heap } = out.lease
  heap.bind(to.shape, [part(out, to), heap.scalar(1, value, out.info, to.shape.length)])
  heap.core.exports.assign(out.info.code, out.info.code)
}

function part(array: NDArray, layout: Layout): Operand {
  const itemBytes = array.info.bytes
  return { byteAddress: array.lease.address + layout.offset * itemBytes, strides: layout.strides, itemBytes }
}

/** A stretch of one axis: `length` elements from `start` on, every `step`-th. */
export function stretch(from: Layout, axis: number, start: number, length: number, step = 1): Layout {
  const stride = from.strides[axis] as number
  return {
    shape: from.shape.with(axis, length),
    strides: from.strides.with(axis, stride * step),
    offset: length > 0 ? from.offset + start * stride : from.offset,
  }
}
