/** Rows of contiguous elements that move as one, by the array's offsets of their begins. */
import { iterate, pointer, stride } from './iterate'

/** Bytes from which on the engine's own copy is faster than a loop. */
const LONG: u32 = 256

let rowBytes: u32 = 0

function copyRow(out: usize, from: usize, bytes: u32): void {
  if (bytes >= LONG) {
    memory.copy(out, from, bytes)
    return
  }
  let i: u32 = 0
  for (; i + 16 <= bytes; i += 16) v128.store(out + i, v128.load(from + i))
  if (bytes & 8) {
    store<u64>(out + i, load<u64>(from + i))
    i += 8
  }
  for (; i < bytes; i++) store<u8>(out + i, load<u8>(from + i))
}

function gatherRow(count: u32): void {
  const bytes = rowBytes
  for (let i: u32 = 0; i < count; i++) {
    const from = pointer(1) + i * stride(1) + load<u32>(pointer(2) + i * stride(2))
    copyRow(pointer(0) + i * stride(0), from, bytes)
  }
}

function scatterRow(count: u32): void {
  const bytes = rowBytes
  for (let i: u32 = 0; i < count; i++) {
    const out = pointer(0) + i * stride(0) + load<u32>(pointer(1) + i * stride(1))
    copyRow(out, pointer(2) + i * stride(2), bytes)
  }
}

/** As `gather`, of rows of `bytes` bytes. */
export function gatherRows(bytes: u32): void {
  rowBytes = bytes
  iterate(gatherRow, 3)
}

/** As `scatter`, of rows of `bytes` bytes. */
export function scatterRows(bytes: u32): void {
  rowBytes = bytes
  iterate(scatterRow, 3)
}
