/**
 * PCG64DXSM: O'Neill's PCG CM DXSM 128/64. A 128-bit linear congruential generator with a multiplier of 64
 * bits, whose draw is a double xorshift multiply of the state that the step leaves behind.
 */
import { words } from './random-state'
import { upperProduct } from './random-wide'

/** The "cheap" multiplier of PCG's author. */
const MULTIPLIER: u64 = 0xda942042e4dd58b5

/** The 128-bit state and increment, by halves. */
@unmanaged
class Pcg64DxsmState {
  low: u64
  high: u64
  lowIncrement: u64
  highIncrement: u64
}

const state = changetype<Pcg64DxsmState>(words)

/** Writes the next `draws` 64-bit draws. */
export function pcg64dxsm(out: usize, draws: u32): void {
  let low = state.low
  let high = state.high
  const lowIncrement = state.lowIncrement
  const highIncrement = state.highIncrement
  for (const end = out + ((<usize>draws) << 3); out < end; out += 8) {
    store<u64>(out, drawOf(high, low))
    high = high * MULTIPLIER + upperProduct(low, MULTIPLIER) + highIncrement
    low = low * MULTIPLIER + lowIncrement
    high += u64(low < lowIncrement)
  }
  state.low = low
  state.high = high
}

function drawOf(high: u64, low: u64): u64 {
  high ^= high >> 32
  high *= MULTIPLIER
  high ^= high >> 48
  return high * (low | 1)
}
