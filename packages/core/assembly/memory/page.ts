import { DESCRIPTOR_BITS, TABLE_BASE } from './layout'

/** What the page that a descriptor describes is. */
export namespace Kind {
  /** Inside a run, neither its head nor (if free) its last page; or beyond the heap. */
  export const INNER: u8 = 0
  /** Head and last page of a free run that is not resident and reads as zero. */
  export const CLEAN: u8 = 1
  /** Head and last page of a free run that is still resident. */
  export const DIRTY: u8 = 2
  /** Head of a run that is one block of its own (layer 1). */
  export const LARGE: u8 = 3
  /** Head of a pool (layer 2). */
  export const POOL: u8 = 4
  /** A later page of a pool. */
  export const POOL_INNER: u8 = 5
}

/**
 * A page descriptor, 32 bytes. The head of a run carries the run's facts:
 *
 *     offset  0     1    2          3         4       8     12        16         20    24        28
 *             kind  tag  sizeClass  pristine  length  next  previous  released*  used  extended  head
 *
 * `*` A large block has no list of released blocks; the field holds its requested bytes.
 */
@unmanaged
export class Page {
  kind: u8
  /** Whose blocks these are (a dtype's code, or TAG_RAW or TAG_HEADER). */
  tag: u8
  sizeClass: u8
  /** 1 when what was never handed out in this used run still reads as zero. */
  pristine: u8
  /** Pages in the run. */
  length: u32
  /** Free run: next in its bin. Pool with room: next of its tag and size class. A page, or 0. */
  next: u32
  previous: u32
  /** Pool: address of the block released last, whose first word links to the one before; or 0. */
  released: u32
  /** Pool: blocks allocated now. */
  used: u32
  /** Pool: blocks handed out at least once. Those behind them are untouched: a fresh pool costs nothing. */
  extended: u32
  /** Last page of a free run, and pages of a pool: the run's head. */
  head: u32

  /** Large block: the bytes that were asked for. */
  get bytes(): u32 {
    return this.released
  }

  set bytes(value: u32) {
    this.released = value
  }
}

/** The descriptor of a page. */
export function descriptor(page: u32): Page {
  return changetype<Page>(TABLE_BASE + (page << DESCRIPTOR_BITS))
}
