/**
 * MT19937: Matsumoto and Nishimura's Mersenne Twister (1998), 32 bits a draw. A 64-bit draw is two of them,
 * the upper half first.
 */
import { words } from './random-state'

/** Words of the state, and the distance of those that are mixed. */
const N: i32 = 624
const M: i32 = 397
const MATRIX: u32 = 0x9908b0df
const UPPER: u32 = 0x80000000

@unmanaged
class Mt19937State {
  /** Words of the key that are used up; N: the next draw makes new ones. */
  position: u64
}

const state = changetype<Mt19937State>(words)
const key: usize = words + offsetof<Mt19937State>()

/** Writes the next `draws` 32-bit draws. */
export function mt19937(out: usize, draws: u32): void {
  const end = out + ((<usize>draws) << 2)
  while (out < end) {
    if (<i32>state.position === N) twist()
    for (; out + 16 <= end && <i32>state.position + 4 <= N; out += 16, state.position += 4) {
      v128.store(out, temper(v128.load(key + ((<usize>state.position) << 2))))
    }
    if (out < end && <i32>state.position < N) {
      store<u32>(out, draw())
      out += 4
    }
  }
}

/** Writes the next `draws` 64-bit draws. */
export function mt19937Pairs(out: usize, draws: u32): void {
  mt19937(out, draws << 1)
  const end = out + ((<usize>draws) << 3)
  for (; out < end; out += 8) store<u64>(out, rotl<u64>(load<u64>(out), 32))
}

function temper(vector: v128): v128 {
  vector = v128.xor(vector, i32x4.shr_u(vector, 11))
  vector = v128.xor(vector, v128.and(i32x4.shl(vector, 7), i32x4.splat(0x9d2c5680)))
  vector = v128.xor(vector, v128.and(i32x4.shl(vector, 15), i32x4.splat(0xefc60000)))
  return v128.xor(vector, i32x4.shr_u(vector, 18))
}

/** The next 32 bits. */
export function draw(): u32 {
  if (<i32>state.position === N) twist()
  let word = load<u32>(key + ((<usize>state.position) << 2))
  state.position += 1
  word ^= word >> 11
  word ^= (word << 7) & 0x9d2c5680
  word ^= (word << 15) & 0xefc60000
  return word ^ (word >> 18)
}

/** Makes the next N words of the key. */
function twist(): void {
  mix(0, N - M, M)
  mix(N - M, N - 1, M - N)
  const y = (wordAt(N - 1) & UPPER) | (wordAt(0) & ~UPPER)
  store<u32>(key + ((N - 1) << 2), wordAt(M - 1) ^ (y >> 1) ^ (-(y & 1) & MATRIX))
  state.position = 0
}

/** Mixes the words from `first` below `end`, each with its successor and the word at a distance. */
function mix(first: i32, end: i32, distance: i32): void {
  const upper = i32x4.splat(UPPER)
  const one = i32x4.splat(1)
  let i = first
  for (; i + 4 <= end; i += 4) {
    const at = key + ((<usize>i) << 2)
    const y = v128.bitselect(v128.load(at), v128.load(at, 4), upper)
    const odd = v128.and(i32x4.eq(v128.and(y, one), one), i32x4.splat(MATRIX))
    const far = v128.load(key + ((<usize>(i + distance)) << 2))
    v128.store(at, v128.xor(far, v128.xor(i32x4.shr_u(y, 1), odd)))
  }
  for (; i < end; i++) {
    const y = (wordAt(i) & UPPER) | (wordAt(i + 1) & ~UPPER)
    store<u32>(key + ((<usize>i) << 2), wordAt(i + distance) ^ (y >> 1) ^ (-(y & 1) & MATRIX))
  }
}

function wordAt(i: i32): u32 {
  return load<u32>(key + ((<usize>i) << 2))
}
