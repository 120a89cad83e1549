import { type DType, dtypes } from '../dtype.ts'
import { subtract } from '../functions/arithmetic.ts'
import { floating } from '../functions/elementwise.ts'
import { pad } from '../functions/pad.ts'
import { roomFor } from '../functions/room.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides, sizeOf } from '../shape.ts'
import { BORDERS, type Border } from './border.ts'

/** A function of a window's elements. */
export type WindowFunction = (values: Float32Array | Float64Array) => number

/** The image with margins of half a window, in another dtype; the caller's. */
function padded(image: NDArray, dtype: DType, sizes: readonly number[], border: Border): NDArray {
  const margins = sizes.length === 0 ? 0 : sizes.map(length => [length >> 1, length >> 1] as const)
  const constantValues = border.mode === 'constant' ? border.cval : 0
  const options = { mode: BORDERS[border.mode].pad, constantValues }
  using temporaries = new Temporaries()
  return pad(temporaries.readable(image, dtype), margins, options)
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

/** The dtypes that the kernel takes (assembly/kernels/medians.ts), for those whose values they hold. */
const EXACT: Partial<Record<DType, DType>> = {
  bool: 'uint8',
  uint8: 'uint8',
  int8: 'float32',
  int16: 'float32',
  uint16: 'float32',
}
/** Elements of a window of bytes at most. */
const MOST_BYTES = 512

/** The narrowest dtype in which medians are exact, `cval` being an element, too. */
function medianDType({ dtype }: NDArray, elements: number, { mode, cval }: Border): DType {
  const found = EXACT[dtype] ?? floating(dtype)
  const { kind, min, max } = dtypes[found]
  if (kind === 'float') return mode === 'constant' && Math.fround(cval) !== cval ? floating(dtype) : found
  const holdsAll =
    mode !== 'constant' || (Number.isInteger(cval) && cval >= Number(min) && cval <= Number(max))
  if (!holdsAll) return floating(dtype)
  return elements > MOST_BYTES ? 'float32' : found
}

/** Writes the median of the window around each element, less an offset; NaN where a window has NaN. */
export function windowMedians(
  result: NDArray,
  image: NDArray,
  sizes: readonly number[],
  border: Border,
  offset: number,
): void {
  using temporaries = new Temporaries()
  const dtype = medianDType(image, sizeOf(sizes), border)
  const source = temporaries.add(padded(image, dtype, sizes, border))
  const { heap } = image.lease
  const medians =
    dtype === result.dtype ? result : temporaries.add(allocateArray(heap, result.shape, dtype, false))
  const { bytes, code } = medians.info
  const offsets = windowOffsets(sizes, source.strides).map(place => place * bytes)
  const work = Math.max(offsets.length * bytes, 16 * (MOST_BYTES / 2 + 2))
  const room = temporaries.add(roomFor(heap, offsets.length * 4 + 4 + work))
  new Int32Array(heap.core.memory.buffer, room.byteAddress, offsets.length).set(offsets)
  heap.bind(result.shape, [medians.operand(), source.operand()])
  heap.core.exports.medians(
    code,
    room.byteAddress,
    offsets.length,
    room.byteAddress + 8 * Math.ceil(offsets.length / 2),
  )
  if (medians !== result) result.assign(medians)
  if (offset !== 0) subtract(result, offset, { out: result })
}

/** Writes what a function makes of the window around each element. */
export function windowFunction(
  result: NDArray,
  image: NDArray,
  sizes: readonly number[],
  border: Border,
  compute: WindowFunction,
): void {
  const source = padded(image, result.dtype, sizes, border)
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
