/**
 * Layer 3: typed blocks with a reference count. What objects are to CPython.
 *
 * A handle is the address of a block's header. Headers are blocks themselves, in pools of their own
 * (TAG_HEADER); the data lie in pools or runs of the dtype. Every live header names exactly one allocated
 * block of its tag, and `live headers == statistics.handles`.
 *
 * Two tags hold references of their own: TAG_REFERENCES, an array of handles, and TAG_VIEW, whose first
 * word is the handle of its base. They are dropped when the block dies.
 */

import { dropElements, isTracked, untrack } from './collector'
import { DEBUG } from './debug'
import { freshBytes, guardedBytes, releasable, reportDamage, retireDead, writeGuards } from './guards'
import { free, freshIsZero, malloc } from './heap'
import { TAG_HEADER, TAG_REFERENCES, TAG_VIEW } from './layout'
import { statistics } from './statistics'

/**
 * The header of a block, 32 bytes:
 *
 *     offset  0        4      8           12   13          14     16    20        24
 *             address  bytes  references  tag  generation  flags  next  previous  counted
 */
@unmanaged
export class Block {
  /** Where the data begin. */
  address: u32
  /** Bytes that were asked for. */
  bytes: u32
  /** References to the block: arrays, views, elements of a RefArray. At 0 it is freed. */
  references: u32
  /** Code of the dtype, or TAG_REFERENCES or TAG_VIEW. */
  tag: u8
  /** Tracked block: the generation it is in; 3 is the permanent one. */
  generation: u8
  /** What the collector thinks of it (see collector.ts), or DEAD. */
  flags: u16
  /** Tracked block: its neighbours in the generation. Dead block: the next one to be freed. */
  next: u32
  previous: u32
  /** While a collection runs: references that nobody has accounted for yet. */
  counted: u32
  /** The header's size is a power of two. */
  spare: u32
}

/** A block that was released and waits in the debug heap's quarantine. */
export const DEAD: u16 = 1 << 15

/** A block's header. */
export function header(handle: u32): Block {
  return changetype<Block>(handle)
}

/**
 * Makes a block of `bytes` bytes for a dtype, with one reference; `zeroed` clears it unless it reads as
 * zero already. Returns its handle, or 0 when the heap has no room (then nothing is lost).
 */
export function allocate(bytes: u32, tag: u32, zeroed: bool): u32 {
  const whole = guardedBytes(bytes)
  if (whole < bytes) return 0
  const handle = malloc(offsetof<Block>(), TAG_HEADER)
  if (!handle) return 0
  let address = malloc(whole, tag)
  if (!address) {
    free(handle, false)
    return 0
  }
  if (zeroed && !freshIsZero) memory.fill(address, 0, whole)
  if (DEBUG) {
    if (!zeroed) freshBytes(address, whole)
    address = writeGuards(address, bytes)
  }
  memory.fill(handle, 0, offsetof<Block>())
  const block = header(handle)
  block.address = address
  block.bytes = bytes
  block.references = 1
  block.tag = <u8>tag
  statistics.handles += 1
  statistics.requestedBytes += bytes
  return handle
}

/** Adds a reference. Returns the new count. */
export function retain(handle: u32): u32 {
  const block = header(handle)
  block.references += 1
  return block.references
}

/**
 * Drops a reference; the last one frees the block, and what only it referred to. With `giveBack`, large
 * blocks return to the OS at once. Returns the bytes freed, 0 while the block lives on.
 */
export function release(handle: u32, giveBack: bool): u32 {
  if (DEBUG && !releasable(handle)) return 0
  const dead = dropReference(handle, 0)
  const freed = dead ? bury(dead, giveBack) : 0
  if (DEBUG) reportDamage()
  return freed
}

/** Drops a reference. A block that dies by that goes to the front of the list of the dead, which is returned. */
export function dropReference(handle: u32, dead: u32): u32 {
  const block = header(handle)
  assert(block.references > 0)
  block.references -= 1
  if (block.references) return dead
  if (isTracked(block)) untrack(block)
  block.next = dead
  return handle
}

/** Frees a list of dead blocks and all that dies with them: a loop, however deep the references go. */
export function bury(dead: u32, giveBack: bool): u32 {
  let freed: u32 = 0
  while (dead) {
    const handle = dead
    const block = header(handle)
    dead = block.next
    if (block.tag === TAG_REFERENCES) dead = dropElements(block, dead)
    else if (block.tag === TAG_VIEW) dead = dropBase(block, dead)
    freed += block.bytes
    statistics.handles -= 1
    statistics.requestedBytes -= block.bytes
    if (DEBUG) {
      retireDead(handle, giveBack)
    } else {
      free(block.address, giveBack)
      free(handle, false)
    }
  }
  return freed
}

function dropBase(view: Block, dead: u32): u32 {
  const base = load<u32>(view.address)
  return base ? dropReference(base, dead) : dead
}

/** References to a block. */
export function references(handle: u32): u32 {
  return header(handle).references
}

/** Where a block's data begin. */
export function addressOfBlock(handle: u32): u32 {
  return header(handle).address
}

/** Bytes that were asked for. */
export function bytesOfBlock(handle: u32): u32 {
  return header(handle).bytes
}

/** A block's tag: the code of its dtype, or TAG_REFERENCES or TAG_VIEW. */
export function tagOfBlock(handle: u32): u32 {
  return header(handle).tag
}
