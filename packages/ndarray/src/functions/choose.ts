import { describe, isScalar, type Scalar, toElement } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { Operand } from '../heap/heap.ts'
import type { NDArray } from '../ndarray.ts'
import { assign } from './assign.ts'
import { assertOperator, type ComparisonOperator, comparison, type Test, toTest } from './relation.ts'

export type { ComparisonOperator } from './relation.ts'

/** The choosing kernel's codes of its tests (assembly/kernels/choose.ts). */
const TEST_CODE = { '==': 0, '>': 1, '<=': 2 } as const

/** What a chosen element becomes: itself, or a value. */
export type Choice = 'same' | { readonly value: Scalar }

/**
 * out = a ⟨operator⟩ threshold ? yes : no, in one pass without a mask. `out` is `a` itself, or does not
 * share memory with it.
 */
export function choose(
  out: NDArray,
  a: NDArray,
  operator: ComparisonOperator,
  threshold: Scalar,
  yes: Choice,
  no: Choice,
): void {
  const test = toTest(comparison(operator, threshold, a.dtype), a.dtype)
  if ('constant' in test) assignChoice(out, a, test.constant ? yes : no)
  else runChoice(out, a, test, test.negated ? no : yes, test.negated ? yes : no)
}

function assignChoice(out: NDArray, a: NDArray, choice: Choice): void {
  if (choice !== 'same') assign(out, choice.value)
  else if (out !== a) assign(out, a)
}

function runChoice(out: NDArray, a: NDArray, test: Test, yes: Choice, no: Choice): void {
  const { heap } = a.lease
  const operandOf = (slot: number, choice: Choice): Operand =>
    choice === 'same' ? a.operand() : heap.scalar(slot, choice.value, a.info, a.ndim)
  const threshold = heap.scalar(1, test.value, a.info, a.ndim)
  heap.bind(a.shape, [out.operand(), a.operand(), threshold, operandOf(2, yes), operandOf(3, no)])
  heap.core.exports.choose(TEST_CODE[test.operator], a.info.code)
}

/** Replaces in place the elements that stand in the relation; see NDArray's method. */
export function assignWhere(
  a: NDArray,
  operator: ComparisonOperator,
  threshold: Scalar,
  value: Scalar,
): void {
  a.assertAlive()
  assertOperator(operator)
  if (!isScalar(threshold))
    throw new DTypeError(`a threshold is a number or bigint, not ${describe(threshold)}`)
  toElement(value, a.dtype)
  choose(a, a, operator, threshold, { value }, 'same')
}
