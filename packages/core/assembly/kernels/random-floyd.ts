/**
 * Floyd's sample without replacement (Bentley and Floyd, "A sample of brilliance", 1987): for each of the
 * last `count` numbers of a population, one that is drawn from those up to it, or, when that is in the sample
 * already, the number itself.
 */
import { closeStream, foreseeBits } from './random-stream'
import { openWithin, within } from './random-within'

/** A hash table of numbers + 1, with open addressing; 0 is a free slot. */
let table: usize = 0
let mask: u64 = 0

/**
 * Writes `count` different int64 from 0 below `population` to `out`. `slots` of 8 bytes at `room`, all 0, are
 * a power of two, and more than `count`.
 */
export function floyd(
  bitGenerator: u32,
  out: usize,
  count: u32,
  population: u64,
  room: usize,
  slots: u32,
): void {
  table = room
  mask = slots - 1
  openWithin(bitGenerator, population > <u64>u32.MAX_VALUE)
  for (let left = count; left > 0; left--) {
    const last = population - left
    foreseeBits((<u64>left) << 5)
    const drawn = within(last, last <= <u64>u32.MAX_VALUE ? 32 : 64, false)
    const isNew = insert(drawn)
    if (!isNew) insert(last)
    store<u64>(out, isNew ? drawn : last)
    out += 8
  }
  closeStream()
}

/** Whether the number was not there yet. */
function insert(number: u64): bool {
  for (let slot = number & mask; ; slot = (slot + 1) & mask) {
    const at = table + ((<usize>slot) << 3)
    const there = load<u64>(at)
    if (there === number + 1) return false
    if (there !== 0) continue
    store<u64>(at, number + 1)
    return true
  }
}
