import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { type Entropy, SeedSequence } from './seedsequence.ts'

/** What a bit generator can be made from: entropy, a SeedSequence, or nothing for fresh entropy. */
export type Seed = Entropy | SeedSequence

/** A source of random bits; a Generator turns them into numbers. */
export abstract class BitGenerator {
  /** The sequence that it was made from. */
  readonly seedSequence: SeedSequence
  /** @internal Its code in the core (assembly/kernels/random-stream.ts). */
  abstract readonly code: number
  /** @internal Its state, as the core lays it out (assembly/kernels/random-state.ts). */
  abstract readonly words: BigUint64Array<ArrayBuffer>
  /** Its state as NumPy names the parts; setting it continues the stream from there. */
  abstract state: object

  /** @throws DTypeError when the seed is neither entropy nor a SeedSequence. */
  constructor(seed?: Seed) {
    this.seedSequence = seed instanceof SeedSequence ? seed : new SeedSequence(seed)
  }

  /**
   * New generators of the same kind, independent of this one and of each other.
   * @throws DTypeError when `children` is no count.
   */
  spawn(children: number): this[] {
    const kind = this.constructor as new (seed: SeedSequence) => this
    return this.seedSequence.spawn(children).map(seed => new kind(seed))
  }
}

/**
 * An unsigned integer of at most `bits` bits, for a part of a state.
 * @throws DTypeError
 */
export function toUnsigned(name: string, value: unknown, bits: number): bigint {
  const integer = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof integer === 'bigint' && integer >= 0n && integer >> BigInt(bits) === 0n) return integer
  throw new DTypeError(`${name} must be an integer from 0 to 2^${bits} − 1, not ${describe(value)}`)
}
