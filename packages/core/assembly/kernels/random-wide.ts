/** The upper half of the 128-bit product of two 64-bit integers, which WebAssembly does not give. */
export function upperProduct(x: u64, y: u64): u64 {
  const x0 = x & 0xffffffff
  const x1 = x >> 32
  const y0 = y & 0xffffffff
  const y1 = y >> 32
  const second = x1 * y0 + ((x0 * y0) >> 32)
  const third = x0 * y1 + (second & 0xffffffff)
  return x1 * y1 + (second >> 32) + (third >> 32)
}
