/** @module `@ebb/ndarray/scijs`: arrays from and to those of the package ndarray, of the scijs family. */
import './inside.ts'
import type { NdArray } from 'ndarray'
import {
  type DType,
  describe,
  dtypeInfo,
  dtypeOfTypedArray,
  type Scalar,
  type TypedArrayOf,
  toElement,
} from './dtype.ts'
import { DTypeError, ShapeError } from './errors.ts'
import { type CreationOptions, DTYPE } from './functions/creation.ts'
import { optionsOf } from './functions/options.ts'
import { currentHeap } from './heap/heap.ts'
import { optional } from './io/optional.ts'
import { allocateArray, assertArray, type NDArray } from './ndarray.ts'
import { formatShape, type Shape, toShape } from './shape.ts'

const { default: ndarray } = await optional('ndarray', '@ebb/ndarray/scijs', () => import('ndarray'))

/** What is read of an array of scijs: its elements, and how they lie. */
export interface ScijsLike {
  /** A typed array, an array, or an object that is asked for each element. */
  readonly data: ArrayLike<Scalar> | { readonly length: number; get(at: number): Scalar }
  readonly shape: readonly number[]
  readonly stride: readonly number[]
  readonly offset: number
}
type ScijsData = ScijsLike['data']

/** scijs keeps the index of the first element in 32 bits. */
const MOST_OFFSET = 2 ** 31

/**
 * An array of scijs over the elements of an array: they are the same, none is copied; what is written to one
 * stands in the other. It holds no reference: it must not be used when the array (or what it is a view of) was
 * released. Where a heap could not reserve its memory at once, it also ends when that grows.
 * @returns Of the same shape, strides and offset; bool as uint8 of 0 and 1.
 * @throws DTypeError for what is no array; ReleasedError; ShapeError when the first element lies beyond 2^31.
 */
export function toScijs<D extends DType>(a: NDArray<D>): NdArray<TypedArrayOf<D>> {
  assertArray(a)
  if (a.offset >= MOST_OFFSET) {
    throw new ShapeError(
      `the first element is number ${a.offset} of its block; scijs counts to ${MOST_OFFSET}`,
    )
  }
  return ndarray(a.data as never, [...a.shape], [...a.strides], a.offset) as never
}

/**
 * A copy of an array of scijs, its strides being what they may.
 * @param given `dtype`: default that of its typed array (clamped uint8: uint8; of other data: float64).
 * @returns In C order, the caller's.
 * @throws DTypeError for what is no array of scijs, and when the dtype cannot hold an element; ShapeError for
 * an impossible shape, or one that goes beyond its data; OutOfMemoryError. No array is left then.
 */
export function fromScijs<D extends DType = DType>(from: ScijsLike, given?: CreationOptions<D>): NDArray<D> {
  const options = optionsOf('fromScijs', given, DTYPE)
  const { data, shape, strides, offset } = layoutOf(from)
  const own = dtypeOfTypedArray(data)
  const { name } = dtypeInfo(options.dtype ?? ((own ?? 'float64') as D))
  const result = allocateArray(currentHeap(), shape, name, false)
  try {
    const out = result.data
    const asIs = name === own
    const read = readerOf(data)
    let at = 0
    for (const [start, length, step] of rows(shape, strides, offset)) {
      if (asIs && step === 1) out.set((data as typeof out).subarray(start, start + length) as never, at)
      else {
        for (let i = 0; i < length; i++) {
          const value = read(start + i * step)
          out[at + i] = (asIs ? value : toElement(value, name)) as never
        }
      }
      at += length
    }
    return result
  } catch (error) {
    result.release()
    throw error
  }
}

type Reader = (at: number) => Scalar

function readerOf(data: ScijsData): Reader {
  return 'get' in data ? at => data.get(at) : at => data[at] as Scalar
}

/** @throws DTypeError, ShapeError */
function layoutOf(from: ScijsLike): { data: ScijsData; shape: Shape; strides: number[]; offset: number } {
  const { data, shape: lengths, stride, offset } = (from ?? {}) as Partial<ScijsLike>
  if (typeof data !== 'object' || data === null || !Array.isArray(lengths) || !Array.isArray(stride)) {
    throw new DTypeError(`expected an array of scijs, not ${describe(from)}`)
  }
  const shape = toShape(lengths)
  const strides = [...stride]
  const whole = strides.length === shape.length && [...strides, offset].every(Number.isSafeInteger)
  if (!whole) throw new ShapeError(`strides ${describe(stride)} do not go with shape ${formatShape(shape)}`)
  const ways = shape.map((length, axis) => (length - 1) * (strides[axis] as number))
  const low = ways.reduce((sum, way) => sum + Math.min(way, 0), offset as number)
  const high = ways.reduce((sum, way) => sum + Math.max(way, 0), offset as number)
  if (!shape.includes(0) && !(low >= 0 && high < data.length)) {
    throw new ShapeError(`shape ${formatShape(shape)} reaches elements ${low} to ${high} of ${data.length}`)
  }
  return { data, shape, strides, offset: offset as number }
}

/** The rows of a layout in C order: where each begins, how long it is, and its step. */
function* rows(
  shape: Shape,
  strides: readonly number[],
  offset: number,
  axis = 0,
): Generator<[start: number, length: number, step: number], void, void> {
  if (axis >= shape.length - 1) {
    yield [offset, shape[axis] ?? 1, strides[axis] ?? 0]
    return
  }
  for (let i = 0; i < (shape[axis] as number); i++) {
    yield* rows(shape, strides, offset + i * (strides[axis] as number), axis + 1)
  }
}
