import { describe, dtypes } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { optionsOf } from '../functions/options.ts'
import type { NDArray } from '../ndarray.ts'
import type { Shape } from '../shape.ts'
import { drawResult } from './result.ts'
import { type Entropy, SeedSequence } from './seedsequence.ts'
import { toUnsigned } from './words.ts'

/** What a bit generator can be made from: entropy, a SeedSequence, or nothing for fresh entropy. */
export type Seed = Entropy | SeedSequence

/** A source of random bits; a Generator turns them into numbers. */
export abstract class BitGenerator {
  /** The sequence that it was made from. */
  readonly seedSequence: SeedSequence
  /** @internal Its code in the core (assembly/kernels/random-source.ts). */
  abstract readonly code: number
  /**
   * @internal Its state, as the core lays it out (assembly/kernels/random-state.ts): hasUint32 and uinteger
   * as halves of word 0, then the words of its own.
   */
  abstract readonly words: BigUint64Array<ArrayBuffer>
  /** @internal The largest of its own draws. */
  protected readonly largestDraw: bigint = 2n ** 64n - 1n
  /** Its state as NumPy names the parts; setting it continues the stream from there. */
  abstract state: object

  /** @throws DTypeError when the seed is neither entropy nor a SeedSequence. */
  constructor(seed?: Seed) {
    this.seedSequence = seed instanceof SeedSequence ? seed : new SeedSequence(seed)
  }

  /**
   * Draws as they come: 64 bits each, of MT19937 32.
   * @returns With `size` a new uint64 array of that shape, drawn in C order; without it one bigint.
   * @throws ShapeError, OutOfMemoryError, DTypeError for other options. Nothing is drawn then.
   */
  randomRaw(options: { size: number | Shape }): NDArray<'uint64'>
  randomRaw(options?: { size?: undefined }): bigint
  randomRaw(given?: { size?: number | Shape | undefined }): NDArray<'uint64'> | bigint {
    const options = optionsOf('randomRaw', given, { size: true })
    return drawResult(this, 'uint64', options, ({ exports }, address, count) =>
      exports.randomIntegers(this.code, dtypes.uint64.code, address, count, 0n, this.largestDraw),
    )
  }

  /**
   * New generators of the same kind, independent of this one and of each other.
   * @throws DTypeError when `children` is no count.
   */
  spawn(children: number): this[] {
    return this.seedSequence.spawn(children).map(seed => this.like(seed))
  }

  /** @internal One of the same kind. */
  protected like(seed: SeedSequence): this {
    const kind = this.constructor as new (seed: SeedSequence) => this
    return new kind(seed)
  }

  /** @internal A generator in the same state, its buffered 32 bits forgotten, for the caller to move on. */
  protected copy(): this {
    const other = this.like(this.seedSequence)
    other.words.set(this.words)
    other.words[0] = 0n
    return other
  }
}

/** The parts of a state that buffer the upper half of a 64-bit draw. */
export interface BufferedState {
  /** 1 when `uinteger`, the upper half of a 64-bit draw, is the next 32-bit one; else 0. */
  hasUint32: number
  uinteger: number
}

/** Reads word 0 of a state. */
export function bufferedState(words: BigUint64Array): BufferedState {
  const halves = words[0] ?? 0n
  return { hasUint32: Number(halves & 1n), uinteger: Number(halves >> 32n) }
}

/**
 * Word 0 of a state.
 * @throws DTypeError
 */
export function toBufferedWord({ hasUint32, uinteger }: BufferedState): bigint {
  return toUnsigned('hasUint32', hasUint32, 1) | (toUnsigned('uinteger', uinteger, 32) << 32n)
}

/**
 * Checks that a state is one of the bit generator of that name.
 * @throws DTypeError
 */
export function assertStateOf(name: string, value: { bitGenerator: string } | null | undefined): void {
  if (value?.bitGenerator === name) return
  throw new DTypeError(`the state of a ${name} is needed, not ${describe(value?.bitGenerator ?? value)}`)
}
