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

/** Writes the next `draws` 64-bit draws, two a round. */
export function sfc64(out: usize, draws: u32): void {
  let a = state.a
  let b = state.b
  let c = state.c
  let counter = state.counter
  const end = out + ((<usize>draws) << 3)
  for (; out + 16 <= end; out += 16) {
    const first = a + b + counter
    const b1 = c + (c << 3)
    const c1 = rotl<u64>(c, 24) + first
    const second = (b ^ (b >> 11)) + b1 + (counter + 1)
    a = b1 ^ (b1 >> 11)
    b = c1 + (c1 << 3)
    c = rotl<u64>(c1, 24) + second
    counter += 2
    store<u64>(out, first)
    store<u64>(out, second, 8)
  }
  for (; out < end; out += 8) {
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
