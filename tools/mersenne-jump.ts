/**
 * Prints the polynomial x^(2^128) modulo the characteristic polynomial of MT19937, in base64, its lowest
 * coefficients first: what `MT19937.jumped` in packages/ndarray/src/random/mersennejump.ts needs. Takes seconds.
 *
 *     npx tsx tools/mersenne-jump.ts
 */

/** Words of the state, the distance of those that are mixed, and the degree of the recurrence. */
const N = 624
const M = 397
const DEGREE = 19937
/** Words of a polynomial below and up to that degree, and of a square. */
const WORDS = (DEGREE + 31) >> 5
const SQUARE_WORDS = 2 * WORDS

/** `count` lowest bits of the words that the recurrence of MT19937 makes, from any state but zero. */
function recurrence(count: number): Uint8Array {
  const words = new Uint32Array(count + N)
  words.fill(0x12345678, 0, N)
  for (let i = 0; i < count; i++) {
    const y = ((words[i] as number) & 0x80000000) | ((words[i + 1] as number) & 0x7fffffff)
    words[i + N] = (words[i + M] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
  }
  return Uint8Array.from(words.subarray(N), word => word & 1)
}

/** Xors `from`, moved up by `shift` bits, into `into`. */
function addShifted(into: Uint32Array, from: Uint32Array, shift: number): void {
  const words = shift >> 5
  const bits = shift & 31
  for (let i = 0; i < from.length; i++) {
    const word = from[i] as number
    if (word === 0) continue
    into[i + words] = (into[i + words] as number) ^ (word << bits)
    if (bits) into[i + words + 1] = (into[i + words + 1] as number) ^ (word >>> (32 - bits))
  }
}

function bitAt(words: Uint32Array, i: number): number {
  return ((words[i >> 5] as number) >>> (i & 31)) & 1
}

/** The connection polynomial of the shortest register that gives the bits, by Berlekamp and Massey. */
function connection(bits: Uint8Array): { polynomial: Uint32Array; length: number } {
  const current = new Uint32Array(SQUARE_WORDS)
  let before = new Uint32Array(SQUARE_WORDS)
  current[0] = before[0] = 1
  let length = 0
  let gap = 1
  for (let n = 0; n < bits.length; n++, gap++) {
    let discrepancy = 0
    for (let i = 0; i <= length; i++) discrepancy ^= bitAt(current, i) & (bits[n - i] as number)
    if (!discrepancy) continue
    const saved = current.slice()
    addShifted(current, before.subarray(0, WORDS), gap)
    if (2 * length > n) continue
    length = n + 1 - length
    before = saved
    gap = 0
  }
  return { polynomial: current, length }
}

/** The square of a polynomial over two elements: its bits, each moved to twice its place, then reduced. */
function squareModulo(value: Uint32Array, modulus: Uint32Array): Uint32Array {
  const square = new Uint32Array(SQUARE_WORDS + WORDS)
  for (let i = 0; i < DEGREE; i++) {
    if (bitAt(value, i)) square[i >> 4] = (square[i >> 4] as number) | (1 << ((2 * i) & 31))
  }
  for (let i = 2 * DEGREE; i >= DEGREE; i--) if (bitAt(square, i)) addShifted(square, modulus, i - DEGREE)
  return square.slice(0, WORDS)
}

const { polynomial, length } = connection(recurrence(2 * DEGREE))
if (length !== DEGREE) throw new Error(`the recurrence has degree ${length}, not ${DEGREE}`)
// The characteristic polynomial is the connection polynomial backwards.
const characteristic = new Uint32Array(WORDS)
for (let i = 0; i <= DEGREE; i++) {
  if (bitAt(polynomial, DEGREE - i))
    characteristic[i >> 5] = (characteristic[i >> 5] as number) | (1 << (i & 31))
}
let power: Uint32Array = new Uint32Array(WORDS)
power[0] = 2
for (let i = 0; i < 128; i++) power = squareModulo(power, characteristic)
console.log(Buffer.from(power.buffer).toString('base64'))
