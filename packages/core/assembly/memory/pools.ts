/**
 * Layer 2: pools of equal-sized blocks, each private to a tag and a size class. What the object
 * allocator is to CPython.
 *
 * A block is *free* (behind `extended`: never handed out, its memory untouched), *allocated*, or
 * *released* (on the pool's list). In blocks: `used + released + free == capacity` and
 * `used + released == extended`.
 *
 * A pool is full (in no list), or has room (in the list of its tag and class). A full pool that gets a
 * block back goes to the front: it is the fullest, so that emptier ones can drain. An empty one goes
 * back to layer 0, but for EMPTY_PAGES_KEPT pages of them that wait for the next burst.
 */

import { announce } from './decay'
import {
  addressOf,
  BORROW_STEPS,
  EMPTY_PAGES_KEPT,
  FIRST_PAGE,
  LINEAR_LIMIT,
  pageOf,
  SIZE_CLASSES,
  TAGS,
} from './layout'
import { descriptor, Kind, Page } from './page'
import { allocateRun, freeRun, limit } from './runs'
import { classOf, sizeClass } from './sizeclass'
import { statistics } from './statistics'

const lists: usize = memory.data(TAGS * SIZE_CLASSES * 4)

/** Where the list of pools with room for a tag and class begins. */
export function listOf(tag: u32, index: u32): usize {
  return lists + ((tag * SIZE_CLASSES + index) << 2)
}

/** Whether the block that `allocateBlock` returned last reads as zero. */
export let blockIsZero: bool = false

/** Allocates a block of at least `bytes` bytes, 1 ≤ bytes ≤ LARGE_THRESHOLD. Returns 0 when none fits. */
export function allocateBlock(bytes: u32, tag: u32): u32 {
  let index = classOf(bytes)
  let page = load<u32>(listOf(tag, index))
  if (!page) {
    page = roomNearby(tag, index)
    if (!page) page = newPool(tag, index)
    if (!page) return 0
    index = descriptor(page).sizeClass
  }
  const pool = descriptor(page)
  const facts = sizeClass(index)
  if (pool.used === 0 && pool.extended) statistics.emptyPages -= pool.length
  pool.used += 1
  let block = pool.released
  blockIsZero = false
  if (block) {
    pool.released = load<u32>(block)
  } else {
    block = addressOf(page) + pool.extended * facts.size
    pool.extended += 1
    blockIsZero = pool.pristine !== 0
  }
  if (pool.used === facts.capacity) unlink(page, pool)
  return block
}

/** Takes a block of a pool back; the last one of a pool may send its pages to layer 0. */
export function releaseBlock(block: u32): void {
  let page = pageOf(block)
  let pool = descriptor(page)
  if (pool.kind === Kind.POOL_INNER) {
    page = pool.head
    pool = descriptor(page)
  }
  assert(pool.kind === Kind.POOL && (block - addressOf(page)) % sizeClass(pool.sizeClass).size === 0)
  store<u32>(block, pool.released)
  pool.released = block
  if (pool.used === sizeClass(pool.sizeClass).capacity) link(page, pool)
  pool.used -= 1
  if (pool.used === 0) retire(page, pool)
}

/** A pool with room among the next larger classes: cheaper than a new pool, at a step's waste. Or 0. */
function roomNearby(tag: u32, index: u32): u32 {
  if (index < LINEAR_LIMIT >> 3) return 0
  const last = min(index + BORROW_STEPS, SIZE_CLASSES - 1)
  for (let larger = index + 1; larger <= last; larger++) {
    const page = load<u32>(listOf(tag, larger))
    if (page) return page
  }
  return 0
}

function newPool(tag: u32, index: u32): u32 {
  const pages = sizeClass(index).pages
  const page = allocateRun(pages)
  if (!page) return 0
  const pool = descriptor(page)
  pool.kind = Kind.POOL
  pool.tag = <u8>tag
  pool.sizeClass = <u8>index
  pool.released = 0
  pool.used = 0
  pool.extended = 0
  for (let inner = page + 1; inner < page + pages; inner++) {
    const later = descriptor(inner)
    later.kind = Kind.POOL_INNER
    later.head = page
  }
  statistics.pools += 1
  link(page, pool)
  return page
}

/** Puts a pool at the front of its list. */
function link(page: u32, pool: Page): void {
  const list = listOf(pool.tag, pool.sizeClass)
  const first = load<u32>(list)
  pool.next = first
  pool.previous = 0
  if (first) descriptor(first).previous = page
  store<u32>(list, page)
}

function unlink(page: u32, pool: Page): void {
  assert(pool.previous !== 0 || load<u32>(listOf(pool.tag, pool.sizeClass)) === page)
  if (pool.next) descriptor(pool.next).previous = pool.previous
  if (pool.previous) descriptor(pool.previous).next = pool.next
  else store<u32>(listOf(pool.tag, pool.sizeClass), pool.next)
}

/** What becomes of a pool that is empty now: kept, or its pages go back to layer 0 as a dirty run. */
function retire(page: u32, pool: Page): void {
  if (statistics.emptyPages + pool.length <= EMPTY_PAGES_KEPT) {
    statistics.emptyPages += pool.length
    announce()
    return
  }
  dissolve(page, pool)
}

function dissolve(page: u32, pool: Page): void {
  unlink(page, pool)
  for (let inner = page + 1; inner < page + pool.length; inner++) descriptor(inner).kind = Kind.INNER
  statistics.pools -= 1
  freeRun(page, false)
}

/** Sends every empty pool back to layer 0. */
export function dissolveEmptyPools(): void {
  for (let page = FIRST_PAGE; page < limit && statistics.emptyPages; ) {
    const pool = descriptor(page)
    // Read before the run is merged away.
    const next = page + pool.length
    if (pool.kind === Kind.POOL && pool.used === 0) {
      statistics.emptyPages -= pool.length
      dissolve(page, pool)
    }
    page = next
  }
}
