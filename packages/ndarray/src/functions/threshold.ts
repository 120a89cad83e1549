import { type DType, type DTypeInfo, describe, isScalar, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { type Choice, choose } from './choose.ts'
import { optionsOf } from './options.ts'
import { outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import type { ComparisonOperator } from './relation.ts'

/** OpenCV's five modes. */
export type ThresholdMode = 'binary' | 'binaryInv' | 'trunc' | 'toZero' | 'toZeroInv'

export interface ThresholdOptions<D extends DType> {
  /** Default 'binary'. */
  mode?: ThresholdMode
  /**
   * What binary and binaryInv write; rounded half to even and saturated for integers. Default: the largest
   * value of an integer dtype, 1 for floats, true for bool.
   */
  maxValue?: Scalar
  /** Where to write: the input itself, or an array of its shape and dtype. Default: a new array. */
  out?: NDArray<D>
}

/** A mode: the test, and what an element becomes when it passes and when not. */
const MODES: Record<ThresholdMode, { operator: ComparisonOperator; yes: Part; no: Part }> = {
  binary: { operator: '>', yes: 'max', no: 'zero' },
  binaryInv: { operator: '<=', yes: 'max', no: 'zero' },
  trunc: { operator: '>', yes: 'threshold', no: 'same' },
  toZero: { operator: '>', yes: 'same', no: 'zero' },
  toZeroInv: { operator: '<=', yes: 'same', no: 'zero' },
}

type Part = 'max' | 'zero' | 'threshold' | 'same'

/**
 * Fixed-level thresholding with OpenCV's modes, in one pass: `binary` writes maxValue where a > t and 0
 * elsewhere; `binaryInv` the other way; `trunc` cuts at t; `toZero` keeps what is above t; `toZeroInv`
 * keeps what is not. For integers t is floored. NaN is neither above nor below: it becomes 0, and stays in
 * `trunc`.
 * @returns An array of a's shape and dtype; the caller's, unless it is `out`.
 * @throws DTypeError, ShapeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function threshold<D extends DType>(
  a: NDArray<D>,
  t: Scalar,
  given?: ThresholdOptions<D>,
): NDArray<D> {
  const options = optionsOf('threshold', given, { mode: true, maxValue: true, out: true })
  assertArray(a)
  const mode = options.mode ?? 'binary'
  if (!Object.hasOwn(MODES, mode)) {
    throw new DTypeError(`unknown mode ${describe(mode)}; there are ${Object.keys(MODES).join(', ')}`)
  }
  if (!isScalar(t)) throw new DTypeError(`a threshold is a number or bigint, not ${describe(t)}`)
  const { operator, yes, no } = MODES[mode]
  const max = saturate(options.maxValue ?? defaultMax(a.info), a.info)
  const choices: Record<Part, Choice> = {
    max: { value: max },
    zero: { value: 0 },
    threshold: {
      value: saturate(typeof t === 'number' && a.info.kind !== 'float' ? Math.floor(t) : t, a.info),
    },
    same: 'same',
  }
  const out = outputFor(a.lease.heap, a.shape, a.dtype, options.out)
  if (out === a || !sharesMemory(out, a)) {
    choose(out, a, operator, t, choices[yes], choices[no])
    return out
  }
  using packed = a.copy()
  choose(out, packed, operator, t, choices[yes], choices[no])
  return out
}

function defaultMax(info: DTypeInfo): Scalar {
  return info.kind === 'float' ? 1 : info.max
}

/** A value as OpenCV casts it: rounded half to even, and moved to the nearest that the dtype holds. */
function saturate(value: Scalar, info: DTypeInfo): Scalar {
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
