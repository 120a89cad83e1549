import type { CoreExports } from '@ebb/core'
import { describe, dtypes, isScalar, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { NDArray } from '../ndarray.ts'
import { assign } from './assign.ts'
import { compute } from './elementwise.ts'
import { maskedResult } from './maskedresult.ts'
import { optionsOf } from './options.ts'
import { outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import { resultType } from './promotion.ts'
import { type ComparisonOperator, comparison } from './relation.ts'

/** Where to write the mask. */
export interface ComparisonOptions {
  /** A bool array of the result's shape; it is returned. */
  out?: NDArray<'bool'>
  /** A mask that broadcasts to the result: where it is false, `out` keeps what it has (a new array is false). */
  where?: NDArray<'bool'>
}

/** An operand of a comparison. */
export type Comparable = NDArray | Scalar

/**
 * a == b, element by element. One operand at least is an array; shapes broadcast. Arrays of different
 * dtypes are compared in their common one, int64 with uint64 exactly; a value is compared exactly with
 * integers, and rounded to the dtype for floats. NaN equals nothing.
 * @returns bool, of the broadcast shape; the caller's, unless it is `out`.
 * @throws ShapeError, DTypeError, HeapError, ReleasedError, OutOfMemoryError
 */
export const equal = comparing('equal', '==')
/** a != b, element by element; see `equal`. True for NaN. */
export const notEqual = comparing('notEqual', '!=')
/** a < b, element by element; see `equal`. False for NaN. */
export const less = comparing('less', '<')
/** a <= b, element by element; see `equal`. False for NaN. */
export const lessEqual = comparing('lessEqual', '<=')
/** a > b, element by element; see `equal`. False for NaN. */
export const greater = comparing('greater', '>')
/** a >= b, element by element; see `equal`. False for NaN. */
export const greaterEqual = comparing('greaterEqual', '>=')

/** How the kernel computes an operator: which relation, of the operands as they are or swapped, negated or not. */
const KERNEL = {
  '==': { relation: 0, swapped: false, negated: false },
  '!=': { relation: 0, swapped: false, negated: true },
  '<': { relation: 1, swapped: false, negated: false },
  '<=': { relation: 2, swapped: false, negated: false },
  '>': { relation: 1, swapped: true, negated: false },
  '>=': { relation: 2, swapped: true, negated: false },
} as const

/** The operator with its operands exchanged. */
const MIRRORED = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

const COMPARING = { out: true, where: true } as const

function comparing(name: string, operator: ComparisonOperator) {
  const compare = (a: Comparable, b: Comparable, options: ComparisonOptions): NDArray<'bool'> => {
    if (a instanceof NDArray && b instanceof NDArray) return compareArrays(operator, a, b, options.out)
    if (a instanceof NDArray && isScalar(b)) return compareScalar(operator, a, b, options.out)
    if (b instanceof NDArray && isScalar(a)) return compareScalar(MIRRORED[operator], b, a, options.out)
    throw new DTypeError(
      `cannot compare ${describe(a)} with ${describe(b)}; one must be an array, the other an array or a value`,
    )
  }
  return (a: Comparable, b: Comparable, given?: ComparisonOptions): NDArray<'bool'> => {
    const options = optionsOf(name, given, COMPARING)
    return options.where === undefined
      ? compare(a, b, options)
      : maskedResult(options.where, options.out, () => compare(a, b, {}))
  }
}

function compareScalar(
  operator: ComparisonOperator,
  a: NDArray,
  value: Scalar,
  out?: NDArray<'bool'>,
): NDArray<'bool'> {
  a.assertAlive()
  const meant = comparison(operator, value, a.dtype)
  const { heap } = a.lease
  const result = outputFor(heap, a.shape, 'bool', out)
  if (out && out !== a && sharesMemory(out, a)) {
    using packed = a.copy()
    return compareScalar(operator, packed, value, out)
  }
  if ('constant' in meant) {
    assign(result, meant.constant)
    return result
  }
  const { relation, swapped, negated } = KERNEL[meant.operator]
  const threshold = heap.scalar(2, meant.value, a.info, a.ndim)
  heap.bind(a.shape, [result.operand(), ...(swapped ? [threshold, a.operand()] : [a.operand(), threshold])])
  heap.core.exports.compare(relation, Number(negated), a.info.code)
  return result
}

/** The relation of an int64 array with a uint64 one, in this order; it is exact. */
const MIXED_KERNEL = {
  '==': { relation: 3, negated: false },
  '!=': { relation: 3, negated: true },
  '<': { relation: 4, negated: false },
  '>=': { relation: 4, negated: true },
  '<=': { relation: 5, negated: false },
  '>': { relation: 5, negated: true },
} as const

function compareArrays(
  operator: ComparisonOperator,
  a: NDArray,
  b: NDArray,
  out?: NDArray<'bool'>,
): NDArray<'bool'> {
  if (a.dtype === 'uint64' && b.dtype === 'int64') return compareArrays(MIRRORED[operator], b, a, out)
  if (a.dtype === 'int64' && b.dtype === 'uint64') {
    const { relation, negated } = MIXED_KERNEL[operator]
    const run = (core: CoreExports) => core.compare(relation, Number(negated), dtypes.uint64.code)
    return compute({ operands: [a, b], dtype: ['int64', 'uint64'], result: 'bool', out, run })
  }
  const dtype = resultType(a.dtype, b.dtype)
  const { relation, swapped, negated } = KERNEL[operator]
  const run = (core: CoreExports) => core.compare(relation, Number(negated), dtypes[dtype].code)
  return compute({ operands: swapped ? [b, a] : [a, b], dtype, result: 'bool', out, run })
}
