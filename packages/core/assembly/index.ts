/**
 * The module's front door: every export, by layer. Addresses, lengths and handles are unsigned 32-bit
 * numbers that reach JavaScript signed: `>>> 0` there.
 */

// First, since static memory is laid out in this order: every kernel names the rows of its operands, and an
// address below 8 KiB takes a byte less.
export { operands, scalarSlots } from './kernels/operands'

// What the heap looks like, and the kernels.

export * from './inspect'
export { adaptive } from './kernels/adaptive'
export { argExtremum, argExtremumOfAll } from './kernels/argextremum'
export { assign, range, sizeOf } from './kernels/assign'
export { countAbove, inRange } from './kernels/bands'
export { binary, clip } from './kernels/binary'
export { choose } from './kernels/choose'
export { combine } from './kernels/combine'
export { compare } from './kernels/compare'
export { compress, locate } from './kernels/compress'
export { countDistinct } from './kernels/distinct'
export { dot } from './kernels/dot'
export { gather } from './kernels/gather'
export { countBins, countLevels, extent } from './kernels/greylevels'
export { bincount, histogram } from './kernels/histogram'
export { growRegions } from './kernels/hysteresis'
export { matmul, matmulRoom } from './kernels/matmul'
export { medians } from './kernels/medians'
export { countMask } from './kernels/nonzero'
export { offsetScratch, offsets } from './kernels/offsets'
export { partSums } from './kernels/parts'
export { put } from './kernels/put'
export { randomIntegers, randomMaskedIntegers } from './kernels/random'
export { randomBetween } from './kernels/random-broadcast'
export { randomDistribution } from './kernels/random-distribution'
export { floyd } from './kernels/random-floyd'
export { drawPicks, shuffle, shuffleAlike } from './kernels/random-shuffle'
export { randomState } from './kernels/random-state'
export { randomUniform } from './kernels/random-uniform'
export { reduce } from './kernels/reduce'
export { repeat } from './kernels/repeat'
export { gatherRows, scatterRows } from './kernels/rows'
export { scatter } from './kernels/scatter'
export { searchSorted } from './kernels/searchsorted'
export { numbersFirst, selectNth } from './kernels/select-nth'
export { argsort, sort } from './kernels/sort'
export { swapBytes } from './kernels/swap'
export { unary } from './kernels/unary'
export { compact, group, groupFigures, takeFirst } from './kernels/unique'
export { where } from './kernels/where'
export { windows } from './kernels/windows'
// Layer 3: typed blocks with a reference count.
export {
  addressOfBlock,
  allocate,
  bytesOfBlock,
  references,
  release,
  retain,
  tagOfBlock,
} from './memory/blocks'
// What the heap looks like.
export { heapCheck } from './memory/check'
export { collect, freeze, isEnabled, setEnabled, unfreeze } from './memory/collector'
// The policy for what fell free by itself.
export { decay } from './memory/decay'
// Layers 1 and 2: blocks without a header.
export { failMalloc, free, malloc, usableSize } from './memory/heap'
// All layers at once.
export { initHeap, trim } from './memory/pyramid'
export { allocateReferences, getReference, setReference } from './memory/references'
