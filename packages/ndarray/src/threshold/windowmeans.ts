import { roomFor } from '../functions/room.ts'
import type { NDArray } from '../ndarray.ts'
import { contiguousStrides, type Shape, sizeOf } from '../shape.ts'
import { BORDERS, type Border } from './border.ts'

/** The kernel's codes of what becomes of the local figures (assembly/kernels/windows.ts). */
const FINISH = { mean: 0, niblack: 1, sauvola: 2 } as const

/** The window along an axis: so many elements, each counting once, or weights from the centre outward. */
export type Taps = { readonly length: number } | { readonly weights: readonly number[] }

/** A mean of so many elements. */
export function boxOf(length: number): Taps | undefined {
  return length > 1 ? { length } : undefined
}

/** A local filter. */
export interface WindowMeans {
  /** For each axis of the image; undefined where it is not filtered. */
  readonly taps: readonly (Taps | undefined)[]
  readonly border: Border
  readonly finish: keyof typeof FINISH
  readonly p: number
  readonly q?: number
}

/** Words of the kernel's table for an axis: its length, the window's, and the address of weights. */
const TABLE_WORDS = 3

/** Filters an image into a result of its shape, of a float dtype, that does not share its memory. */
export function windowMeans(result: NDArray, image: NDArray, filter: WindowMeans): void {
  if (result.size === 0) return
  const { heap } = image.lease
  // The kernel goes along the first of two or more axes.
  const extra = Math.max(2 - image.ndim, 0)
  const shape = [...Array<number>(extra).fill(1), ...image.shape]
  const taps = [...Array<undefined>(extra).fill(undefined), ...filter.taps]
  const fields = filter.finish === 'mean' ? 1 : 2
  const inner = shape.slice(1)
  const slabLength = sizeOf(inner)
  const weights = taps.map(weightsOf)
  const head = Math.ceil((shape.length * TABLE_WORDS) / 2) + weights.flat().length
  const room = roomFor(heap, 8 * (head + fields * (2 * slabLength + longestBlock(shape, taps))))
  try {
    writeTable(room, shape, taps, weights)
    const at = room.byteAddress + 8 * head
    const steps = contiguousStrides(inner).map(step => step * fields)
    const input = image.operand(inner.map((_, axis) => image.strides[axis + 1 - extra] as number))
    const output = result.operand(inner.map((_, axis) => result.strides[axis + 1 - extra] as number))
    heap.bind(inner, [{ byteAddress: at, strides: steps, itemBytes: 8 }, input, input, output])
    const firstStep = (a: NDArray) => (extra > 0 ? 0 : (a.strides[0] as number) * a.info.bytes)
    heap.core.exports.windows(
      image.info.code,
      result.info.code,
      room.byteAddress,
      shape.length,
      image.byteAddress,
      firstStep(image),
      result.byteAddress,
      firstStep(result),
      at,
      slabLength,
      BORDERS[filter.border.mode].code,
      filter.border.cval,
      FINISH[filter.finish],
      filter.p,
      filter.q ?? 0,
    )
  } finally {
    room.drop(false)
  }
}

function weightsOf(taps: Taps | undefined): readonly number[] {
  return taps && 'weights' in taps ? taps.weights : []
}

function lengthOf(taps: Taps | undefined): number {
  if (!taps) return 0
  return 'weights' in taps ? 2 * taps.weights.length - 1 : taps.length
}

/** Elements of the largest block that is filtered within a slab, its margins included. */
function longestBlock(shape: Shape, taps: readonly (Taps | undefined)[]): number {
  return Math.max(
    0,
    ...taps.map((window, axis) =>
      window && axis > 0 ? ((shape[axis] as number) + lengthOf(window)) * sizeOf(shape.slice(axis + 1)) : 0,
    ),
  )
}

function writeTable(
  room: NDArray,
  shape: Shape,
  taps: readonly (Taps | undefined)[],
  weights: readonly (readonly number[])[],
): void {
  const { buffer } = room.lease.heap.core.memory
  const words = new Uint32Array(buffer, room.byteAddress, shape.length * TABLE_WORDS)
  let at = room.byteAddress + 8 * Math.ceil(words.length / 2)
  shape.forEach((length, axis) => {
    const own = weights[axis] as readonly number[]
    words.set([length, lengthOf(taps[axis]), own.length > 0 ? at : 0], axis * TABLE_WORDS)
    new Float64Array(buffer, at, own.length).set(own)
    at += 8 * own.length
  })
}
