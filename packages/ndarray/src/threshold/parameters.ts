import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'

/** @throws DTypeError for anything but a number. */
export function assertNumber(name: string, value: unknown): number {
  if (typeof value === 'number') return value
  throw new DTypeError(`${name} is a number, not ${describe(value)}`)
}

/** A whole number of at least `least`, and of at most `most`. @throws DTypeError for anything else */
export function assertInteger(name: string, value: unknown, least: number, most = Infinity): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number
  const upTo = most === Infinity ? '' : ` to ${most}`
  throw new DTypeError(`${name} is an integer from ${least}${upTo}, not ${describe(value)}`)
}

/** A name that a table has. @throws DTypeError for anything else */
export function assertNamed<Name extends string>(
  what: string,
  value: unknown,
  table: Readonly<Record<Name, unknown>>,
): Name {
  if (typeof value === 'string' && Object.hasOwn(table, value)) return value as Name
  throw new DTypeError(`unknown ${what} ${describe(value)}; there are ${Object.keys(table).join(', ')}`)
}
