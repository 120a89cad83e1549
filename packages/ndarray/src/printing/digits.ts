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
  const { point } = parse(size.toExponential())
  for (let count = 1; count < 9; count++) {
    // Where the float's neighbours are at different distances, the nearer decimal may belong to one of them.
    const scaled = exact(size, count - point)
    const below = scaled.whole
    const candidates = scaled.roundsUp ? [below + 1n, below] : [below, below + 1n]
    for (const candidate of candidates) {
      if (Math.fround(Number(`${candidate}e${point - count}`)) === size)
        return trimmed(candidate, count - point)
    }
  }
  return parse(size.toExponential(8))
}

/** The text of toExponential as digits without trailing zeros. */
function parse(text: string): { digits: string; point: number } {
  const [mantissa, exponent] = text.split('e') as [string, string]
  const digits = mantissa.replace('.', '').replace(/(?<=.)0+$/, '')
  return { digits, point: Number(exponent) + 1 }
}

/** `whole / 10^places` as digits without trailing zeros. */
function trimmed(whole: bigint, places: number): { digits: string; point: number } {
  const text = whole.toString()
  return { digits: text.replace(/(?<=.)0+$/, ''), point: text.length - places }
}

/** |value| × 10^places, cut to an integer, and whether it is nearer to the next (ties: to the even one). */
function exact(value: number, places: number): { whole: bigint; roundsUp: boolean } {
  bits.setFloat64(0, Math.abs(value))
  const word = bits.getBigUint64(0)
  const biased = Number(word >> 52n)
  const mantissa = (word & 0xfffffffffffffn) | (biased > 0 ? 0x10000000000000n : 0n)
  const exponent = Math.max(biased, 1) - 1075
  let numerator = mantissa
  let denominator = 1n
  if (places >= 0) numerator *= 10n ** BigInt(places)
  else denominator *= 10n ** BigInt(-places)
  if (exponent >= 0) numerator <<= BigInt(exponent)
  else denominator <<= BigInt(-exponent)
  const whole = numerator / denominator
  const twice = 2n * (numerator % denominator)
  return { whole, roundsUp: twice > denominator || (twice === denominator && (whole & 1n) === 1n) }
}

/** The value rounded to so many places behind the point, from its exact binary value; ties to even. */
export function rounded(value: number, places: number): Decimal {
  const { whole, roundsUp } = exact(value, places)
  const negative = value < 0 || Object.is(value, -0)
  const nearest = roundsUp ? whole + 1n : whole
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
