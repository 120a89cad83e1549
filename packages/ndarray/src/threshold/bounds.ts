import type { CoreExports } from '@ebb/core'
import { type DType, dtypes, type Scalar } from '../dtype.ts'
import { compute } from '../functions/elementwise.ts'
import type { NDArray } from '../ndarray.ts'

/**
 * Whether each element is between two values; both count. Values are compared exactly with integers, in its
 * own precision with a float. Undefined when no element passes: nothing was written then.
 */
export function elementsBetween(
  a: NDArray,
  low: Scalar,
  high: Scalar,
  out: NDArray<'bool'>,
): NDArray<'bool'> | undefined {
  if (a.info.kind === 'float')
    return compared(a, Number(high), Number(low), out, core => core.inRange(a.info.code))
  const [from, to] = [atLeast(whole(low), a.dtype), atMost(whole(high), a.dtype)]
  if (from === undefined || to === undefined || from > to) return undefined
  return compared(a, to, from, out, core => core.inRange(a.info.code))
}

/** How many of two values each element is above; all else as `elementsBetween`, the second value deciding. */
export function countAbove(
  a: NDArray,
  low: Scalar,
  high: Scalar,
  out: NDArray<'bool'>,
): NDArray<'bool'> | undefined {
  if (a.info.kind === 'float')
    return compared(a, Number(low), Number(high), out, core => core.countAbove(a.info.code, 0))
  const [from, to] = [low, high].map(bound => atLeast(whole(bound), a.dtype, true))
  if (from === undefined || to === undefined) return undefined
  return compared(a, from, to, out, core => core.countAbove(a.info.code, 1))
}

function compared(
  a: NDArray,
  first: Scalar,
  second: Scalar,
  out: NDArray<'bool'>,
  run: (core: CoreExports) => void,
): NDArray<'bool'> {
  return compute({ operands: [a, first, second], dtype: a.dtype, result: 'bool', out, run })
}

function whole(value: Scalar): number | bigint {
  return typeof value === 'boolean' ? Number(value) : value
}

function range(dtype: DType): [number | bigint, number | bigint] {
  const { kind, min, max } = dtypes[dtype]
  return kind === 'bool' ? [0, 1] : [min as number | bigint, max as number | bigint]
}

/** The smallest integer of the dtype that is at or, if `above`, above a value; undefined if none is. */
function atLeast(value: number | bigint, dtype: DType, above = false): number | bigint | undefined {
  const [min, max] = range(dtype)
  if (Number.isNaN(value) || value > max || (above && value >= max)) return undefined
  if (value < min) return min
  if (typeof value === 'bigint') return above ? value + 1n : value
  return above ? Math.floor(value) + 1 : Math.ceil(value)
}

/** The largest integer of the dtype that is at or below a value; undefined if none is. */
function atMost(value: number | bigint, dtype: DType): number | bigint | undefined {
  const [min, max] = range(dtype)
  if (Number.isNaN(value) || value < min) return undefined
  if (value > max) return max
  return typeof value === 'bigint' ? value : Math.floor(value)
}
