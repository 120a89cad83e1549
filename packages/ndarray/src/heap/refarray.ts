import { TAG_REFERENCES } from '@ebb/core'
import { describe } from '../dtype.ts'
import { DTypeError, IndexError } from '../errors.ts'
import { NDArray } from '../ndarray.ts'
import { toShape } from '../shape.ts'
import { currentHeap, type Heap } from './heap.ts'
import type { Lease } from './lease.ts'
import { Owner } from './owner.ts'
import { assertSameHeap } from './sameheap.ts'
import { readView, writeView } from './viewblock.ts'

/** What an element of a RefArray may be. */
export type Reference = NDArray | RefArray | null

/**
 * An array of references to arrays and other RefArrays: a Python list, for memory's sake. Each element
 * holds a reference to its block; when the RefArray is freed it drops them. Only RefArrays can refer to
 * each other in a circle, which their counts alone never free: that is what `nd.gc` is for.
 */
export class RefArray extends Owner {
  readonly length: number

  /** @internal Use `refs`. The lease becomes the RefArray's. */
  constructor(lease: Lease, length: number) {
    super(lease)
    this.length = length
  }

  /**
   * The element at an index (negative ones count from the end): null when it is empty, else an object of
   * its own over the same memory, which is the caller's to release.
   * @throws IndexError, ReleasedError
   */
  get(index: number): Reference {
    const at = this.#locate(index)
    const { heap } = this.lease
    const { exports } = heap.core
    const handle = exports.getReference(this.lease.handle, at) >>> 0
    if (handle === 0) return null
    if (exports.tagOfBlock(handle) === TAG_REFERENCES) return refArrayOver(heap, handle)
    return readView(heap, handle)
  }

  /**
   * Makes an element refer to an array, or (null) to nothing. What it referred to loses a reference.
   * @throws IndexError, ReleasedError; DTypeError for anything else; HeapError for an array of another heap.
   */
  set(value: Reference, index: number): void {
    const at = this.#locate(index)
    const { handle: list, heap } = this.lease
    const { exports } = heap.core
    if (value === null) {
      exports.setReference(list, at, 0)
      return
    }
    assertReference(value)
    assertSameHeap(this, value)
    if (value instanceof RefArray) {
      exports.setReference(list, at, value.lease.handle)
      return
    }
    const view = writeView(value)
    exports.setReference(list, at, view)
    exports.release(view, 0)
  }

  #locate(index: number): number {
    this.assertAlive()
    if (!Number.isInteger(index) || index < -this.length || index >= this.length) {
      throw new IndexError(`index ${String(index)} is out of bounds for a RefArray of length ${this.length}`)
    }
    return index < 0 ? index + this.length : index
  }

  /** The elements from the first to the last, each an object of its own; see `get`. */
  *[Symbol.iterator](): Generator<Reference> {
    for (let i = 0; i < this.length; i++) yield this.get(i)
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `RefArray(${this.length}${this.released ? ', released' : ''})`
  }
}

function assertReference(value: unknown): asserts value is NDArray | RefArray {
  if (!(value instanceof NDArray) && !(value instanceof RefArray)) {
    throw new DTypeError(`an element of a RefArray is an array, a RefArray or null, not ${describe(value)}`)
  }
  value.assertAlive()
}

function refArrayOver(heap: Heap, handle: number): RefArray {
  const { exports } = heap.core
  exports.retain(handle)
  const bytes = exports.bytesOfBlock(handle) >>> 0
  return new RefArray(heap.leaseOf(handle, 'references', [bytes / 4]), bytes / 4)
}

/**
 * A RefArray: of so many empty elements, or of the given arrays, RefArrays and nulls. A collection that is
 * due runs first.
 * @throws ShapeError for an impossible length, DTypeError for other elements, OutOfMemoryError
 */
export function refs(elements: number | readonly Reference[]): RefArray {
  const shape = toShape(typeof elements === 'number' ? elements : elements.length)
  const length = shape[0] as number
  if (typeof elements !== 'number') for (const value of elements) if (value !== null) assertReference(value)
  const heap = currentHeap()
  const result = new RefArray(heap.allocateReferences(length, shape), length)
  if (typeof elements === 'number') return result
  try {
    for (const [i, value] of elements.entries()) result.set(value, i)
    return result
  } catch (error) {
    result.release()
    throw error
  }
}

/**
 * References to an object's block: the object itself, its views, the elements of RefArrays. (Python's
 * `sys.getrefcount` shows one more: its own argument.)
 * @throws ReleasedError
 */
export function refCount(owner: NDArray | RefArray): number {
  assertReference(owner)
  return owner.lease.heap.core.exports.references(owner.lease.handle)
}
