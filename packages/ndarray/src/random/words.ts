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
