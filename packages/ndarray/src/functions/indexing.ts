import { type DType, describe, isScalar, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { Operand } from '../heap/heap.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { assertArray, NDArray } from '../ndarray.ts'
import { broadcastStrides, type Shape, sameShape, toShape } from '../shape.ts'
import type { Index } from '../slice.ts'
import { assign } from './assign.ts'
import { copy } from './creation.ts'
import { hasArrays, type IndexPlan, planIndex, resultShape } from './indexplan.ts'
import { packMask } from './masks.ts'
import { offsetsOf } from './offsets.ts'
import { outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import { Temporaries } from './temporaries.ts'

/** Elements that offsets lead to: a shape, and how it walks the array and the offsets. */
export interface Reach {
  readonly shape: Shape
  /** The array's elements, with step 0 along the axes of the offsets. */
  readonly elements: Operand
  readonly offsets: Operand
}

/**
 * The elements of `a` that an index with arrays in it means: NumPy's `a[items]`, a contiguous copy.
 * @throws IndexError, ShapeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function copyAt<D extends DType>(a: NDArray<D>, items: readonly Index[]): NDArray<D> {
  a.assertAlive()
  const plan = planFor(a, items)
  const mask = wholeMask(a, items)
  if (mask) return packMask(mask, a)
  using temporaries = new Temporaries()
  return read(a, reachOf(a, plan, temporaries))
}

/**
 * Writes a value, or an array that broadcasts to the indexed shape, to the elements that an index means:
 * NumPy's `a[items] = value`. An array of another dtype is converted as C converts; a value must fit. Of
 * repeated positions the last one keeps its value.
 * @throws IndexError, DTypeError, ShapeError, HeapError, ReleasedError; nothing is written then.
 */
export function assignAt(a: NDArray, items: readonly Index[], value: Scalar | NDArray): void {
  assertArray(a)
  if (!hasArrays(items)) {
    const part = a.slice(...items)
    try {
      assign(part, value)
    } finally {
      part.drop(false)
    }
    return
  }
  const plan = planFor(a, items)
  const mask = wholeMask(a, items)
  if (mask && !(value instanceof NDArray)) {
    assign(a, value, mask)
    return
  }
  using temporaries = new Temporaries()
  write(a, reachOf(a, plan, temporaries), value, temporaries)
}

function planFor(a: NDArray, items: readonly Index[]): IndexPlan {
  const plan = planIndex(a, items)
  for (const { array } of plan.arrays) assertSameHeap(a, array)
  return plan
}

/** The mask of an index that is nothing but a mask of the array's own shape. */
function wholeMask(a: NDArray, items: readonly Index[]): NDArray | undefined {
  const [mask, ...others] = items.filter(item => item !== '...')
  const whole = mask instanceof NDArray && mask.dtype === 'bool' && sameShape(mask.shape, a.shape)
  return whole && others.length === 0 ? mask : undefined
}

/** What an index with arrays in it means, as the kernels walk it. @throws IndexError, ShapeError, HeapError */
export function reach(a: NDArray, items: readonly Index[], temporaries: Temporaries): Reach {
  return reachOf(a, planFor(a, items), temporaries)
}

function reachOf(a: NDArray, plan: IndexPlan, temporaries: Temporaries): Reach {
  const { bytes } = a.info
  const offsets = offsetsOf(a.lease.heap, plan.arrays, bytes, temporaries)
  const shape = toShape(resultShape(plan, offsets.shape))
  const { before } = plan
  const around = (inner: readonly number[], outer: readonly number[]) => [
    ...outer.slice(0, before),
    ...inner,
    ...outer.slice(before),
  ]
  const none = (steps: readonly number[]) => steps.map(() => 0)
  return {
    shape,
    elements: {
      byteAddress: a.lease.address + plan.offset * bytes,
      strides: around(none(offsets.shape), plan.strides),
      itemBytes: bytes,
    },
    offsets: { ...offsets.operand, strides: around(offsets.operand.strides, none(plan.strides)) },
  }
}

/** Copies the elements to a new array, or to `out`, which may overlap everything. */
export function read<D extends DType>(a: NDArray<D>, from: Reach, out?: NDArray<D>): NDArray<D> {
  const { heap } = a.lease
  const result = outputFor(heap, from.shape, a.dtype, out)
  if (out && sharesMemory(out, a)) {
    const packed = read(a, from)
    assign(out, packed)
    packed.drop(false)
    return out
  }
  const { outer, length } = rowsOf(from, result.strides)
  const { gather, gatherRows } = heap.core.exports
  heap.bind(outer, [result.operand(), from.elements, from.offsets])
  if (length > 1) gatherRows(length * a.info.bytes)
  else gather(a.info.bytes)
  return result
}

/** Writes a value or an array, which may overlap the target, to the elements. */
export function write(a: NDArray, to: Reach, value: Scalar | NDArray, temporaries: Temporaries): void {
  const { heap } = a.lease
  const source = sourceOf(a, to.shape, value, temporaries)
  const { outer, length } = rowsOf(to, source.strides)
  const { scatter, scatterRows } = heap.core.exports
  heap.bind(outer, [to.elements, to.offsets, source])
  if (length > 1) scatterRows(length * a.info.bytes)
  else scatter(a.info.bytes)
}

/** The innermost (not empty) axes along which the elements, here and there, are contiguous: they move as rows of `length`. */
function rowsOf(
  { shape, elements, offsets }: Reach,
  strides: readonly number[],
): { outer: Shape; length: number } {
  let length = 1
  let axis = shape.length
  while (axis-- > 0) {
    if (
      shape[axis] === 0 ||
      offsets.strides[axis] !== 0 ||
      elements.strides[axis] !== length ||
      strides[axis] !== length
    )
      break
    length *= shape[axis] as number
  }
  return { outer: shape.slice(0, axis + 1), length }
}

function sourceOf(a: NDArray, shape: Shape, value: Scalar | NDArray, temporaries: Temporaries): Operand {
  if (!(value instanceof NDArray)) {
    if (!isScalar(value)) throw new DTypeError(`cannot assign ${describe(value)}`)
    return a.lease.heap.scalar(2, value, a.info, shape.length)
  }
  value.assertAlive()
  assertSameHeap(a, value)
  // Checked against the original's shape before anything is copied.
  broadcastStrides(value.shape, value.strides, shape)
  const fits = value.dtype === a.dtype && !sharesMemory(value, a)
  const source = fits ? value : temporaries.add(copy(value, a.dtype))
  return source.operand(broadcastStrides(source.shape, source.strides, shape))
}
