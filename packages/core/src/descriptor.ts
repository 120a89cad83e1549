/**
 * How operands reach a kernel, in 32-bit words from `exports.operands()`: the number of dimensions, the
 * shape, then for each operand its address and its steps in bytes. See assembly/kernels/iterate.ts; a test
 * holds the two against each other.
 */

/** Most dimensions of an operand. */
export const MAX_DIMS = 64
/** Most operands of a kernel. */
export const MAX_OPERANDS = 5
/** Where the shape begins. */
export const SHAPE_WORD = 1
/** Where the first operand begins: its address, then its steps. */
export const FIRST_OPERAND_WORD = SHAPE_WORD + MAX_DIMS
/** Words of one operand. */
export const OPERAND_WORDS = 1 + MAX_DIMS
/** Bytes of a scalar's slot, from `exports.scalarSlots()`. */
export const SLOT_BYTES = 16
