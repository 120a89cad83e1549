/** Random integers with bounds of their own for every element. */

import { selectBySize } from './dispatch'
import { DType } from './dtype'
import { iterate, pointer, stride } from './iterate'
import { closeStream, foreseeBits } from './random-stream'
import { openWithin, within } from './random-within'

let isMasked: bool = false
/** Bits of the words; 0 for 64-bit elements, which take 32 where the range fits. */
let wordBits: u32 = 0

@unmanaged
class DrawBetween {
  run<T>(count: u32): void {
    const out = pointer(0)
    const low = pointer(1)
    const high = pointer(2)
    const step = stride(0)
    const lowStep = stride(1)
    const highStep = stride(2)
    let bits: u64 = 0
    for (let i: u32 = 0; i < count; i++) {
      bits += bitsOf(load<u64>(high + i * highStep) - load<u64>(low + i * lowStep))
    }
    for (let i: u32 = 0; i < count; i++) {
      const first = load<u64>(low + i * lowStep)
      const range = load<u64>(high + i * highStep) - first
      const least = bitsOf(range)
      foreseeBits(bits)
      bits -= least
      store<T>(out + i * step, <T>(first + within(range, least, isMasked)))
    }
  }
}

/** Bits that an element of a range takes at least. */
function bitsOf(range: u64): u32 {
  if (range === 0) return 0
  return wordBits > 0 ? wordBits : range <= <u64>u32.MAX_VALUE ? 32 : 64
}

/**
 * Writes integers to operand 0, contiguous, from the 64-bit lowest ones of operand 1 to the highest ones of
 * operand 2, as NumPy's integers() of arrays does (masked: RandomState's randint()).
 */
export function randomBetween(bitGenerator: u32, dtype: u32, bytes: u32, masked: bool): void {
  isMasked = masked
  wordBits = dtype === DType.BOOL ? 1 : bytes < 8 ? bytes << 3 : 0
  openWithin(bitGenerator, wordBits === 0)
  iterate(selectBySize<DrawBetween>(bytes), 3)
  closeStream()
}
