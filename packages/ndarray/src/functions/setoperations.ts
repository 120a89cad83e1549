import type { DType } from '../dtype.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { compress } from './compress.ts'
import { copy } from './creation.ts'
import { concat } from './join.ts'
import { filled } from './output.ts'
import type { Promote } from './promote.ts'
import { resultType } from './promotion.ts'
import { searchsorted } from './searching.ts'
import { isin, uniqueValues } from './sets.ts'
import { sort } from './sorting.ts'
import { Temporaries } from './temporaries.ts'

/*
 * NumPy's operations on arrays as sets: of arrays of any shape, the distinct elements, sorted, along one axis.
 * NaN comes last, once for each array at most; it is in no other set. The result is the caller's. Errors:
 * DTypeError, HeapError, ReleasedError, OutOfMemoryError.
 */

/** An operation on two arrays, in the dtype that they have together. */
type SetOperation = <A extends DType, B extends DType>(a: NDArray<A>, b: NDArray<B>) => NDArray<Promote<A, B>>

/** The elements of a and of b; NaN once. */
export const union1d = ((a, b) => {
  using temporaries = new Temporaries()
  return distinct(temporaries.add(concat([a, b], { axis: null })), temporaries)
}) as SetOperation

/** The elements of a that are elements of b. */
export const intersect1d = ((a, b) => {
  using temporaries = new Temporaries()
  const values = temporaries.add(distinct(common(a, b, temporaries), temporaries))
  return compress(temporaries.add(isin(values, b)), values)
}) as SetOperation

/** The elements of a that are no elements of b; of a's dtype. */
export function setdiff1d<D extends DType>(a: NDArray<D>, b: NDArray): NDArray<D> {
  using temporaries = new Temporaries()
  const values = temporaries.add(distinct(a, temporaries))
  return compress(temporaries.add(isin(values, b, { invert: true })), values)
}

/** The elements of a or of b that are not in both; NaN of each. */
export const setxor1d = ((a, b) => {
  using temporaries = new Temporaries()
  const parts = [temporaries.add(setdiff1d(a, b)), temporaries.add(setdiff1d(b, a))]
  const both = concat(parts)
  return filled(both, undefined, () => sort(both, { out: both }))
}) as SetOperation

/** The first array in the dtype that both have together. */
function common(a: NDArray, b: NDArray, temporaries: Temporaries): NDArray {
  assertArray(a)
  assertArray(b)
  assertSameHeap(a, b)
  const dtype = resultType(a.dtype, b.dtype)
  return a.dtype === dtype ? a : temporaries.add(copy(a, dtype))
}

/** The distinct elements, with at most one NaN. */
function distinct<D extends DType>(a: NDArray<D>, temporaries: Temporaries): NDArray<D> {
  const values = uniqueValues(a)
  if (values.info.kind !== 'float' || values.size === 0) return values
  temporaries.add(values)
  const numbers = searchsorted(values, NaN)
  return copy(temporaries.add(values.slice([0, numbers + 1])), a.dtype)
}
