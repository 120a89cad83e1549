/**
 * The module's front door: every export, by layer. Addresses, lengths and handles are unsigned 32-bit
 * numbers that reach JavaScript signed: `>>> 0` there.
 */

export * from './inspect'
export { argExtremum, argExtremumOfAll } from './kernels/argextremum'
export { assign, range, sizeOf } from './kernels/assign'
export { binary, clip } from './kernels/binary'
export { choose } from './kernels/choose'
export { combine } from './kernels/combine'
// Kernels.
export { compare } from './kernels/compare'
export { compress, locate } from './kernels/compress'
export { dot } from './kernels/dot'
export { gather } from './kernels/gather'
export { bincount, histogram } from './kernels/histogram'
export { matmul, matmulRoom } from './kernels/matmul'
export { countMask } from './kernels/nonzero'
export { offsetScratch, offsets } from './kernels/offsets'
export { operands, scalarSlots } from './kernels/operands'
export { put } from './kernels/put'
export { randomIntegers } from './kernels/random'
export { randomDistribution } from './kernels/random-distribution'
export { randomState } from './kernels/random-state'
export { randomUniform } from './kernels/random-uniform'
export { reduce } from './kernels/reduce'
export { repeat } from './kernels/repeat'
export { gatherRows, scatterRows } from './kernels/rows'
export { scatter } from './kernels/scatter'
export { searchSorted } from './kernels/searchsorted'
export { numbersFirst, selectNth } from './kernels/select-nth'
export { argsort, sort } from './kernels/sort'
export { unary } from './kernels/unary'
export { compact, group, groupFigures, takeFirst } from './kernels/unique'
export { where } from './kernels/where'
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
