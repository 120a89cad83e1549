import { DTypeError } from '../errors.ts'
import { NDArray } from '../ndarray.ts'
import { MT19937 } from './mt19937.ts'
import { toUnsigned } from './words.ts'

/** What a RandomState is seeded by: integers from 0 below 2^32, one or several; nothing for fresh entropy. */
export type LegacySeed = number | bigint | ArrayLike<number | bigint> | NDArray

/** Words of 32 bits in the key. */
const N = 624

/**
 * The state of an MT19937 as the reference implementation (Matsumoto and Nishimura, 2002) makes it of a seed:
 * `init_genrand` of one integer, `init_by_array` of several.
 * @throws DTypeError; nothing is changed then.
 */
export function seedLegacy(bits: MT19937, seed: LegacySeed | undefined): void {
  if (seed === undefined) {
    bits.write(new MT19937().key, N)
    return
  }
  const one = typeof seed === 'number' || typeof seed === 'bigint'
  bits.write(one ? keyOfWord(toWord(seed)) : keyOfWords(toSeedWords(seed)), N)
}

function toWord(value: unknown): number {
  return Number(toUnsigned('a seed', value, 32))
}

function toSeedWords(seed: ArrayLike<number | bigint> | NDArray): number[] {
  const values = seed instanceof NDArray ? seed.toTypedArray() : seed
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView))
  if (!isList) return [toWord(values)]
  if (values.length === 0) throw new DTypeError('a seed of several integers must not be empty')
  return Array.from(values as ArrayLike<unknown>, toWord)
}

function keyOfWord(word: number): Uint32Array {
  const key = new Uint32Array(N)
  key[0] = word
  for (let i = 1; i < N; i++) key[i] = Math.imul(1812433253, mixed(key, i)) + i
  return key
}

/** The word before the i-th, its top bits folded over the lowest. */
function mixed(key: Uint32Array, i: number): number {
  const before = key[i - 1] as number
  return before ^ (before >>> 30)
}

function keyOfWords(words: readonly number[]): Uint32Array {
  const key = keyOfWord(19650218)
  let i = 1
  const step = (factor: number, plus: number) => {
    key[i] = ((key[i] as number) ^ Math.imul(mixed(key, i), factor)) + plus
    i++
    if (i < N) return
    key[0] = key[N - 1] as number
    i = 1
  }
  for (let k = 0; k < Math.max(N, words.length); k++) {
    const j = k % words.length
    step(1664525, (words[j] as number) + j)
  }
  for (let k = 1; k < N; k++) step(1566083941, -i)
  // Whatever the seed, the state is not all zeros.
  key[0] = 2 ** 31
  return key
}
