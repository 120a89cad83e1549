import type { DType } from '../dtype.ts'
import { NDArray } from '../ndarray.ts'
import { copy } from './creation.ts'
import { sharesMemory } from './overlap.ts'

/** Arrays that a function made for itself: `using` drops them at its end. Their pages stay for reuse. */
export class Temporaries implements Disposable {
  readonly #arrays: NDArray[] = []

  /** Takes an array into care, and returns it. */
  add<A extends NDArray>(array: A): A {
    this.#arrays.push(array)
    return array
  }

  /** The array itself when a kernel can read it as `dtype` while it writes to `out`, else a copy. */
  readable(array: NDArray, dtype: DType, out?: NDArray): NDArray {
    const overlaps = out instanceof NDArray && sharesMemory(array, out)
    return array.dtype === dtype && !overlaps ? array : this.add(copy(array, dtype))
  }

  [Symbol.dispose](): void {
    for (const array of this.#arrays) array.drop(false)
  }
}
