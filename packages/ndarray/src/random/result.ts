import type { Core } from '@ebb/core'
import { type DType, type DTypeInfo, dtypeInfo, type ElementOf } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { filled, outputFor } from '../functions/output.ts'
import { currentHeap } from '../heap/heap.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { type Shape, toShape } from '../shape.ts'
import type { BitGenerator } from './bitgenerator.ts'
import { withState } from './state.ts'

/** Where draws go: to a new array of shape `size`, to `out`, or, without both, to one JavaScript value. */
export interface DrawOptions<D extends DType = DType> {
  /** Shape of the array to draw; without it, and without `out`, one value is drawn. */
  size?: number | Shape | undefined
  /** An array of the result's dtype (and of shape `size` where that is given), strided as it may be. */
  out?: NDArray<D> | undefined
}

/** Options that ask for one value. */
export type ForValue = { size?: undefined; out?: undefined }

/** Options that ask for an array. */
export type ForArray<D extends DType> = { size: number | Shape } | { out: NDArray<D> }

/** Writes `count` contiguous elements to an address in the core, with the bit generator's state in place there. */
export type Draw = (core: Core, address: number, count: number) => void

/**
 * Draws what the options ask for, in C order; a new array lives in `heap`.
 * @throws ShapeError, OutOfMemoryError; whatever `out` does not fit. Nothing is drawn then.
 */
export function drawResult<D extends DType>(
  bits: BitGenerator,
  dtype: D,
  { size, out }: DrawOptions<D>,
  draw: Draw,
  heap = out?.lease?.heap ?? currentHeap(),
): NDArray<D> | ElementOf<D> {
  const info = dtypeInfo(dtype)
  if (out === undefined && size === undefined) return drawOne(bits, info, draw)
  const shape = size === undefined ? (out as NDArray<D>).shape : toShape(size)
  const result = outputFor(heap, shape, dtype, out)
  return filled(result, out, () => fillWith(bits, result, draw))
}

/** Has elements drawn in C order into an array, strided as it may be. */
export function fillWith<D extends DType>(bits: BitGenerator, result: NDArray<D>, draw: Draw): void {
  const { core } = result.lease.heap
  if (result.contiguous) {
    withState(core, bits, () => draw(core, result.byteAddress, result.size))
    return
  }
  const packed = allocateArray(result.lease.heap, result.shape, result.dtype, false)
  try {
    fillWith(bits, packed, draw)
    result.assign(packed)
  } finally {
    packed.release()
  }
}

function drawOne<D extends DType>(bits: BitGenerator, info: DTypeInfo<D>, draw: Draw): ElementOf<D> {
  const { core } = currentHeap()
  const slot = core.exports.scalarSlots() >>> 0
  withState(core, bits, () => draw(core, slot, 1))
  const value = new info.array(core.memory.buffer, slot, 1)[0]
  return (info.kind === 'bool' ? value !== 0 : value) as ElementOf<D>
}

/** The dtypes of real random numbers. */
export type FloatDType = 'float32' | 'float64'

/**
 * The dtype of real numbers; float64 when none is given.
 * @throws DTypeError for other dtypes.
 */
export function toFloatDType<D extends FloatDType>(dtype: D | undefined): D {
  const { name, kind } = dtypeInfo(dtype ?? ('float64' as D))
  if (kind !== 'float') throw new DTypeError(`real numbers are drawn in float32 and float64, not in ${name}`)
  return name
}
