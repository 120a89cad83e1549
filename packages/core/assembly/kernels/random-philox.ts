/**
 * Philox 4×64-10, of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011): ten rounds of
 * multiplication and xor turn a counter of 256 bits and a key of 128 into four draws.
 */
import { words } from './random-state'

/** What a round adds to the two words of the key, and how many rounds there are. */
const WEYL_0: u64 = 0x9e3779b97f4a7c15
const WEYL_1: u64 = 0xbb67ae8584caa73b
const ROUNDS: u32 = 10
/** Draws of one block. */
const LANES: u64 = 4

@unmanaged
class PhiloxState {
  counter0: u64
  counter1: u64
  counter2: u64
  counter3: u64
  key0: u64
  key1: u64
  /** The last block, of which `position` draws are used up. */
  block0: u64
  block1: u64
  block2: u64
  block3: u64
  position: u64
}

const state = changetype<PhiloxState>(words)
const block: usize = words + offsetof<PhiloxState>('block0')

/** Writes the next `draws` 64-bit draws. */
export function philox(out: usize, draws: u32): void {
  for (const end = out + ((<usize>draws) << 3); out < end; out += 8) {
    if (state.position === LANES) nextBlock()
    store<u64>(out, load<u64>(block + ((<usize>state.position) << 3)))
    state.position += 1
  }
}

/**
 * Ten rounds of
 *
 *     even, odd ← swap(upper halves of even × factor) ^ odd ^ key, swap(lower halves of even × factor)
 *
 * where even and odd are words 0 and 2, 1 and 3 of the block. The products are put together from halves.
 */
function nextBlock(): void {
  count()
  const lowFactor = i32x4(0xe14c6c93, 0x95121157, 0, 0)
  const highFactor = i32x4(0xd2e7470e, 0xca5a8263, 0, 0)
  const mask = i64x2.splat(0xffffffff)
  const weyl = i64x2(WEYL_0, WEYL_1)
  const counter01 = v128.load(words)
  const counter23 = v128.load(words, 16)
  let key = v128.load(words, offsetof<PhiloxState>('key0'))
  let even = v128.shuffle<u64>(counter01, counter23, 0, 2)
  let odd = v128.shuffle<u64>(counter01, counter23, 1, 3)
  for (let round: u32 = 0; round < ROUNDS; round++) {
    const low = v128.shuffle<u32>(even, even, 0, 2, 0, 2)
    const high = v128.shuffle<u32>(even, even, 1, 3, 1, 3)
    const first = i64x2.extmul_low_i32x4_u(low, lowFactor)
    const second = i64x2.add(i64x2.extmul_low_i32x4_u(high, lowFactor), i64x2.shr_u(first, 32))
    const third = i64x2.add(i64x2.extmul_low_i32x4_u(low, highFactor), v128.and(second, mask))
    const carries = i64x2.add(i64x2.shr_u(second, 32), i64x2.shr_u(third, 32))
    const upper = i64x2.add(i64x2.extmul_low_i32x4_u(high, highFactor), carries)
    const lower = v128.or(i64x2.shl(third, 32), v128.and(first, mask))
    even = v128.xor(v128.xor(v128.shuffle<u64>(upper, upper, 1, 0), odd), key)
    odd = v128.shuffle<u64>(lower, lower, 1, 0)
    key = i64x2.add(key, weyl)
  }
  v128.store(block, v128.shuffle<u64>(even, odd, 0, 2))
  v128.store(block, v128.shuffle<u64>(even, odd, 1, 3), 16)
  state.position = 0
}

/** Adds 1 to the counter. */
function count(): void {
  state.counter0 += 1
  if (state.counter0) return
  state.counter1 += 1
  if (state.counter1) return
  state.counter2 += 1
  if (state.counter2) return
  state.counter3 += 1
}
