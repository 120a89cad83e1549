/** RefArrays: blocks whose elements are handles of other blocks. Only they can close a cycle. */
import { allocate, header, release, retain } from './blocks'
import { collectIfDue, track } from './collector'
import { TAG_REFERENCES } from './layout'

/**
 * Makes a RefArray of `length` empty elements, with one reference; a collection that is due runs first.
 * Returns its handle, or 0 when it does not fit.
 */
export function allocateReferences(length: u32): u32 {
  collectIfDue()
  if (length > u32.MAX_VALUE / 4) return 0
  const handle = allocate(length * 4, TAG_REFERENCES, true)
  if (handle) track(header(handle))
  return handle
}

/** The handle at an index, or 0; its count is not changed. */
export function getReference(handle: u32, index: u32): u32 {
  return load<u32>(header(handle).address + (index << 2))
}

/** Stores a handle (0 for none), which gains a reference; what was there loses one. Returns the bytes freed. */
export function setReference(handle: u32, index: u32, value: u32): u32 {
  const at = header(handle).address + (index << 2)
  const old = load<u32>(at)
  if (value) retain(value)
  store<u32>(at, value)
  return old ? release(old, true) : 0
}
