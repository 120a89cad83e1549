/** The distinct elements of an array and how many there are of each, in a hash table that the host lends. */
import { iterate, pointer, stride } from './iterate'

/** Keys (the elements' bits) and, behind all of them, counts (u32); a slot with count 0 is free. */
let keys: usize = 0
let counts: usize = 0
let mask: u32 = 0
let room: u32 = 0
/** Only elements that are at most `reach` beyond `origin` count. */
let origin: u64 = 0
let reach: u64 = 0
let overflown: bool = false

/**
 * Counts the bits of operand 0's elements from `low` to `low + span`, of 4 or 8 bytes, in a table of `slots` (a power of 2), cleared
 * before the first time. Stops when more than `free` slots would be taken, and returns -1 then, else how many
 * of those are still free.
 */
export function countDistinct(bytes: u32, table: usize, slots: u32, free: u32, low: u64, span: u64): i32 {
  origin = low
  reach = span
  keys = table
  counts = table + slots * bytes
  mask = slots - 1
  room = free
  overflown = false
  if (bytes === 8) iterate(count => changetype<Distinct>(0).run<u64>(count), 1)
  else iterate(count => changetype<Distinct>(0).run<u32>(count), 1)
  return overflown ? -1 : <i32>room
}

@unmanaged
class Distinct {
  run<T>(count: u32): void {
    let from = pointer(0)
    const first = <T>origin
    const most = <T>reach
    for (let i: u32 = 0; i < count && !overflown; i++) {
      const key = load<T>(from)
      if (<T>(key - first) <= most) note<T>(key)
      from += stride(0)
    }
  }
}

function note<T>(key: T): void {
  // Fibonacci's multiplier spreads neighbours; the upper bits are the good ones.
  let slot = <u32>((<u64>key * 0x9e3779b97f4a7c15) >> 32) & mask
  for (;;) {
    const at = counts + (slot << 2)
    const count = load<u32>(at)
    if (count === 0) {
      if (room === 0) {
        overflown = true
        return
      }
      room--
      store<T>(keys + slot * sizeof<T>(), key)
      store<u32>(at, 1)
      return
    }
    if (load<T>(keys + slot * sizeof<T>()) === key) {
      store<u32>(at, count + 1)
      return
    }
    slot = (slot + 1) & mask
  }
}
