import type { CoreExports } from './exports.ts'

/** Pages that nobody uses: dirty (still resident), or clean (not resident, reads as zero). */
export interface FreeRun {
  readonly kind: 'clean' | 'dirty'
  /** The run's first page. */
  readonly page: number
  /** Pages in the run. */
  readonly pages: number
}

/** A block of layer 1: a run of its own. */
export interface LargeRun {
  readonly kind: 'large'
  readonly page: number
  readonly pages: number
  /** Whose block it is: the code of a dtype, or one of the module's own tags. */
  readonly tag: number
  /** Bytes that were asked of malloc; in the debug build the guards are among them. */
  readonly asked: number
}

/** A pool of layer 2. */
export interface PoolRun {
  readonly kind: 'pool'
  readonly page: number
  readonly pages: number
  readonly tag: number
  readonly sizeClass: number
  /** Bytes of a block. */
  readonly size: number
  /** Blocks that the pool has. */
  readonly capacity: number
  /** Blocks allocated now. */
  readonly used: number
  /** Blocks handed out at least once: used + released. */
  readonly extended: number
}

/** Consecutive pages with one owner. */
export type Run = FreeRun | LargeRun | PoolRun

/** The kinds of a run's first page, and the offsets of a descriptor's fields: assembly/memory/page.ts. */
const CLEAN = 1
const DIRTY = 2
const LARGE = 3
const POOL = 4
const TAG_AT = 1
const SIZE_CLASS_AT = 2
const LENGTH_AT = 4
const ASKED_AT = 16
const USED_AT = 20
const EXTENDED_AT = 24

/**
 * The runs that tile the heap, in the order of their pages. Reads the page table only, never the blocks;
 * one step per run, however long it is.
 * @throws Error when the page table does not tile the heap.
 */
export function readRuns(exports: CoreExports, memory: WebAssembly.Memory): Run[] {
  const table = new DataView(memory.buffer)
  const end = exports.heapEnd() >>> 0
  const runs: Run[] = []
  for (let page = exports.heapBegin() >>> 0; page < end; ) {
    const run = readRun(exports, table, page)
    if (!run || run.pages === 0 || page + run.pages > end) {
      throw new Error(`internal: the page table has no run at page ${page}`)
    }
    runs.push(run)
    page += run.pages
  }
  return runs
}

function readRun(exports: CoreExports, table: DataView, page: number): Run | undefined {
  const at = exports.pageDescriptor(page) >>> 0
  const pages = table.getUint32(at + LENGTH_AT, true)
  const tag = table.getUint8(at + TAG_AT)
  switch (table.getUint8(at)) {
    case CLEAN:
      return { kind: 'clean', page, pages }
    case DIRTY:
      return { kind: 'dirty', page, pages }
    case LARGE:
      return { kind: 'large', page, pages, tag, asked: table.getUint32(at + ASKED_AT, true) }
    case POOL: {
      const sizeClass = table.getUint8(at + SIZE_CLASS_AT)
      const size = exports.classSize(sizeClass)
      const capacity = exports.classCapacity(sizeClass)
      const used = table.getUint32(at + USED_AT, true)
      const extended = table.getUint32(at + EXTENDED_AT, true)
      return { kind: 'pool', page, pages, tag, sizeClass, size, capacity, used, extended }
    }
    default:
      return undefined
  }
}
