/** Random numbers as NumPy draws them: `random.defaultRng(seed).integers(…)`. */
export { BitGenerator, type Seed } from './bitgenerator.ts'
export { defaultRng, Generator, type IntegersOptions, type RandomOptions } from './generator.ts'
export type { IntegerDType } from './integers.ts'
export { PCG64, type PCG64State } from './pcg64.ts'
export { type Entropy, SeedSequence, type SeedSequenceOptions } from './seedsequence.ts'
