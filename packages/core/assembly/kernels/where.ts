/** Choosing by a mask: out = mask ? x : y. */
import { sizeOf } from './assign'
import { selectBySize } from './dispatch'
import { iterate, pointer, stride } from './iterate'
import { Merge } from './put'
import { splat } from './scalar'

@unmanaged
class Where {
  run<T>(count: u32): void {
    const done = isInVectors<T>() ? whereVectors<T>(count) : 0
    let out = pointer(0) + done * stride(0)
    let mask = pointer(1) + done * stride(1)
    let x = pointer(2) + done * stride(2)
    let y = pointer(3) + done * stride(3)
    for (let i = done; i < count; i++) {
      store<T>(out, load<u8>(mask) ? load<T>(x) : load<T>(y))
      out += stride(0)
      mask += stride(1)
      x += stride(2)
      y += stride(3)
    }
  }
}

/** Whether output and mask run along, and x and y each run along or repeat. */
function isInVectors<T>(): bool {
  const size = <i32>sizeof<T>()
  if (stride(0) !== size || stride(1) !== 1) return false
  return (stride(2) === size || stride(2) === 0) && (stride(3) === size || stride(3) === 0)
}

/** Returns the elements done. */
function whereVectors<T>(count: u32): u32 {
  const nextX: usize = stride(2) ? 16 : 0
  const nextY: usize = stride(3) ? 16 : 0
  let x = nextX ? pointer(2) : splat<T>(2, pointer(2))
  let y = nextY ? pointer(3) : splat<T>(3, pointer(3))
  let out = pointer(0)
  let mask = pointer(1)
  let i: u32 = 0
  for (; i + 16 <= count; i += 16) {
    const chosen = i8x16.ne(v128.load(mask), i8x16.splat(0))
    changetype<Merge>(0).sixteen<T>(out, x, nextX, y, nextY, chosen)
    out += 16 * sizeof<T>()
    mask += 16
    x += nextX * sizeof<T>()
    y += nextY * sizeof<T>()
  }
  return i
}

/** Operands: out, mask (bool), x, y, of out's dtype. out may be x or y. */
export function where(dtype: u32): void {
  iterate(selectBySize<Where>(sizeOf(dtype)), 4)
}
