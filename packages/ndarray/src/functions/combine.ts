import type { Operand } from '../heap/heap.ts'
import type { NDArray } from '../ndarray.ts'
import type { Shape } from '../shape.ts'

/** The codes of assembly/kernels/combine.ts. */
export const COMBINATION = { add: 0, multiply: 1, subtract: 2 } as const

/** out = a op b over operands of the target's dtype. */
export function combine(target: NDArray, shape: Shape, operands: readonly Operand[], code: number): void {
  const { heap } = target.lease
  heap.bind(shape, operands)
  heap.core.exports.combine(code, target.info.code)
}

/** out = a − b, of one shape and dtype; integers wrap. */
export function subtract(out: NDArray, a: NDArray, b: NDArray): void {
  combine(out, out.shape, [out.operand(), a.operand(), b.operand()], COMBINATION.subtract)
}
