/**
 * The reduction of large angles: |x| = m·2ᵉ with an integer m, and |x|·2/π modulo 4 is the low part of m times a
 * window of the bits of 2/π (Payne and Hanek). 192 bits leave more than 120 behind the binary point where no
 * float64 comes nearer to a multiple than 2⁻⁶².
 */
/** 2/π in words, behind one of zeros, for windows that begin before the point. */
const TWO_OVER_PI: usize = memory.data<u64>([
  0, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
  0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4,
  0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
  0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
])

/** The reduced angle, from −π/4 to π/4, as angle + rest. */
export let angle: f64 = 0
export let rest: f64 = 0

/** Sets the reduced angle of |x|, and returns how many right angles were taken off, modulo 4. */
export function reduce(x: f64): u32 {
  const bits = reinterpret<u64>(x)
  const m = (bits & 0xfffffffffffff) | 0x10000000000000
  const from = <u32>((bits >> 52) & 0x7ff) - (1075 + 2 - 64)
  const low = multiplyAdd(windowAt(from + 128), m, 0)
  const middle = multiplyAdd(windowAt(from + 64), m, upper)
  const high = windowAt(from) * m + upper
  setAngle((high << 2) | (middle >> 62), (middle << 2) | (low >> 62))
  return <u32>((high >> 62) + ((high >> 61) & 1))
}

/** 64 bits from the bit `at` on. */
function windowAt(at: u32): u64 {
  const word = TWO_OVER_PI + ((at >> 6) << 3)
  const shift = <u64>(at & 63)
  return shift ? (load<u64>(word) << shift) | (load<u64>(word, 8) >> (64 - shift)) : load<u64>(word)
}

/** The upper half of the last product. */
let upper: u64 = 0

/** The lower half of a·b + c. */
function multiplyAdd(a: u64, b: u64, c: u64): u64 {
  const low = <u64>(<u32>a) * <u32>b
  const first = (a >> 32) * <u32>b + (low >> 32)
  const second = <u64>(<u32>a) * (b >> 32) + <u32>first
  const sum = ((second << 32) | <u32>low) + c
  upper = (a >> 32) * (b >> 32) + (first >> 32) + (second >> 32) + u64(sum < c)
  return sum
}

/** From a fraction of a right angle in 128 bits, signed: its product with π/2, to more than 80 bits. */
function setAngle(high: u64, low: u64): void {
  const sign: f64 = <i64>high < 0 ? -1 : 1
  if (<i64>high < 0) {
    low = ~low + 1
    high = ~high + u64(low === 0)
  }
  const zeros = clz(high)
  if (zeros === 64) high = low
  else if (zeros) high = (high << zeros) | (low >> (64 - zeros))
  const scale = sign * reinterpret<f64>((1023 - 64 - zeros) << 52)
  const a = <f64>(high >> 38) * 274877906944
  const b = <f64>(high & 0x3fffffffff)
  // π/2 in a part of 26 bits and the rest.
  const c: f64 = 1.5707963109016418
  const d: f64 = 1.5893254773528196e-8
  const large = a * c
  const small = a * d + b * (c + d)
  const sum = large + small
  angle = sum * scale
  rest = (large - sum + small) * scale
}
