import {
  LARGE_THRESHOLD,
  LINEAR_LIMIT,
  MIN_POOL_BLOCKS,
  PAGE_BITS,
  PAGE_SIZE,
  POOL_WASTE,
  SIZE_CLASSES,
  STEP_BITS,
} from './layout'

/** What a pool of a size class is like. */
@unmanaged
class SizeClass {
  /** Bytes of a block: a multiple of 8. */
  size: u32
  /** Pages of a pool. */
  pages: u32
  /** Blocks of a pool. */
  capacity: u32
}

const classes: usize = memory.data(SIZE_CLASSES * offsetof<SizeClass>())

/** The facts of a size class. */
export function sizeClass(index: u32): SizeClass {
  return changetype<SizeClass>(classes + index * offsetof<SizeClass>())
}

/** The class whose blocks hold so many bytes with the least waste. 1 ≤ `bytes` ≤ LARGE_THRESHOLD. */
export function classOf(bytes: u32): u32 {
  if (bytes <= LINEAR_LIMIT) return (bytes - 1) >> 3
  const top = bytes - 1
  const log = 31 - clz(top)
  const step = (top >> (log - STEP_BITS)) & ((1 << STEP_BITS) - 1)
  return (LINEAR_LIMIT >> 3) + ((log - 7) << STEP_BITS) + step
}

/** The bytes of a class's blocks; the inverse of classOf. */
function sizeOf(index: u32): u32 {
  const linear: u32 = LINEAR_LIMIT >> 3
  if (index < linear) return (index + 1) << 3
  const log = ((index - linear) >> STEP_BITS) + 7
  const step = (index - linear) & ((1 << STEP_BITS) - 1)
  return (1 << log) + ((step + 1) << (log - STEP_BITS))
}

/** The fewest pages that hold MIN_POOL_BLOCKS blocks and lose at most 1/POOL_WASTE behind the last. */
function poolPages(size: u32): u32 {
  let pages = (size * MIN_POOL_BLOCKS + PAGE_SIZE - 1) >> PAGE_BITS
  while (((pages << PAGE_BITS) % size) * POOL_WASTE > pages << PAGE_BITS) pages++
  return pages
}

/** Fills the table; once, before the first pool. */
export function initSizeClasses(): void {
  for (let index: u32 = 0; index < SIZE_CLASSES; index++) {
    const facts = sizeClass(index)
    facts.size = sizeOf(index)
    facts.pages = poolPages(facts.size)
    facts.capacity = (facts.pages << PAGE_BITS) / facts.size
  }
  assert(sizeClass(SIZE_CLASSES - 1).size === LARGE_THRESHOLD)
}
