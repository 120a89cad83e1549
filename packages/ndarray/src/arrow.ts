/** @module `@ebb/ndarray/arrow`: arrays along one axis from and to vectors of Apache Arrow. */
import './inside.ts'
import type {
  Bool,
  Data,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Vector,
} from 'apache-arrow'
import { type DType, type DTypeInfo, describe, dtypes, type Scalar, toElement } from './dtype.ts'
import { DTypeError, FormatError, ShapeError } from './errors.ts'
import { optionsOf } from './functions/options.ts'
import type { CopyOptions } from './functions/reshape.ts'
import { currentHeap } from './heap/heap.ts'
import { optional } from './io/optional.ts'
import { allocateArray, assertArray, type NDArray } from './ndarray.ts'
import { formatShape } from './shape.ts'

const arrow = await optional('apache-arrow', '@ebb/ndarray/arrow', () => import('apache-arrow'))

/** Arrow's name of each dtype. */
interface ArrowTypes {
  bool: Bool
  int8: Int8
  uint8: Uint8
  int16: Int16
  uint16: Uint16
  int32: Int32
  uint32: Uint32
  int64: Int64
  uint64: Uint64
  float32: Float32
  float64: Float64
}

/** The vector of a dtype. */
export type ArrowVector<D extends DType = DType> = Vector<ArrowTypes[D]>

/** How a vector is read. */
export interface FromArrowOptions {
  /** What stands for nulls. Default: a vector with nulls is refused. */
  fill?: Scalar | undefined
}

/**
 * A copy of a vector of integers, floats of 32 or 64 bits, or bools, straight into the heap, from however many
 * chunks.
 * @returns Along one axis; the vector's dtype.
 * @throws DTypeError for what is no vector, one of another type, one with nulls and no `fill`, and a `fill` that
 * the dtype cannot hold; FormatError for one whose buffers are too short; OutOfMemoryError. No array is left
 * then.
 */
export function fromArrow(vector: Vector, given?: FromArrowOptions): NDArray {
  const { fill } = optionsOf('fromArrow', given, { fill: true })
  const info = infoOf(vector)
  if (vector.nullCount > 0 && fill === undefined) {
    throw new DTypeError(`the vector has ${vector.nullCount} nulls; give a fill to stand for them`)
  }
  const filler = fill === undefined ? undefined : toElement(fill, info.name)
  for (const chunk of vector.data) checkLength(chunk, info)
  const result = allocateArray(currentHeap(), [vector.length], info.name, false)
  const { data } = result
  let at = 0
  for (const chunk of vector.data) {
    if (info.kind === 'bool') unpack(chunk, data as Uint8Array, at)
    else data.set(chunk.values.subarray(0, chunk.length), at)
    if (chunk.nullCount > 0) {
      for (let i = 0; i < chunk.length; i++) if (!chunk.getValid(i)) data[at + i] = filler as never
    }
    at += chunk.length
  }
  return result
}

/** @throws DTypeError */
function infoOf(vector: Vector): DTypeInfo {
  const { type, data } = (vector ?? {}) as Partial<Vector>
  if (type === undefined || !Array.isArray(data)) {
    throw new DTypeError(`expected a vector of Arrow, not ${describe(vector)}`)
  }
  const name = String(type).toLowerCase()
  if (Object.hasOwn(dtypes, name)) return dtypes[name as DType]
  throw new DTypeError(`a vector of ${type} has no dtype; there are ${Object.keys(dtypes).join(', ')}`)
}

/** Buffers come from files, and may be shorter than they are said to be. */
function checkLength(
  { values, length, offset, nullBitmap, nullCount }: Data,
  { kind, array }: DTypeInfo,
): void {
  const room = kind === 'bool' ? (values?.length ?? 0) * 8 - offset : values?.length
  const fits = length === 0 || (values instanceof (kind === 'bool' ? Uint8Array : array) && room >= length)
  if (!fits || (nullCount > 0 && nullBitmap.length * 8 < offset + length)) {
    throw new FormatError(`the vector's buffers are too short for its ${length} elements`)
  }
}

/** Arrow has eight bools in a byte, the first one lowest. */
function unpack({ values, offset, length }: Data, out: Uint8Array, at: number): void {
  for (let i = 0; i < length; i++) {
    const bit = offset + i
    out[at + i] = (values[bit >> 3] >> (bit & 7)) & 1
  }
}

/**
 * An array along one axis as a vector of Arrow.
 * @param given `copy`: by default the vector has a copy of the elements, in JavaScript's memory. False makes it
 * a view of them: it holds no reference, and must not be used when the array was released.
 * @throws ShapeError for any other number of axes, and for `copy: false` where elements do not lie one behind
 * the other; DTypeError for what is no array, and for `copy: false` of bools, which Arrow packs; ReleasedError
 */
export function toArrow<D extends DType>(a: NDArray<D>, given?: CopyOptions): ArrowVector<D> {
  assertArray(a)
  const { copy } = optionsOf('toArrow', given, { copy: true })
  if (a.ndim !== 1) throw new ShapeError(`a vector has one axis, not the shape ${formatShape(a.shape)}`)
  if (copy !== false)
    return (a.dtype === 'bool' ? packed(a) : arrow.makeVector(a.toTypedArray() as never)) as never
  if (a.dtype === 'bool') throw new DTypeError('Arrow packs bools: they must be copied; allow a copy')
  if (!a.contiguous) {
    throw new ShapeError(`elements in steps of ${a.strides[0]} must be copied to be a vector; allow a copy`)
  }
  return arrow.makeVector(a.data.subarray(a.offset, a.offset + a.size) as never) as never
}

function packed(a: NDArray): Vector<Bool> {
  const bits = new Uint8Array(Math.ceil(a.size / 8))
  a.toTypedArray().forEach((value: number | bigint, i: number) => {
    bits[i >> 3] = (bits[i >> 3] as number) | (Number(value) << (i & 7))
  })
  return arrow.makeVector({
    type: new arrow.Bool(),
    length: a.size,
    data: bits,
    nullCount: 0,
  } as never) as never
}
