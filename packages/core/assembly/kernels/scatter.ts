/** Writing at offsets: the element `offset` bytes behind out = value. */
import { selectBySize } from './dispatch'
import { iterate, pointer, stride } from './iterate'

@unmanaged
class Scatter {
  run<T>(count: u32): void {
    const along = stride(0)
    const step = stride(1)
    const next = stride(2)
    let out = pointer(0)
    let offset = pointer(1)
    let value = pointer(2)
    if (step === 0) {
      out += load<u32>(offset)
      for (let i: u32 = 0; i < count; i++) {
        store<T>(out, load<T>(value))
        out += along
        value += next
      }
      return
    }
    let i: u32 = 0
    if (along === 0 && step === 4) {
      for (; i + 4 <= count; i += 4) {
        store<T>(out + load<u32>(offset), load<T>(value))
        store<T>(out + load<u32>(offset, 4), load<T>(value + next))
        store<T>(out + load<u32>(offset, 8), load<T>(value + 2 * next))
        store<T>(out + load<u32>(offset, 12), load<T>(value + 3 * next))
        offset += 16
        value += 4 * next
      }
    }
    for (; i < count; i++) {
      store<T>(out + load<u32>(offset), load<T>(value))
      out += along
      offset += step
      value += next
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
