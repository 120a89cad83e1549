/**
 * The debug heap, between layer 3 and the pools, as PYTHONMALLOC=debug is for CPython. It exists in the
 * debug build only.
 *
 *     what malloc returned     address                  address + bytes
 *     | FD … (GUARD bytes)     | data: CD when fresh,   | FD … (GUARD bytes)
 *                                DD when dead
 *
 * A dead block stays in quarantine for a while: its header as a witness of a second release, its data (if
 * it came from a pool) as one of a write after release. What is found is told to the host, which throws.
 */
import { damaged } from '../host'
import { DEAD, header } from './blocks'
import { DEBUG } from './debug'
import { free } from './heap'
import { LARGE_THRESHOLD } from './layout'
import { statistics } from './statistics'

const GUARD: u32 = DEBUG ? 16 : 0
const FRESH: u8 = 0xcd
const DEAD_BYTE: u8 = 0xdd
const GUARD_BYTE: u8 = 0xfd

/** Blocks, and bytes of data, that the quarantine holds at most. */
const QUARANTINE_BLOCKS: u32 = 256
const QUARANTINE_BYTES: u32 = 1 << 20

/** What can be found; the host has a sentence for each. */
namespace Damage {
  export const OVERRUN: u32 = 1
  export const UNDERRUN: u32 = 2
  export const WRITE_AFTER_RELEASE: u32 = 3
  export const DOUBLE_RELEASE: u32 = 4
}

/** The quarantine: dead headers, linked by `next`, the oldest first. */
export let oldest: u32 = 0
let newest: u32 = 0
let dataBytes: u32 = 0

/** Bytes of a block with its guards; less than `bytes` when that is too much to count. */
export function guardedBytes(bytes: u32): u32 {
  return bytes + 2 * GUARD
}

export function freshBytes(address: u32, bytes: u32): void {
  memory.fill(address, FRESH, bytes)
}

/** Writes the guards around the data. Returns where the data begin. */
export function writeGuards(start: u32, bytes: u32): u32 {
  memory.fill(start, GUARD_BYTE, GUARD)
  memory.fill(start + GUARD + bytes, GUARD_BYTE, GUARD)
  return start + GUARD
}

/** Where the block begins that holds the data at `address`. */
export function startOf(address: u32): u32 {
  return address - GUARD
}

/** The first byte of a range that differs from `byte`, or 0. */
function firstOther(start: u32, bytes: u32, byte: u8): u32 {
  for (let at = start; at < start + bytes; at++) {
    if (load<u8>(at) !== byte) return at
  }
  return 0
}

/** What is wrong around a live block: 0, OVERRUN or UNDERRUN. */
export function guardDamage(handle: u32): u32 {
  const block = header(handle)
  if (firstOther(startOf(block.address), GUARD, GUARD_BYTE)) return Damage.UNDERRUN
  if (firstOther(block.address + block.bytes, GUARD, GUARD_BYTE)) return Damage.OVERRUN
  return 0
}

/** The damage found first since the last report: what, and where. */
let noted: u32 = 0
let notedHandle: u32 = 0
let notedAddress: u32 = 0

function note(what: u32, handle: u32, address: u32): void {
  if (noted) return
  noted = what
  notedHandle = handle
  notedAddress = address
}

/** Tells the host what was found, once the heap is in order again: the host may throw. */
export function reportDamage(): void {
  if (!noted) return
  const what = noted
  noted = 0
  damaged(what, notedHandle, notedAddress)
}

/** Whether a block may be released: not if it is dead already, of which the host is told. */
export function releasable(handle: u32): bool {
  const block = header(handle)
  if (!(block.flags & DEAD)) return true
  note(Damage.DOUBLE_RELEASE, handle, block.address)
  reportDamage()
  return false
}

/** Puts a block that just died into quarantine. A large one's data go at once, as in the release build. */
export function retireDead(handle: u32, giveBack: bool): void {
  const block = header(handle)
  const damage = guardDamage(handle)
  if (damage) note(damage, handle, block.address)
  block.flags = DEAD
  block.next = 0
  const start = startOf(block.address)
  if (guardedBytes(block.bytes) > LARGE_THRESHOLD) {
    free(start, giveBack)
    block.address = 0
  } else {
    memory.fill(start, DEAD_BYTE, guardedBytes(block.bytes))
    dataBytes += block.bytes
  }
  if (newest) header(newest).next = handle
  else oldest = handle
  newest = handle
  statistics.quarantined += 1
  while (statistics.quarantined > QUARANTINE_BLOCKS || dataBytes > QUARANTINE_BYTES) dismiss()
}

/** Lets the oldest dead block go, after a look at its bytes. */
function dismiss(): void {
  const handle = oldest
  const block = header(handle)
  const address = block.address
  const bytes = block.bytes
  oldest = block.next
  if (!oldest) newest = 0
  statistics.quarantined -= 1
  let written: u32 = 0
  if (address) {
    dataBytes -= bytes
    written = firstOther(startOf(address), guardedBytes(bytes), DEAD_BYTE)
    free(startOf(address), false)
  }
  free(handle, false)
  if (written) note(Damage.WRITE_AFTER_RELEASE, handle, written)
}

/** Lets every dead block go. */
export function emptyQuarantine(): void {
  while (oldest) dismiss()
}
