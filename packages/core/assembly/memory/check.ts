/**
 * The heap walk: proves every invariant of layers 0 to 3, from the page table alone, and stops at the
 * first that does not hold. It allocates nothing and changes nothing but its own scratch fields.
 */

import { countRuns } from './bins'
import { Block, DEAD, header } from './blocks'
import { PERMANENT, tracked } from './collector'
import { DEBUG } from './debug'
import { guardDamage, guardedBytes, startOf } from './guards'
import {
  addressOf,
  FIRST_PAGE,
  PAGE_BITS,
  PAGE_SIZE,
  pageOf,
  SIZE_CLASSES,
  TAG_HEADER,
  TAG_RAW,
  TAG_REFERENCES,
  TAG_VIEW,
  TAGS,
} from './layout'
import { descriptor, Kind, Page } from './page'
import { listOf } from './pools'
import { highWater, isFree, limit } from './runs'
import { sizeClass } from './sizeclass'
import { statistics } from './statistics'

/** What can be wrong; the host has a sentence for each. */
namespace Broken {
  export const LENGTH: u32 = 1
  export const KIND: u32 = 2
  export const NEIGHBOURS: u32 = 3
  export const END_TAG: u32 = 4
  export const NOT_ZERO: u32 = 5
  export const BINS: u32 = 6
  export const POOL_COUNTS: u32 = 7
  export const POOL_LIST: u32 = 8
  export const POOL_CYCLE: u32 = 9
  export const POOL_ROOM: u32 = 10
  export const STATISTICS: u32 = 11
  export const HANDLE: u32 = 12
  export const HANDLE_DOUBLE: u32 = 13
  export const NO_HANDLE: u32 = 14
  export const ABOVE_HIGH_WATER: u32 = 15
  export const REFERENCE: u32 = 16
  export const REFERENCE_COUNT: u32 = 17
  export const GENERATIONS: u32 = 18
  export const GUARDS: u32 = 19
}

/** Page or block at which the last check stopped. */
export let brokenAt: u32 = 0

function broken(what: u32, where: u32): u32 {
  brokenAt = where
  return what
}

/** Most blocks a pool can have: one page of 8-byte blocks. */
const MAX_BLOCKS: u32 = PAGE_SIZE / 8
/** A bit per block of the pool that is being checked: set when it is on the list of released blocks. */
const releasedBits: usize = memory.data(MAX_BLOCKS / 8)

function testAndSet(bits: usize, index: u32): bool {
  const byte = bits + (index >> 3)
  const mask: u8 = (<u8>1) << (<u8>(index & 7))
  const old = load<u8>(byte)
  store<u8>(byte, old | mask)
  return (old & mask) !== 0
}

function test(bits: usize, index: u32): bool {
  return ((load<u8>(bits + (index >> 3)) >> <u8>(index & 7)) & 1) !== 0
}

/** Walks the heap. Returns 0, or what is broken, with `brokenAt` telling where. */
export function heapCheck(): u32 {
  let what = checkRuns()
  if (!what) what = checkPools()
  if (!what) what = checkHandles()
  return what
}

function checkRuns(): u32 {
  let used: u32 = 0
  let dirty: u32 = 0
  let clean: u32 = 0
  let dirtyRuns: u32 = 0
  let cleanRuns: u32 = 0
  let before = Kind.INNER
  for (let page = FIRST_PAGE; page < limit; ) {
    const run = descriptor(page)
    const length = run.length
    if (length === 0 || length > limit - page) return broken(Broken.LENGTH, page)
    if (run.kind === Kind.INNER || run.kind > Kind.POOL) return broken(Broken.KIND, page)
    if (isFree(run.kind)) {
      if (run.kind === before) return broken(Broken.NEIGHBOURS, page)
      const last = descriptor(page + length - 1)
      if (last.kind !== run.kind || last.head !== page) return broken(Broken.END_TAG, page)
    } else {
      used += length
      if (page + length > highWater) return broken(Broken.ABOVE_HIGH_WATER, page)
    }
    if (run.kind === Kind.DIRTY) {
      dirty += length
      dirtyRuns++
    }
    if (run.kind === Kind.CLEAN) {
      clean += length
      cleanRuns++
      if (!readsAsZero(page, length)) return broken(Broken.NOT_ZERO, page)
    }
    before = run.kind
    page += length
  }
  if (countRuns(Kind.DIRTY, dirtyRuns) !== dirtyRuns || countRuns(Kind.CLEAN, cleanRuns) !== cleanRuns) {
    return broken(Broken.BINS, 0)
  }
  const sums =
    used === statistics.usedPages && dirty === statistics.dirtyPages && clean === statistics.cleanPages
  return sums ? 0 : broken(Broken.STATISTICS, 0)
}

/** Whether a clean run reads as zero; what lies above the high-water mark was never written. */
function readsAsZero(page: u32, length: u32): bool {
  if (page >= highWater) return true
  const words = min(length, highWater - page) << (PAGE_BITS - 4)
  const start = addressOf(page)
  for (let word: u32 = 0; word < words; word += 4) {
    const at = <usize>(start + (word << 4))
    const a = v128.or(v128.load(at), v128.load(at, 16))
    const b = v128.or(v128.load(at, 32), v128.load(at, 48))
    if (v128.any_true(v128.or(a, b))) return false
  }
  return true
}

function checkPools(): u32 {
  let pools: u32 = 0
  let empty: u32 = 0
  let roomy: u32 = 0
  let large: u32 = 0
  let largeBytes: u32 = 0
  for (let page = FIRST_PAGE; page < limit; page += descriptor(page).length) {
    const run = descriptor(page)
    if (run.kind === Kind.LARGE) {
      large++
      largeBytes += run.bytes
    }
    if (run.kind !== Kind.POOL) continue
    pools++
    if (run.used === 0) empty += run.length
    if (run.used < sizeClass(run.sizeClass).capacity) roomy++
    const what = checkPool(page, run)
    if (what) return what
  }
  if (pools !== statistics.pools || empty !== statistics.emptyPages) return broken(Broken.STATISTICS, 1)
  if (large !== statistics.largeBlocks || largeBytes !== statistics.largeBytes)
    return broken(Broken.STATISTICS, 2)
  return countRoom(roomy) === roomy ? 0 : broken(Broken.POOL_ROOM, 0)
}

function checkPool(page: u32, pool: Page): u32 {
  const facts = sizeClass(pool.sizeClass)
  if (pool.tag >= TAGS || pool.length !== facts.pages) return broken(Broken.POOL_COUNTS, page)
  if (pool.extended > facts.capacity || pool.used > pool.extended) return broken(Broken.POOL_COUNTS, page)
  const what = markReleased(page, pool)
  if (what) return what
  for (let inner = page + 1; inner < page + pool.length; inner++) {
    const later = descriptor(inner)
    if (later.kind !== Kind.POOL_INNER || later.head !== page) return broken(Broken.END_TAG, inner)
  }
  return 0
}

/** Marks a pool's released blocks: they lie inside it, each once, and `used + released == extended`. */
function markReleased(page: u32, pool: Page): u32 {
  const size = sizeClass(pool.sizeClass).size
  const start = addressOf(page)
  memory.fill(releasedBits, 0, MAX_BLOCKS / 8)
  let released: u32 = 0
  for (let block = pool.released; block; block = load<u32>(block)) {
    const offset = block - start
    if (block < start || offset % size !== 0 || offset / size >= pool.extended)
      return broken(Broken.POOL_LIST, block)
    if (testAndSet(releasedBits, offset / size)) return broken(Broken.POOL_CYCLE, block)
    released++
  }
  return pool.used + released === pool.extended ? 0 : broken(Broken.POOL_COUNTS, page)
}

/** Pools in the lists of those with room, each in the list it belongs to; stops behind `stop`. */
function countRoom(stop: u32): u32 {
  let count: u32 = 0
  for (let tag: u32 = 0; tag < TAGS; tag++) {
    for (let index: u32 = 0; index < SIZE_CLASSES; index++) {
      for (let page = load<u32>(listOf(tag, index)); page && count <= stop; page = descriptor(page).next) {
        const pool = descriptor(page)
        if (pool.kind !== Kind.POOL || pool.tag !== tag || pool.sizeClass !== index) return stop + 1
        if (pool.used >= sizeClass(index).capacity) return stop + 1
        count++
      }
    }
  }
  return count
}

/** Every live header names one block, and every block of a dtype has a header. */
function checkHandles(): u32 {
  for (let page = FIRST_PAGE; page < limit; page += descriptor(page).length) clearNamed(page)
  live = 0
  dead = 0
  requested = 0
  refArrays = 0
  let what = eachHeader((handle: u32) => checkHeader(handle))
  if (what) return what
  if (
    live !== statistics.handles ||
    dead !== statistics.quarantined ||
    requested !== statistics.requestedBytes
  ) {
    return broken(Broken.STATISTICS, 3)
  }
  for (let page = FIRST_PAGE; page < limit; page += descriptor(page).length) {
    what = checkNamed(page)
    if (what) return what
  }
  return checkReferences()
}

/** What the walk over the headers counts. */
let live: u32 = 0
let dead: u32 = 0
let requested: u32 = 0
let refArrays: u32 = 0

/** Runs a check on every header, dead ones too, until one finds something. */
function eachHeader(check: (handle: u32) => u32): u32 {
  for (let page = FIRST_PAGE; page < limit; page += descriptor(page).length) {
    const pool = descriptor(page)
    if (pool.kind !== Kind.POOL || pool.tag !== TAG_HEADER) continue
    const size = sizeClass(pool.sizeClass).size
    markReleased(page, pool)
    for (let index: u32 = 0; index < pool.extended; index++) {
      if (test(releasedBits, index)) continue
      const what = check(addressOf(page) + index * size)
      if (what) return what
    }
  }
  return 0
}

/** A used run's count and mix of the blocks that headers name live in fields that it does not use. */
function clearNamed(page: u32): void {
  const run = descriptor(page)
  if (run.kind === Kind.LARGE) {
    run.used = 0
  } else if (run.kind === Kind.POOL) {
    run.head = 0
  }
}

function checkHeader(handle: u32): u32 {
  const block = header(handle)
  block.counted = 0
  if (block.flags & DEAD) {
    dead++
    return block.address === 0 || name(block) ? 0 : broken(Broken.HANDLE, handle)
  }
  if (block.references === 0 || block.address === 0 || !name(block)) return broken(Broken.HANDLE, handle)
  live++
  requested += block.bytes
  if (block.tag === TAG_REFERENCES) refArrays++
  return DEBUG && guardDamage(handle) ? broken(Broken.GUARDS, handle) : 0
}

/**
 * Elements are live handles; `references from elements and views ≤ references`; the generations hold
 * exactly the RefArrays.
 */
function checkReferences(): u32 {
  let what = eachHeader((handle: u32) => countReferences(handle))
  if (what) return what
  what = eachHeader((handle: u32) => {
    const block = header(handle)
    const tooMany = !(block.flags & DEAD) && block.counted > block.references
    return tooMany ? broken(Broken.REFERENCE_COUNT, handle) : 0
  })
  if (what) return what
  let inLists: u32 = 0
  for (let index: u32 = 0; index <= PERMANENT; index++) inLists += tracked(index)
  return inLists === refArrays ? 0 : broken(Broken.GENERATIONS, 0)
}

function countReferences(handle: u32): u32 {
  const block = header(handle)
  if (block.flags & DEAD) return 0
  if (block.tag === TAG_VIEW) return countReference(load<u32>(block.address), handle)
  if (block.tag !== TAG_REFERENCES) return 0
  for (let at = block.address; at < block.address + block.bytes; at += 4) {
    const what = countReference(load<u32>(at), handle)
    if (what) return what
  }
  return 0
}

function countReference(element: u32, from: u32): u32 {
  if (element === 0) return 0
  const page = pageOf(element)
  if (page < FIRST_PAGE || page >= limit) return broken(Broken.REFERENCE, from)
  const pool = descriptor(page)
  if (pool.kind !== Kind.POOL || pool.tag !== TAG_HEADER) return broken(Broken.REFERENCE, from)
  const block = header(element)
  if (block.references === 0 || block.flags & DEAD) return broken(Broken.REFERENCE, from)
  block.counted += 1
  return 0
}

/** Counts a header's block at its run. False when the address is not a block of the header's tag. */
function name(block: Block): bool {
  const start = startOf(block.address)
  const bytes = guardedBytes(block.bytes)
  let page = pageOf(start)
  if (page < FIRST_PAGE || page >= limit) return false
  if (descriptor(page).kind === Kind.POOL_INNER) page = descriptor(page).head
  const run = descriptor(page)
  if (run.tag !== block.tag) return false
  if (run.kind === Kind.LARGE) {
    run.used += 1
    return start === addressOf(page) && run.bytes === bytes
  }
  if (run.kind !== Kind.POOL) return false
  const size = sizeClass(run.sizeClass).size
  const offset = start - addressOf(page)
  run.head += mix(offset / size)
  return offset % size === 0 && offset / size < run.extended && bytes <= size
}

/** Spreads a block's index, so that a sum of mixes tells one set of blocks from another. */
function mix(index: u32): u32 {
  let x = (index + 1) * 0x9e3779b1
  x = (x ^ (x >> 15)) * 0x85ebca77
  return x ^ (x >> 13)
}

/** The blocks that headers name at a run are exactly its allocated ones. */
function checkNamed(page: u32): u32 {
  const run = descriptor(page)
  if (run.tag === TAG_RAW || run.tag === TAG_HEADER) return 0
  if (run.kind === Kind.LARGE) {
    if (run.used === 1) return 0
    return broken(run.used ? Broken.HANDLE_DOUBLE : Broken.NO_HANDLE, addressOf(page))
  }
  if (run.kind !== Kind.POOL) return 0
  markReleased(page, run)
  let sum: u32 = 0
  for (let index: u32 = 0; index < run.extended; index++) {
    if (!test(releasedBits, index)) sum += mix(index)
  }
  return sum === run.head ? 0 : broken(Broken.NO_HANDLE, addressOf(page))
}
