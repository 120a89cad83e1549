/**
 * Layers 1 and 2 behind one door: malloc and free. Layer 1 is a run per block above LARGE_THRESHOLD;
 * what is smaller goes to the pools.
 */
import { advise } from '../host'
import { DEBUG } from './debug'
import { emptyQuarantine } from './guards'
import { addressOf, LARGE_THRESHOLD, MAX_PAGES, PAGE_BITS, pageOf, pagesFor } from './layout'
import { descriptor, Kind } from './page'
import { allocateBlock, blockIsZero, dissolveEmptyPools, releaseBlock } from './pools'
import { allocateRun, freeRun } from './runs'
import { sizeClass } from './sizeclass'
import { statistics } from './statistics'

/** Whether the block that `malloc` returned last reads as zero without being cleared. */
export let freshIsZero: bool = false

/**
 * Allocates at least `bytes` bytes (0 counts as 1) for a tag, aligned to 8, large blocks to 64 KiB.
 * Returns the address, an unsigned number, or 0 when no run fits.
 */
export function malloc(bytes: u32, tag: u32): u32 {
  if (DEBUG && countdown && --countdown === 0) return 0
  let block = allocateAny(bytes, tag)
  if (!block && (statistics.emptyPages || statistics.quarantined)) {
    // What is only kept for later must not be why something does not fit now.
    if (DEBUG) emptyQuarantine()
    dissolveEmptyPools()
    block = allocateAny(bytes, tag)
  }
  if (!block) return 0
  statistics.allocations += 1
  return block
}

/** Debug build: calls of malloc until one fails; 0 for never. */
let countdown: u32 = 0

/** Debug build: makes the `calls`-th call of malloc from now on return 0; 0 takes that back. */
export function failMalloc(calls: u32): void {
  countdown = calls
}

function allocateAny(bytes: u32, tag: u32): u32 {
  const block = bytes > LARGE_THRESHOLD ? allocateLarge(bytes, tag) : allocateBlock(max(bytes, 1), tag)
  if (bytes <= LARGE_THRESHOLD) freshIsZero = blockIsZero
  return block
}

function allocateLarge(bytes: u32, tag: u32): u32 {
  if (bytes > MAX_PAGES << PAGE_BITS) return 0
  const page = allocateRun(pagesFor(bytes))
  if (!page) return 0
  const run = descriptor(page)
  run.kind = Kind.LARGE
  run.tag = <u8>tag
  run.bytes = bytes
  statistics.largeBlocks += 1
  statistics.largeBytes += bytes
  freshIsZero = run.pristine !== 0
  if (freshIsZero) advise(addressOf(page), bytes)
  return addressOf(page)
}

/**
 * Frees a block that `malloc` returned. With `giveBack`, a large block's pages return to the OS at once;
 * without, they stay resident for reuse. Returns the bytes the block could hold.
 */
export function free(block: u32, giveBack: bool): u32 {
  statistics.releases += 1
  const page = pageOf(block)
  const run = descriptor(page)
  if (run.kind === Kind.LARGE) return releaseLarge(page, block, giveBack)
  const bytes = usableSize(block)
  releaseBlock(block)
  return bytes
}

function releaseLarge(page: u32, block: u32, giveBack: bool): u32 {
  assert(block === addressOf(page))
  const run = descriptor(page)
  const bytes = run.bytes
  statistics.largeBlocks -= 1
  statistics.largeBytes -= bytes
  freeRun(page, giveBack)
  return bytes
}

/** The bytes that a block may hold: what was asked for, or the size of its class. */
export function usableSize(block: u32): u32 {
  let run = descriptor(pageOf(block))
  if (run.kind === Kind.LARGE) return run.bytes
  if (run.kind === Kind.POOL_INNER) run = descriptor(run.head)
  return sizeClass(run.sizeClass).size
}
