import { MAX_OPERANDS } from './iterate'

/**
 * Scalars cross the border between host and kernels in 16-byte slots, as elements of the operands'
 * dtype: no 64-bit integer is rounded on the way. Slot 0 is where a reduction leaves its result; the
 * others are operands with step 0.
 */
const SLOT_BYTES: u32 = 16
export const scalars: usize = memory.data(MAX_OPERANDS * SLOT_BYTES, 16)
/** Where a reduction leaves its result. */
export const result: usize = scalars

/** Vectors filled with one element, one for each operand that repeats. */
const splats: usize = memory.data(MAX_OPERANDS * SLOT_BYTES, 16)

/** Fills an operand's vector with the element at `from`, so that a vector loop may read it with step 0. */
export function splat<T>(operand: u32, from: usize): usize {
  const at = splats + operand * SLOT_BYTES
  v128.store(at, v128.splat<T>(load<T>(from)))
  return at
}
