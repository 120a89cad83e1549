import { type DType, describe, dtypeInfo, type ElementOf } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { assertArray, NDArray } from '../ndarray.ts'
import { copy } from './creation.ts'
import { optionsOf } from './options.ts'
import { resultType } from './promotion.ts'

/** Whether a conversion to the same dtype copies. */
export interface AstypeOptions {
  /** false: an array that has the dtype already is returned as a view. Default true. */
  copy?: boolean
}

/**
 * The array converted to another dtype, as C converts; floats saturate at the ends of a 32- or 64-bit
 * integer, and NaN becomes 0.
 * @returns A contiguous copy, or with `copy: false` and an equal dtype a view; the caller's either way.
 * @throws DTypeError for an unknown dtype; ReleasedError, OutOfMemoryError
 */
export function astype<D extends DType>(a: NDArray, dtype: D, given?: AstypeOptions): NDArray<D> {
  const options = optionsOf('astype', given, { copy: true })
  assertArray(a)
  if (options.copy === false && a.dtype === dtypeInfo(dtype).name) return a.retain() as NDArray as NDArray<D>
  return copy(a, dtype)
}

/**
 * Whether values of a dtype (or of an array's) become those of another by promotion alone: then none is
 * lost, but for large 64-bit integers as float64.
 * @throws DTypeError for an unknown dtype
 */
export function canCast(from: DType | NDArray, to: DType): boolean {
  return resultType(from, to) === dtypeInfo(to).name
}

/** The facts of a float dtype. */
export interface FloatInfo<D extends DType = 'float32' | 'float64'> {
  readonly dtype: D
  /** Bits of an element. */
  readonly bits: number
  /** The distance from 1 to the next larger value. */
  readonly eps: number
  /** The smallest and largest finite value. */
  readonly min: number
  readonly max: number
  /** The smallest positive value with full precision. */
  readonly smallestNormal: number
}

/**
 * The facts of a float dtype, or of an array's.
 * @throws DTypeError for a dtype that is no float
 */
export function finfo<D extends DType>(type: D | NDArray<D>): FloatInfo<D> {
  const { name, bytes, kind, min, max } = infoOf(type)
  if (kind !== 'float') throw new DTypeError(`finfo is for float32 and float64, not ${name}`)
  const [eps, smallestNormal] = bytes === 4 ? [2 ** -23, 2 ** -126] : [2 ** -52, 2 ** -1022]
  return { dtype: name, bits: bytes * 8, eps, min: min as number, max: max as number, smallestNormal }
}

/** The facts of an integer dtype. */
export interface IntegerInfo<D extends DType = DType> {
  readonly dtype: D
  /** Bits of an element. */
  readonly bits: number
  /** The smallest and largest value; bigint for int64 and uint64. */
  readonly min: ElementOf<D>
  readonly max: ElementOf<D>
}

/**
 * The facts of an integer dtype, or of an array's.
 * @throws DTypeError for a dtype that is no integer
 */
export function iinfo<D extends DType>(type: D | NDArray<D>): IntegerInfo<D> {
  const { name, bytes, kind, min, max } = infoOf(type)
  if (kind !== 'int' && kind !== 'uint') throw new DTypeError(`iinfo is for integers, not ${name}`)
  return { dtype: name, bits: bytes * 8, min, max }
}

function infoOf<D extends DType>(type: D | NDArray<D>) {
  return dtypeInfo(type instanceof NDArray ? type.dtype : type)
}

/** The standard's kinds of dtypes. */
const KINDS = {
  bool: ['bool'],
  'signed integer': ['int'],
  'unsigned integer': ['uint'],
  integral: ['int', 'uint'],
  'real floating': ['float'],
  'complex floating': [],
  numeric: ['int', 'uint', 'float'],
} as const satisfies Record<string, readonly string[]>

/** A kind of dtypes, by the standard's name. */
export type DTypeKind = keyof typeof KINDS

/**
 * Whether a dtype is of a kind, or is a dtype, or either of several.
 * @throws DTypeError for an unknown dtype or kind
 */
export function isdtype(dtype: DType, kind: DTypeKind | DType | readonly (DTypeKind | DType)[]): boolean {
  const info = dtypeInfo(dtype)
  const isOf = (one: DTypeKind | DType): boolean => {
    if (typeof one === 'string' && Object.hasOwn(KINDS, one)) {
      return (KINDS[one as DTypeKind] as readonly string[]).includes(info.kind)
    }
    return dtypeOrKind(one) === info.name
  }
  // Each is looked at, so that an unknown one is an error whatever stands before it.
  return (Array.isArray(kind) ? kind : [kind]).map(isOf).includes(true)
}

function dtypeOrKind(one: unknown): DType {
  try {
    return dtypeInfo(one as DType).name
  } catch {
    throw new DTypeError(`${describe(one)} is neither a dtype nor one of ${Object.keys(KINDS).join(', ')}`)
  }
}
