/** Reading at offsets: out = the element `offset` bytes behind in. */
import { selectBySize } from './dispatch'
import { iterate, pointer, stride } from './iterate'

/** Bytes of a row below which a loop is faster than the engine's own copy. */
const SHORT: u32 = 64

@unmanaged
class Gather {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    const along = stride(1)
    let out = pointer(0)
    let from = pointer(1)
    let offset = pointer(2)
    if (stride(2) === 0) {
      from += load<u32>(offset)
      if (stride(0) === size && along === size && count * size >= SHORT) {
        memory.copy(out, from, count * size)
        return
      }
      for (let i: u32 = 0; i < count; i++) {
        store<T>(out, load<T>(from))
        out += stride(0)
        from += along
      }
      return
    }
    for (let i: u32 = 0; i < count; i++) {
      store<T>(out, load<T>(from + load<u32>(offset)))
      out += stride(0)
      from += along
      offset += stride(2)
    }
  }
}

/** Operands: out, in (of one dtype of `bytes` bytes), offsets (u32). out overlaps neither. */
export function gather(bytes: u32): void {
  iterate(selectBySize<Gather>(bytes), 3)
}
