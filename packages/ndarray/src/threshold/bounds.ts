import type { CoreExports } from '@ebb/core'
import { type DType, dtypes, type Scalar } from '../dtype.ts'
import { compute } from '../functions/elementwise.ts'
import type { NDArray } from '../ndarray.ts'

/** The comparing kernel's codes (assembly/kernels/compare.ts). */
const LESS = 1
const LESS_EQUAL = 2

/**
 * Of each element and two values, by one pass: whether it is between them ('inside'; both ends count), or
 * how many of them it is above ('above'). Values are compared exactly with integers, in its own precision
 * with a float. Undefined when no element passes: nothing was written then.
 */
export function compareWithValues(
  test: 'inside' | 'above',
  a: NDArray,
  low: Scalar,
  high: Scalar,
  out: NDArray<'bool'>,
): NDArray<'bool'> | undefined {
  const inside = test === 'inside'
  const isFloat = a.info.kind === 'float'
  const [from, to] = isFloat
    ? [Number(low), Number(high)]
    : [
        atLeast(whole(low), a.dtype, !inside),
        inside ? atMost(whole(high), a.dtype) : atLeast(whole(high), a.dtype, true),
      ]
  if (from === undefined || to === undefined) return undefined
  const relation = isFloat && !inside ? LESS : LESS_EQUAL
  const run = (core: CoreExports) => core.compareTwice(relation, Number(inside), a.info.code)
  return compute({ operands: [a, from, to], dtype: a.dtype, result: 'bool', out, run })
}

function whole(value: Scalar): number | bigint {
  return typeof value === 'boolean' ? Number(value) : value
}

function range(dtype: DType): [number | bigint, number | bigint] {
  const { kind, min, max } = dtypes[dtype]
  return kind === 'bool' ? [0, 1] : [min as number | bigint, max as number | bigint]
}

/** The smallest integer of the dtype that is at or, if `above`, above a value; undefined if none is. */
function atLeast(value: number | bigint, dtype: DType, above: boolean): number | bigint | undefined {
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
