import type { DType } from '../dtype.ts'
import { NDArray } from '../ndarray.ts'
import { copy } from './creation.ts'
import { sharesMemory } from './overlap.ts'

/** Arrays that an operation makes for itself, and drops when it is over. */
export class Temporaries {
  readonly #arrays: NDArray[] = []

  /** Takes an array over. */
  add<D extends DType>(array: NDArray<D>): NDArray<D> {
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
