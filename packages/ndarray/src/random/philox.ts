import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { optionsOf } from '../functions/options.ts'
import {
  assertStateOf,
  BitGenerator,
  type BufferedState,
  bufferedState,
  type Seed,
  toBufferedWord,
} from './bitgenerator.ts'
import { SeedSequence } from './seedsequence.ts'
import { toSteps, toUnsigned, toUnsignedList } from './words.ts'

/** The state of a Philox, as NumPy's `Philox.state` in camelCase. */
export interface PhiloxState extends BufferedState {
  bitGenerator: 'Philox'
  /** Four and two words of 64 bits, the lowest first. */
  state: { counter: BigUint64Array<ArrayBuffer>; key: BigUint64Array<ArrayBuffer> }
  /** The last four draws, of which `bufferPos` are used up. */
  buffer: BigUint64Array<ArrayBuffer>
  bufferPos: number
}

/** Where a Philox begins. */
export interface PhiloxOptions {
  /** Draws to skip, in blocks of four: 256 bits, as an integer or four words of 64 bits. Default 0. */
  counter?: number | bigint | ArrayLike<number | bigint>
  /** The stream itself instead of a seed: 128 bits, as an integer or two words of 64 bits. */
  key?: number | bigint | ArrayLike<number | bigint>
}

/** Draws of a block. */
const LANES = 4
/** Where the parts begin in `words`, behind hasUint32 and uinteger. */
const COUNTER = 1
const KEY = 5
const BUFFER = 7
const POSITION = 11

/**
 * Philox 4×64-10 of Salmon et al. (2011): a counter and a key give the draws, so that any place of any stream
 * is reached at once. Period 2^258, 2^128 streams.
 */
export class Philox extends BitGenerator {
  /** @internal */
  override readonly code = 3
  /** @internal hasUint32 and uinteger; counter, key, buffer and position in it. */
  override readonly words = new BigUint64Array(POSITION + 1)

  /** @throws DTypeError when the seed is neither entropy nor a SeedSequence, or when there is a key, too. */
  constructor(seed?: Seed, options?: PhiloxOptions) {
    const { counter = 0, key } = optionsOf('Philox', options, { counter: true, key: true })
    if (seed !== undefined && key !== undefined) throw new DTypeError('give a seed or a key, not both')
    super(key === undefined ? seed : new SeedSequence(0))
    const words = this.seedSequence.generateState(2, 'uint64') as unknown as bigint[]
    this.words.set(toWordList('counter', counter, LANES), COUNTER)
    this.words.set(key === undefined ? words : toWordList('key', key, 2), KEY)
    this.words[POSITION] = BigInt(LANES)
  }

  /** A copy of the state. Setting one throws a DTypeError, and changes nothing, when a part is impossible. */
  override get state(): PhiloxState {
    const { words } = this
    return {
      bitGenerator: 'Philox',
      state: { counter: words.slice(COUNTER, KEY), key: words.slice(KEY, BUFFER) },
      buffer: words.slice(BUFFER, POSITION),
      bufferPos: Number(words[POSITION]),
      ...bufferedState(words),
    }
  }

  override set state(value: PhiloxState) {
    assertStateOf('Philox', value)
    const counter = toUnsignedList('counter', value.state?.counter, LANES, 64)
    const key = toUnsignedList('key', value.state?.key, 2, 64)
    const buffer = toUnsignedList('buffer', value.buffer, LANES, 64)
    const position = toUnsigned('bufferPos', value.bufferPos, 3)
    if (position > LANES)
      throw new DTypeError(`bufferPos must be at most ${LANES}, not ${describe(position)}`)
    this.words.set([toBufferedWord(value), ...counter, ...key, ...buffer, position])
  }

  /**
   * Moves the counter on by `delta` blocks of four draws; a negative delta moves back. What is buffered is lost.
   * @returns The generator itself.
   * @throws DTypeError when `delta` is no integer.
   */
  advance(delta: number | bigint): this {
    const counter = toSteps('delta', delta, 256) + joinWords(this.words.subarray(COUNTER, KEY))
    this.words[0] = 0n
    this.words.set(splitWords(BigInt.asUintN(256, counter), LANES), COUNTER)
    this.words.set([0n, 0n, 0n, 0n, BigInt(LANES)], BUFFER)
    return this
  }

  /**
   * A generator `jumps` × 2^128 blocks further on, for streams that do not overlap.
   * @throws DTypeError when `jumps` is no integer.
   */
  jumped(jumps: number | bigint = 1): this {
    return this.copy().advance(toSteps('jumps', jumps, 128) << 128n)
  }
}

function toWordList(
  name: string,
  value: number | bigint | ArrayLike<number | bigint>,
  count: number,
): bigint[] {
  if (typeof value === 'object') return toUnsignedList(name, value, count, 64)
  return splitWords(toUnsigned(name, value, count * 64), count)
}

function splitWords(value: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, i) => BigInt.asUintN(64, value >> BigInt(64 * i)))
}

function joinWords(words: BigUint64Array): bigint {
  return words.reduceRight((value, word) => (value << 64n) | word, 0n)
}
