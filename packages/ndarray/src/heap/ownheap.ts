import type { Core } from '@ebb/core'
import type { DType } from '../dtype.ts'
import { arange, array, type CreationOptions, empty, full, ones, zeros } from '../functions/creation.ts'
import type { NDArray } from '../ndarray.ts'
import { withContext } from './context.ts'
import { Heap } from './heap.ts'
import { type HeapStatistics, readHeapStatistics } from './heapstatistics.ts'
import { type Leak, type LeaksOptions, leaksOf } from './lease.ts'

/**
 * A heap beside the default one, with a memory, limits and a policy of its own. What is made in it, by its
 * methods or inside `run`, lives until it is released or the heap is closed. Arrays of different heaps do not
 * meet in one operation (HeapError); `heap.array(a)` copies one in.
 *
 * @example
 * using heap = new nd.Heap({ maxBytes: 256 * 2 ** 20 })
 * const total = heap.run(() => nd.ones([1000]).sum())
 */
export class OwnHeap extends Heap implements Disposable {
  /**
   * Runs a function with this heap as the one that new arrays live in; across awaits, too, where the
   * platform can follow them (not in browsers).
   * @returns What the function returns.
   * @throws HeapError when the heap is closed.
   */
  run<T>(fn: () => T): T {
    void this.core
    return withContext({ heap: this }, fn, { returned: value => value, failed() {} })
  }

  /** As the function `empty`, in this heap. */
  empty<D extends DType = 'float64'>(...parameters: Parameters<typeof empty<D>>): NDArray<D> {
    return this.run(() => empty<D>(...parameters))
  }

  /** As the function `zeros`, in this heap. */
  zeros<D extends DType = 'float64'>(...parameters: Parameters<typeof zeros<D>>): NDArray<D> {
    return this.run(() => zeros<D>(...parameters))
  }

  /** As the function `ones`, in this heap. */
  ones<D extends DType = 'float64'>(...parameters: Parameters<typeof ones<D>>): NDArray<D> {
    return this.run(() => ones<D>(...parameters))
  }

  /** As the function `full`, in this heap. */
  full<D extends DType = 'float64'>(...parameters: Parameters<typeof full<D>>): NDArray<D> {
    return this.run(() => full<D>(...parameters))
  }

  /** As the function `arange`, in this heap. */
  arange<D extends DType = 'float64'>(...parameters: Parameters<typeof arange<D>>): NDArray<D> {
    return this.run(() => arange<D>(...parameters))
  }

  /** As the function `array`, in this heap: also the way to copy an array of another heap. */
  array<D extends DType = 'float64'>(
    values: Parameters<typeof array<D>>[0],
    options?: CreationOptions<D>,
  ): NDArray<D> {
    return this.run(() => array<D>(values, options))
  }

  /** How the heap is used; see `nd.memory.heap()`. @throws HeapError when the heap is closed. */
  statistics(): HeapStatistics {
    return readHeapStatistics(this.core as Core)
  }

  /** The heap's arrays that were garbage collected without a release; see `nd.memory.leaks()`. */
  leaks(options?: LeaksOptions): Leak[] {
    return leaksOf(this, options)
  }

  /**
   * Frees everything in the heap and gives its memory back at once. Its arrays report ReleasedError from then
   * on; the heap itself HeapError.
   * @returns The bytes that were in use or resident; 0 for a second call.
   */
  close(): number {
    return this.shutDown()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}
