import { readFileSync } from 'node:fs'
import * as nd from '../src/index.ts'

/** An element as the reference holds it: bool is 0 or 1, 64-bit integers are bigint. */
export type Element = number | bigint

export const DTYPES = Object.keys(nd.dtypes) as nd.DType[]
export const OPERATORS = ['<', '<=', '>', '>=', '==', '!='] as const

/**
 * A slow array to compare with: a shape, and for every element in C order the cell it lives in. It knows
 * neither strides nor offsets, so it cannot share a mistake about them.
 */
export class Reference {
  readonly shape: readonly number[]
  readonly cells: readonly number[]
  readonly store: Element[]

  constructor(shape: readonly number[], store: Element[], cells: readonly number[] = store.map((_, i) => i)) {
    this.shape = shape
    this.store = store
    this.cells = cells
  }

  get values(): Element[] {
    return this.cells.map(cell => this.store[cell] as Element)
  }

  /** The part along the first axis at one index. */
  at(index: number): Reference {
    const [, ...rest] = this.shape
    const size = product(rest)
    return new Reference(rest, this.store, this.cells.slice(index * size, (index + 1) * size))
  }

  slice(items: readonly nd.Slice[]): Reference {
    const [item, ...rest] = items
    if (item === undefined) return this
    if (item === nd.newaxis) {
      const inner = this.slice(rest)
      return new Reference([1, ...inner.shape], this.store, inner.cells)
    }
    if (item === '...') {
      const named = rest.filter(other => other !== nd.newaxis).length
      const whole = Array<nd.Slice>(this.shape.length - named).fill(null)
      return this.slice([...whole, ...rest])
    }
    const length = this.shape[0] as number
    if (typeof item === 'number') return this.at(item < 0 ? item + length : item).slice(rest)
    const parts = pick(length, item).map(index => this.at(index).slice(rest))
    // The shape of the parts, even where there is none.
    const inner = new Reference(this.shape.slice(1), [], zerosLike(this.shape.slice(1))).slice(rest)
    return new Reference(
      [parts.length, ...inner.shape],
      this.store,
      parts.flatMap(part => part.cells),
    )
  }

  /** The values as an array of another shape reads them. */
  broadcast(shape: readonly number[]): Element[] {
    const extra = shape.length - this.shape.length
    const visit = (axis: number, part: Reference): Element[] => {
      if (axis === shape.length) return part.values
      const length = shape[axis] as number
      return Array.from({ length }).flatMap((_, i) =>
        visit(axis + 1, axis < extra ? part : part.at(part.shape[0] === 1 ? 0 : i)),
      )
    }
    return visit(0, this)
  }

  toNested(convert: (value: Element) => unknown): unknown {
    if (this.shape.length === 0) return convert(this.values[0] as Element)
    return Array.from({ length: this.shape[0] as number }, (_, i) => this.at(i).toNested(convert))
  }
}

export function product(lengths: readonly number[]): number {
  return lengths.reduce((size, length) => size * length, 1)
}

function zerosLike(shape: readonly number[]): number[] {
  return Array<number>(product(shape)).fill(0)
}

/** The indices that a range selects, counted one by one as Python's `range(*slice.indices(length))`. */
function pick(length: number, item: Exclude<nd.Slice, number | typeof nd.newaxis>): number[] {
  const parts =
    typeof item === 'string' ? item.split(':').map(part => (part.trim() === '' ? null : Number(part))) : item
  const [start, stop, given] = parts ?? []
  const step = given ?? 1
  const clip = (value: number): number => {
    const index = value < 0 ? value + length : value
    if (index < 0) return step > 0 ? 0 : -1
    return index >= length ? (step > 0 ? length : length - 1) : index
  }
  const from = start == null ? (step > 0 ? 0 : length - 1) : clip(start)
  const to = stop == null ? (step > 0 ? length : -1) : clip(stop)
  const picked: number[] = []
  for (let index = from; step > 0 ? index < to : index > to; index += step) picked.push(index)
  return picked
}

/** An element that a dtype holds, of any value: as the kernels convert. */
export function convert(value: Element, from: nd.DType, to: nd.DType): Element {
  const target = nd.dtypes[to]
  if (to === 'bool') return Number(Number.isNaN(value) || Number(value) !== 0)
  if (to === 'float32') return Math.fround(typeof value === 'bigint' ? toFloat32(value) : value)
  if (to === 'float64') return Number(value)
  const bits = target.bytes * 8
  const whole = nd.dtypes[from].kind === 'float' ? truncate(Number(value), to) : BigInt(value)
  const wrapped = target.kind === 'int' ? BigInt.asIntN(bits, whole) : BigInt.asUintN(bits, whole)
  return bits === 64 ? wrapped : Number(wrapped)
}

/** A float towards zero, and to the ends of the 32- or 64-bit integer that stands behind the dtype. */
function truncate(value: number, to: nd.DType): bigint {
  const bits = BigInt(Math.max(32, nd.dtypes[to].bytes * 8))
  const [low, high] =
    nd.dtypes[to].kind === 'uint' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]
  if (Number.isNaN(value)) return 0n
  if (value === Infinity) return high
  if (value === -Infinity) return low
  const whole = BigInt(Math.trunc(value))
  return whole < low ? low : whole > high ? high : whole
}

/** The float32 nearest to an integer, ties to even; not by way of float64, which would round twice. */
function toFloat32(value: bigint): number {
  const sign = value < 0n ? -1 : 1
  const size = value < 0n ? -value : value
  const drop = BigInt(Math.max(0, size.toString(2).length - 24))
  const half = drop > 0n ? 1n << (drop - 1n) : 0n
  const rest = size & ((1n << drop) - 1n)
  let kept = size >> drop
  if (drop > 0n && (rest > half || (rest === half && kept & 1n))) kept++
  return sign * Number(kept) * 2 ** Number(drop)
}

/** Whether two numbers stand in a relation, exactly. */
export function relate(operator: (typeof OPERATORS)[number], a: Element, b: Element): boolean {
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '==':
      // biome-ignore lint/suspicious/noDoubleEquals: a bigint may meet a number
      return a == b
    default:
      // biome-ignore lint/suspicious/noDoubleEquals: a bigint may meet a number
      return a != b
  }
}

/** A value as an array of the dtype compares with it: exactly, or in a float's own precision. */
export function asThreshold(value: nd.Scalar, dtype: nd.DType): Element {
  const number = typeof value === 'boolean' ? Number(value) : value
  if (dtype === 'float32') return Math.fround(Number(number))
  return dtype === 'float64' ? Number(number) : number
}

/** An element as `get` and `toArray` return it. */
export function asElement(value: Element, dtype: nd.DType): Element | boolean {
  return dtype === 'bool' ? value !== 0 : value
}

/** The elements of an array in C order, read one by one through `get`. */
export function elements(a: nd.NDArray): Element[] {
  const read: Element[] = []
  const visit = (index: number[]): void => {
    if (index.length === a.ndim) {
      const value = a.get(...index)
      read.push(typeof value === 'boolean' ? Number(value) : value)
      return
    }
    for (let i = 0; i < (a.shape[index.length] as number); i++) visit([...index, i])
  }
  visit([])
  return read
}

/** An element that NumPy wrote as text, see tools/fixtures-ndarray.py. */
export function fromText(text: string, dtype: nd.DType): Element {
  if (dtype === 'int64' || dtype === 'uint64') return BigInt(text)
  const special: Record<string, number> = { nan: NaN, inf: Infinity, '-inf': -Infinity }
  const value = special[text] ?? Number(text)
  return dtype === 'float32' ? Math.fround(value) : value
}

export interface NumpyFacts {
  promotion: [nd.DType, nd.DType, nd.DType][]
  arange: { dtype: nd.DType; arguments: [number, number, number]; values: string[] }[]
  reductions: {
    dtype: nd.DType
    shape: number[]
    values: string[]
    sum: string
    min: string
    max: string
    mean: string
  }[]
  conversions: { from: nd.DType; to: nd.DType; values: string[]; converted: string[] }[]
}

/** What NumPy computed. */
export const numpy = JSON.parse(
  readFileSync(new URL('./fixtures/numpy.json', import.meta.url), 'utf8'),
) as NumpyFacts
