import type { NDArray } from '../ndarray.ts'

/** Arrays that a function made for itself: `using` drops them at its end. Their pages stay for reuse. */
export class Temporaries implements Disposable {
  readonly #arrays: NDArray[] = []

  /** Takes an array into care, and returns it. */
  add<A extends NDArray>(array: A): A {
    this.#arrays.push(array)
    return array
  }

  [Symbol.dispose](): void {
    for (const array of this.#arrays) array.drop(false)
  }
}
