import { type DType, describe } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { formatShape, sizeOf } from '../shape.ts'
import { assign } from './assign.ts'
import { copy } from './creation.ts'
import { outputFor } from './output.ts'
import {
  type FullReduction,
  isFull,
  type PartialReduction,
  type ReductionOptions,
  reducedSize,
} from './reduce.ts'
import { reducedAxes, reducedShape } from './reducedaxes.ts'
import { type MeanDType, meanDType } from './reduction.ts'

/** What a quantile between two elements is. */
export type QuantileMethod = 'linear' | 'lower' | 'higher' | 'nearest' | 'midpoint'

/** How quantiles are taken. */
export interface QuantileOptions {
  /**
   * Between two elements: on the line between them (the default), the lower or the higher one, the nearest
   * (the one at an even place if both are as near), or their mean.
   */
  method?: QuantileMethod | undefined
}

/** Where in n sorted elements a quantile lies: between two neighbours, `rest` of the way. */
interface Place {
  readonly low: number
  readonly rest: number
}

const METHODS: Record<QuantileMethod, (at: number) => number> = {
  linear: at => at,
  lower: Math.floor,
  higher: Math.ceil,
  nearest: at => (at % 1 === 0.5 ? 2 * Math.round(at / 2) : Math.round(at)),
  midpoint: at => (Math.floor(at) + Math.ceil(at)) / 2,
}

/**
 * The elements that stand at given parts of the sorted order along some axes: 0 is the smallest, 0.5 the
 * median, 1 the largest. NaN where there is one, and of no elements.
 * @param q From 0 to 1; an array of them gives the result a first axis.
 * @returns Without axis, keepdims and out, and for one q, a value, else an array; float32 for float32, else
 * float64; of the input's dtype for the methods that take an element as it is.
 * @throws DTypeError for a q outside 0 to 1 or an unknown method; ShapeError when there are no elements and
 * the dtype has no NaN; IndexError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function quantile(a: NDArray, q: number, options?: FullReduction & QuantileOptions): number
export function quantile<D extends DType>(
  a: NDArray<D>,
  q: number | readonly number[],
  options?: ReductionOptions & QuantileOptions,
): NDArray<MeanDType<D>>
export function quantile(
  a: NDArray,
  q: number | readonly number[],
  options: ReductionOptions & QuantileOptions = {},
): unknown {
  return quantiles('quantile', a, q, options, false)
}

/**
 * See `quantile`; parts of a hundred.
 * @throws As `quantile`.
 */
export function percentile(a: NDArray, q: number, options?: FullReduction & QuantileOptions): number
export function percentile<D extends DType>(
  a: NDArray<D>,
  q: number | readonly number[],
  options?: ReductionOptions & QuantileOptions,
): NDArray<MeanDType<D>>
export function percentile(
  a: NDArray,
  q: number | readonly number[],
  options: ReductionOptions & QuantileOptions = {},
): unknown {
  const parts = Array.isArray(q) ? q.map(part => part / 100) : (q as number) / 100
  return quantiles('percentile', a, parts, options, false)
}

/**
 * The middle of the sorted elements along some axes, or the mean of the two in the middle. NaN where there
 * is one, and of no elements.
 * @returns Without axis, keepdims and out a number, else an array; float32 for float32, else float64.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function median(a: NDArray, options?: FullReduction): number
export function median<D extends DType>(
  a: NDArray<D>,
  options: PartialReduction<MeanDType<D>>,
): NDArray<MeanDType<D>>
export function median(a: NDArray, options: ReductionOptions = {}): unknown {
  return quantiles('median', a, 0.5, { ...options, method: 'midpoint' }, false)
}

/** See `median`; NaN counts for nothing. NaN where there is nothing else. */
export function nanmedian(a: NDArray, options?: FullReduction): number
export function nanmedian<D extends DType>(
  a: NDArray<D>,
  options: PartialReduction<MeanDType<D>>,
): NDArray<MeanDType<D>>
export function nanmedian(a: NDArray, options: ReductionOptions = {}): unknown {
  return quantiles('nanmedian', a, 0.5, { ...options, method: 'midpoint' }, true)
}

function quantiles(
  name: string,
  a: NDArray,
  q: number | readonly number[],
  options: ReductionOptions & QuantileOptions,
  skipsNaN: boolean,
): unknown {
  assertArray(a)
  const parts = assertParts(name, q)
  const method = assertMethod(options.method ?? 'linear')
  const takesElements = method === 'lower' || method === 'higher' || method === 'nearest'
  const dtype = takesElements ? a.dtype : meanDType(a)
  const { keepdims = false } = options
  const reduced = reducedAxes(options.axis, a.ndim)
  const left = reducedShape(a.shape, reduced, keepdims)
  const shape = Array.isArray(q) ? [parts.length, ...left] : left
  const length = reducedSize(a, options.axis)
  if (length === 0 && sizeOf(left) > 0 && takesElements && a.info.kind !== 'float') {
    throw new ShapeError(`${name} of no elements (shape ${formatShape(a.shape)}) has no value`)
  }
  const { heap } = a.lease
  const result = outputFor(heap, shape, dtype, options.out)
  const values = allocateArray(heap, shape, dtype, false)
  try {
    const rows = rowsOf(a, reduced)
    try {
      fillRows(values, rows, length, parts, METHODS[method], skipsNaN)
    } finally {
      rows.drop(false)
    }
    assign(result, values)
  } catch (error) {
    if (!options.out) result.drop(false)
    throw error
  } finally {
    values.drop(false)
  }
  if (Array.isArray(q) || !isFull(options)) return result
  const value = result.item()
  result.drop(false)
  return value
}

function assertParts(name: string, q: number | readonly number[]): readonly number[] {
  const parts: readonly unknown[] = Array.isArray(q) ? Array.from(q as number[]) : [q]
  for (const part of parts) {
    if (typeof part !== 'number' || !(part >= 0 && part <= 1)) {
      const most = name === 'percentile' ? 100 : 1
      const given = name === 'percentile' && typeof part === 'number' ? part * 100 : part
      throw new DTypeError(`q is a number from 0 to ${most}, not ${describe(given)}`)
    }
  }
  return parts as number[]
}

function assertMethod(method: QuantileMethod): QuantileMethod {
  if (Object.hasOwn(METHODS, method)) return method
  throw new DTypeError(`unknown method ${describe(method)}; there are ${Object.keys(METHODS).join(', ')}`)
}

/** A copy in which what is reduced together lies together. */
function rowsOf(a: NDArray, reduced: readonly boolean[]): NDArray {
  const order = [...a.shape.keys()].sort((x, y) => Number(reduced[x]) - Number(reduced[y]) || x - y)
  using rows = a.view({
    shape: order.map(axis => a.shape[axis] as number),
    strides: order.map(axis => a.strides[axis] as number),
    offset: a.offset,
  })
  return copy(rows, a.dtype)
}

/** values[p, r] is part p of row r. */
function fillRows(
  values: NDArray,
  rows: NDArray,
  length: number,
  parts: readonly number[],
  round: (at: number) => number,
  skipsNaN: boolean,
): void {
  const count = parts.length === 0 ? 0 : values.size / parts.length
  const ascending = [...parts.keys()].sort((x, y) => (parts[x] as number) - (parts[y] as number))
  for (let row = 0; row < count; row++) {
    const sorted = new SortedRow(rows, row * length, length)
    const ofNaN = sorted.numbers === 0 || (!skipsNaN && sorted.numbers < length)
    for (const part of ascending) {
      const at = round((parts[part] as number) * (sorted.numbers - 1))
      const low = Math.floor(at)
      const value = ofNaN ? NaN : sorted.between({ low, rest: at - low }, values.dtype)
      values.data[part * count + row] = value as never
    }
  }
}

/** A row that is sorted as far as it is asked for, from the smallest on. */
class SortedRow {
  /** Elements that are not NaN; they come first. */
  readonly numbers: number
  readonly #rows: NDArray
  readonly #start: number
  #from = 0

  constructor(rows: NDArray, start: number, length: number) {
    this.#rows = rows
    this.#start = start
    const { exports } = rows.lease.heap.core
    this.numbers =
      rows.info.kind === 'float' ? exports.numbersFirst(rows.info.code, this.#address, length) >>> 0 : length
  }

  get #address(): number {
    return this.#rows.byteAddress + this.#start * this.#rows.info.bytes
  }

  /** The element at an index, no smaller than that of any earlier call. */
  #at(index: number): number | bigint {
    const rows = this.#rows
    const { exports } = rows.lease.heap.core
    exports.selectNth(rows.info.code, this.#address, this.numbers, this.#from, index)
    this.#from = index
    return rows.data[this.#start + index] as number | bigint
  }

  /** The value at a place; of an element itself in its own dtype. */
  between({ low, rest }: Place, dtype: DType): number | bigint {
    const a = this.#at(low)
    if (rest === 0) return dtype === this.#rows.dtype ? a : Number(a)
    const [x, y] = [Number(a), Number(this.#at(low + 1))]
    if (x === y) return x
    if (rest === 0.5) return middle(x, y)
    // From the nearer end: exact at both.
    return rest < 0.5 ? x + (y - x) * rest : y - (y - x) * (1 - rest)
  }
}

/** The mean of two numbers, whose sum may be too large. */
function middle(x: number, y: number): number {
  const sum = x + y
  return Number.isFinite(sum) ? sum / 2 : x / 2 + y / 2
}
