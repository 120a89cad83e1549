/** How many elements of a mask are true. */
import { iterate, pointer, stride } from './iterate'

let total: u32 = 0

function count(length: u32): void {
  let mask = pointer(0)
  let sum: u32 = 0
  let i: u32 = 0
  if (stride(0) === 1) {
    const zero = i8x16.splat(0)
    let wide = i32x4.splat(0)
    while (i + 16 <= length) {
      // A byte counts to 255 before it is added to wider ones.
      const stop = i + min<u32>((length - i) & ~15, 255 * 16)
      let bytes = i8x16.splat(0)
      for (; i < stop; i += 16) {
        // A true lane is −1.
        bytes = i8x16.sub(bytes, i8x16.ne(v128.load(mask), zero))
        mask += 16
      }
      wide = i32x4.add(wide, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)))
    }
    sum += i32x4.extract_lane(wide, 0) + i32x4.extract_lane(wide, 1)
    sum += i32x4.extract_lane(wide, 2) + i32x4.extract_lane(wide, 3)
  }
  for (; i < length; i++) {
    sum += u32(load<u8>(mask) !== 0)
    mask += stride(0)
  }
  total += sum
}

/** Operand: a mask (bool) of less than 2^32 elements. */
export function countMask(): u32 {
  total = 0
  iterate(count, 1)
  return total
}
