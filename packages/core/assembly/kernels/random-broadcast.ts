/** Random integers with bounds of their own for every element. */

import { selectBySize } from './dispatch'
import { DType } from './dtype'
import { iterate, pointer, stride } from './iterate'
import { openWithin, within } from './random-within'

let isMasked: bool = false
/** Bits of the words; 0 for 64-bit elements, which take 32 where the range fits. */
let wordBits: u32 = 0

@unmanaged
class DrawBetween {
  run<T>(count: u32): void {
    for (let i: u32 = 0; i < count; i++) {
      const low = load<u64>(pointer(1) + i * stride(1))
      const range = load<u64>(pointer(2) + i * stride(2)) - low
      const bits: u32 = wordBits > 0 ? wordBits : range <= <u64>u32.MAX_VALUE ? 32 : 64
      store<T>(pointer(0) + i * stride(0), <T>(low + within(range, bits, isMasked)))
    }
  }
}

/**
 * Writes integers to operand 0, contiguous, from the 64-bit lowest ones of operand 1 to the highest ones of
 * operand 2, as NumPy's integers() of arrays does (masked: RandomState's randint()).
 */
export function randomBetween(bitGenerator: u32, dtype: u32, bytes: u32, masked: bool): void {
  isMasked = masked
  wordBits = dtype === DType.BOOL ? 1 : bytes < 8 ? bytes << 3 : 0
  openWithin(bitGenerator)
  iterate(selectBySize<DrawBetween>(bytes), 3)
}
