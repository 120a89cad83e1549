import { descriptor, Kind, Page } from './page'

/**
 * Free runs, by kind and length, for best fit: a list per bin, and a bit per list that is not empty.
 * Bins are exact below 64 pages; above, 8 to each doubling.
 */
const EXACT: u32 = 64
const EXACT_BITS: u32 = 6
const STEP_BITS: u32 = 3
const BINS: u32 = EXACT + ((16 - EXACT_BITS) << STEP_BITS)
const WORDS: u32 = (BINS + 63) / 64

const heads: usize = memory.data(2 * BINS * 4)
const bitmaps: usize = memory.data(2 * WORDS * 8, 8)

function binOf(length: u32): u32 {
  if (length < EXACT) return length
  const log = 31 - clz(length)
  return EXACT + ((log - EXACT_BITS) << STEP_BITS) + ((length >> (log - STEP_BITS)) & ((1 << STEP_BITS) - 1))
}

function headOf(kind: u8, bin: u32): usize {
  return heads + (((kind - Kind.CLEAN) * BINS + bin) << 2)
}

function wordOf(kind: u8, word: u32): usize {
  return bitmaps + (((kind - Kind.CLEAN) * WORDS + word) << 3)
}

/** Files a free run under its kind and length. */
export function insertRun(page: u32): void {
  const run = descriptor(page)
  const bin = binOf(run.length)
  const list = headOf(run.kind, bin)
  const first = load<u32>(list)
  run.next = first
  run.previous = 0
  if (first) descriptor(first).previous = page
  store<u32>(list, page)
  const word = wordOf(run.kind, bin >> 6)
  store<u64>(word, load<u64>(word) | ((<u64>1) << (bin & 63)))
}

/** Takes a free run out of its bin. */
export function removeRun(page: u32): void {
  const run = descriptor(page)
  if (run.next) descriptor(run.next).previous = run.previous
  if (run.previous) {
    descriptor(run.previous).next = run.next
    return
  }
  const bin = binOf(run.length)
  store<u32>(headOf(run.kind, bin), run.next)
  if (run.next === 0) {
    const word = wordOf(run.kind, bin >> 6)
    store<u64>(word, load<u64>(word) & ~((<u64>1) << (bin & 63)))
  }
}

/** The first bin at or above `bin` that is not empty, or BINS. */
function nextBin(kind: u8, bin: u32): u32 {
  let word = bin >> 6
  if (word >= WORDS) return BINS
  let bits = load<u64>(wordOf(kind, word)) & (~(<u64>0) << (bin & 63))
  while (bits === 0) {
    if (++word >= WORDS) return BINS
    bits = load<u64>(wordOf(kind, word))
  }
  return (word << 6) + <u32>ctz(bits)
}

/** The shortest run of a bin with at least `length` pages (the lowest of equals), or 0. */
function shortest(kind: u8, bin: u32, length: u32): u32 {
  let best: u32 = 0
  for (let page = load<u32>(headOf(kind, bin)); page; page = descriptor(page).next) {
    const run = descriptor(page)
    if (run.length >= length && (best === 0 || better(run, page, best))) best = page
  }
  return best
}

function better(run: Page, page: u32, best: u32): bool {
  const length = descriptor(best).length
  return run.length < length || (run.length === length && page < best)
}

/** The best fit: the shortest free run of a kind with at least `length` pages, or 0. */
export function fit(kind: u8, length: u32): u32 {
  const own = binOf(length)
  const found = shortest(kind, own, length)
  if (found) return found
  const bin = nextBin(kind, own + 1)
  return bin < BINS ? shortest(kind, bin, length) : 0
}

/** Pages in the longest free run of a kind. */
export function longest(kind: u8): u32 {
  let bin = BINS
  for (let b = nextBin(kind, 0); b < BINS; b = nextBin(kind, b + 1)) bin = b
  if (bin === BINS) return 0
  let length: u32 = 0
  for (let page = load<u32>(headOf(kind, bin)); page; page = descriptor(page).next) {
    length = max(length, descriptor(page).length)
  }
  return length
}

/** Runs filed under a kind, for the heap check; stops behind `stop` so that a cycle ends. */
export function countRuns(kind: u8, stop: u32): u32 {
  let count: u32 = 0
  for (let bin: u32 = 0; bin < BINS; bin++) {
    for (let page = load<u32>(headOf(kind, bin)); page && count <= stop; page = descriptor(page).next) {
      const run = descriptor(page)
      if (run.kind !== kind || binOf(run.length) !== bin) return stop + 1
      count++
    }
  }
  return count
}
