import type { Pager } from './pager.ts'
import { WASM_PAGE } from './range.ts'

/**
 * Discards the first page of a memory of two, and looks whether that page reads as zero and the other was
 * left alone. A library may load and yet have other types or other manners than its documentation says.
 * Throws what it found wrong.
 */
export function selfTest(pager: Pager): void {
  const memory = tinyMemory()
  if (memory === undefined) return
  const bytes = new Uint8Array(memory.buffer).fill(PATTERN)
  const firstPage = bytes.subarray(0, WASM_PAGE)
  const secondPage = bytes.subarray(WASM_PAGE)

  if (!pager.tryDiscard(memory, 0, WASM_PAGE)) throw new Error('self-test: a discard failed')
  if (firstPage.includes(PATTERN) || firstPage[0] !== 0) {
    throw new Error('self-test: a discarded page does not read as zero')
  }
  if (secondPage.includes(0)) throw new Error('self-test: a discard changed bytes outside its range')
  // The memory itself waits for a garbage collection; its pages need not.
  pager.tryDiscard(memory, 0, memory.buffer.byteLength)
}

/**
 * A byte that is not zero. It is looked for by `includes`, which is the engine's own code: a loop of ours over
 * as many bytes would wake its compilers, for 3 MiB of resident memory.
 */
const PATTERN = 0xa5

/**
 * Undefined where address space has run out (an engine reserves gigabytes for the smallest memory): that says
 * nothing against the backend, and the caller may have a memory already.
 */
function tinyMemory(): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: 2, maximum: 2 })
  } catch {
    return undefined
  }
}
