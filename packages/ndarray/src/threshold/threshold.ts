import { type DType, type DTypeInfo, describe, isScalar, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { type Choice, choose } from '../functions/choose.ts'
import { optionsOf } from '../functions/options.ts'
import { outputFor } from '../functions/output.ts'
import { sharesMemory } from '../functions/overlap.ts'
import type { ComparisonOperator } from '../functions/relation.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { isLevelMethod, type LevelMethod, thresholdValue } from './level.ts'
import { assertNamed } from './parameters.ts'
import { saturate } from './saturate.ts'

/** OpenCV's five modes. */
export type ThresholdMode = 'binary' | 'binaryInv' | 'trunc' | 'toZero' | 'toZeroInv'

/** What is written where, and to which array. */
export interface ThresholdOptions<D extends DType> {
  /** Default 'binary'. */
  mode?: ThresholdMode | undefined
  /**
   * What binary and binaryInv write; rounded half to even and saturated for integers. Default: the largest
   * value of an integer dtype, 1 for floats, true for bool.
   */
  maxValue?: Scalar | undefined
  /** Where to write: the input itself, or an array of its shape and dtype. Default: a new array. */
  out?: NDArray<D> | undefined
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
 * keeps what is not. For integers t is floored. Below a signed dtype's range, `trunc` writes 0, as OpenCV
 * does. NaN is neither above nor below: it becomes 0, and stays in `trunc` (where OpenCV writes t or NaN,
 * depending on the element's place in a vector); nothing is above or below a t that is NaN.
 * @param t The threshold, or the method that chooses it: `thresholdValue` tells which it is.
 * @returns An array of a's shape and dtype; the caller's, unless it is `out`.
 * @throws DTypeError, ShapeError, HeapError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function threshold<D extends DType>(
  a: NDArray<D>,
  t: Scalar | LevelMethod,
  given?: ThresholdOptions<D>,
): NDArray<D> {
  const options = optionsOf('threshold', given, { mode: true, maxValue: true, out: true })
  assertArray(a)
  const { operator, yes, no } = MODES[assertNamed('mode', options.mode ?? 'binary', MODES)]
  const max = saturate(options.maxValue ?? defaultMax(a.info), a.info)
  const level = levelOf(a, t)
  const choices: Record<Part, Choice> = {
    max: { value: max },
    zero: { value: 0 },
    threshold: { value: cutAt(level, a.info) },
    same: 'same',
  }
  const out = outputFor(a.lease.heap, a.shape, a.dtype, options.out)
  if (out === a || !sharesMemory(out, a)) {
    choose(out, a, operator, level, choices[yes], choices[no])
    return out
  }
  using packed = a.copy()
  choose(out, packed, operator, level, choices[yes], choices[no])
  return out
}

function levelOf(a: NDArray, t: Scalar | LevelMethod): Scalar {
  if (isScalar(t)) return t
  if (isLevelMethod(t)) return thresholdValue(a, t)
  throw new DTypeError(`a threshold is a number, bigint, 'otsu' or 'triangle', not ${describe(t)}`)
}

/** What `trunc` writes above t. */
function cutAt(t: Scalar, info: DTypeInfo): Scalar {
  const isInteger = info.kind === 'int' || info.kind === 'uint'
  if (!isInteger || typeof t === 'boolean') return saturate(t, info)
  if (t < (info.min as number | bigint)) return 0
  return saturate(typeof t === 'number' ? Math.floor(t) : t, info)
}

function defaultMax(info: DTypeInfo): Scalar {
  return info.kind === 'float' ? 1 : info.max
}
