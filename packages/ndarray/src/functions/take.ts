import { type DType, describe, type Scalar } from '../dtype.ts'
import { DTypeError, IndexError, ShapeError } from '../errors.ts'
import type { Heap } from '../heap/heap.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { allocateArray, assertArray, NDArray, type Nested } from '../ndarray.ts'
import { broadcastShapes, broadcastStrides, formatShape, type Shape, toShape } from '../shape.ts'
import type { Index } from '../slice.ts'
import { resolveAxis } from './axes.ts'
import { array } from './creation.ts'
import { type Reach, reach, read, write } from './indexing.ts'
import { assertIndexArray } from './indexplan.ts'
import { addOffsets, roomForOffsets } from './offsets.ts'
import { optionsOf } from './options.ts'
import { Temporaries } from './temporaries.ts'

/** Indices of elements: an array of an integer dtype, nested JavaScript arrays, or one value. */
export type Indices = NDArray | Nested<number | bigint>

/** Along which axis, and where to write. */
export interface TakeOptions<D extends DType> {
  /** The axis that the indices are for; negative ones count from the end. Default: the flattened array. */
  axis?: number
  /** Where to write: an array of the result's shape and dtype. Default: a new array. */
  out?: NDArray<D>
}

export const TAKING = { axis: true, out: true } as const

/** Along which axis. */
export interface AlongAxisOptions {
  /** Default −1, the last. */
  axis?: number
}

/**
 * The elements at indices along an axis; negative indices count from the end.
 * @returns An array of a's dtype, whose shape is a's with the axis replaced by the shape of the indices; the
 * caller's, unless it is `out`.
 * @throws IndexError for an index or axis out of bounds, or indices that are not integers; DTypeError,
 * ShapeError, HeapError, ReleasedError, OutOfMemoryError. Nothing is written then.
 */
export function take<D extends DType>(a: NDArray<D>, indices: Indices, given?: TakeOptions<D>): NDArray<D> {
  const options = optionsOf('take', given, TAKING)
  assertArray(a)
  using temporaries = new Temporaries()
  const at = indexArray(indices, a.lease.heap, temporaries)
  const { axis, out } = options
  const from = axis === undefined ? flattened(a, temporaries) : a
  const before = new Array<Index>(axis === undefined ? 0 : resolveAxis(axis, a.ndim)).fill(null)
  return read(from, reach(from, [...before, at], temporaries), out)
}

/**
 * The elements at indices along an axis, with indices of their own for every position of the other axes:
 * `takeAlongAxis(a, argsort(a))` is sorted.
 * @param indices As many axes as `a`; all but the chosen one broadcast with a's.
 * @returns A new array of a's dtype and the broadcast shape, as long as the indices along the axis.
 * @throws IndexError, ShapeError, DTypeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function takeAlongAxis<D extends DType>(
  a: NDArray<D>,
  indices: NDArray,
  given?: AlongAxisOptions,
): NDArray<D> {
  const options = optionsOf('takeAlongAxis', given, { axis: true })
  using temporaries = new Temporaries()
  return read(a, reachAlong(a, indices, options, temporaries))
}

/**
 * Writes to the elements that `takeAlongAxis` would read; of repeated indices the last one keeps its value.
 * @param values A value, or an array that broadcasts to the indices' shape.
 * @throws IndexError, ShapeError, DTypeError, HeapError, ReleasedError; nothing is written then.
 */
export function putAlongAxis(
  a: NDArray,
  indices: NDArray,
  values: Scalar | NDArray,
  given?: AlongAxisOptions,
): void {
  const options = optionsOf('putAlongAxis', given, { axis: true })
  using temporaries = new Temporaries()
  write(a, reachAlong(a, indices, options, temporaries), values, temporaries)
}

function reachAlong(
  a: NDArray,
  indices: NDArray,
  options: AlongAxisOptions,
  temporaries: Temporaries,
): Reach {
  assertArray(a)
  const at = indexArray(indices, a.lease.heap, temporaries)
  assertSameHeap(a, at)
  if (at.ndim !== a.ndim) {
    throw new ShapeError(
      `indices of shape ${formatShape(at.shape)} for shape ${formatShape(a.shape)}; as many axes are needed`,
    )
  }
  const axis = resolveAxis(options.axis ?? -1, a.ndim)
  const single = replace(a.shape, axis, 1)
  const shape = replace(broadcastShapes(single, replace(at.shape, axis, 1)), axis, at.shape[axis] as number)
  const { bytes } = a.info
  const offsets = roomForOffsets(a.lease.heap, at.shape, temporaries)
  addOffsets(offsets, at, axis, a.shape[axis] as number, (a.strides[axis] as number) * bytes, false)
  return {
    shape: toShape(shape),
    elements: {
      byteAddress: a.byteAddress,
      strides: broadcastStrides(single, replace(a.strides, axis, 0), shape),
      itemBytes: bytes,
    },
    offsets: { ...offsets.operand, strides: broadcastStrides(at.shape, offsets.operand.strides, shape) },
  }
}

function replace(lengths: Shape, axis: number, length: number): number[] {
  return lengths.map((old, k) => (k === axis ? length : old))
}

/** Indices as an array of the heap, whose dtype is an integer's. */
function indexArray(indices: Indices, heap: Heap, temporaries: Temporaries): NDArray {
  if (indices instanceof NDArray) {
    assertIndexArray(indices)
    if (indices.dtype === 'bool') throw new IndexError('indices are integers, not bool; see compress')
    return indices
  }
  if (!Array.isArray(indices) && typeof indices !== 'number' && typeof indices !== 'bigint')
    throw new DTypeError(`expected an array of indices, not ${describe(indices)}`)
  const here = temporaries.add(array(indices, { dtype: 'int64' }))
  if (here.lease.heap === heap) return here
  const there = temporaries.add(allocateArray(heap, here.shape, 'int64', false))
  there.data.set(here.data)
  return there
}

/** All elements along one axis: the array itself, a view, or a copy where no step leads through them. */
export function flattened<D extends DType>(a: NDArray<D>, temporaries: Temporaries): NDArray<D> {
  if (a.ndim === 1) return a
  const packed = a.contiguous ? a : temporaries.add(a.copy())
  return temporaries.add(packed.view({ shape: Object.freeze([a.size]), strides: [1], offset: packed.offset }))
}
