/**
 * Layer 3: typed blocks with a reference count. What objects are to CPython.
 *
 * A handle is the address of a block's header. Headers are blocks themselves, in pools of their own
 * (TAG_HEADER); the data lie in pools or runs of the dtype. `live headers == statistics.handles`, and
 * every live header names exactly one allocated block of its tag.
 */

import { free, freshIsZero, malloc } from './heap'
import { TAG_HEADER } from './layout'
import { statistics } from './statistics'

/** The header of a block, 32 bytes. */
@unmanaged
export class Block {
  /** Where the data begin. */
  address: u32
  /** Bytes that were asked for. */
  bytes: u32
  /** References to the block: arrays, views, elements of a RefArray. At 0 it is freed. */
  references: u32
  /** Code of the dtype. */
  tag: u8
}

function header(handle: u32): Block {
  return changetype<Block>(handle)
}

/**
 * Makes a block of `bytes` bytes for a dtype, with one reference; `zeroed` clears it unless it reads as
 * zero already. Returns its handle, or 0 when the heap has no room (then nothing is lost).
 */
export function allocate(bytes: u32, tag: u32, zeroed: bool): u32 {
  const handle = malloc(offsetof<Block>(), TAG_HEADER)
  if (!handle) return 0
  const address = malloc(bytes, tag)
  if (!address) {
    free(handle, false)
    return 0
  }
  if (zeroed && !freshIsZero) memory.fill(address, 0, bytes)
  const block = header(handle)
  block.address = address
  block.bytes = bytes
  block.references = 1
  block.tag = <u8>tag
  statistics.handles += 1
  return handle
}

/** Adds a reference. Returns the new count. */
export function retain(handle: u32): u32 {
  const block = header(handle)
  block.references += 1
  return block.references
}

/** Drops a reference; the last one frees the block. Returns the bytes freed, 0 while it lives on. */
export function release(handle: u32, giveBack: bool): u32 {
  const block = header(handle)
  assert(block.references > 0)
  block.references -= 1
  if (block.references) return 0
  const bytes = block.bytes
  free(block.address, giveBack)
  free(handle, false)
  statistics.handles -= 1
  return bytes
}

/** References to a block. */
export function references(handle: u32): u32 {
  return header(handle).references
}

/** Where a block's data begin. */
export function addressOfBlock(handle: u32): u32 {
  return header(handle).address
}
