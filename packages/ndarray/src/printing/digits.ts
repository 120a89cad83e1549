/** A finite number in decimal: ±0.d₁d₂d₃… × 10^point, where d₁ is not 0; of 0 itself the digit 0 and point 1. */
export interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly point: number
}

const bits = new DataView(new ArrayBuffer(8))

/** The shortest decimal that reads back as the same float64, or as the same float32. */
export function shortest(value: number, single: boolean): Decimal {
  const size = Math.abs(value)
  const digits = single && size !== 0 ? shortestSingle(size) : parse(size.toExponential())
  return { negative: value < 0 || Object.is(value, -0), ...digits }
}

/** A float32 has at most nine digits; the first number of them that reads back is the shortest. */
function shortestSingle(size: number): { digits: string; point: number } {
  const point = pointOf(size)
  for (let count = 1; count < 9; count++) {
    const { nearest, unique } = cut(size, count - point, true)
    if (unique) return trimmed(nearest, count - point)
  }
  return parse(size.toExponential(8))
}

/** The text of toExponential as digits without trailing zeros. */
function parse(text: string): { digits: string; point: number } {
  const [mantissa, exponent] = text.split('e') as [string, string]
  const digits = mantissa.replace('.', '').replace(/(?<=.)0+$/, '')
  return { digits, point: Number(exponent) + 1 }
}

/** Where the point of the exact value lies, which its shortest decimal may have rounded up. */
export function pointOf(value: number): number {
  return parse(Math.abs(value).toExponential(20)).point
}

/** `whole / 10^places` as digits without trailing zeros. */
function trimmed(whole: bigint, places: number): { digits: string; point: number } {
  const text = whole.toString()
  return { digits: text.replace(/(?<=.)0+$/, ''), point: text.length - places }
}

/**
 * |value| × 10^places as an integer, chosen as Steele and White's (and NumPy's) algorithm chooses the last
 * digit: of the integers below and above the one that reads back as the value; the nearer one when both do or
 * neither does (ties: the even one). `unique` says whether one does.
 */
function cut(value: number, places: number, single: boolean): { nearest: bigint; unique: boolean } {
  const { mantissa, exponent, power } = parts(value, single)
  // In units of half the distance to the neighbours, or of a quarter where the lower one is nearer.
  const shift = exponent - 2
  let scale = places < 0 ? 10n ** BigInt(-places) : 1n
  let unit = places < 0 ? 1n : 10n ** BigInt(places)
  if (shift < 0) scale <<= BigInt(-shift)
  else unit <<= BigInt(shift)
  const scaled = 4n * mantissa * unit
  const whole = scaled / scale
  const rest = scaled % scale
  const even = mantissa % 2n === 0n
  const toLower = rest - (power ? unit : 2n * unit)
  const toUpper = scale - rest - 2n * unit
  const low = even ? toLower <= 0n : toLower < 0n
  const high = even ? toUpper <= 0n : toUpper < 0n
  const beyondHalf = 2n * rest > scale || (2n * rest === scale && whole % 2n === 1n)
  const up = low === high ? beyondHalf : high
  return { nearest: up ? whole + 1n : whole, unique: low || high }
}

const SIGNIFICAND = 0x10000000000000n

/** |value| as mantissa × 2^exponent; `power`: the float below is only half as far away as the one above. */
function parts(value: number, single: boolean): { mantissa: bigint; exponent: number; power: boolean } {
  bits.setFloat64(0, Math.abs(value))
  const word = bits.getBigUint64(0)
  const biased = Number(word >> 52n)
  const mantissa = (word & (SIGNIFICAND - 1n)) | (biased > 0 ? SIGNIFICAND : 0n)
  const exponent = Math.max(biased, 1) - 1075
  if (!single) return { mantissa, exponent, power: mantissa === SIGNIFICAND && biased > 1 }
  // A float32 has 29 bits less, and the smallest ones fewer still.
  const spare = Math.max(29, -149 - exponent)
  return {
    mantissa: mantissa >> BigInt(spare),
    exponent: exponent + spare,
    power: mantissa === SIGNIFICAND && exponent + spare > -149,
  }
}

/** The value to so many places behind the point; the last digit may be the one that reads back. */
export function rounded(value: number, places: number, single: boolean): Decimal {
  const { nearest } = cut(value, places, single)
  const negative = value < 0 || Object.is(value, -0)
  return nearest === 0n ? { negative, digits: '0', point: 1 } : { negative, ...trimmed(nearest, places) }
}

/** `12.34`: with at least `minPlaces` digits behind the point. */
export function positional({ negative, digits, point }: Decimal, minPlaces: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const part = point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return `${negative ? '-' : ''}${whole}.${part.padEnd(minPlaces, '0')}`
}

/** `1.234e+05`: with at least so many digits behind the point and in the exponent. */
export function scientific({ negative, digits, point }: Decimal, minPlaces: number, minExponent = 2): string {
  const exponent = point - 1
  const sign = exponent < 0 ? '-' : '+'
  const size = String(Math.abs(exponent)).padStart(minExponent, '0')
  return `${negative ? '-' : ''}${digits[0]}.${digits.slice(1).padEnd(minPlaces, '0')}e${sign}${size}`
}
