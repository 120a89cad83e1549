import type { DType } from '../dtype.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { expandDims } from './reshape.ts'

/**
 * Views with a least number of axes; axes of length 1 are added.
 * @returns For one array a view, for several an array of views; the caller's, also where nothing is added.
 * @throws DTypeError for what is no array, ReleasedError; nothing is made then.
 */
export interface AtLeast {
  <D extends DType>(a: NDArray<D>): NDArray<D>
  (...arrays: NDArray[]): NDArray[]
}

/** At least one axis; see `AtLeast`. */
export const atleast1d: AtLeast = atLeast([[0]])
/** At least two axes; a 1-d array becomes a row, see `AtLeast`. */
export const atleast2d: AtLeast = atLeast([[0, 1], [0]])
/** At least three axes; a 1-d array of n becomes (1, n, 1), a matrix (m, n, 1), see `AtLeast`. */
export const atleast3d: AtLeast = atLeast([[0, 1, 2], [0, 2], [2]])

/** From the places of the new axes, for each number of axes that an array may lack. */
function atLeast(places: readonly (readonly number[])[]): AtLeast {
  return ((...arrays: NDArray[]) => {
    for (const a of arrays) assertArray(a)
    const views = arrays.map(a => expandDims(a, places[a.ndim] ?? []))
    return views.length === 1 ? views[0] : views
  }) as AtLeast
}
