/**
 * The module's front door: every export, by layer. Addresses, lengths and handles are unsigned 32-bit
 * numbers that reach JavaScript signed: `>>> 0` there.
 */

export * from './inspect'
export { assign, range, sizeOf } from './kernels/assign'
export { binary, clip } from './kernels/binary'
export { choose } from './kernels/choose'
// Kernels.
export { compare } from './kernels/compare'
export { operands, scalarSlots } from './kernels/operands'
export { put } from './kernels/put'
export { randomIntegers } from './kernels/random'
export { randomState } from './kernels/random-state'
export { reduce } from './kernels/reduce'
export { unary } from './kernels/unary'
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
// Layers 1 and 2: blocks without a header.
export { decay, failMalloc, free, initHeap, malloc, trim, usableSize } from './memory/heap'
export { allocateReferences, getReference, setReference } from './memory/references'
