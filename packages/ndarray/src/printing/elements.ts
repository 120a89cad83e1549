import { type DTypeInfo, dtypes } from '../dtype.ts'
import { type Decimal, pointOf, positional, rounded, scientific, shortest } from './digits.ts'
import type { PrintOptions } from './options.ts'

/** An element as a typed array holds it, made text. */
export type Format = (value: number | bigint) => string

/** How the elements of an array are written, all equally wide; `shown` are those that will be. */
export function elementFormat(
  shown: readonly (number | bigint)[],
  info: DTypeInfo,
  options: PrintOptions,
  ndim: number,
): Format {
  // A bool that stands alone has nothing to align with.
  if (info.kind === 'bool') return value => (value ? 'True' : 'False').padStart(ndim > 0 ? 5 : 0)
  if (info.kind === 'float') {
    return floatFormat(shown as readonly number[], info.name === 'float32', options) as Format
  }
  const width = shown.reduce<number>((most, value) => Math.max(most, String(value).length), 0)
  return value => String(value).padStart(width)
}

/** From this size on, below this one, and above this ratio of the two, floats get an exponent. */
const LARGE = 1e8
const SMALL = 1e-4
const SPREAD = 1000

function floatFormat(
  values: readonly number[],
  single: boolean,
  options: PrintOptions,
): (value: number) => string {
  const finite = values.filter(Number.isFinite)
  const { before, behind, text } = needsExponent(finite, single, options)
    ? withExponent(finite, single, options)
    : withoutExponent(finite, single, options)
  const special = values.filter(value => !Number.isFinite(value)).map(value => specialText(value).length)
  // What is not finite may be wider than the numbers are.
  const width = Math.max(before + 1 + behind, longest(special))
  return value => (Number.isFinite(value) ? text(value) : specialText(value)).padStart(width)
}

function specialText(value: number): string {
  return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
}

function needsExponent(finite: readonly number[], single: boolean, options: PrintOptions): boolean {
  let most = 0
  let least = Infinity
  for (const value of finite) {
    const size = Math.abs(value)
    if (size === 0) continue
    if (size > most) most = size
    if (size < least) least = size
  }
  if (most === 0) return false
  const ratio = single ? Math.fround(most / least) : most / least
  return most >= LARGE || (!options.suppress && (least < SMALL || ratio > SPREAD))
}

/** How finite numbers are written, and the most characters before and behind their points. */
interface Written {
  /** Filled up with spaces on the right to `behind`. */
  readonly text: (value: number) => string
  readonly before: number
  readonly behind: number
}

function withoutExponent(finite: readonly number[], single: boolean, { precision }: PrintOptions): Written {
  const plain = (value: number): string => positional(limited(value, single, precision), 0)
  const texts = finite.map(plain)
  const behind = longest(texts.map(text => text.length - text.indexOf('.') - 1))
  const text = (value: number): string => {
    const own = plain(value)
    return own.padEnd(own.indexOf('.') + 1 + behind)
  }
  return { text, before: longest(texts.map(each => each.indexOf('.'))), behind }
}

function withExponent(finite: readonly number[], single: boolean, { precision }: PrintOptions): Written {
  const decimals = finite.map(value => {
    const short = shortest(value, single)
    return short.digits.length - 1 > precision ? rounded(value, precision + 1 - short.point, single) : short
  })
  const places = longest(decimals.map(({ digits }) => digits.length - 1))
  const exponent = longest(decimals.map(({ point }) => exponentDigits(point - 1)))
  return {
    text: value => scientific(significant(value, single, places), places, exponent),
    before: longest(decimals.map(({ negative }) => (negative ? 2 : 1))),
    behind: places + 2 + exponent,
  }
}

function exponentDigits(exponent: number): number {
  return Math.max(2, String(Math.abs(exponent)).length)
}

/**
 * The shortest decimal, or the value rounded where that has more places, or does not reach the point: behind
 * its shortest digits a large float32 is not filled up with zeros.
 */
function limited(value: number, single: boolean, places: number): Decimal {
  const short = shortest(value, single)
  const own = short.digits.length - short.point
  if (own > places) return rounded(value, places, single)
  return own < 0 ? rounded(value, 0, single) : short
}

/** One digit and so many places behind it; of float32's 1e-9, which is a little less, 9.9999997e-10. */
function significant(value: number, single: boolean, places: number): Decimal {
  return value === 0 ? shortest(value, single) : rounded(value, places + 1 - pointOf(value), single)
}

function longest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0)
}

/** A lone value as Python writes a scalar of the dtype: shortest, with an exponent from 1e16 and below 1e-4. */
export function scalarText(value: number | bigint, info: DTypeInfo): string {
  if (info.kind === 'bool') return value ? 'True' : 'False'
  if (info.kind !== 'float') return String(value)
  const number = value as number
  if (!Number.isFinite(number)) return specialText(number)
  const size = Math.abs(number)
  const decimal = shortest(number, info === dtypes.float32)
  if (size === 0 || (size >= SMALL && size < 1e16)) return positional(decimal, 1)
  return scientific(decimal, 0).replace('.e', 'e')
}
