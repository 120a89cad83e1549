import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'

/**
 * A non-negative integer as 32-bit words, the lowest first; 0 is one word.
 * @throws DTypeError for anything else, and for numbers beyond 2^53 − 1, which may have been rounded.
 */
export function toWords(name: string, value: number | bigint): number[] {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new DTypeError(`${name} ${value} is beyond the safe integers; write it as a bigint`)
  }
  if (!(typeof value === 'bigint' || Number.isInteger(value)) || value < 0) {
    throw new DTypeError(`${name} must be of non-negative integers, not ${describe(value)}`)
  }
  const hex = value.toString(16)
  const words: number[] = []
  for (let end = hex.length; end > 0; end -= 8)
    words.push(Number.parseInt(hex.slice(Math.max(end - 8, 0), end), 16))
  return words
}

/**
 * A count within its limits.
 * @throws DTypeError
 */
export function toCount(name: string, value: number, min = 0, max = 2 ** 32 - 1): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new DTypeError(`${name} must be an integer from ${min} to ${max}, not ${describe(value)}`)
}

/**
 * An integer as a bigint.
 * @throws DTypeError for fractions, NaN, and for what is neither number nor bigint.
 */
export function toBigInt(name: string, value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  throw new DTypeError(`${name} must be an integer, as a number or bigint, not ${describe(value)}`)
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

/**
 * `count` unsigned integers of at most `bits` bits.
 * @throws DTypeError
 */
export function toUnsignedList(
  name: string,
  value: ArrayLike<number | bigint> | undefined,
  count: number,
  bits: number,
): bigint[] {
  if (value?.length !== count)
    throw new DTypeError(`${name} must be ${count} integers, not ${describe(value)}`)
  return Array.from({ length: count }, (_, i) => toUnsigned(`${name}[${i}]`, value[i], bits))
}

/**
 * A number of steps or jumps, as an integer of `bits` bits; negative ones go back.
 * @throws DTypeError for what is no integer.
 */
export function toSteps(name: string, value: number | bigint, bits: number): bigint {
  return BigInt.asUintN(bits, toBigInt(name, value))
}
