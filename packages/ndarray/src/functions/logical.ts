import { type DType, describe, isScalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { NDArray } from '../ndarray.ts'
import { equal } from './comparison.ts'
import { commonDType, type Elementwise, type ElementwiseOptions, OUT, runBinary } from './elementwise.ts'
import { optionsOf } from './options.ts'

/*
 * Operations on truths, element by element, to bool. What is not 0 is true, NaN too; arrays broadcast. Errors:
 * DTypeError, ShapeError, HeapError, ReleasedError, OutOfMemoryError, before anything is written.
 */

/** The function of two operands; codes as in assembly/kernels/binary.ts. */
function logical(name: string, code: number) {
  return (a: Elementwise, b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> => {
    const { out } = optionsOf(name, options, OUT)
    commonDType(name, [a, b])
    return runBinary(code, 'bool', truth(a), truth(b), out) as NDArray<'bool'>
  }
}

function truth(operand: Elementwise): Elementwise {
  return isScalar(operand) ? Number(operand) !== 0 : operand
}

/** Whether a and b are true. */
export const logicalAnd = logical('logicalAnd', 9)
/** Whether a or b is true. */
export const logicalOr = logical('logicalOr', 10)
/** Whether one alone is true. */
export const logicalXor = logical('logicalXor', 11)

/** Whether a is false, that is, 0. */
export function logicalNot<D extends DType>(
  a: NDArray<D>,
  given?: ElementwiseOptions<'bool'>,
): NDArray<'bool'> {
  const options = optionsOf('logicalNot', given, OUT)
  if (!(a instanceof NDArray)) throw new DTypeError(`logicalNot takes an array, not ${describe(a)}`)
  return equal(a, 0, options)
}
