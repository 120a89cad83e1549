import { type DType, describe, dtypeInfo, type ElementOf, type Scalar, type TypedArrayOf } from './dtype.ts'
import type { Layout } from './elements.ts'
import { DTypeError, IndexError } from './errors.ts'
import { assign } from './functions/assign.ts'
import type { Axes } from './functions/axes.ts'
import { assignWhere, type ComparisonOperator } from './functions/choose.ts'
import { argwhere, compress, nonzero } from './functions/compress.ts'
import { copy } from './functions/creation.ts'
import { type AstypeOptions, astype } from './functions/datatypes.ts'
import { assignAt, copyAt } from './functions/indexing.ts'
import { hasArrays } from './functions/indexplan.ts'
import { optionsOf } from './functions/options.ts'
import { matmul, type ProductOptions } from './functions/product.ts'
import type { Promote } from './functions/promote.ts'
import { matrixTranspose, swapaxes, transpose } from './functions/rearrange.ts'
import { type CopyOptions, flatten, ravel, reshape, squeeze } from './functions/reshape.ts'
import { type SortOptions, sort } from './functions/sorting.ts'
import {
  type AlongAxisOptions,
  type Indices,
  type TakeOptions,
  take,
  takeAlongAxis,
} from './functions/take.ts'
import type { Heap } from './heap/heap.ts'
import { Operators } from './operators.ts'
import { arrayRepr, arrayToString } from './printing/text.ts'
import { contiguousStrides, formatShape, type Shape, sizeOf } from './shape.ts'
import { type Index, type Slice, sliceLayout } from './slice.ts'

export type { Layout } from './elements.ts'

/** Nested arrays of elements, as deep as the array has axes. */
export type Nested<T> = T | Nested<T>[]

/**
 * An n-dimensional array over a block of the heap. Every NDArray, view or not, holds one reference to its
 * block and drops it by `release()` (or `using`); the last one frees the block.
 */
export class NDArray<D extends DType = DType> extends Operators<D> {
  /**
   * Another array over the same elements, with a reference of its own: both must be released before the
   * block is freed. (It is the whole of Python's `b = a`.)
   */
  retain(): NDArray<D> {
    return this.view(this)
  }

  /** @internal A view of the same block. */
  view(layout: Layout): NDArray<D> {
    this.assertAlive()
    return new NDArray(this.lease.heap.share(this.lease, layout.shape), this.info, layout)
  }

  /**
   * A part. One item per axis, from the first: an integer (drops the axis), 'start:stop:step',
   * [start, stop, step] with null for an omitted part, null or ':' (the whole axis), '...' (all axes that are
   * not named), newaxis (an axis of length 1). Such a part is a view: it shares the memory and holds a
   * reference of its own.
   *
   * An item may also be an array: of an integer dtype, for one axis (negative indices count from its end), or
   * a bool mask for as many axes as it has, which stands for the indices of its true elements. One such array
   * makes the part a copy. The arrays broadcast to a common shape, whose axes take their place when they (and
   * the integers) stand side by side, and come first when they do not: NumPy's `a[items]`.
   * @throws IndexError for an index out of bounds, a mask that does not fit, too many items; ShapeError when
   * the arrays do not broadcast; HeapError, ReleasedError, OutOfMemoryError
   */
  slice(...items: Index[]): NDArray<D> {
    return hasArrays(items) ? copyAt(this, items) : this.view(sliceLayout(this, items as Slice[]))
  }

  /**
   * Writes a value, or an array that broadcasts to the indexed shape, to the elements that the items of a
   * `slice` mean: NumPy's `a[items] = value`. Of repeated indices the last one wins.
   * @returns This array.
   * @throws As `slice` and `assign`; nothing is written then.
   */
  assignAt(items: readonly Index[], value: Scalar | NDArray): this {
    assignAt(this, items, value)
    return this
  }

  /** See the function `take`. */
  take(indices: Indices, options?: TakeOptions<D>): NDArray<D> {
    return take(this, indices, options)
  }

  /** See the function `takeAlongAxis`. */
  takeAlongAxis(indices: NDArray, options?: AlongAxisOptions): NDArray<D> {
    return takeAlongAxis(this, indices, options)
  }

  /** See the function `compress`. */
  compress(condition: NDArray, options?: TakeOptions<D>): NDArray<D> {
    return compress(condition, this, options)
  }

  /** See the function `nonzero`. */
  nonzero(): NDArray<'int64'>[] {
    return nonzero(this)
  }

  /** See the function `argwhere`. */
  argwhere(): NDArray<'int64'> {
    return argwhere(this)
  }

  /** A contiguous copy with a block of its own. */
  copy(): NDArray<D> {
    return copy(this, this.dtype)
  }

  /** A copy converted to another dtype, as C converts; see the function `astype`. */
  astype<T extends DType>(dtype: T, options?: AstypeOptions): NDArray<T> {
    return astype(this, dtype, options)
  }

  /** A view with the order of the axes reversed, to be released like any array. */
  get T(): NDArray<D> {
    return transpose(this)
  }

  /** A view with the last two axes exchanged. @throws ShapeError for fewer than two */
  get mT(): NDArray<D> {
    return matrixTranspose(this)
  }

  /** The elements in another shape, as a view where possible; see the function `reshape`. */
  reshape(shape: number | Shape, options?: CopyOptions): NDArray<D> {
    return reshape(this, shape, options)
  }

  /** A view with the axes in another order, by default reversed; see the function `permuteDims`. */
  transpose(axes?: readonly number[] | null): NDArray<D> {
    return transpose(this, axes)
  }

  /** A view with two axes exchanged. */
  swapaxes(axis1: number, axis2: number): NDArray<D> {
    return swapaxes(this, axis1, axis2)
  }

  /** A view without axes of length 1: those named, or all. */
  squeeze(axis?: Axes | null): NDArray<D> {
    return squeeze(this, axis)
  }

  /** The elements along one axis, as a view where possible. */
  ravel(): NDArray<D> {
    return ravel(this)
  }

  /** A copy of the elements along one axis. */
  flatten(): NDArray<D> {
    return flatten(this)
  }

  /**
   * Writes a value, or an array that broadcasts to this one, everywhere or where a bool mask is true.
   * @returns This array.
   * @throws DTypeError, ShapeError, ReleasedError; nothing is written then.
   */
  assign(value: Scalar | NDArray, options?: { where?: NDArray<'bool'> }): this {
    assign(this, value, optionsOf('assign', options, { where: true }).where)
    return this
  }

  /**
   * Replaces, in place and without a mask, each element that stands in a relation to a threshold:
   * `a.assignWhere('<=', 2800, 0)` is NumPy's `a[a <= 2800] = 0`.
   * @returns This array.
   * @throws DTypeError for an unknown operator, or when the dtype cannot hold `value`; ReleasedError.
   * Nothing is written then.
   */
  assignWhere(operator: ComparisonOperator, threshold: Scalar, value: Scalar): this {
    assignWhere(this, operator, threshold, value)
    return this
  }

  /** See the function `matmul`. */
  matmul<A extends DType, B extends DType>(
    this: NDArray<A>,
    other: NDArray<B>,
    options?: ProductOptions<Promote<A, B>>,
  ): NDArray<Promote<A, B>> {
    return matmul(this, other, options)
  }

  /**
   * Sorts in place; see the function `sort`, which makes a sorted copy.
   * @returns This array.
   */
  sort(options?: Omit<SortOptions, 'out'>): this {
    const given = optionsOf('sort', options, { axis: true, descending: true, stable: true })
    sort(this, { ...given, out: this })
    return this
  }

  /** The elements in C order, as a typed array in JavaScript's own memory. */
  toTypedArray(): TypedArrayOf<D> {
    if (this.contiguous) {
      const { offset, size } = this
      return this.data.slice(offset, offset + size) as TypedArrayOf<D>
    }
    using packed = this.copy()
    return packed.data.slice() as TypedArrayOf<D>
  }

  /** Nested arrays of the elements; the bare element of a 0-d array. */
  toArray(): Nested<ElementOf<D>> {
    const flat = this.toTypedArray()
    const strides = contiguousStrides(this.shape)
    const isBool = this.info.kind === 'bool'
    const build = (axis: number, at: number): Nested<ElementOf<D>> => {
      if (axis === this.ndim) return (isBool ? flat[at] !== 0 : flat[at]) as ElementOf<D>
      return Array.from({ length: this.shape[axis] as number }, (_, i) =>
        build(axis + 1, at + i * (strides[axis] as number)),
      )
    }
    return build(0, 0)
  }

  /** The first axis: elements of a 1-d array, views of the others. */
  *[Symbol.iterator](): Generator<ElementOf<D> | NDArray<D>> {
    this.assertAlive()
    if (this.ndim === 0) throw new IndexError('a 0-d array has no axis to iterate over; use item()')
    for (let i = 0; i < (this.shape[0] as number); i++) yield this.ndim === 1 ? this.get(i) : this.slice(i)
  }

  /** The array as NumPy prints it, summarised above 1,000 elements; see `arrayToString`. @throws ReleasedError */
  override toString(): string {
    return arrayToString(this)
  }

  /**
   * The only element of an array of size 1 where a value is wanted, the text of any array where a string is.
   * @throws ShapeError where a number is wanted of an array of another size; ReleasedError
   */
  [Symbol.toPrimitive](hint: 'number' | 'string' | 'default'): string | ElementOf<D> {
    return hint === 'number' || (hint === 'default' && this.size === 1) ? this.item() : this.toString()
  }

  /** What Node's console shows; a released array says so. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    if (this.released) return `NDArray(${this.dtype}, shape ${formatShape(this.shape)}, released)`
    return arrayRepr(this)
  }
}

/** @internal @throws DTypeError for anything but an array, ReleasedError for a released one. */
export function assertArray(value: NDArray): void {
  if (!(value instanceof NDArray)) throw new DTypeError(`expected an array, not ${describe(value)}`)
  value.assertAlive()
}

/** @internal A new array over a fresh block, contiguous in C order; its elements are 0 or undefined. */
export function allocateArray<D extends DType>(
  heap: Heap,
  shape: Shape,
  dtype: D,
  zeroed: boolean,
): NDArray<D> {
  const info = dtypeInfo(dtype)
  const size = sizeOf(shape)
  const lease = heap.allocate(info, shape, size * info.bytes, zeroed)
  return new NDArray(lease, info, { shape, strides: contiguousStrides(shape), offset: 0 }, size)
}
