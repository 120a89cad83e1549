/**
 * Elements as keys: unsigned integers of the same width whose order is that of the elements, so that one
 * sort by width serves every dtype. Descending order flips the bits of the keys; equal elements keep their
 * order either way. NaN has the largest key in both.
 *
 * A line is an axis's worth of elements. `openLine` says where it lies; the loops below go along it.
 */
const SIGN: u64 = 1 << 63
const INFINITY: u64 = 0x7ff0000000000000
const SIGN32: u32 = 1 << 31
const INFINITY32: u32 = 0x7f800000

/** All ones for descending order, else 0. */
let flip: u64 = 0
/** The element that comes next, and the bytes to the one behind it. */
let element: usize = 0
let step: i32 = 0
/** The key or record that comes next. */
let key: usize = 0
/** The index along the line of that record. */
let index: u32 = 0
/** Whether zeros of both signs may be among the keys: they are equal, but their keys are not. */
export let negativeZeros: bool = false

export function setDescending(descending: bool): void {
  flip = descending ? u64.MAX_VALUE : 0
}

/** Elements from `line` on, keys or records from `keys` on. */
export function openLine(line: usize, lineStep: i32, keys: usize): void {
  element = line
  step = lineStep
  key = keys
  index = 0
  negativeZeros = false
}

/** The key of −0 (or of 0) of a float dtype, `bytes` wide. */
export function keyOfZero(negative: bool, bytes: u32): u64 {
  const zero = SIGN - u64(negative)
  return bytes === 8 ? zero ^ flip : (zero ^ flip) >> 32
}

/** The key of the element at an address. */
function keyAt<T>(at: usize): u64 {
  if (isFloat<T>()) {
    if (sizeof<T>() === 8) {
      const bits = load<u64>(at)
      const ordered = bits ^ (<u64>(<i64>bits >> 63) | SIGN) ^ flip
      return (bits & ~SIGN) > INFINITY ? u64.MAX_VALUE : ordered
    } else {
      const bits = load<u32>(at)
      const ordered = bits ^ (<u32>(<i32>bits >> 31) | SIGN32) ^ <u32>flip
      return (bits & ~SIGN32) > INFINITY32 ? u32.MAX_VALUE : ordered
    }
  } else if (isSigned<T>()) {
    const bits: u64 = 8 * sizeof<T>()
    return (<u64>load<T>(at) ^ ((<u64>1) << (bits - 1)) ^ flip) & (u64.MAX_VALUE >> (64 - bits))
  } else {
    return (<u64>load<T>(at) ^ flip) & (u64.MAX_VALUE >> (64 - 8 * sizeof<T>()))
  }
}

function storeKey<T>(at: usize, value: u64): void {
  if (sizeof<T>() === 1) store<u8>(at, <u8>value)
  else if (sizeof<T>() === 2) store<u16>(at, <u16>value)
  else if (sizeof<T>() === 4) store<u32>(at, <u32>value)
  else store<u64>(at, value)
}

/** Elements to keys. */
@unmanaged
export class ToKeys {
  run<T>(count: u32): void {
    const minusZero = keyOfZero(true, sizeof<T>())
    let seen = false
    for (let i: u32 = 0; i < count; i++) {
      const value = keyAt<T>(element)
      if (isFloat<T>()) seen = seen || value === minusZero
      storeKey<T>(key, value)
      element += step
      key += sizeof<T>()
    }
    negativeZeros = negativeZeros || seen
  }
}

/** Elements to records of a key and an index; both zeros get one key. */
@unmanaged
export class ToRecords {
  run<T>(count: u32): void {
    const minusZero = keyOfZero(true, sizeof<T>())
    const zero = keyOfZero(false, sizeof<T>())
    for (let i: u32 = 0; i < count; i++) {
      let value = keyAt<T>(element)
      if (isFloat<T>()) value = value === minusZero ? zero : value
      if (sizeof<T>() === 8) {
        store<u64>(key, value)
        store<u64>(key, index, 8)
        key += 16
      } else {
        store<u64>(key, (value << 32) | index)
        key += 8
      }
      index++
      element += step
    }
  }
}

/** Keys back to elements. */
@unmanaged
export class FromKeys {
  run<T>(count: u32): void {
    for (let i: u32 = 0; i < count; i++) {
      if (isFloat<T>()) {
        if (sizeof<T>() === 8) {
          const value = load<u64>(key)
          const ordered = value ^ flip
          const bits = ordered ^ (~(<u64>(<i64>ordered >> 63)) | SIGN)
          store<u64>(element, value === u64.MAX_VALUE ? 0x7ff8000000000000 : bits)
        } else {
          const value = load<u32>(key)
          const ordered = value ^ <u32>flip
          const bits = ordered ^ (~(<u32>(<i32>ordered >> 31)) | SIGN32)
          store<u32>(element, value === u32.MAX_VALUE ? 0x7fc00000 : bits)
        }
      } else if (isSigned<T>()) {
        store<T>(element, load<T>(key) ^ <T>((<u64>1) << (8 * sizeof<T>() - 1)) ^ <T>flip)
      } else {
        store<T>(element, load<T>(key) ^ <T>flip)
      }
      element += step
      key += sizeof<T>()
    }
  }
}

/** The indices of narrow records (the lower half of 8 bytes), as int64. */
export function fromNarrowRecords(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    store<u64>(element, load<u32>(key))
    element += step
    key += 8
  }
}

/** The indices of wide records (the second of two words of 8 bytes), as int64. */
export function fromWideRecords(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    store<u64>(element, load<u64>(key, 8))
    element += step
    key += 16
  }
}
