/** Figures that no walk can recover (counts of events), and those that the walk must find again. */
@unmanaged
export class Statistics {
  /** Pages in used runs, dirty runs and clean runs: used + dirty + clean = pages of the heap. */
  usedPages: u32
  dirtyPages: u32
  cleanPages: u32
  /** Blocks above LARGE_THRESHOLD, and the bytes that were asked for. */
  largeBlocks: u32
  largeBytes: u32
  /** Pools, and the pages of those among them that are empty and kept. */
  pools: u32
  emptyPages: u32
  /** Headers of layer 3 that are alive. */
  handles: u32
  /** Bytes that their blocks were asked for; with what rounding adds, the blocks' own size. */
  requestedBytes: u32
  /** Debug build: dead blocks in quarantine. */
  quarantined: u32
  /** The fewest dirty pages since the last tick of the decay: so many lay idle all the time. */
  idlePages: u32
  /** Events since the heap was made. */
  allocations: f64
  releases: f64
  discards: f64
  discardsFailed: f64
  discardedBytes: f64
}

const storage: usize = memory.data(offsetof<Statistics>(), 8)
export const statistics: Statistics = changetype<Statistics>(storage)
