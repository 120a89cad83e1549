/** Assignment through a mask: out[mask] = value. Elements whose mask is 0 keep what they are. */
import { sizeOf } from './assign'
import { selectBySize } from './dispatch'
import { iterate, pointer, stride } from './iterate'
import { splat } from './scalar'

@unmanaged
class Put {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    const vectors = stride(0) === size && stride(1) === 1 && (stride(2) === size || stride(2) === 0)
    const done = vectors ? putVectors<T>(count) : 0
    let out = pointer(0) + done * stride(0)
    let mask = pointer(1) + done * stride(1)
    let value = pointer(2) + done * stride(2)
    for (let i = done; i < count; i++) {
      if (load<u8>(mask)) store<T>(out, load<T>(value))
      out += stride(0)
      mask += stride(1)
      value += stride(2)
    }
  }
}

/** Sixteen elements at a time; those without any to assign are not written. Returns the elements done. */
function putVectors<T>(count: u32): u32 {
  const next: usize = stride(2) ? 16 : 0
  let value = next ? pointer(2) : splat<T>(2, pointer(2))
  let out = pointer(0)
  let mask = pointer(1)
  let i: u32 = 0
  for (; i + 16 <= count; i += 16) {
    const bytes = v128.load(mask)
    if (v128.any_true(bytes)) choose<T>(out, value, next, i8x16.ne(bytes, i8x16.splat(0)))
    out += 16 * sizeof<T>()
    value += next * sizeof<T>()
    mask += 16
  }
  return i
}

/** Merges 16 values into 16 elements, by a mask of one byte (0 or −1) for each. */
function choose<T>(out: usize, value: usize, next: usize, mask: v128): void {
  if (sizeof<T>() === 1) {
    merge(out, value, next, 0, mask)
    return
  }
  spread<T>(out, value, next, 0, v128.extend_low<i8>(mask))
  spread<T>(out, value, next, sizeof<T>() / 2, v128.extend_high<i8>(mask))
}

/** Merges 8 elements from the `at`-th vector on, by a mask of two bytes for each. */
function spread<T>(out: usize, value: usize, next: usize, at: usize, mask: v128): void {
  if (sizeof<T>() === 2) {
    merge(out, value, next, at, mask)
    return
  }
  const low = v128.extend_low<i16>(mask)
  const high = v128.extend_high<i16>(mask)
  if (sizeof<T>() === 4) {
    merge(out, value, next, at, low)
    merge(out, value, next, at + 1, high)
    return
  }
  merge(out, value, next, at, v128.extend_low<i32>(low))
  merge(out, value, next, at + 1, v128.extend_high<i32>(low))
  merge(out, value, next, at + 2, v128.extend_low<i32>(high))
  merge(out, value, next, at + 3, v128.extend_high<i32>(high))
}

/** Merges the `at`-th vector of values into that of the output. */
function merge(out: usize, value: usize, next: usize, at: usize, mask: v128): void {
  const to = out + 16 * at
  v128.store(to, v128.bitselect(v128.load(value + next * at), v128.load(to), mask))
}

/** Operands: out, mask (bool), value, of out's dtype. */
export function put(dtype: u32): void {
  iterate(selectBySize<Put>(sizeOf(dtype)), 3)
}
