import { type DType, dtypeInfo, dtypes, isScalar, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { NDArray } from '../ndarray.ts'
import type { ResultType } from './promote.ts'

/** What takes part in a promotion: an array, a dtype, or a JavaScript value. */
export type Promotable = NDArray | DType | Scalar

/**
 * The dtype of a result of arrays, dtypes and JavaScript values: the standard's, and NumPy's where the
 * standard has none (integers with floats, uint64 with signed integers: float64). A value is weak: it does
 * not widen a dtype of its kind or of a higher one. A number that is an integer is of the integers' kind
 * beside integers; with bool alone a number is float64 and a bigint int64.
 * @throws DTypeError for an unknown dtype, or for nothing at all.
 */
export function resultType<const Parts extends readonly Promotable[]>(...parts: Parts): ResultType<Parts> {
  if (parts.length === 0) throw new DTypeError('resultType needs an array, a dtype or a value')
  const strong = parts.filter(part => !isScalar(part)) as (NDArray | DType)[]
  const dtypesOf = strong.map(part => (part instanceof NDArray ? part.dtype : dtypeInfo(part).name))
  const together = dtypesOf.length > 0 ? dtypesOf.reduce(promote) : 'bool'
  const values = parts.filter(isScalar).map(value => promoteValue(together, value))
  return values.reduce(promote, together) as ResultType<Parts>
}

/** The dtype of a dtype and a value, which is weak. */
function promoteValue(dtype: DType, value: Scalar): DType {
  const { kind } = dtypes[dtype]
  if (kind === 'float' || typeof value === 'boolean') return dtype
  if (typeof value === 'bigint') return kind === 'bool' ? 'int64' : dtype
  return kind === 'bool' || !Number.isInteger(value) ? 'float64' : dtype
}

/** The dtype of two dtypes together. */
function promote(a: DType, b: DType): DType {
  if (a === b) return a
  const [low, high] = order(a, b)
  const { kind, bytes } = dtypes[low]
  const wide = dtypes[high]
  if (kind === 'bool' || (kind === wide.kind && bytes <= wide.bytes)) return high
  if (wide.kind === 'float') return bytes < wide.bytes || bytes <= 2 ? high : 'float64'
  // Unsigned with signed: the signed type that holds both.
  const needed = Math.max(bytes * 2, wide.bytes)
  return needed > 8 ? 'float64' : (`int${needed * 8}` as DType)
}

/** By kind (bool, uint, int, float), then by size. */
function order(a: DType, b: DType): [DType, DType] {
  const rank = { bool: 0, uint: 1, int: 2, float: 3 }
  const [x, y] = [dtypes[a], dtypes[b]]
  const difference = rank[x.kind] - rank[y.kind] || x.bytes - y.bytes
  return difference <= 0 ? [a, b] : [b, a]
}
