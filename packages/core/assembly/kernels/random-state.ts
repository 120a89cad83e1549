/**
 * The state of the bit generator that draws now. The host keeps the state of every generator, copies the
 * one in use here before a call and back behind it.
 */
@unmanaged
export class RandomState {
  /** 1 when `uinteger` is the next 32-bit word, else 0. */
  hasUint32: u32
  /** The upper half of the last 64-bit draw that was asked for a 32-bit word. */
  uinteger: u32
  /** The words of the bit generator itself, in an order that its own file defines. */
  word0: u64
  word1: u64
  word2: u64
  word3: u64
}

export const state = changetype<RandomState>(memory.data(offsetof<RandomState>(), 16))

/** Where the host copies a generator's state to. */
export function randomState(): usize {
  return changetype<usize>(state)
}
