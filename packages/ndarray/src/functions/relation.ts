import { type DType, describe, dtypes, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'

/** The six comparisons, as they are written. */
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!='

const OPERATORS: readonly unknown[] = ['<', '<=', '>', '>=', '==', '!='] satisfies ComparisonOperator[]

/** @throws DTypeError for anything but one of the six. */
export function assertOperator(operator: ComparisonOperator): void {
  if (OPERATORS.includes(operator)) return
  throw new DTypeError(`unknown operator ${describe(operator)}; there are ${OPERATORS.join(', ')}`)
}

/** A comparison with a value, reduced to what holds for every element of the dtype. */
export type Comparison =
  /** True (or false) for every element, whatever it is. */
  | { readonly constant: boolean }
  /** The comparison with a value that the dtype holds exactly. */
  | { readonly operator: ComparisonOperator; readonly value: number | bigint }

const ALWAYS: Comparison = { constant: true }
const NEVER: Comparison = { constant: false }

/**
 * Turns a comparison of a dtype's elements with any value into one with an element of that dtype, so that
 * no element is converted and none is rounded: `a <= 2.5` is `a <= 2` for integers, `a < 300` is true for
 * every uint8, `a == NaN` for none. A float array is compared in its own precision, as NumPy does.
 */
export function comparison(operator: ComparisonOperator, value: Scalar, dtype: DType): Comparison {
  const number = typeof value === 'boolean' ? Number(value) : value
  if (Number.isNaN(number)) return operator === '!=' ? ALWAYS : NEVER
  if (dtypes[dtype].kind === 'float') return floatComparison(operator, Number(number), dtype)
  return integerComparison(operator, number, dtype)
}

function floatComparison(operator: ComparisonOperator, value: number, dtype: DType): Comparison {
  return { operator, value: dtype === 'float32' ? Math.fround(value) : value }
}

function integerComparison(operator: ComparisonOperator, value: number | bigint, dtype: DType): Comparison {
  const [min, max] = range(dtype)
  if (value < min) return operator === '>' || operator === '>=' || operator === '!=' ? ALWAYS : NEVER
  if (value > max) return operator === '<' || operator === '<=' || operator === '!=' ? ALWAYS : NEVER
  if (typeof value === 'bigint' || Number.isInteger(value)) return { operator, value }
  if (operator === '==' || operator === '!=') return operator === '!=' ? ALWAYS : NEVER
  // Between two integers, "or equal" makes no difference.
  return { operator: operator === '<' || operator === '<=' ? '<=' : '>', value: Math.floor(value) }
}

function range(dtype: DType): [number | bigint, number | bigint] {
  const { kind, min, max } = dtypes[dtype]
  return kind === 'bool' ? [0, 1] : [min as number | bigint, max as number | bigint]
}

/**
 * The same comparison with `<=`, `>` or `==` alone, possibly negated: what the choosing kernel knows.
 * `a < t` is `a <= s`, s being the dtype's next value below t.
 */
export interface Test {
  readonly operator: '<=' | '>' | '=='
  readonly value: number | bigint
  /** True when elements that do not pass the test are the ones meant. */
  readonly negated: boolean
}

/** A comparison as a test of the choosing kernel, or a constant. */
export function toTest(meant: Comparison, dtype: DType): Test | { readonly constant: boolean } {
  if ('constant' in meant) return meant
  const { operator, value } = meant
  switch (operator) {
    case '==':
    case '!=':
      return { operator: '==', value, negated: operator === '!=' }
    case '<=':
    case '>':
      return { operator, value, negated: false }
  }
  const below = previous(value, dtype)
  if (below !== undefined) return { operator: operator === '<' ? '<=' : '>', value: below, negated: false }
  // Nothing is below the smallest value; every element but NaN is at or above it.
  if (operator === '<') return NEVER as { constant: boolean }
  return dtypes[dtype].kind === 'float'
    ? { operator: '<=', value: Infinity, negated: false }
    : { constant: true }
}

/** The dtype's largest value below `value`, or undefined when that is its smallest. */
function previous(value: number | bigint, dtype: DType): number | bigint | undefined {
  if (dtypes[dtype].kind === 'float') return previousFloat(Number(value), dtype)
  const [min] = range(dtype)
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint may meet a number
  if (value == min) return undefined
  return typeof value === 'bigint' ? value - 1n : value - 1
}

/** The next float below, by the bits: a float's bits, read as an integer, are in the order of the floats. */
function previousFloat(value: number, dtype: DType): number | undefined {
  if (value === -Infinity) return undefined
  if (value === 0) return dtype === 'float32' ? -(2 ** -149) : -Number.MIN_VALUE
  if (dtype === 'float32') {
    const float = new Float32Array([value])
    const bits = new Int32Array(float.buffer)
    bits[0] = (bits[0] as number) + (value > 0 ? -1 : 1)
    return float[0] as number
  }
  const float = new Float64Array([value])
  const bits = new BigInt64Array(float.buffer)
  bits[0] = (bits[0] as bigint) + (value > 0 ? -1n : 1n)
  return float[0] as number
}
