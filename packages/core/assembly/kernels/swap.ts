/** The bytes of elements in reverse order: big-endian to little-endian, and back. */

/**
 * Reverses each of the elements of `bytes` bytes (2, 4 or 8) from `start` to before `end`, in place. Byte i
 * changes places with byte `i ^ (bytes - 1)`, within an element and so within a vector of them, too.
 */
export function swapBytes(start: usize, end: usize, bytes: u32): void {
  const mask = bytes - 1
  const order = v128.xor(
    i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    v128.splat<u8>(<u8>mask),
  )
  let at = start
  for (; at + 16 <= end; at += 16) v128.store(at, v128.swizzle(v128.load(at), order))
  for (let i: usize = 0; i < end - at; i++) {
    const other = i ^ mask
    if (other < i) continue
    const byte = load<u8>(at + i)
    store<u8>(at + i, load<u8>(at + other))
    store<u8>(at + other, byte)
  }
}
