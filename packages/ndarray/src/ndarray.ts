import {
  type DType,
  type DTypeInfo,
  describe,
  dtypeInfo,
  type ElementOf,
  type Scalar,
  type TypedArrayOf,
  toElement,
} from './dtype.ts'
import { DTypeError, IndexError, ShapeError } from './errors.ts'
import {
  abs,
  add,
  divide,
  floorDivide,
  multiply,
  negative,
  pow,
  remainder,
  sqrt,
  subtract,
} from './functions/arithmetic.ts'
import { assign } from './functions/assign.ts'
import type { Axes } from './functions/axes.ts'
import {
  bitwiseAnd,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
} from './functions/bitwise.ts'
import { assignWhere, type ComparisonOperator } from './functions/choose.ts'
import { type Bound, clip } from './functions/clip.ts'
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from './functions/comparison.ts'
import { argwhere, compress, nonzero } from './functions/compress.ts'
import { copy } from './functions/creation.ts'
import { type AstypeOptions, astype } from './functions/datatypes.ts'
import type { Elementwise, ElementwiseOptions } from './functions/elementwise.ts'
import { exp, log } from './functions/exponential.ts'
import { assignAt, copyAt } from './functions/indexing.ts'
import { hasArrays } from './functions/indexplan.ts'
import { matmul, type ProductOptions } from './functions/product.ts'
import { matrixTranspose, swapaxes, transpose } from './functions/rearrange.ts'
import {
  type CorrectionOptions,
  type FullReduction,
  type MeanDType,
  max,
  mean,
  min,
  type PartialReduction,
  prod,
  type ReductionOptions,
  type SumDType,
  type SumOptions,
  std,
  sum,
  variance,
} from './functions/reduction.ts'
import { type CopyOptions, flatten, ravel, reshape, squeeze } from './functions/reshape.ts'
import { round } from './functions/rounding.ts'
import { type SortOptions, sort } from './functions/sorting.ts'
import {
  type AlongAxisOptions,
  type Indices,
  type TakeOptions,
  take,
  takeAlongAxis,
} from './functions/take.ts'
import { all, any } from './functions/truth.ts'
import type { Heap, Operand } from './heap/heap.ts'
import type { Lease } from './heap/lease.ts'
import { Owner } from './heap/owner.ts'
import { arrayRepr, arrayToString } from './printing/text.ts'
import { contiguousStrides, formatShape, isContiguous, type Shape, sizeOf } from './shape.ts'
import { type Index, type Slice, sliceLayout } from './slice.ts'

/** Nested arrays of elements, as deep as the array has axes. */
export type Nested<T> = T | Nested<T>[]

/** Where an array's elements lie in its block: lengths, steps and first element, counted in elements. */
export interface Layout {
  readonly shape: Shape
  readonly strides: readonly number[]
  readonly offset: number
}

/**
 * An n-dimensional array over a block of the heap. Every NDArray, view or not, holds one reference to its
 * block and drops it by `release()` (or `using`); the last one frees the block.
 */
export class NDArray<D extends DType = DType> extends Owner {
  /** Lengths along the axes. */
  readonly shape: Shape
  /** Steps along the axes, in elements; may be 0 or negative. */
  readonly strides: readonly number[]
  /** Index in `data` of the first element. */
  readonly offset: number
  /** Elements of the array. */
  readonly size: number
  /** The dtype's facts. */
  readonly info: DTypeInfo<D>
  #data: TypedArrayOf<D> | undefined

  /** @internal Use the functions that make arrays. The lease becomes the array's. */
  constructor(lease: Lease, info: DTypeInfo<D>, layout: Layout, size = sizeOf(layout.shape)) {
    super(lease)
    this.info = info
    this.shape = layout.shape
    this.strides = layout.strides
    this.offset = layout.offset
    this.size = size
  }

  /** The dtype's name. */
  get dtype(): D {
    return this.info.name
  }

  /** Number of axes. */
  get ndim(): number {
    return this.shape.length
  }

  /** Bytes of the elements (of a view: of what it shows, not of its block). */
  get nbytes(): number {
    return this.size * this.info.bytes
  }

  /**
   * A typed array over the whole block, not a copy: element (i, j, …) is `data[offset + i*strides[0] + …]`.
   * It must not be used after the release. bool is a Uint8Array of 0 and 1.
   * @throws ReleasedError
   */
  get data(): TypedArrayOf<D> {
    this.assertAlive()
    // A memory that had to grow leaves its old views empty.
    if (!this.#data || this.#data.buffer !== this.lease.heap.core.memory.buffer) {
      const { address, bytes, heap } = this.lease
      this.#data = new this.info.array(heap.core.memory.buffer, address, bytes / this.info.bytes)
    }
    return this.#data
  }

  /** @internal Whether the elements lie one behind the other in C order. */
  get contiguous(): boolean {
    return isContiguous(this.shape, this.strides)
  }

  /** @internal Address in linear memory of the first element. */
  get byteAddress(): number {
    return this.lease.address + this.offset * this.info.bytes
  }

  /** @internal This array as a kernel's operand, read with the given steps (default: its own). */
  operand(strides: readonly number[] = this.strides): Operand {
    return { byteAddress: this.byteAddress, strides, itemBytes: this.info.bytes }
  }

  /** @internal */
  override drop(giveBack: boolean): number {
    this.#data = undefined
    return super.drop(giveBack)
  }

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
   * The element at one index per axis; negative ones count from the end.
   * @returns A number; a bigint for int64 and uint64; a boolean for bool.
   * @throws IndexError, ReleasedError
   */
  get(...index: number[]): ElementOf<D> {
    return this.#element(this.#locate(index))
  }

  /**
   * Writes the element at one index per axis.
   * @throws IndexError, ReleasedError; DTypeError when the dtype cannot hold the value.
   */
  set(value: Scalar, ...index: number[]): void {
    const at = this.#locate(index)
    this.data[at] = toElement(value, this.dtype) as never
  }

  /**
   * The only element of an array of size 1.
   * @throws ShapeError for any other size; ReleasedError
   */
  item(): ElementOf<D> {
    this.assertAlive()
    if (this.size !== 1)
      throw new ShapeError(`item() is for one element; shape ${formatShape(this.shape)} has ${this.size}`)
    return this.#element(this.offset)
  }

  #element(at: number): ElementOf<D> {
    const value = this.data[at]
    return (this.info.kind === 'bool' ? value !== 0 : value) as ElementOf<D>
  }

  #locate(index: readonly number[]): number {
    if (index.length !== this.ndim) {
      throw new IndexError(
        `${index.length} indices for shape ${formatShape(this.shape)}; one per axis is needed`,
      )
    }
    let at = this.offset
    for (let axis = 0; axis < index.length; axis++) {
      const i = index[axis] as number
      const length = this.shape[axis] as number
      if (!Number.isInteger(i) || i < -length || i >= length) {
        throw new IndexError(`index ${String(i)} is out of bounds for axis ${axis} of length ${length}`)
      }
      at += (i < 0 ? i + length : i) * (this.strides[axis] as number)
    }
    return at
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
  take(indices: Indices, options: TakeOptions<D> = {}): NDArray<D> {
    return take(this, indices, options)
  }

  /** See the function `takeAlongAxis`. */
  takeAlongAxis(indices: NDArray, options: AlongAxisOptions = {}): NDArray<D> {
    return takeAlongAxis(this, indices, options)
  }

  /** See the function `compress`. */
  compress(condition: NDArray, options: TakeOptions<D> = {}): NDArray<D> {
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
  assign(value: Scalar | NDArray, options: { where?: NDArray<'bool'> } = {}): this {
    assign(this, value, options.where)
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

  /** a + b: see the function `add`. */
  add(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return add(this, b, options)
  }

  /** a − b: see the function `subtract`. */
  subtract(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return subtract(this, b, options)
  }

  /** a · b: see the function `multiply`. */
  multiply(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return multiply(this, b, options)
  }

  /** a / b: see the function `divide`. */
  divide(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return divide(this, b, options)
  }

  /** ⌊a / b⌋: see the function `floorDivide`. */
  floorDivide(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return floorDivide(this, b, options)
  }

  /** a − b·⌊a / b⌋: see the function `remainder`. */
  remainder(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return remainder(this, b, options)
  }

  /** a to the power of b: see the function `pow`. */
  pow(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return pow(this, b, options)
  }

  /** Bits in both: see the function `bitwiseAnd`. */
  bitwiseAnd(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return bitwiseAnd(this, b, options)
  }

  /** Bits in one: see the function `bitwiseOr`. */
  bitwiseOr(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return bitwiseOr(this, b, options)
  }

  /** Bits in one alone: see the function `bitwiseXor`. */
  bitwiseXor(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return bitwiseXor(this, b, options)
  }

  /** a · 2ᵇ: see the function `bitwiseLeftShift`. */
  bitwiseLeftShift(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return bitwiseLeftShift(this, b, options)
  }

  /** ⌊a / 2ᵇ⌋: see the function `bitwiseRightShift`. */
  bitwiseRightShift(b: Elementwise, options?: ElementwiseOptions): NDArray {
    return bitwiseRightShift(this, b, options)
  }

  /** a == b: see the function `equal`. */
  equal(b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return equal(this, b, options)
  }

  /** a != b: see the function `notEqual`. */
  notEqual(b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return notEqual(this, b, options)
  }

  /** a < b: see the function `less`. */
  less(b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return less(this, b, options)
  }

  /** a <= b: see the function `lessEqual`. */
  lessEqual(b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return lessEqual(this, b, options)
  }

  /** a > b: see the function `greater`. */
  greater(b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return greater(this, b, options)
  }

  /** a >= b: see the function `greaterEqual`. */
  greaterEqual(b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return greaterEqual(this, b, options)
  }

  /** −a: see the function `negative`. */
  negative(options?: ElementwiseOptions): NDArray {
    return negative(this, options)
  }

  /** |a|: see the function `abs`. */
  abs(options?: ElementwiseOptions): NDArray {
    return abs(this, options)
  }

  /** the other bits: see the function `bitwiseInvert`. */
  bitwiseInvert(options?: ElementwiseOptions): NDArray {
    return bitwiseInvert(this, options)
  }

  /** √a: see the function `sqrt`. */
  sqrt(options?: ElementwiseOptions): NDArray {
    return sqrt(this, options)
  }

  /** eᵃ: see the function `exp`. */
  exp(options?: ElementwiseOptions): NDArray {
    return exp(this, options)
  }

  /** ln a: see the function `log`. */
  log(options?: ElementwiseOptions): NDArray {
    return log(this, options)
  }

  /** to the nearest integer: see the function `round`. */
  round(options?: ElementwiseOptions): NDArray {
    return round(this, options)
  }

  /** Moves the elements into an interval: see the function `clip`. */
  clip(low?: Bound, high?: Bound, options?: ElementwiseOptions): NDArray {
    return clip(this, low, high, options)
  }

  /** See the function `sum`. */
  sum<R extends DType = SumDType<D>>(options?: FullReduction & SumOptions<R>): ElementOf<R>
  sum<R extends DType = SumDType<D>>(options: PartialReduction<R> & SumOptions<R>): NDArray<R>
  sum<R extends DType = SumDType<D>>(options: ReductionOptions<R> & SumOptions<R> = {}): unknown {
    return sum(this, options)
  }

  /** See the function `prod`. */
  prod<R extends DType = SumDType<D>>(options?: FullReduction & SumOptions<R>): ElementOf<R>
  prod<R extends DType = SumDType<D>>(options: PartialReduction<R> & SumOptions<R>): NDArray<R>
  prod<R extends DType = SumDType<D>>(options: ReductionOptions<R> & SumOptions<R> = {}): unknown {
    return prod(this, options)
  }

  /** See the function `min`. */
  min(options?: FullReduction): ElementOf<D>
  min(options: PartialReduction<D>): NDArray<D>
  min(options: ReductionOptions<D>): ElementOf<D> | NDArray<D>
  min(options: ReductionOptions<D> = {}): ElementOf<D> | NDArray<D> {
    return min(this, options)
  }

  /** See the function `max`. */
  max(options?: FullReduction): ElementOf<D>
  max(options: PartialReduction<D>): NDArray<D>
  max(options: ReductionOptions<D>): ElementOf<D> | NDArray<D>
  max(options: ReductionOptions<D> = {}): ElementOf<D> | NDArray<D> {
    return max(this, options)
  }

  /** See the function `mean`. */
  mean(options?: FullReduction): number
  mean(options: PartialReduction<MeanDType<D>>): NDArray<MeanDType<D>>
  mean(options: ReductionOptions<MeanDType<D>>): number | NDArray<MeanDType<D>>
  mean(options: ReductionOptions<MeanDType<D>> = {}): number | NDArray<MeanDType<D>> {
    return mean(this, options)
  }

  /** See the function `std`. */
  std(options?: FullReduction & CorrectionOptions): number
  std(options: PartialReduction<MeanDType<D>> & CorrectionOptions): NDArray<MeanDType<D>>
  std(options: ReductionOptions<MeanDType<D>> & CorrectionOptions): number | NDArray<MeanDType<D>>
  std(options: ReductionOptions<MeanDType<D>> & CorrectionOptions = {}): number | NDArray<MeanDType<D>> {
    return std(this, options)
  }

  /** See the function `variance`. */
  var(options?: FullReduction & CorrectionOptions): number
  var(options: PartialReduction<MeanDType<D>> & CorrectionOptions): NDArray<MeanDType<D>>
  var(options: ReductionOptions<MeanDType<D>> & CorrectionOptions): number | NDArray<MeanDType<D>>
  var(options: ReductionOptions<MeanDType<D>> & CorrectionOptions = {}): number | NDArray<MeanDType<D>> {
    return variance(this, options)
  }

  /** See the function `all`. */
  all(options?: FullReduction): boolean
  all(options: PartialReduction<'bool'>): NDArray<'bool'>
  all(options: ReductionOptions<'bool'>): boolean | NDArray<'bool'>
  all(options: ReductionOptions<'bool'> = {}): boolean | NDArray<'bool'> {
    return all(this, options)
  }

  /** See the function `any`. */
  any(options?: FullReduction): boolean
  any(options: PartialReduction<'bool'>): NDArray<'bool'>
  any(options: ReductionOptions<'bool'>): boolean | NDArray<'bool'>
  any(options: ReductionOptions<'bool'> = {}): boolean | NDArray<'bool'> {
    return any(this, options)
  }

  /** See the function `matmul`. */
  matmul(other: NDArray, options: ProductOptions = {}): NDArray {
    return matmul(this, other, options)
  }

  /**
   * Sorts in place; see the function `sort`, which makes a sorted copy.
   * @returns This array.
   */
  sort(options: Omit<SortOptions, 'out'> = {}): this {
    sort(this, { ...options, out: this })
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
