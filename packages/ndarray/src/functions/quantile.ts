import { type DType, describe, type ElementOf } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, assertArray, type Layout, NDArray } from '../ndarray.ts'
import { contiguousStrides, formatShape, type Shape, sizeOf } from '../shape.ts'
import { assign } from './assign.ts'
import { floating } from './elementwise.ts'
import { move } from './move.ts'
import { optionsOf } from './options.ts'
import { filled, outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import type { FloatDType, Promote } from './promote.ts'
import { resultType } from './promotion.ts'
import {
  assertMethod,
  type DiscreteMethod,
  METHODS,
  type Place,
  placeOf,
  type QuantileMethod,
} from './quantilemethod.ts'
import {
  type FullReduction,
  isFull,
  type PartialReduction,
  REDUCING,
  type Reduction,
  type ReductionOptions,
  reducedSize,
} from './reduce.ts'
import { reducedAxes, reducedShape } from './reducedaxes.ts'
import { Temporaries } from './temporaries.ts'

export type { DiscreteMethod, QuantileMethod } from './quantilemethod.ts'

/** How quantiles are taken. */
export interface QuantileOptions<M extends QuantileMethod = QuantileMethod> {
  /**
   * NumPy's thirteen. Default `linear`: on the line between two elements. `lower`, `higher`, `nearest` (the one
   * at an even place if both are as near) and `midpoint` choose otherwise between the two; the others are
   * Hyndman and Fan's definitions for samples.
   */
  method?: M | undefined
}

/** Which parts: one, or several; an array says by its dtype how precise they are. */
export type Parts = number | readonly number[] | NDArray

/** The dtype of quantiles of elements of dtype D at parts of precision Q. */
export type QuantileDType<
  D extends DType,
  Q extends DType,
  M extends QuantileMethod,
> = M extends DiscreteMethod ? D : FloatDType<Promote<D, Q>>

/** A function of an array and parts: to a value, or to an array. */
export interface Quantile {
  <D extends DType, M extends QuantileMethod = 'linear'>(
    a: NDArray<D>,
    q: number,
    options?: FullReduction & QuantileOptions<M>,
  ): ElementOf<QuantileDType<D, 'bool', M>>
  <D extends DType, M extends QuantileMethod = 'linear'>(
    a: NDArray<D>,
    q: number,
    options: PartialReduction<QuantileDType<D, 'bool', M>> & QuantileOptions<M>,
  ): NDArray<QuantileDType<D, 'bool', M>>
  <D extends DType, Q extends DType = 'float64', M extends QuantileMethod = 'linear'>(
    a: NDArray<D>,
    q: NDArray<Q> | readonly number[],
    options?: ReductionOptions<QuantileDType<D, Q, M>> & QuantileOptions<M>,
  ): NDArray<QuantileDType<D, Q, M>>
}

/**
 * The elements that stand at given parts of the sorted order along some axes: 0 is the smallest, 0.5 the
 * median, 1 the largest. NaN where there is one, and of no elements. A part of the array is copied at a time.
 * @param q From 0 to 1; a list or an array of them gives the result its axes first.
 * @returns Without axis, keepdims and out, and for one number, a value, else an array. Of the input's dtype for
 * the methods that take an element as it is; else a float: float32 of float32 and one number, float64 with a
 * list, and with an array what the two dtypes have together (integers as parts count as float64).
 * @throws DTypeError for a q outside 0 to 1 or an unknown method; ShapeError when there are no elements and
 * the dtype has no NaN; IndexError, HeapError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export const quantile = ((a: NDArray, q: Parts, options?: ReductionOptions & QuantileOptions) =>
  quantiles('quantile', a, q, 1, optionsOf('quantile', options, WITH_METHOD), false)) as Quantile

/**
 * See `quantile`; parts of a hundred.
 * @throws As `quantile`.
 */
export const percentile = ((a: NDArray, q: Parts, options?: ReductionOptions & QuantileOptions) =>
  quantiles('percentile', a, q, 100, optionsOf('percentile', options, WITH_METHOD), false)) as Quantile

/**
 * The middle of the sorted elements along some axes, or the mean of the two in the middle. NaN where there
 * is one, and of no elements.
 * @returns Without axis, keepdims and out a number, else an array; float32 for float32, else float64.
 * @throws IndexError, ShapeError, DTypeError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export const median = ((a: NDArray, options?: ReductionOptions) =>
  quantiles('median', a, 0.5, 1, middle(optionsOf('median', options, REDUCING)), false)) as Reduction<'mean'>

/** See `median`; NaN counts for nothing. NaN where there is nothing else. */
export const nanmedian = ((a: NDArray, options?: ReductionOptions) =>
  quantiles(
    'nanmedian',
    a,
    0.5,
    1,
    middle(optionsOf('nanmedian', options, REDUCING)),
    true,
  )) as Reduction<'mean'>

const WITH_METHOD = { ...REDUCING, method: true } as const

function middle(options: ReductionOptions): ReductionOptions & QuantileOptions {
  return { ...options, method: 'midpoint' }
}

function quantiles(
  name: string,
  a: NDArray,
  q: Parts,
  whole: number,
  options: ReductionOptions & QuantileOptions,
  skipsNaN: boolean,
): unknown {
  assertArray(a)
  const parts = partsOf(a, q, whole)
  const method = assertMethod(options.method ?? 'linear')
  const { discrete } = METHODS[method]
  const dtype = discrete ? a.dtype : floating(resultType(a.dtype, parts.dtype))
  const { keepdims = false, out } = options
  const reduced = reducedAxes(options.axis, a.ndim)
  const left = reducedShape(a.shape, reduced, keepdims)
  const length = reducedSize(a, options.axis)
  if (length === 0 && sizeOf(left) > 0 && discrete && a.info.kind !== 'float') {
    throw new ShapeError(`${name} of no elements (shape ${formatShape(a.shape)}) has no value`)
  }
  const { heap } = a.lease
  const result = outputFor(heap, [...parts.shape, ...left], dtype, out)
  filled(result, out, () => {
    using temporaries = new Temporaries()
    const direct = !out || (out.contiguous && !sharesMemory(out, a))
    const values = direct ? result : temporaries.add(allocateArray(heap, result.shape, dtype, false))
    const place = (part: number, n: number) => placeOf(method, n, part, parts.dtype === 'float32')
    fillRows(values, rowsOf(a, reduced, length, temporaries), parts.values, place, skipsNaN)
    if (!direct) assign(result, values)
  })
  if (typeof q !== 'number' || !isFull(options)) return result
  using value = result
  return value.item()
}

/** The parts, from 0 to 1, with their shape and the dtype that they bring to the result. */
function partsOf(
  a: NDArray,
  q: Parts,
  whole: number,
): { values: readonly number[]; shape: Shape; dtype: DType } {
  if (q instanceof NDArray) {
    assertArray(q)
    assertSameHeap(a, q)
    const values = Array.from(q.toTypedArray() as ArrayLike<number>, part => toPart(Number(part), whole))
    return { values, shape: q.shape, dtype: floating(q.dtype) }
  }
  if (!Array.isArray(q)) return { values: [toPart(q as number, whole)], shape: [], dtype: 'bool' }
  const values = Array.from(q as number[], part => toPart(part, whole))
  return { values, shape: [values.length], dtype: 'float64' }
}

function toPart(part: unknown, whole: number): number {
  if (typeof part === 'number' && part >= 0 && part <= whole) return part / whole
  throw new DTypeError(`q is a number from 0 to ${whole}, not ${describe(part)}`)
}

/** Elements that are copied at once, where a row has fewer. */
const BLOCK = 2 ** 16

/** Rows of what is reduced together, in a copy of as many as fit in a block; the next call overwrites them. */
function* rowsOf(
  a: NDArray,
  reduced: readonly boolean[],
  length: number,
  temporaries: Temporaries,
): Generator<{ rows: NDArray; start: number; length: number }> {
  const inner = [...a.shape.keys()].filter(axis => reduced[axis])
  const outer = [...a.shape.keys()].filter(axis => !reduced[axis])
  const line = outer.pop()
  const count = line === undefined ? 1 : (a.shape[line] as number)
  const most = Math.max(1, Math.min(count, Math.floor(BLOCK / length)))
  const rows = temporaries.add(allocateArray(a.lease.heap, [most, length], a.dtype, false))
  const shapeOf = (axes: readonly number[]) => axes.map(axis => a.shape[axis] as number)
  const [shape, strides] = [shapeOf(inner), inner.map(axis => a.strides[axis] as number)]
  const step = line === undefined ? 0 : (a.strides[line] as number)
  for (const offset of offsetsOf(a, outer)) {
    for (let from = 0; from < count; from += most) {
      const block = Math.min(most, count - from)
      const part: Layout = {
        shape: [block, ...shape],
        strides: [step, ...strides],
        offset: offset + from * step,
      }
      move(rows, { ...part, strides: contiguousStrides(part.shape), offset: 0 }, a, part)
      for (let row = 0; row < block; row++) yield { rows, start: row * length, length }
    }
  }
}

/** Where each combination of indices along some axes begins, in C order. */
function* offsetsOf(a: NDArray, axes: readonly number[], from = a.offset): Generator<number> {
  const [axis, ...rest] = axes
  if (axis === undefined) {
    yield from
    return
  }
  for (let i = 0; i < (a.shape[axis] as number); i++) {
    yield* offsetsOf(a, rest, from + i * (a.strides[axis] as number))
  }
}

/** values[p, r] is part p of row r. */
function fillRows(
  values: NDArray,
  rows: Iterable<{ rows: NDArray; start: number; length: number }>,
  parts: readonly number[],
  place: (part: number, n: number) => Place,
  skipsNaN: boolean,
): void {
  if (values.size === 0) return
  const count = values.size / parts.length
  const { data, offset } = values
  const ascending = [...parts.keys()].sort((x, y) => (parts[x] as number) - (parts[y] as number))
  let row = offset
  for (const { rows: block, start, length } of rows) {
    const sorted = new SortedRow(block, start, length)
    const ofNaN = sorted.numbers === 0 || (!skipsNaN && sorted.numbers < length)
    for (const part of ascending) {
      const value = ofNaN ? NaN : sorted.between(place(parts[part] as number, sorted.numbers), values.dtype)
      data[part * count + row] = value as never
    }
    row++
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
    if (rest === 0.5) return mean(x, y)
    // From the nearer end: exact at both.
    return rest < 0.5 ? x + (y - x) * rest : y - (y - x) * (1 - rest)
  }
}

/** The mean of two numbers, whose sum may be too large. */
function mean(x: number, y: number): number {
  const sum = x + y
  return Number.isFinite(sum) ? sum / 2 : x / 2 + y / 2
}
