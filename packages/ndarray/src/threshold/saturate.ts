import { type DTypeInfo, describe, isScalar, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'

/**
 * A value as OpenCV casts it: rounded half to even, and moved to the nearest that the dtype holds; NaN to 0.
 * @throws DTypeError for anything but a number, bigint or boolean.
 */
export function saturate(value: Scalar, info: DTypeInfo): Scalar {
  if (!isScalar(value)) throw new DTypeError(`maxValue is a number or bigint, not ${describe(value)}`)
  if (info.kind === 'float' || typeof value === 'boolean') return value
  if (info.kind === 'bool') return Number(value) > 0.5
  const [min, max] = [info.min as number | bigint, info.max as number | bigint]
  if (value <= min || Number.isNaN(value)) return Number.isNaN(value) ? 0 : min
  if (value >= max) return max
  return typeof value === 'bigint' ? value : roundHalfToEven(value)
}

function roundHalfToEven(value: number): number {
  const low = Math.floor(value)
  const rest = value - low
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1
  return low % 2 === 0 ? low : low + 1
}
