/**
 * Layer 0: runs of pages. What malloc and free of the C library are to CPython.
 *
 * Invariants (checked by heapCheck): runs tile [FIRST_PAGE, limit) without gap or overlap; two free
 * neighbours are of different kinds; a clean run reads as zero;
 * `used + dirty + clean == limit − FIRST_PAGE`, in pages.
 */
import { discard } from '../host'
import { fit, insertRun, removeRun } from './bins'
import { announce } from './decay'
import { addressOf, FIRST_PAGE, MAX_PAGES, PAGE_BITS } from './layout'
import { descriptor, Kind } from './page'
import { statistics } from './statistics'

/** The page behind the heap's last. */
export let limit: u32 = FIRST_PAGE
/** Pages that the heap may grow to. */
let ceiling: u32 = MAX_PAGES
/** The page behind the highest that was ever used. What lies above has never been touched. */
export let highWater: u32 = FIRST_PAGE

/** Takes over the memory as it is, of which at most `maxPages` are used. Returns the heap's pages. */
export function initRuns(maxPages: u32): u32 {
  ceiling = min(maxPages, MAX_PAGES)
  extend(min(<u32>memory.size(), ceiling))
  return limit - FIRST_PAGE
}

/** Adds the pages up to `end` as one clean run. */
function extend(end: u32): void {
  if (end <= limit) return
  const head = limit
  limit = end
  statistics.cleanPages += end - head
  coalesce(head, end - head, Kind.CLEAN)
}

/** Pages of the free runs, whatever their kind, with which the heap ends. */
function freeTail(): u32 {
  let begin = limit
  while (begin > FIRST_PAGE && isFree(descriptor(begin - 1).kind)) begin = descriptor(begin - 1).head
  return limit - begin
}

/** Grows the memory so that `length` pages are free at its end, in one run or in neighbours. */
function grow(length: u32): bool {
  const size = <u32>memory.size()
  const missing = length - min(freeTail(), length)
  if (size !== limit || missing > ceiling - min(ceiling, limit)) return false
  // By an eighth at least, so that a growing heap does not ask for each block.
  const wanted = min(max(missing, size >> 3), ceiling - limit)
  if (memory.grow(wanted) < 0 && memory.grow(missing) < 0) return false
  extend(<u32>memory.size())
  return true
}

/** Writes the tags of a free run at both ends, and files it. */
function fileRun(head: u32, length: u32, kind: u8): void {
  const run = descriptor(head)
  run.kind = kind
  run.length = length
  const last = descriptor(head + length - 1)
  last.kind = kind
  last.head = head
  insertRun(head)
}

/** Takes a free run out of the lists; its end tags no longer look free. */
function takeRun(head: u32): void {
  removeRun(head)
  const run = descriptor(head)
  descriptor(head + run.length - 1).kind = Kind.INNER
  run.kind = Kind.INNER
}

/** Files a run as free, merged with free neighbours of its kind. Returns the merged run's head. */
function coalesce(head: u32, length: u32, kind: u8): u32 {
  const below = descriptor(head - 1)
  if (head > FIRST_PAGE && below.kind === kind) {
    const start = below.head
    takeRun(start)
    length += head - start
    head = start
  }
  const end = head + length
  if (end < limit && descriptor(end).kind === kind) {
    const more = descriptor(end).length
    takeRun(end)
    length += more
  }
  fileRun(head, length, kind)
  return head
}

/**
 * Allocates `length` ≥ 1 pages. Dirty runs serve first, since they are resident already. Returns the
 * head, its descriptor's `length` and `pristine` (does the run read as zero?) set, or 0.
 */
export function allocateRun(length: u32): u32 {
  let page = fit(Kind.DIRTY, length)
  if (!page) page = fit(Kind.CLEAN, length)
  if (!page) page = makeRoom(length)
  if (!page) return 0
  const run = descriptor(page)
  const kind = run.kind
  const rest = run.length - length
  takeRun(page)
  if (rest) fileRun(page + length, rest, kind)
  run.length = length
  run.pristine = u8(kind === Kind.CLEAN)
  if (kind === Kind.CLEAN) statistics.cleanPages -= length
  else takeDirty(length)
  statistics.usedPages += length
  highWater = max(highWater, page + length)
  return page
}

function takeDirty(length: u32): void {
  statistics.dirtyPages -= length
  statistics.idlePages = min(statistics.idlePages, statistics.dirtyPages)
}

/** The ways to a run where none fits: give dirty pages back, merge across kinds, grow. */
function makeRoom(length: u32): u32 {
  if (limit === FIRST_PAGE) return 0
  if (statistics.dirtyPages) {
    purge(0)
    const page = fit(Kind.CLEAN, length)
    if (page) return page
    const merged = mergeAcrossKinds(length)
    if (merged) return merged
  }
  if (!grow(length)) return 0
  const page = fit(Kind.CLEAN, length)
  return page ? page : mergeAcrossKinds(length)
}

/** Merges neighbours of both kinds into a dirty run of at least `length` pages, if there are such. */
function mergeAcrossKinds(length: u32): u32 {
  for (let page = FIRST_PAGE; page < limit; ) {
    const end = endOfFree(page)
    if (end - page >= length) {
      for (let head = page; head < end; ) {
        const run = descriptor(head)
        const next = head + run.length
        if (run.kind === Kind.CLEAN) {
          statistics.cleanPages -= run.length
          statistics.dirtyPages += run.length
        }
        takeRun(head)
        head = next
      }
      fileRun(page, end - page, Kind.DIRTY)
      return page
    }
    page = max(end, page + descriptor(page).length)
  }
  return 0
}

/** The page behind the free runs that begin at `page`; `page` itself if it is used. */
function endOfFree(page: u32): u32 {
  while (page < limit && isFree(descriptor(page).kind)) page += descriptor(page).length
  return page
}

export function isFree(kind: u8): bool {
  return kind === Kind.CLEAN || kind === Kind.DIRTY
}

/** Frees a used run; with `giveBack`, its memory returns to the OS first where that is possible. */
export function freeRun(head: u32, giveBack: bool): void {
  const run = descriptor(head)
  const length = run.length
  run.kind = Kind.INNER
  const kind = giveBack && discardRun(head, length) ? Kind.CLEAN : Kind.DIRTY
  statistics.usedPages -= length
  if (kind === Kind.CLEAN) statistics.cleanPages += length
  else statistics.dirtyPages += length
  coalesce(head, length, kind)
  if (kind === Kind.DIRTY) announce()
}

function discardRun(head: u32, length: u32): bool {
  statistics.discards += 1
  if (!discard(addressOf(head), length << PAGE_BITS)) {
    statistics.discardsFailed += 1
    return false
  }
  statistics.discardedBytes += <f64>length * <f64>(1 << PAGE_BITS)
  return true
}

/** Gives dirty runs back to the OS until at most `retained` pages are dirty. Returns the pages that went. */
export function purge(retained: u32): u32 {
  let pages: u32 = 0
  for (let page = FIRST_PAGE; page < limit && statistics.dirtyPages > retained; ) {
    const run = descriptor(page)
    const whole = run.length
    const length = min(whole, statistics.dirtyPages - retained)
    if (run.kind !== Kind.DIRTY || !discardRun(page, length)) {
      page += whole
      continue
    }
    takeRun(page)
    if (length < whole) fileRun(page + length, whole - length, Kind.DIRTY)
    takeDirty(length)
    statistics.cleanPages += length
    pages += length
    const head = coalesce(page, length, Kind.CLEAN)
    page = head + descriptor(head).length
  }
  return pages
}
