/** Bytes of a WebAssembly page. */
export const PAGE_BYTES = 65536
/** Pages of a 32-bit address space. */
const ALL_PAGES = 65536
/** Below this there is no use in a heap: the page table alone takes 2 MiB. */
const FEWEST_PAGES = 128

/** A memory for one heap. */
export interface Reservation {
  readonly memory: WebAssembly.Memory
  /** Pages the memory has now; address space, not resident memory. */
  readonly pages: number
  /** Pages it may grow to. When more than `pages`, growing detaches the views of `memory.buffer`. */
  readonly maximum: number
}

/**
 * Reserves address space for a heap: 4 GiB where the engine grants it, so that the memory never grows
 * and no view is ever detached. Where it is refused, half of it is tried, and so on, with room to grow.
 * @param maxPages Pages that the heap may have at most, 1 to 65536.
 * @throws RangeError when not even 8 MiB are to be had.
 */
export function reserveMemory(maxPages = ALL_PAGES): Reservation {
  const maximum = Math.min(Math.max(maxPages, FEWEST_PAGES), ALL_PAGES)
  for (let pages = maximum; pages >= FEWEST_PAGES; pages = Math.floor(pages / 2)) {
    // Some engines refuse the pages, others already the maximum.
    for (const limit of pages === maximum ? [maximum] : [maximum, pages]) {
      const memory = tryMemory(pages, limit)
      if (memory) return { memory, pages, maximum: limit }
    }
  }
  throw new RangeError(`the engine refused a WebAssembly memory of ${FEWEST_PAGES * PAGE_BYTES} bytes`)
}

function tryMemory(initial: number, maximum: number): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial, maximum })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
