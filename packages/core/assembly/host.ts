/** What the module asks of whoever instantiates it. */

/**
 * Gives the physical pages of a range back to the operating system. Returns 1 when the range now reads
 * as zero and is not resident; 0 when nothing happened and the contents are as before.
 */
export declare function discard(address: u32, bytes: u32): i32

/** Tells that a large block begins its life in a clean range: the moment to ask for huge pages. */
export declare function advise(address: u32, bytes: u32): void

/** Tells that free memory stays resident from now on: the moment to start a timer for `trim`. */
export declare function dirtied(): void

/** Tells that a collection of a generation begins (`phase` 1) or is over (0), having found `found`. */
export declare function collecting(phase: u32, generation: u32, found: u32): void

/** Debug build: tells of damage around or in a block (see memory/guards.ts). May throw. */
export declare function damaged(what: u32, handle: u32, address: u32): void
