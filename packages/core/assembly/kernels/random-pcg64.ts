/**
 * PCG64: O'Neill's PCG XSL RR 128/64, NumPy's default. A 128-bit linear congruential generator,
 *
 *     state ← state × M + increment        (modulo 2^128)
 *
 * whose draw is the two halves of the new state, xor'ed and rotated by its top six bits. word0 and word1 are
 * the lower and upper half of the state, word2 and word3 those of the increment.
 *
 * By halves, with M = HIGH × 2^64 + LOW, the step reads
 *
 *     high ← high × LOW + above(low)       low ← low × LOW + lower half of the increment
 *
 * where above(low) is all that low sends up: the upper half of low × LOW, low × HIGH, the increment's upper
 * half and the carry. It does not depend on high, so vectors find it for several steps at once, and high
 * follows by one multiplication and one addition a step. WebAssembly has no 64 × 64 → 128 product; above is
 * put together from 32-bit halves (x0, x1 of low; M0 to M3 of M):
 *
 *     middle = x1 × M0 + x0 × M1 + upper half of (x0 × M0 + c0) + c1        fits: M0 + M1 < 2^32
 *     above  = x1 × M1 + x0 × M2 + upper half of middle + ((x0 × M3 + x1 × M2) << 32) + c2
 */
import { Halves } from './random-halves'
import { words } from './random-state'

/** The 128-bit state and increment, by halves. */
@unmanaged
class Pcg64State {
  word0: u64
  word1: u64
  word2: u64
  word3: u64
}

const state = changetype<Pcg64State>(words)

/*
 * M, the multiplier, is from L'Ecuyer, "Tables of linear congruential generators of different sizes and good
 * lattice structure" (1999), for a modulus of 2^128. Its 32-bit words, the lowest first:
 */
const M0: u32 = 0x9fccf645
const M1: u32 = 0x4385df64
const M2: u32 = 0x1fc65da4
const M3: u32 = 0x2360ed05
const LOW: u64 = ((<u64>M1) << 32) | M0
const HIGH: u64 = ((<u64>M3) << 32) | M2
const LOW_2: u64 = LOW * LOW
const LOW_3: u64 = LOW_2 * LOW
const LOW_4: u64 = LOW_3 * LOW

/** Writes the next `draws` 64-bit draws. */
export function pcg64(out: usize, draws: u32): void {
  const quads = draws >> 2
  if (quads > 0) draw4(out, quads)
  out += (<usize>quads) << 5
  for (let left = draws & 3; left > 0; left--) {
    store<u64>(out, step())
    out += 8
  }
}

/** One step, and its draw. */
function step(): u64 {
  const low = state.word0
  const x0 = low & 0xffffffff
  const x1 = low >> 32
  const c0 = state.word2 & 0xffffffff
  const c1 = state.word2 >> 32
  const middle = x1 * M0 + x0 * M1 + ((x0 * M0 + c0) >> 32) + c1
  const above = x1 * M1 + low * HIGH + (middle >> 32) + state.word3
  state.word0 = low * LOW + state.word2
  state.word1 = state.word1 * LOW + above
  return drawOf(state.word1, state.word0)
}

function drawOf(high: u64, low: u64): u64 {
  return rotr<u64>(high ^ low, high >> 58)
}

/**
 * Four steps `quads` times. The lower halves run four steps ahead of the upper ones, so that no part of a
 * round waits for another; together that was seen to take 1.4 ns a draw, where scalar steps take 1.9 ns.
 * Slower were: low × HIGH by scalar products instead of vectors; upper halves two and four steps at once,
 * which shortens their chain; and scalar steps with one product fewer (Karatsuba's).
 */
function draw4(out: usize, quads: u32): void {
  const c = state.word2
  const c2 = c * LOW + c
  const c3 = c2 * LOW + c
  const c4 = c3 * LOW + c
  const low = i64x2.splat(c & 0xffffffff)
  const middle = i64x2.splat(c >> 32)
  const upper = i64x2.splat(state.word3)
  let high = state.word1
  let next0 = state.word0
  let next1 = next0 * LOW + c
  let next2 = next0 * LOW_2 + c2
  let next3 = next0 * LOW_3 + c3
  let x0 = changetype<Halves>(0).lower<u32>(pair(next0, next1), pair(next2, next3))
  let x1 = changetype<Halves>(0).upper<u32>(pair(next0, next1), pair(next2, next3))
  let above01 = aboveFirst(x0, x1, low, middle, upper)
  let above23 = aboveLast(x0, x1, low, middle, upper)
  for (const end = out + ((<usize>quads) << 5); out < end; out += 32) {
    const low1 = next1
    const low2 = next2
    const low3 = next3
    const low4 = next0 * LOW_4 + c4
    const first = above01
    const last = above23
    next0 = low4
    next1 = next0 * LOW + c
    next2 = next0 * LOW_2 + c2
    next3 = next0 * LOW_3 + c3
    x0 = changetype<Halves>(0).lower<u32>(pair(next0, next1), pair(next2, next3))
    x1 = changetype<Halves>(0).upper<u32>(pair(next0, next1), pair(next2, next3))
    above01 = aboveFirst(x0, x1, low, middle, upper)
    above23 = aboveLast(x0, x1, low, middle, upper)
    high = high * LOW + i64x2.extract_lane(first, 0)
    store<u64>(out, drawOf(high, low1))
    high = high * LOW + i64x2.extract_lane(first, 1)
    store<u64>(out, drawOf(high, low2), 8)
    high = high * LOW + i64x2.extract_lane(last, 0)
    store<u64>(out, drawOf(high, low3), 16)
    high = high * LOW + i64x2.extract_lane(last, 1)
    store<u64>(out, drawOf(high, low4), 24)
  }
  state.word0 = next0
  state.word1 = high
}

function pair(first: u64, second: u64): v128 {
  return i64x2.replace_lane(i64x2.splat(first), 1, second)
}

/** x0 × M3 + x1 × M2, the lower 32 bits of four steps. */
function top(x0: v128, x1: v128): v128 {
  return i32x4.add(i32x4.mul(x0, i32x4.splat(M3)), i32x4.mul(x1, i32x4.splat(M2)))
}

/** above() of the first two of four steps, from the halves of their lower halves and the increment's parts. */
function aboveFirst(x0: v128, x1: v128, c0: v128, c1: v128, c2: v128): v128 {
  const x0m0 = i64x2.add(i64x2.extmul_low_i32x4_u(x0, i32x4.splat(M0)), c0)
  const x0m1 = i64x2.add(i64x2.extmul_low_i32x4_u(x0, i32x4.splat(M1)), c1)
  const x0m2 = i64x2.extmul_low_i32x4_u(x0, i32x4.splat(M2))
  const x1m0 = i64x2.extmul_low_i32x4_u(x1, i32x4.splat(M0))
  const x1m1 = i64x2.extmul_low_i32x4_u(x1, i32x4.splat(M1))
  const upper = v128.shuffle<u32>(i64x2.splat(0), top(x0, x1), 0, 4, 1, 5)
  return sum(x0m0, x0m1, x1m0, i64x2.add(x1m1, x0m2), i64x2.add(upper, c2))
}

/** above() of the last two of four steps. */
function aboveLast(x0: v128, x1: v128, c0: v128, c1: v128, c2: v128): v128 {
  const x0m0 = i64x2.add(i64x2.extmul_high_i32x4_u(x0, i32x4.splat(M0)), c0)
  const x0m1 = i64x2.add(i64x2.extmul_high_i32x4_u(x0, i32x4.splat(M1)), c1)
  const x0m2 = i64x2.extmul_high_i32x4_u(x0, i32x4.splat(M2))
  const x1m0 = i64x2.extmul_high_i32x4_u(x1, i32x4.splat(M0))
  const x1m1 = i64x2.extmul_high_i32x4_u(x1, i32x4.splat(M1))
  const upper = v128.shuffle<u32>(i64x2.splat(0), top(x0, x1), 2, 6, 3, 7)
  return sum(x0m0, x0m1, x1m0, i64x2.add(x1m1, x0m2), i64x2.add(upper, c2))
}

/** The products, each shifted to its place. */
function sum(x0m0: v128, x0m1: v128, x1m0: v128, upper: v128, top: v128): v128 {
  const middle = i64x2.add(i64x2.add(x1m0, x0m1), i64x2.shr_u(x0m0, 32))
  return i64x2.add(i64x2.add(upper, i64x2.shr_u(middle, 32)), top)
}
