import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { optionsOf } from '../functions/options.ts'
import { toCount, toWords } from './words.ts'

/** A non-negative integer of any size, or a sequence of them. A number must be a safe integer. */
export type Entropy = number | bigint | ArrayLike<number | bigint>

/** How a SeedSequence differs from a plain one. */
export interface SeedSequenceOptions {
  /** Where it stands in the tree of spawned sequences. Default `[]`: at the root. */
  spawnKey?: ArrayLike<number | bigint>
  /** Words of 32 bits that the pool has, from 4 to 16384. Default 4. */
  poolSize?: number
  /** Children that it has spawned already: of use to restore one. Default 0. */
  nChildrenSpawned?: number
}

/** Words of the smallest pool, and of the default one. */
const SMALLEST_POOL = 4
/** Words that the system gives at once. */
const LARGEST_POOL = 16384

/**
 * Turns entropy of any amount and quality into the states of bit generators, by the hashing of NumPy's
 * SeedSequence (after O'Neill's seed_seq_fe, 2015): equal entropy gives NumPy's words, bit for bit.
 *
 * ```ts
 * const children = new SeedSequence(42).spawn(3) // three independent streams
 * ```
 */
export class SeedSequence {
  /** The entropy as given; a bigint when it came from the system. With it the sequence can be made again. */
  readonly entropy: number | bigint | readonly (number | bigint)[]
  /** Where this sequence stands in the tree of spawned ones. */
  readonly spawnKey: readonly (number | bigint)[]
  /** Words of the pool. */
  readonly poolSize: number
  /** Children spawned so far. */
  get nChildrenSpawned(): number {
    return this.#spawned
  }
  #spawned: number
  readonly #pool: Uint32Array

  /**
   * @param entropy Default: as many bits from the system's source of randomness as the pool has.
   * @throws DTypeError for negative, fractional or unsafe numbers, and for what is no integer at all.
   */
  constructor(entropy?: Entropy, options?: SeedSequenceOptions) {
    const {
      spawnKey = [],
      poolSize = SMALLEST_POOL,
      nChildrenSpawned = 0,
    } = optionsOf('SeedSequence', options, { spawnKey: true, poolSize: true, nChildrenSpawned: true })
    this.poolSize = toCount('poolSize', poolSize, SMALLEST_POOL, LARGEST_POOL)
    this.#spawned = toCount('nChildrenSpawned', nChildrenSpawned)
    this.spawnKey = Object.freeze(Array.from(toSequence('spawnKey', spawnKey)))
    this.entropy = entropy === undefined ? freshEntropy(poolSize) : keep(entropy)
    this.#pool = mixEntropy(poolSize, this.#assemble())
  }

  /** Entropy and spawn key as words; short entropy is filled up, so that no spawn key looks like entropy. */
  #assemble(): number[] {
    const words = wordsOf('entropy', this.entropy)
    const key = wordsOf('spawnKey', this.spawnKey)
    while (key.length > 0 && words.length < this.poolSize) words.push(0)
    return [...words, ...key]
  }

  /**
   * Words for the state of a bit generator: the same at every call.
   * @param words How many, of the dtype's size each.
   * @throws DTypeError when `words` is no count, or the dtype another.
   */
  generateState(words: number, dtype?: 'uint32'): Uint32Array<ArrayBuffer>
  generateState(words: number, dtype: 'uint64'): BigUint64Array<ArrayBuffer>
  generateState(
    words: number,
    dtype: 'uint32' | 'uint64' = 'uint32',
  ): Uint32Array<ArrayBuffer> | BigUint64Array<ArrayBuffer> {
    const count = toCount('words', words)
    if (dtype === 'uint32') return squeeze(this.#pool, count)
    if (dtype !== 'uint64') throw new DTypeError(`a state is of uint32 or uint64, not ${describe(dtype)}`)
    const halves = squeeze(this.#pool, 2 * count)
    return BigUint64Array.from({ length: count }, (_, i) => {
      return BigInt(halves[2 * i] as number) | (BigInt(halves[2 * i + 1] as number) << 32n)
    })
  }

  /**
   * New sequences whose streams are independent of this one's, of each other's and of those spawned before.
   * @throws DTypeError when `children` is no count.
   */
  spawn(children: number): SeedSequence[] {
    const first = this.#spawned
    this.#spawned += toCount('children', children, 0, 2 ** 32 - first)
    return Array.from({ length: children }, (_, i) => {
      return new SeedSequence(this.entropy, {
        spawnKey: [...this.spawnKey, first + i],
        poolSize: this.poolSize,
      })
    })
  }
}

function freshEntropy(poolSize: number): bigint {
  const words = crypto.getRandomValues(new Uint32Array(poolSize))
  return words.reduce((all, word) => (all << 32n) | BigInt(word), 0n)
}

/** The entropy, safe from changes of its array. */
function keep(entropy: Entropy): number | bigint | readonly (number | bigint)[] {
  if (typeof entropy === 'number' || typeof entropy === 'bigint') return entropy
  return Object.freeze(Array.from(toSequence('entropy', entropy)))
}

function toSequence(name: string, value: ArrayLike<number | bigint>): ArrayLike<number | bigint> {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) return value
  throw new DTypeError(`${name} must be a non-negative integer or a sequence of them, not ${describe(value)}`)
}

function wordsOf(name: string, value: number | bigint | readonly (number | bigint)[]): number[] {
  return typeof value === 'object' ? value.flatMap(item => toWords(name, item)) : toWords(name, value)
}

/** A multiplicative hash whose multiplier changes with every word. */
class Hash {
  #constant: number
  readonly #multiplier: number

  constructor(constant: number, multiplier: number) {
    this.#constant = constant
    this.#multiplier = multiplier
  }

  of(word: number): number {
    const mixed = word ^ this.#constant
    this.#constant = Math.imul(this.#constant, this.#multiplier)
    return fold(Math.imul(mixed, this.#constant))
  }
}

/** The upper half of a word, folded over the lower. */
function fold(word: number): number {
  return (word ^ (word >>> 16)) >>> 0
}

function mix(into: number, word: number): number {
  return fold(Math.imul(0xca01f9dd, into) - Math.imul(0x4973f715, word))
}

/** A pool in which every word depends on all of the entropy. */
function mixEntropy(poolSize: number, entropy: readonly number[]): Uint32Array {
  const hash = new Hash(0x43b0d7e5, 0x931e8875)
  const pool = Uint32Array.from({ length: poolSize }, (_, i) => hash.of(entropy[i] ?? 0))
  const stir = (to: number, word: number) => {
    pool[to] = mix(pool[to] as number, hash.of(word))
  }
  for (let from = 0; from < poolSize; from++) {
    for (let to = 0; to < poolSize; to++) {
      if (from !== to) stir(to, pool[from] as number)
    }
  }
  for (const word of entropy.slice(poolSize)) {
    for (let to = 0; to < poolSize; to++) stir(to, word)
  }
  return pool
}

/** As many words as are asked for: the pool, hashed round after round. */
function squeeze(pool: Uint32Array, words: number): Uint32Array<ArrayBuffer> {
  const hash = new Hash(0x8b51f9dd, 0x58f38ded)
  return Uint32Array.from({ length: words }, (_, i) => hash.of(pool[i % pool.length] as number))
}
