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
}

/** Bytes of the largest state, that of MT19937. */
const BYTES: i32 = 8 + 8 + 624 * 4

export const state = changetype<RandomState>(memory.data(BYTES, 16))

/** Where the words of the bit generator itself begin, in a layout that its own file defines. */
export const words: usize = changetype<usize>(state) + offsetof<RandomState>()

/** Where the host copies a generator's state to. */
export function randomState(): usize {
  return changetype<usize>(state)
}
