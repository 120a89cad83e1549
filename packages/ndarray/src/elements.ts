import {
  type DType,
  type DTypeInfo,
  type ElementOf,
  type Scalar,
  type TypedArrayOf,
  toElement,
} from './dtype.ts'
import { IndexError, ShapeError } from './errors.ts'
import type { Operand } from './heap/heap.ts'
import type { Lease } from './heap/lease.ts'
import { Owner } from './heap/owner.ts'
import { formatShape, isContiguous, type Shape, sizeOf } from './shape.ts'

/** Where an array's elements lie in its block: lengths, steps and first element, counted in elements. */
export interface Layout {
  readonly shape: Shape
  readonly strides: readonly number[]
  readonly offset: number
}

/** What an array is before it does anything: elements in a block, their layout, and access to one of them. */
export abstract class Elements<D extends DType = DType> extends Owner {
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
}
