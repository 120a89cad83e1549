import type { NDArray } from '../ndarray.ts'
import { binary, runBinary, unaryBy } from './elementwise.ts'

/*
 * Operations on the bits of integers and bools, element by element; arrays broadcast and promote each other,
 * and a value adapts to them. Errors: DTypeError for floats, too; ShapeError, HeapError, ReleasedError,
 * OutOfMemoryError, before anything is written.
 */

const XOR = 11

/** The bits that are set in a and in b. */
export const bitwiseAnd = binary('bitwiseAnd', 9, 'bits')
/** The bits that are set in a or in b. */
export const bitwiseOr = binary('bitwiseOr', 10, 'bits')
/** The bits that are set in one alone. */
export const bitwiseXor = binary('bitwiseXor', XOR, 'bits')
/** a · 2ᵇ, wrapping; 0 for a shift as wide as the dtype, or a negative one. bool counts as int8. */
export const bitwiseLeftShift = binary('bitwiseLeftShift', 12, 'shifting')
/**
 * ⌊a / 2ᵇ⌋; 0, or −1 below 0, for a shift as wide as the dtype, or a negative one. bool counts as int8.
 */
export const bitwiseRightShift = binary('bitwiseRightShift', 13, 'shifting')

/** The other bits; of bool, "not". */
export const bitwiseInvert = unaryBy('bitwiseInvert', 'bits', (a, dtype, out) =>
  runBinary(XOR, dtype, a, dtype === 'bool' ? true : allBits(a), out),
)

/** The value of a's dtype whose bits are all set. */
function allBits(a: NDArray): number | bigint {
  return a.info.kind === 'uint' ? (a.info.max as number | bigint) : -1
}
