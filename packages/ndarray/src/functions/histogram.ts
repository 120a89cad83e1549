import { type DType, describe } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, assertArray, NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { copy } from './creation.ts'
import { optionsOf } from './options.ts'
import type { MeanDType } from './reduce.ts'
import { max, meanDType, min } from './reduction.ts'

/** How a histogram is taken. */
export interface HistogramOptions {
  /** The number of equally wide bins (default 10), or their edges in ascending order, one more than bins. */
  bins?: number | readonly number[] | NDArray | undefined
  /** Where equally wide bins begin and end; default: the smallest and the largest element. */
  range?: readonly [number, number] | undefined
  /** The share of the elements per unit instead of their number: the integral is 1. Default false. */
  density?: boolean | undefined
}

/**
 * Counts elements by their values. A bin has its lower edge and not its upper one, but for the last, which
 * has both. What is outside, and NaN when a range or edges are given, is not counted.
 * @returns The counts (int64; float64 with density) and the edges (float32 for float32, else float64; one
 * more than bins); both the caller's.
 * @throws DTypeError for impossible bins or range, bins too narrow for the edges' dtype, or when elements
 * without a range are NaN or infinite;
 * ShapeError for edges that are not 1-d; HeapError, ReleasedError, OutOfMemoryError
 */
export function histogram<D extends DType>(
  a: NDArray<D>,
  options?: HistogramOptions & { density?: false | undefined },
): [NDArray<'int64'>, NDArray<MeanDType<D>>]
export function histogram<D extends DType>(
  a: NDArray<D>,
  options: HistogramOptions,
): [NDArray<'int64'> | NDArray<'float64'>, NDArray<MeanDType<D>>]
export function histogram(a: NDArray, given?: HistogramOptions): [NDArray, NDArray] {
  const options = optionsOf('histogram', given, { bins: true, range: true, density: true })
  assertArray(a)
  const { bins = 10, range, density = false } = options
  const edges = typeof bins === 'number' ? equalEdges(a, bins, range) : givenEdges(bins)
  const { heap } = a.lease
  const made: NDArray[] = []
  const make = <R extends DType>(length: number, dtype: R): NDArray<R> => {
    const array = allocateArray(heap, [length], dtype, true)
    made.push(array)
    return array
  }
  try {
    const counts = make(edges.length - 1, 'int64')
    const exact = make(edges.length, 'float64')
    exact.data.set(edges)
    heap.bind(a.shape, [a.operand()])
    heap.core.exports.histogram(
      a.info.code,
      counts.byteAddress,
      exact.byteAddress,
      counts.size,
      Number(typeof bins === 'number'),
    )
    const result = density ? densities(counts, edges, make(counts.size, 'float64')) : counts
    const shown = meanDType('histogram', a) === 'float64' ? exact : make(edges.length, 'float32')
    if (shown !== exact) shown.data.set(edges as never)
    for (const array of made) if (array !== result && array !== shown) array.drop(false)
    return [result, shown]
  } catch (error) {
    for (const array of made) array.drop(false)
    throw error
  }
}

function densities(
  counts: NDArray<'int64'>,
  edges: Float64Array,
  result: NDArray<'float64'>,
): NDArray<'float64'> {
  const { data } = counts
  let total = 0
  for (const count of data.subarray(0, counts.size)) total += Number(count)
  for (let i = 0; i < counts.size; i++) {
    result.data[i] = Number(data[i]) / ((edges[i + 1] as number) - (edges[i] as number)) / total
  }
  return result
}

/** Edges as the input's float dtype has them. */
function equalEdges(a: NDArray, bins: number, range: readonly [number, number] | undefined): Float64Array {
  if (!Number.isInteger(bins) || bins < 1 || bins >= 2 ** 32 - 1) {
    throw new DTypeError(`bins is an integer from 1 or an array of edges, not ${describe(bins)}`)
  }
  const round = meanDType('histogram', a) === 'float32' ? Math.fround : (value: number) => value
  const [low, high] = outerEdges(a, range)
  const width = (high - low) / bins
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => round(low + i * width))
  edges[bins] = round(high)
  if (edges.some((edge, i) => i > 0 && edge === edges[i - 1])) {
    throw new DTypeError(`${bins} bins between ${low} and ${high} are too narrow for their edges to differ`)
  }
  return edges
}

function outerEdges(a: NDArray, range: readonly [number, number] | undefined): [number, number] {
  const [low, high] = range ?? (a.size === 0 ? [0, 1] : [Number(min(a)), Number(max(a))])
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw new DTypeError(`a histogram needs a finite range, not ${describe(low)} to ${describe(high)}`)
  }
  if (low > high) throw new DTypeError(`a range ascends; ${low} to ${high} does not`)
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}

function givenEdges(bins: readonly number[] | NDArray): Float64Array {
  const edges = bins instanceof NDArray ? edgesOf(bins) : bins
  if (!Array.isArray(edges)) {
    throw new DTypeError(`bins is an integer from 1 or an array of edges, not ${describe(edges)}`)
  }
  const numbers = Float64Array.from(edges as number[], Number)
  if (numbers.length < 2) throw new DTypeError(`edges are two or more, not ${numbers.length}`)
  for (let i = 0; i < numbers.length; i++) {
    if (Number.isNaN(numbers[i]) || (i > 0 && (numbers[i] as number) < (numbers[i - 1] as number))) {
      throw new DTypeError(`edges ascend; number ${i}, ${numbers[i]}, does not`)
    }
  }
  return numbers
}

function edgesOf(bins: NDArray): number[] {
  assertArray(bins)
  if (bins.ndim !== 1) throw new ShapeError(`edges are 1-d, not of shape ${formatShape(bins.shape)}`)
  return Array.from(bins.toTypedArray() as ArrayLike<number>, Number)
}

/** How integers are counted. */
export interface BincountOptions {
  /** What each element adds to its bin, instead of 1: of the input's shape. */
  weights?: NDArray | undefined
  /** The least length of the result. Default 0. */
  minlength?: number | undefined
}

/**
 * How often each integer from 0 to the largest occurs.
 * @returns 1-d, of length max(a) + 1 or minlength: int64, or float64 with weights; the caller's.
 * @throws DTypeError for other dtypes than integers and bool, a negative element, or an impossible minlength;
 * ShapeError when a is not 1-d or weights has another shape; HeapError, ReleasedError, OutOfMemoryError
 */
export function bincount(a: NDArray, options?: BincountOptions & { weights?: undefined }): NDArray<'int64'>
export function bincount(a: NDArray, options: BincountOptions): NDArray<'int64'> | NDArray<'float64'>
export function bincount(a: NDArray, given?: BincountOptions): NDArray {
  const options = optionsOf('bincount', given, { weights: true, minlength: true })
  assertArray(a)
  const { weights, minlength = 0 } = options
  if (a.info.kind === 'float') throw new DTypeError(`bincount counts integers, not ${a.dtype}`)
  if (a.ndim !== 1) throw new ShapeError(`bincount is for one axis, not shape ${formatShape(a.shape)}`)
  if (!Number.isInteger(minlength) || minlength < 0) {
    throw new DTypeError(`minlength is an integer from 0, not ${describe(minlength)}`)
  }
  const length = Math.max(minlength, binsOf(a))
  if (weights) return weightedCounts(a, weights, length)
  const { heap } = a.lease
  const counts = allocateArray(heap, [length], 'int64', true)
  heap.bind(a.shape, [a.operand()])
  heap.core.exports.bincount(a.info.code, counts.byteAddress, 0)
  return counts
}

/** The largest element and one more. */
function binsOf(a: NDArray): number {
  if (a.size === 0) return 0
  const lowest = min(a)
  if (Number(lowest) < 0) throw new DTypeError(`bincount counts integers from 0; there is ${lowest}`)
  return Number(max(a)) + 1
}

function weightedCounts(a: NDArray, weights: NDArray, length: number): NDArray {
  assertArray(weights)
  assertSameHeap(a, weights)
  if (weights.ndim !== 1 || weights.size !== a.size) {
    throw new ShapeError(
      `weights of shape ${formatShape(weights.shape)} do not go with elements of shape ${formatShape(a.shape)}`,
    )
  }
  const { heap } = a.lease
  const exact = weights.dtype === 'float64' ? weights : copy(weights, 'float64')
  try {
    const sums = allocateArray(heap, [length], 'float64', true)
    heap.bind(a.shape, [a.operand(), exact.operand()])
    heap.core.exports.bincount(a.info.code, sums.byteAddress, 1)
    return sums
  } finally {
    if (exact !== weights) exact.drop(false)
  }
}
