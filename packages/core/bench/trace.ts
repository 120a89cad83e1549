/**
 * A random churn, the same for every allocator: `live` slots; each step frees the block of a random slot
 * and puts a new one of a random size there. Sizes are uniform from 16 bytes to 32 KiB, or with `small`
 * log-uniform, so that every doubling is as frequent.
 */

const MAX_LIVE: u32 = 10_000
const slots: usize = memory.data(MAX_LIVE * 4)
let state: u32 = 1

function next(): u32 {
  state ^= state << 13
  state ^= state >> 17
  state ^= state << 5
  return state
}

function size(small: bool): u32 {
  const random = next()
  if (!small) return 16 + ((random >> 8) % (32768 - 16))
  const log = 4 + ((random & 0xffff) % 11)
  return (1 << log) + ((random >> 16) % (1 << log))
}

/** Runs the steps. With `touch`, every block is written whole. Returns the bytes of the live blocks. */
export function run<A>(steps: u32, live: u32, small: bool, touch: bool): u32 {
  state = 88172645
  const allocator = changetype<A>(0)
  for (let step: u32 = 0; step < steps; step++) {
    const slot = slots + ((next() % live) << 2)
    const old = load<u32>(slot)
    if (old) allocator.free(old)
    const bytes = size(small)
    const block = allocator.malloc(bytes)
    if (!block) unreachable()
    if (touch) memory.fill(block, 0xab, bytes)
    store<u32>(slot, block)
  }
  return steps
}

/** Frees every block. */
export function drain<A>(live: u32): void {
  for (let index: u32 = 0; index < live; index++) {
    const slot = slots + (index << 2)
    const block = load<u32>(slot)
    if (block) changetype<A>(0).free(block)
    store<u32>(slot, 0)
  }
}
