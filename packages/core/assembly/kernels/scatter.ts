/** Writing at offsets: the element `offset` bytes behind out = value. */
import { selectBySize } from './dispatch'
import { iterate, pointer, stride } from './iterate'

/** Bytes of a row below which a loop is faster than the engine's own copy. */
const SHORT: u32 = 64

@unmanaged
class Scatter {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    let out = pointer(0)
    let offset = pointer(1)
    let value = pointer(2)
    if (stride(1) === 0) {
      out += load<u32>(offset)
      if (stride(0) === size && stride(2) === size && count * size >= SHORT) {
        memory.copy(out, value, count * size)
        return
      }
      for (let i: u32 = 0; i < count; i++) {
        store<T>(out, load<T>(value))
        out += stride(0)
        value += stride(2)
      }
      return
    }
    for (let i: u32 = 0; i < count; i++) {
      store<T>(out + load<u32>(offset), load<T>(value))
      out += stride(0)
      offset += stride(1)
      value += stride(2)
    }
  }
}

/**
 * Operands: out (with step 0 along the axes of the offsets), offsets (u32, contiguous in C order along their
 * axes), value (of out's dtype, of `bytes` bytes). Neither overlaps out. The axes of the offsets are walked
 * in their order, since out says nothing about them: of repeated offsets the last one wins.
 */
export function scatter(bytes: u32): void {
  iterate(selectBySize<Scatter>(bytes), 3)
}
