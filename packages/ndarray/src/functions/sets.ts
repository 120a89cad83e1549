import type { DType } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { equal, notEqual } from './comparison.ts'
import { copy } from './creation.ts'
import { optionsOf } from './options.ts'
import { resultType } from './promotion.ts'
import { roomFor } from './room.ts'
import { searchsorted } from './searching.ts'
import { argsort, sort } from './sorting.ts'
import { Temporaries } from './temporaries.ts'

/** What `uniqueAll` finds; all of them are the caller's. */
export interface UniqueAll<D extends DType = DType> {
  /** The distinct elements, sorted; 1-d. */
  readonly values: NDArray<D>
  /** For each of them, where it is first, in C order. */
  readonly indices: NDArray<'int64'>
  /** For each element of the array, in its shape, the index of its value. */
  readonly inverseIndices: NDArray<'int64'>
  /** For each value, how many elements have it. */
  readonly counts: NDArray<'int64'>
}

/**
 * The distinct elements of an array, sorted, with where each is first, which one each element is, and how
 * often each is there. 0 and −0 are one value, the first of them; every NaN is a value of its own (the
 * standard's rule), and they come last.
 * @returns Four arrays, the caller's.
 * @throws DTypeError when it is no array; ReleasedError, OutOfMemoryError
 */
export function uniqueAll<D extends DType>(a: NDArray<D>): UniqueAll<D> {
  assertArray(a)
  const { heap } = a.lease
  const { exports } = heap.core
  const { size, dtype } = a
  const made: NDArray[] = []
  const make = <T extends DType>(shape: readonly number[], type: T): NDArray<T> => {
    const array = allocateArray(heap, shape, type, false)
    made.push(array)
    return array
  }
  try {
    using temporaries = new Temporaries()
    const flat = flattened(a, temporaries)
    const order = temporaries.add(argsort(flat))
    const starts = temporaries.add(roomFor(heap, size * 8))
    const inverseIndices = make(a.shape, 'int64')
    const places = [order.byteAddress, starts.byteAddress] as const
    const count =
      exports.group(a.info.code, flat.byteAddress, places[0], size, inverseIndices.byteAddress, places[1]) >>>
      0
    const [values, indices, counts] = [make([count], dtype), make([count], 'int64'), make([count], 'int64')]
    exports.groupFigures(...places, count, size, indices.byteAddress, counts.byteAddress)
    exports.takeFirst(a.info.bytes, values.byteAddress, flat.byteAddress, indices.byteAddress, count)
    return { values, indices, inverseIndices, counts }
  } catch (error) {
    for (const array of made) array.drop(false)
    throw error
  }
}

/** The elements in C order along one axis: a view, or a copy where strides do not allow it. */
function flattened<D extends DType>(a: NDArray<D>, temporaries: Temporaries): NDArray<D> {
  const packed = a.contiguous ? a : temporaries.add(copy(a, a.dtype))
  return temporaries.add(packed.view({ shape: [a.size], strides: [1], offset: packed.offset }))
}

/** The distinct elements and how often each is there; see `uniqueAll`. */
export function uniqueCounts<D extends DType>(a: NDArray<D>): Pick<UniqueAll<D>, 'values' | 'counts'> {
  const { values, counts, indices, inverseIndices } = uniqueAll(a)
  indices.drop(false)
  inverseIndices.drop(false)
  return { values, counts }
}

/** The distinct elements and, in the array's shape, which one each element is; see `uniqueAll`. */
export function uniqueInverse<D extends DType>(
  a: NDArray<D>,
): Pick<UniqueAll<D>, 'values' | 'inverseIndices'> {
  const { values, counts, indices, inverseIndices } = uniqueAll(a)
  indices.drop(false)
  counts.drop(false)
  return { values, inverseIndices }
}

/**
 * The distinct elements, sorted; see `uniqueAll`.
 * @returns 1-d, of the array's dtype; the caller's.
 */
export function uniqueValues<D extends DType>(a: NDArray<D>): NDArray<D> {
  assertArray(a)
  const { heap } = a.lease
  using temporaries = new Temporaries()
  const sorted = sort(flattened(a, temporaries))
  const count = heap.core.exports.compact(a.info.code, sorted.byteAddress, a.size) >>> 0
  if (count === a.size) return sorted
  temporaries.add(sorted)
  const values = allocateArray(heap, [count], a.dtype, false)
  values.data.set(sorted.data.subarray(0, count) as never)
  return values
}

/** How to look elements up. */
export interface IsinOptions {
  /** True where the element is not in the set; default false. */
  invert?: boolean
  /** Where to write; returned. */
  out?: NDArray<'bool'>
}

/**
 * For each element, whether it is among the elements of another array. Both are compared in their common
 * dtype. NaN is in no set.
 * @returns bool, of the first array's shape; the caller's, unless it is `out`.
 * @throws DTypeError, HeapError, ShapeError when `out` does not fit; ReleasedError, OutOfMemoryError
 */
export function isin(a: NDArray, set: NDArray, given?: IsinOptions): NDArray<'bool'> {
  const options = optionsOf('isin', given, { invert: true, out: true })
  assertArray(a)
  assertArray(set)
  assertSameHeap(a, set)
  const { invert = false, ...rest } = options
  if (typeof invert !== 'boolean') throw new DTypeError('invert is true or false')
  using temporaries = new Temporaries()
  const common = temporaries.add(copy(set, resultType(a.dtype, set.dtype)))
  const sorted = flattened(common, temporaries).sort()
  const numbers = sorted.info.kind === 'float' ? searchsorted(sorted, NaN) : sorted.size
  const members = temporaries.add(sorted.slice([0, numbers]))
  const first = temporaries.add(searchsorted(members, a))
  const last = temporaries.add(searchsorted(members, a, { side: 'right' }))
  return (invert ? equal : notEqual)(first, last, rest)
}
