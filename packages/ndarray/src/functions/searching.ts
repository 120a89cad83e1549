import { type DType, describe, dtypes, isScalar, type Scalar, toElement } from '../dtype.ts'
import { DTypeError, IndexError, ShapeError } from '../errors.ts'
import type { Heap } from '../heap/heap.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides, formatShape } from '../shape.ts'
import { resolveAxis } from './axes.ts'
import { lineStep, linesOf, without } from './axis.ts'
import { optionsOf } from './options.ts'
import { outputFor } from './output.ts'
import { resultType } from './promotion.ts'
import { max, min } from './reduction.ts'
import { Temporaries } from './temporaries.ts'

/** How to look for an extremum. */
export interface ExtremumIndexOptions {
  /** The axis to search along; without it, the whole array in C order. */
  axis?: number | undefined
  /** Whether searched axes stay, with length 1; default false. */
  keepdims?: boolean | undefined
  /** Where to write the indices; returned. */
  out?: NDArray<'int64'> | undefined
}

/** The index of an extremum: a number of a whole array, else an array of int64. */
export interface ExtremumIndex {
  (a: NDArray, options?: { axis?: undefined; keepdims?: false; out?: undefined }): number
  (
    a: NDArray,
    options: ExtremumIndexOptions & ({ axis: number } | { keepdims: true } | { out: NDArray<'int64'> }),
  ): NDArray<'int64'>
  (a: NDArray, options: ExtremumIndexOptions): number | NDArray<'int64'>
}

/**
 * The index of the largest element, the first of equal ones; NaN counts as the largest.
 * @returns Without `axis` the index in C order, a number (with `keepdims` or `out` an array of it); with
 * `axis` an int64 array without that axis, the caller's unless it is `out`.
 * @throws ShapeError where there is no element to choose, or when `out` does not fit; IndexError for an axis
 * that is not there; DTypeError, HeapError, ReleasedError, OutOfMemoryError
 */
export const argmax: ExtremumIndex = extremumIndex('argmax', true)
/** The index of the smallest element, the first of equal ones; NaN counts as the smallest. See `argmax`. */
export const argmin: ExtremumIndex = extremumIndex('argmin', false)

function extremumIndex(name: string, largest: boolean): ExtremumIndex {
  const find = (a: NDArray, given?: ExtremumIndexOptions): number | NDArray<'int64'> => {
    assertArray(a)
    const options = optionsOf(name, given, { axis: true, keepdims: true, out: true })
    const { axis, keepdims, out } = options
    if (axis !== undefined) return findAlong(name, largest, a, resolveAxis(axis, a.shape.length), options)
    if (a.size === 0) throw noElement(name, a)
    if (!keepdims && !out) return findInAll(largest, a)
    const result = outputFor(a.lease.heap, keepdims ? a.shape.map(() => 1) : [], 'int64', out)
    result.data[result.offset] = BigInt(findInAll(largest, a))
    return result
  }
  return find as ExtremumIndex
}

function noElement(name: string, a: NDArray): ShapeError {
  return new ShapeError(`${name} of no element (shape ${formatShape(a.shape)}) has no value`)
}

function findInAll(largest: boolean, a: NDArray): number {
  const { heap } = a.lease
  // An operand whose addresses are the indices in C order; nothing is read or written there.
  const indices = { byteAddress: 0, strides: contiguousStrides(a.shape), itemBytes: 1 }
  heap.bind(a.shape, [indices, a.operand()])
  return heap.core.exports.argExtremumOfAll(Number(largest), a.info.code) >>> 0
}

function findAlong(
  name: string,
  largest: boolean,
  a: NDArray,
  axis: number,
  { keepdims, out }: ExtremumIndexOptions,
): NDArray<'int64'> {
  const { heap } = a.lease
  const rest = without(a.shape, axis)
  if (a.shape[axis] === 0 && !rest.includes(0)) throw noElement(name, a)
  const shape = keepdims ? a.shape.map((length, i) => (i === axis ? 1 : length)) : rest
  const result = outputFor(heap, shape, 'int64', out)
  if (a.size === 0) return result
  using temporaries = new Temporaries()
  const from = temporaries.readable(a, a.dtype, out)
  const target = keepdims ? linesOf(result, axis) : result.operand()
  heap.bind(rest, [target, linesOf(from, axis)])
  const { exports } = heap.core
  exports.argExtremum(Number(largest), a.info.code, a.shape[axis] as number, lineStep(from, axis))
  return result
}

/** How to search a sorted array. */
export interface SearchsortedOptions {
  /** Before equal elements ('left', the default), or behind them. */
  side?: 'left' | 'right'
  /** Indices that sort the array, as `argsort` makes them, when it is not sorted itself. */
  sorter?: NDArray
  /** Where to write the indices; returned. */
  out?: NDArray<'int64'>
}

/**
 * Where values belong in a sorted 1-d array, so that it stays sorted: the index of the first element that is
 * not before the value ('left'), or of the first that is behind it ('right'). NaN comes last. Arrays are
 * compared in their common dtype; a value is compared exactly with integers, and rounded to the dtype for
 * floats.
 * @returns int64, of the values' shape, the caller's unless it is `out`; a number for one JavaScript value
 * without `out`.
 * @throws ShapeError when the array (or `sorter`) is not 1-d or they differ in length; IndexError for a
 * `sorter` with indices outside; DTypeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function searchsorted(
  sorted: NDArray,
  value: Scalar,
  options?: SearchsortedOptions & { out?: never },
): number
export function searchsorted(
  sorted: NDArray,
  values: NDArray | Scalar,
  options?: SearchsortedOptions,
): NDArray<'int64'>
export function searchsorted(
  sorted: NDArray,
  values: NDArray | Scalar,
  given?: SearchsortedOptions,
): number | NDArray<'int64'> {
  const options = optionsOf('searchsorted', given, { side: true, sorter: true, out: true })
  assertArray(sorted)
  if (sorted.ndim !== 1)
    throw new ShapeError(`searchsorted needs a 1-d array, not shape ${formatShape(sorted.shape)}`)
  const { side = 'left', sorter, out } = options
  if (side !== 'left' && side !== 'right')
    throw new DTypeError(`side is 'left' or 'right', not ${describe(side)}`)
  if (sorter !== undefined) checkSorter(sorted, sorter)
  if (isScalar(values)) return searchValue(sorted, values, { ...options, side })
  assertArray(values)
  assertSameHeap(sorted, values)
  const dtype = resultType(sorted.dtype, values.dtype)
  const { heap } = sorted.lease
  const result = outputFor(heap, values.shape, 'int64', out)
  try {
    using temporaries = new Temporaries()
    const line = temporaries.readable(sorted, dtype, out)
    const wanted = temporaries.readable(values, dtype, out)
    const order = sorter && toOrder(sorter, out, temporaries)
    heap.bind(values.shape, [result.operand(), wanted.operand()])
    locate(heap, dtype, side, line, order)
    return result
  } catch (error) {
    if (!out) result.release()
    throw error
  }
}

function locate(heap: Heap, dtype: DType, side: string, line: NDArray, order: NDArray | undefined): void {
  const step = lineStep(line, 0)
  const sorter = order?.byteAddress ?? 0
  const { code } = dtypes[dtype]
  heap.core.exports.searchSorted(code, Number(side === 'right'), line.byteAddress, line.size, step, sorter)
}

function checkSorter(sorted: NDArray, sorter: NDArray): void {
  assertArray(sorter)
  assertSameHeap(sorted, sorter)
  if (sorter.info.kind !== 'int' && sorter.info.kind !== 'uint')
    throw new DTypeError(`sorter holds integers, not ${sorter.dtype}`)
  if (sorter.ndim !== 1 || sorter.size !== sorted.size) {
    throw new ShapeError(`a sorter for ${formatShape(sorted.shape)} cannot be ${formatShape(sorter.shape)}`)
  }
  if (sorter.size === 0) return
  for (const index of [min(sorter), max(sorter)] as (number | bigint)[]) {
    if (index < 0 || index >= sorted.size)
      throw new IndexError(`sorter has index ${index}, out of bounds for ${sorted.size} elements`)
  }
}

/** The sorter as contiguous int64. */
function toOrder(sorter: NDArray, out: NDArray | undefined, temporaries: Temporaries): NDArray {
  const order = temporaries.readable(sorter, 'int64', out)
  return order.contiguous ? order : temporaries.add(order.copy())
}

function searchValue(
  sorted: NDArray,
  value: Scalar,
  options: SearchsortedOptions & { side: 'left' | 'right' },
): number | NDArray<'int64'> {
  const { heap } = sorted.lease
  const { out } = options
  const target = out && outputFor(heap, [], 'int64', out)
  const place = placeOf(sorted, value, options)
  if (!target) return place
  target.data[target.offset] = BigInt(place)
  return target
}

function placeOf(sorted: NDArray, value: Scalar, { side = 'left', sorter }: SearchsortedOptions): number {
  const { kind, name } = sorted.info
  const lowest = Number(sorted.info.min)
  const highest = sorted.info.max === true ? 1 : (sorted.info.max as number | bigint)
  let [wanted, from] = [typeof value === 'boolean' ? Number(value) : value, side]
  if (kind !== 'float') {
    // NaN is behind every integer.
    if (Number.isNaN(wanted) || wanted > highest) return sorted.size
    if (wanted < lowest) return 0
    if (typeof wanted === 'number' && !Number.isInteger(wanted))
      [wanted, from] = [Math.floor(wanted), 'right']
  }
  toElement(wanted, name)
  const { heap } = sorted.lease
  using temporaries = new Temporaries()
  const order = sorter && toOrder(sorter, undefined, temporaries)
  const result = temporaries.add(outputFor(heap, [], 'int64'))
  heap.bind([], [result.operand(), heap.scalar(1, wanted, sorted.info, 0)])
  locate(heap, name, from, sorted, order)
  return Number(result.item())
}
