export {
  FIRST_OPERAND_WORD,
  MAX_DIMS,
  MAX_OPERANDS,
  OPERAND_WORDS,
  SHAPE_WORD,
  SLOT_BYTES,
} from './descriptor.ts'
export { type CoreExports, type HeapStatistics, readStatistics } from './exports.ts'
export { type Core, type CoreOptions, type Host, instantiate } from './instantiate.ts'
export { brokenInvariant } from './invariants.ts'
export { PAGE_BYTES, type Reservation, reserveMemory } from './reserve.ts'
