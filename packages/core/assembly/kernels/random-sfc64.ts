/** SFC64: Doty-Humphrey's small fast chaotic generator (PractRand), with a counter that bounds the period from below. */
import { words } from './random-state'

@unmanaged
class Sfc64State {
  a: u64
  b: u64
  c: u64
  counter: u64
}

const state = changetype<Sfc64State>(words)

/** Writes the next `draws` 64-bit draws. */
export function sfc64(out: usize, draws: u32): void {
  let a = state.a
  let b = state.b
  let c = state.c
  let counter = state.counter
  for (const end = out + ((<usize>draws) << 3); out < end; out += 8) {
    const word = a + b + counter++
    a = b ^ (b >> 11)
    b = c + (c << 3)
    c = rotl<u64>(c, 24) + word
    store<u64>(out, word)
  }
  state.a = a
  state.b = b
  state.c = c
  state.counter = counter
}
