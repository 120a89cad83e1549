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
    if (v128.any_true(bytes)) merge<T>(out, value, next, bytes)
    out += 16 * sizeof<T>()
    value += next * sizeof<T>()
    mask += 16
  }
  return i
}

/** Merges 16 values into the output, where their byte is not 0. */
function merge<T>(out: usize, value: usize, next: usize, bytes: v128): void {
  changetype<Merge>(0).sixteen<T>(out, value, next, out, 16, i8x16.ne(bytes, i8x16.splat(0)))
}

/** Merging two sources into the output, by a mask. */
@unmanaged
export class Merge {
  /**
   * Writes 16 elements: those of x where the mask (a byte, 0 or −1, for each) is set, else those of y. From
   * one vector to the next, x and y go on by nextX and nextY bytes: 16, or 0 to repeat.
   */
  sixteen<T>(out: usize, x: usize, nextX: usize, y: usize, nextY: usize, mask: v128): void {
    if (sizeof<T>() === 1) {
      this.one(out, x, y, mask)
      return
    }
    const half = sizeof<T>() / 2
    this.eight<T>(out, x, nextX, y, nextY, v128.extend_low<i8>(mask))
    this.eight<T>(
      out + 16 * half,
      x + nextX * half,
      nextX,
      y + nextY * half,
      nextY,
      v128.extend_high<i8>(mask),
    )
  }

  /** The same for 8 elements, by a mask of two bytes for each. */
  eight<T>(out: usize, x: usize, nextX: usize, y: usize, nextY: usize, mask: v128): void {
    if (sizeof<T>() === 2) {
      this.one(out, x, y, mask)
      return
    }
    const low = v128.extend_low<i16>(mask)
    const high = v128.extend_high<i16>(mask)
    if (sizeof<T>() === 4) {
      this.one(out, x, y, low)
      this.one(out + 16, x + nextX, y + nextY, high)
      return
    }
    this.one(out, x, y, v128.extend_low<i32>(low))
    this.one(out + 16, x + nextX, y + nextY, v128.extend_high<i32>(low))
    this.one(out + 32, x + 2 * nextX, y + 2 * nextY, v128.extend_low<i32>(high))
    this.one(out + 48, x + 3 * nextX, y + 3 * nextY, v128.extend_high<i32>(high))
  }

  /** One vector of both. */
  one(out: usize, x: usize, y: usize, mask: v128): void {
    v128.store(out, v128.bitselect(v128.load(x), v128.load(y), mask))
  }
}

/** Operands: out, mask (bool), value, of out's dtype. */
export function put(dtype: u32): void {
  iterate(selectBySize<Put>(sizeOf(dtype)), 3)
}
