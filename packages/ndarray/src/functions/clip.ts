import { type DType, dtypes, isScalar } from '../dtype.ts'
import { NDArray } from '../ndarray.ts'
import {
  arrayDType,
  commonDType,
  compute,
  converted,
  type Elementwise,
  type ElementwiseOptions,
  OUT,
  runBinary,
} from './elementwise.ts'
import { optionsOf } from './options.ts'
import { sharesMemory } from './overlap.ts'
import type { Bounded } from './promote.ts'

/** The kernels' codes (assembly/kernels/binary.ts). */
const MINIMUM = 7
const MAXIMUM = 8

/** A bound: an array that broadcasts, a value, or none. */
export type Bound = Elementwise | null | undefined

/**
 * The elements of a moved into the interval from low to high: `minimum(maximum(a, low), high)`. A bound that
 * is absent does not bind, nor does a low one below all of a's integers or a high one above them: uint8 from
 * −5 to 300 stays as it is. A low one above them all, or a high one below, is an error (NumPy 2's rules).
 * @returns An array of the common dtype of a and the bounds; NaN where one of the three is NaN.
 * @throws DTypeError, also when a's dtype cannot hold a bound that binds; ShapeError, HeapError, ReleasedError,
 * OutOfMemoryError. Nothing is written then.
 */
export function clip<D extends DType, Low extends Bound = undefined, High extends Bound = undefined>(
  a: NDArray<D>,
  low?: Low,
  high?: High,
  options?: ElementwiseOptions<Bounded<D, Low, High>>,
): NDArray<Bounded<D, Low, High>>
export function clip(a: NDArray, low?: Bound, high?: Bound, options?: ElementwiseOptions): NDArray {
  const { out } = optionsOf('clip', options, OUT)
  const own = arrayDType('clip', a)
  const from = binds(low, own, true) ? low : undefined
  const to = binds(high, own, false) ? high : undefined
  const bounds = [from, to].filter(bound => bound !== undefined)
  const dtype = commonDType('clip', [a, ...bounds])
  if (from === undefined && to === undefined) return converted(a, dtype, out)
  if (from === undefined) return runBinary(MINIMUM, dtype, a, to as Elementwise, out)
  if (to === undefined) return runBinary(MAXIMUM, dtype, a, from, out)
  return clipBetween(a, from, to, dtype, out)
}

function clipBetween(
  a: NDArray,
  low: Elementwise,
  high: Elementwise,
  dtype: DType,
  out: NDArray | undefined,
): NDArray {
  // The kernel writes what is above low before it reads high.
  for (const bound of [low, high]) {
    if (!out || !(bound instanceof NDArray) || bound.released || !sharesMemory(bound, out)) continue
    using packed = bound.copy()
    return clipBetween(a, bound === low ? packed : low, bound === high ? packed : high, dtype, out)
  }
  const run = (core: { clip(dtype: number): void }) => core.clip(dtypes[dtype].code)
  return compute({ operands: [a, low, high], dtype, result: dtype, out, run })
}

/** Whether a bound moves any element of the dtype. */
function binds(bound: Bound, dtype: DType, isLow: boolean): bound is Elementwise {
  if (bound === undefined || bound === null) return false
  if (!isScalar(bound) || typeof bound === 'boolean') return true
  const { kind, min, max } = dtypes[dtype]
  if (kind !== 'int' && kind !== 'uint') return true
  return isLow ? !(bound <= (min as number | bigint)) : !(bound >= (max as number | bigint))
}
