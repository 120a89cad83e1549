import { type DType, dtypeInfo, dtypes } from '../dtype.ts'

/**
 * The dtype of two arrays together: the standard's, and NumPy's where the standard has none (integers with
 * floats, uint64 with signed integers: float64).
 * @throws DTypeError for an unknown dtype.
 */
export function resultType(a: DType, b: DType): DType {
  const [low, high] = order(dtypeInfo(a).name, dtypeInfo(b).name)
  if (a === b) return a
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
