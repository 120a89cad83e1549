export {
  FIRST_OPERAND_WORD,
  MAX_DIMS,
  MAX_OPERANDS,
  OPERAND_WORDS,
  SHAPE_WORD,
  SLOT_BYTES,
} from './descriptor.ts'
export {
  type CoreExports,
  type GenerationFigures,
  type HeapStatistics,
  readGeneration,
  readStatistics,
  TAG_HEADER,
  TAG_RAW,
  TAG_REFERENCES,
  TAG_VIEW,
  writeThreshold,
} from './exports.ts'
export { type Core, type CoreOptions, DAMAGES, type Damage, type Host, instantiate } from './instantiate.ts'
export { brokenInvariant } from './invariants.ts'
export { type FreeRun, type LargeRun, type PoolRun, type Run, readRuns } from './pagetable.ts'
export { PAGE_BYTES, type Reservation, reserveMemory } from './reserve.ts'
