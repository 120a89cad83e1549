import type { DType } from '../dtype.ts'
import { DTypeError, IndexError, ShapeError } from '../errors.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { formatShape, sameShape } from '../shape.ts'
import type { Slice } from '../slice.ts'
import { resolveAxis } from './axes.ts'
import { reach, read } from './indexing.ts'
import { bindMask, countTrue, packMask, truth } from './masks.ts'
import { optionsOf } from './options.ts'
import { flattened, TAKING, type TakeOptions } from './take.ts'
import { Temporaries } from './temporaries.ts'

/**
 * The parts of an array where a condition is true. With `axis`, a 1-d condition chooses along it; without,
 * elements in C order are chosen by a condition of a's shape, or by a 1-d one for the flattened array. A
 * 1-d condition may be shorter: what is beyond its end is not chosen.
 * @param condition bool.
 * @returns An array of a's dtype, as long along the axis as the condition has true elements (1-d without an
 * axis); the caller's, unless it is `out`.
 * @throws IndexError for an axis out of bounds, or a true element beyond the array's end; DTypeError,
 * ShapeError, HeapError, ReleasedError, OutOfMemoryError. Nothing is written then.
 */
export function compress<D extends DType>(
  condition: NDArray,
  a: NDArray<D>,
  given?: TakeOptions<D>,
): NDArray<D> {
  const options = optionsOf('compress', given, TAKING)
  checkMask(condition, a)
  using temporaries = new Temporaries()
  const { axis, out } = options
  if (axis === undefined && sameShape(condition.shape, a.shape)) return packMask(condition, a, out)
  const from = axis === undefined ? flattened(a, temporaries) : a
  return compressAlong(condition, from, resolveAxis(axis ?? 0, from.ndim), out, temporaries)
}

function compressAlong<D extends DType>(
  condition: NDArray,
  a: NDArray<D>,
  axis: number,
  out: NDArray<D> | undefined,
  temporaries: Temporaries,
): NDArray<D> {
  if (condition.ndim !== 1) {
    throw new ShapeError(`a condition of shape ${formatShape(condition.shape)} must have one axis`)
  }
  const length = Math.min(condition.size, a.shape[axis] as number)
  const range: Slice = [0, length]
  const before = new Array<Slice>(axis).fill(null)
  if (condition.size > length) {
    const beyond = temporaries.add(condition.slice([length]))
    if (countTrue(beyond) > 0)
      throw new IndexError(`a condition of ${condition.size} is true beyond axis ${axis} of length ${length}`)
  }
  const mask = temporaries.add(condition.slice(range))
  const part = temporaries.add(a.slice(...before, range))
  if (part.ndim === 1) return packMask(mask, part, out)
  return read(part, reach(part, [...before, mask], temporaries), out)
}

/**
 * The elements where a condition is true (not 0), both flattened: `compress` for a condition of any dtype.
 * @returns A new 1-d array of a's dtype.
 * @throws IndexError, DTypeError, ShapeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function extract<D extends DType>(condition: NDArray, a: NDArray<D>): NDArray<D> {
  assertArray(a)
  assertArray(condition)
  assertSameHeap(condition, a)
  using temporaries = new Temporaries()
  const mask = truth(condition, temporaries)
  if (sameShape(mask.shape, a.shape)) return packMask(mask, a)
  return compress(flattened(mask, temporaries), a)
}

/**
 * Where the elements are that are true, or not 0 (NaN is not 0), in C order.
 * @returns For each axis a new 1-d int64 array of indices: `a.slice(...nonzero(a))` are the elements.
 * @throws ShapeError for a 0-d array; DTypeError, ReleasedError, OutOfMemoryError
 */
export function nonzero(a: NDArray): NDArray<'int64'>[] {
  assertArray(a)
  if (a.ndim === 0) throw new ShapeError('nonzero of a 0-d array has no axis to index')
  using temporaries = new Temporaries()
  const mask = truth(a, temporaries)
  const count = countTrue(mask)
  const found: NDArray<'int64'>[] = []
  try {
    for (const _ of a.shape) found.push(allocateArray(a.lease.heap, [count], 'int64', false))
  } catch (error) {
    for (const indices of found) indices.release()
    throw error
  }
  found.forEach((indices, axis) => {
    writeIndices(mask, axis, indices.byteAddress, 8, count)
  })
  return found
}

/**
 * The same as `nonzero`, a row for each element.
 * @returns A new int64 array of shape (elements, a.ndim).
 * @throws DTypeError, ReleasedError, OutOfMemoryError
 */
export function argwhere(a: NDArray): NDArray<'int64'> {
  assertArray(a)
  using temporaries = new Temporaries()
  const mask = truth(a, temporaries)
  const count = countTrue(mask)
  const result = allocateArray(a.lease.heap, [count, a.ndim], 'int64', false)
  for (let axis = 0; axis < a.ndim; axis++) {
    writeIndices(mask, axis, result.byteAddress + axis * 8, a.ndim * 8, count)
  }
  return result
}

/** Writes the indices along one axis of a mask's true elements: the "address" of an array that counts them. */
function writeIndices(mask: NDArray, axis: number, address: number, stepBytes: number, count: number): void {
  bindMask(mask, { byteAddress: 0, strides: mask.shape.map((_, k) => Number(k === axis)), itemBytes: 1 })
  mask.lease.heap.core.exports.locate(8, address, stepBytes, count)
}

/** @throws DTypeError, HeapError, ReleasedError */
export function checkMask(mask: NDArray, a: NDArray): void {
  assertArray(a)
  assertArray(mask)
  assertSameHeap(mask, a)
  if (mask.dtype !== 'bool') throw new DTypeError(`a mask is a bool array, not ${mask.dtype}`)
}
