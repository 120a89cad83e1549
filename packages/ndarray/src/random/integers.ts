import { type DType, type DTypeInfo, describe, dtypeInfo } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { toBigInt } from './words.ts'

/** The dtypes that integers are drawn in. */
export type IntegerDType = Exclude<DType, 'float32' | 'float64'>

/** The values that are drawn: `low`, `low + 1`, …, `low + range`. */
export interface Bounds {
  readonly low: bigint
  readonly range: bigint
}

/**
 * The facts of a dtype that integers can be drawn in.
 * @throws DTypeError for floats and unknown dtypes.
 */
export function integerInfo<D extends IntegerDType>(dtype: D): DTypeInfo<D> {
  const info = dtypeInfo(dtype)
  if (info.kind === 'float')
    throw new DTypeError(`integers are drawn in bool and integer dtypes, not in ${dtype}`)
  return info
}

/**
 * Checks what integers() was given; `high` undefined means from 0 below `low`.
 * @throws DTypeError when a bound is no integer, does not fit the dtype, or leaves no value between them.
 */
export function toBounds(low: unknown, high: unknown, endpoint: boolean, info: DTypeInfo): Bounds {
  const first = high === undefined ? 0n : toBigInt('low', low)
  const bound = high === undefined ? toBigInt('low', low) : toBigInt('high', high)
  const last = endpoint ? bound : bound - 1n
  if (first > last) {
    throw new DTypeError(
      `no integer is ≥ ${first} and ${endpoint ? '≤' : '<'} ${bound}: low must be below high`,
    )
  }
  if (first < BigInt(info.min) || last > BigInt(info.max)) {
    throw new DTypeError(
      `integers from ${first} to ${last} do not fit ${info.name} (${describe(info.min)} to ${describe(info.max)})`,
    )
  }
  return { low: first, range: last - first }
}
