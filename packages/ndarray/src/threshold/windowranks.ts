import { copy } from '../functions/creation.ts'
import { pad } from '../functions/pad.ts'
import { roomFor } from '../functions/room.ts'
import type { NDArray } from '../ndarray.ts'
import { contiguousStrides } from '../shape.ts'
import { BORDERS, type Border } from './border.ts'

/** A function of a window's elements. */
export type WindowFunction = (values: Float32Array | Float64Array) => number

/** The image with margins of half a window, in the result's dtype; the caller's. */
function padded(result: NDArray, image: NDArray, sizes: readonly number[], border: Border): NDArray {
  const margins = sizes.length === 0 ? 0 : sizes.map(length => [length >> 1, length >> 1] as const)
  const options = { mode: BORDERS[border.mode].pad, constantValues: border.cval }
  if (image.dtype === result.dtype) return pad(image, margins, options)
  const converted = copy(image, result.dtype)
  try {
    return pad(converted, margins, options)
  } finally {
    converted.drop(false)
  }
}

/** Where a window's elements lie, counted from its first. */
function windowOffsets(sizes: readonly number[], strides: readonly number[]): number[] {
  let offsets = [0]
  sizes.forEach((length, axis) => {
    const step = strides[axis] as number
    offsets = offsets.flatMap(offset => Array.from({ length }, (_, i) => offset + i * step))
  })
  return offsets
}

/** Writes the median of the window around each element, less an offset; NaN where a window has NaN. */
export function windowMedians(
  result: NDArray,
  image: NDArray,
  sizes: readonly number[],
  border: Border,
  offset: number,
): void {
  const { heap } = image.lease
  const { bytes, code } = result.info
  const source = padded(result, image, sizes, border)
  try {
    const offsets = windowOffsets(sizes, source.strides).map(place => place * bytes)
    const room = roomFor(heap, offsets.length * (4 + bytes) + 4)
    try {
      new Int32Array(heap.core.memory.buffer, room.byteAddress, offsets.length).set(offsets)
      const work = room.byteAddress + 8 * Math.ceil(offsets.length / 2)
      heap.bind(result.shape, [result.operand(), source.operand()])
      heap.core.exports.medians(code, room.byteAddress, offsets.length, work, offset)
    } finally {
      room.drop(false)
    }
  } finally {
    source.drop(false)
  }
}

/** Writes what a function makes of the window around each element. */
export function windowFunction(
  result: NDArray,
  image: NDArray,
  sizes: readonly number[],
  border: Border,
  compute: WindowFunction,
): void {
  const source = padded(result, image, sizes, border)
  try {
    const offsets = windowOffsets(sizes, source.strides)
    const values =
      result.dtype === 'float32' ? new Float32Array(offsets.length) : new Float64Array(offsets.length)
    const steps = contiguousStrides(result.shape)
    for (let i = 0; i < result.size; i++) {
      let from = 0
      let to = result.offset
      for (let axis = 0; axis < result.ndim; axis++) {
        const index = Math.floor(i / (steps[axis] as number)) % (result.shape[axis] as number)
        from += index * (source.strides[axis] as number)
        to += index * (result.strides[axis] as number)
      }
      const { data } = source
      for (let k = 0; k < offsets.length; k++) values[k] = data[from + (offsets[k] as number)] as number
      result.data[to] = compute(values) as never
    }
  } finally {
    source.drop(false)
  }
}
