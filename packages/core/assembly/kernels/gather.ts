/** Reading at offsets: out = the element `offset` bytes behind in. */
import { selectBySize } from './dispatch'
import { iterate, pointer, stride } from './iterate'

@unmanaged
class Gather {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    const next = stride(0)
    const along = stride(1)
    const step = stride(2)
    let out = pointer(0)
    let from = pointer(1)
    let offset = pointer(2)
    if (step === 0) {
      from += load<u32>(offset)
      for (let i: u32 = 0; i < count; i++) {
        store<T>(out, load<T>(from))
        out += next
        from += along
      }
      return
    }
    let i: u32 = 0
    if (next === size && along === 0 && step === 4) {
      for (; i + 4 <= count; i += 4) {
        store<T>(out, load<T>(from + load<u32>(offset)))
        store<T>(out, load<T>(from + load<u32>(offset, 4)), sizeof<T>())
        store<T>(out, load<T>(from + load<u32>(offset, 8)), 2 * sizeof<T>())
        store<T>(out, load<T>(from + load<u32>(offset, 12)), 3 * sizeof<T>())
        out += 4 * sizeof<T>()
        offset += 16
      }
    }
    for (; i < count; i++) {
      store<T>(out, load<T>(from + load<u32>(offset)))
      out += next
      from += along
      offset += step
    }
  }
}

/** Operands: out, in (of one dtype of `bytes` bytes), offsets (u32). out overlaps neither. */
export function gather(bytes: u32): void {
  iterate(selectBySize<Gather>(bytes), 3)
}
