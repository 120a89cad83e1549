/**
 * The map of linear memory, and the words for it. Every other file imports its numbers from here.
 *
 * - wasm page: 64 KiB, the unit of layer 0. (An OS page, usually 4 KiB, is the unit in which memory
 *   becomes resident; a wasm page is a whole number of them.)
 * - run: consecutive pages with one owner. Used, or free: *dirty* (still resident) or *clean* (not
 *   resident, reads as zero).
 * - pool: a run cut into blocks of one size class for one dtype.
 * - block: what `malloc` hands out: a slot of a pool, or a run of its own.
 * - handle: the address of a block's header (layer 3), which counts references to the block.
 *
 *     0           __heap_base   TABLE_BASE            FIRST_PAGE × 64 KiB               limit × 64 KiB
 *     | static data | padding   | page table, 2 MiB   | runs, without a gap             | not ours
 *
 * The page table has one descriptor per page of a 4 GiB memory. Its pages become resident only where
 * the heap is used: one OS page of descriptors describes 8 MiB of heap.
 */

/** log2 of a wasm page in bytes. */
export const PAGE_BITS: u32 = 16
/** Bytes of a wasm page. */
export const PAGE_SIZE: u32 = 1 << PAGE_BITS
/**
 * Pages a heap may span. The last page of the 4 GiB address space stays unused, so that the end of a
 * block is always an address: `address + bytes` never wraps to 0.
 */
export const MAX_PAGES: u32 = 65536 - 1
/** log2 of a page descriptor in bytes. */
export const DESCRIPTOR_BITS: u32 = 5
/** Pages that the page table itself takes. */
export const TABLE_PAGES: u32 = (65536 << DESCRIPTOR_BITS) >> PAGE_BITS

/**
 * Bytes up to which a block comes from a pool (layer 2); above, it is a run of its own (layer 1).
 * It is the figure by which CPython's memory manager is usually taught. (CPython itself changes over at
 * 512 bytes; its arenas were 256 KiB.)
 */
export const LARGE_THRESHOLD: u32 = 256 * 1024

/** Sizes in steps of 8 bytes up to this many bytes; above, 16 steps per doubling (waste ≤ 1/16). */
export const LINEAR_LIMIT: u32 = 128
/** log2 of the steps per doubling above LINEAR_LIMIT. */
export const STEP_BITS: u32 = 4
/** Size classes: 16 linear ones, then 16 for each doubling from 128 B to 256 KiB. */
export const SIZE_CLASSES: u32 = 16 + (11 << STEP_BITS)
/** Blocks that a pool should hold at least, however large they are. */
export const MIN_POOL_BLOCKS: u32 = 2
/** Largest share of a pool that may be lost behind its last block: 1/POOL_WASTE. */
export const POOL_WASTE: u32 = 8
/**
 * Steps above the linear sizes by which a request may be served from a larger class that has room, before
 * it gets a pool of its own. On a random churn of 16 B to 32 KiB, 2 steps lowered the pages ever touched
 * from 1.15 to 1.08 of TLSF's (log-uniform sizes) for 2 ns; a third step gained nothing.
 */
export const BORROW_STEPS: u32 = 2
/** Pages of empty pools that may wait for reuse before they go back to layer 0. */
export const EMPTY_PAGES_KEPT: u32 = 16

/** Tags of blocks: pools are private to a tag. 0 is untyped; 1 to 11 are the dtypes; 12 is free; the rest is ours. */
export const TAGS: u32 = 16
/** Memory without a header: the allocator's own users, and its tests. */
export const TAG_RAW: u32 = 0
/** Where a view stored in a RefArray keeps its base and its layout. */
export const TAG_VIEW: u32 = 13
/** Elements of a RefArray: handles. */
export const TAG_REFERENCES: u32 = 14
/** Headers of blocks (layer 3). */
export const TAG_HEADER: u32 = 15

/** Where the page table begins; the static data lie below (initHeap makes sure of it). */
export const TABLE_BASE: u32 = 2 << PAGE_BITS
/** The first page that belongs to a run. Page 0 never does, so index 0 can mean "none". */
export const FIRST_PAGE: u32 = (TABLE_BASE >> PAGE_BITS) + TABLE_PAGES

/** The address at which a page begins. */
export function addressOf(page: u32): u32 {
  return page << PAGE_BITS
}

/** The page that an address lies in. */
export function pageOf(address: u32): u32 {
  return address >> PAGE_BITS
}

/** Pages that hold so many bytes. `bytes` ≤ 4 GiB − 64 KiB. */
export function pagesFor(bytes: u32): u32 {
  return (bytes >> PAGE_BITS) + u32((bytes & (PAGE_SIZE - 1)) !== 0)
}
