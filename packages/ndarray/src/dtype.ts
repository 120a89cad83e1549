import { DTypeError } from './errors.ts'

/** What each dtype is in JavaScript: its typed array, and its element. */
export interface DTypeMap {
  bool: { array: Uint8Array<ArrayBuffer>; element: boolean }
  int8: { array: Int8Array<ArrayBuffer>; element: number }
  uint8: { array: Uint8Array<ArrayBuffer>; element: number }
  int16: { array: Int16Array<ArrayBuffer>; element: number }
  uint16: { array: Uint16Array<ArrayBuffer>; element: number }
  int32: { array: Int32Array<ArrayBuffer>; element: number }
  uint32: { array: Uint32Array<ArrayBuffer>; element: number }
  int64: { array: BigInt64Array<ArrayBuffer>; element: bigint }
  uint64: { array: BigUint64Array<ArrayBuffer>; element: bigint }
  float32: { array: Float32Array<ArrayBuffer>; element: number }
  float64: { array: Float64Array<ArrayBuffer>; element: number }
}

/** The name of a dtype. */
export type DType = keyof DTypeMap
/** The typed array over elements of a dtype; bool is a Uint8Array of 0 and 1. */
export type TypedArrayOf<D extends DType> = DTypeMap[D]['array']
/** The JavaScript value of an element: boolean, number, or bigint for int64 and uint64. */
export type ElementOf<D extends DType> = DTypeMap[D]['element']
/** A value that stands for an element of some dtype. */
export type Scalar = number | bigint | boolean
/** Any typed array that an NDArray can be made from. */
export type AnyTypedArray = TypedArrayOf<DType> | Uint8ClampedArray<ArrayBuffer>

/** What a dtype's values are. */
export type Kind = 'bool' | 'int' | 'uint' | 'float'

/** A dtype's facts. */
export interface DTypeInfo<D extends DType = DType> {
  readonly name: D
  /** Bytes of an element. */
  readonly bytes: number
  readonly kind: Kind
  /** Smallest and largest finite value; bigint for int64 and uint64. */
  readonly min: ElementOf<D>
  readonly max: ElementOf<D>
  /** The dtype's code in the core (assembly/kernels/dtype.ts). */
  readonly code: number
  readonly array: new (buffer: ArrayBufferLike, byteOffset?: number, length?: number) => TypedArrayOf<D>
}

const FLOAT32_MAX = (2 - 2 ** -23) * 2 ** 127

/** Every dtype with its bytes, smallest and largest value. */
export const dtypes: { readonly [D in DType]: DTypeInfo<D> } = Object.freeze({
  bool: info('bool', 'bool', 1, Uint8Array, false, true),
  int8: info('int8', 'int', 2, Int8Array, -128, 127),
  uint8: info('uint8', 'uint', 3, Uint8Array, 0, 255),
  int16: info('int16', 'int', 4, Int16Array, -32768, 32767),
  uint16: info('uint16', 'uint', 5, Uint16Array, 0, 65535),
  int32: info('int32', 'int', 6, Int32Array, -(2 ** 31), 2 ** 31 - 1),
  uint32: info('uint32', 'uint', 7, Uint32Array, 0, 2 ** 32 - 1),
  int64: info('int64', 'int', 8, BigInt64Array, -(2n ** 63n), 2n ** 63n - 1n),
  uint64: info('uint64', 'uint', 9, BigUint64Array, 0n, 2n ** 64n - 1n),
  float32: info('float32', 'float', 10, Float32Array, -FLOAT32_MAX, FLOAT32_MAX),
  float64: info('float64', 'float', 11, Float64Array, -Number.MAX_VALUE, Number.MAX_VALUE),
})

function info<D extends DType>(
  name: D,
  kind: Kind,
  code: number,
  array: { new (buffer: ArrayBufferLike): TypedArrayOf<D>; BYTES_PER_ELEMENT: number },
  min: ElementOf<D>,
  max: ElementOf<D>,
): DTypeInfo<D> {
  return Object.freeze({ name, bytes: array.BYTES_PER_ELEMENT, kind, min, max, code, array })
}

/**
 * A dtype's facts by its name.
 * @throws DTypeError when there is no such dtype.
 */
export function dtypeInfo<D extends DType>(name: D): DTypeInfo<D> {
  if (typeof name === 'string' && Object.hasOwn(dtypes, name)) return dtypes[name] as DTypeInfo<D>
  throw new DTypeError(`unknown dtype ${describe(name)}; there are ${Object.keys(dtypes).join(', ')}`)
}

/** The dtype of a typed array; Uint8ClampedArray counts as uint8. Undefined for anything else. */
export function dtypeOfTypedArray(value: unknown): DType | undefined {
  if (value instanceof Uint8ClampedArray) return 'uint8'
  for (const { name, array } of Object.values(dtypes)) {
    if (name !== 'bool' && value instanceof array) return name
  }
  return undefined
}

/** Whether the dtype's elements are bigint in JavaScript. */
export function isBigInt(dtype: DType): dtype is 'int64' | 'uint64' {
  return dtype === 'int64' || dtype === 'uint64'
}

/** The dtype that a JavaScript value has by itself: float64, int64 for a bigint, bool for a boolean. */
export function dtypeOfScalar(value: Scalar): 'float64' | 'int64' | 'bool' {
  if (typeof value === 'bigint') return 'int64'
  return typeof value === 'boolean' ? 'bool' : 'float64'
}

/** Whether a value is one that can stand for an element. */
export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
}

/**
 * A value as its dtype's typed array stores it: exactly, or rounded to a float's precision.
 * @throws DTypeError when the dtype cannot hold it (out of range, fractional for integers, not a scalar).
 */
export function toElement(value: Scalar, dtype: DType): number | bigint {
  if (!isScalar(value)) throw new DTypeError(`expected a number, bigint or boolean, not ${describe(value)}`)
  const { kind, min, max } = dtypes[dtype]
  if (kind === 'float') return Number(value)
  if (kind === 'bool' && Number(value) !== 0 && Number(value) !== 1) {
    throw new DTypeError(`${describe(value)} is not a bool; use true, false, 1 or 0`)
  }
  if (typeof value === 'number' && !Number.isInteger(value)) {
    throw new DTypeError(`${value} is not an integer, so ${dtype} cannot hold it`)
  }
  if (kind !== 'bool' && (value < min || value > max)) {
    throw new DTypeError(`${value} does not fit ${dtype} (${min} to ${max})`)
  }
  return isBigInt(dtype) ? BigInt(value) : Number(value)
}

/** A value for a message: short, and never an error of its own. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (value === null || ['number', 'boolean', 'undefined', 'symbol'].includes(typeof value))
    return String(value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  return typeof value === 'function' ? 'a function' : (value?.constructor?.name ?? 'an object')
}
