import { type DType, describe } from '../dtype.ts'
import { IndexError, ShapeError } from '../errors.ts'
import { allocateArray, assertArray, type Layout, type NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { type CreationOptions, zeros } from './creation.ts'
import { fill, move, stretch } from './move.ts'
import { optionsOf } from './options.ts'

/** Which diagonal. */
export interface DiagonalOption {
  /** Above the main diagonal, or below it if negative; default 0. */
  k?: number
}

/**
 * A matrix with ones on a diagonal and zeros elsewhere.
 * @param nCols Default: as many as rows; may be left out before the options.
 * @throws ShapeError, DTypeError; IndexError when `k` is no integer; OutOfMemoryError
 */
export function eye<D extends DType = 'float64'>(
  nRows: number,
  nCols?: number | null,
  options?: CreationOptions<D> & DiagonalOption,
): NDArray<D>
export function eye<D extends DType = 'float64'>(
  nRows: number,
  options: CreationOptions<D> & DiagonalOption,
): NDArray<D>
export function eye<D extends DType = 'float64'>(
  nRows: number,
  second?: number | null | (CreationOptions<D> & DiagonalOption),
  third?: CreationOptions<D> & DiagonalOption,
): NDArray<D> {
  const isOptions = typeof second === 'object' && second !== null
  const options = optionsOf('eye', isOptions ? second : third, { dtype: true, k: true })
  const k = offsetOf(options)
  const columns = (isOptions ? undefined : second) ?? nRows
  const result = zeros([nRows, columns], options.dtype ? { dtype: options.dtype } : {}) as NDArray<D>
  const length = Math.max(0, Math.min(nRows - Math.max(0, -k), columns - Math.max(0, k)))
  if (length === 0) return result
  const offset = k < 0 ? -k * columns : k
  fill(result, { shape: [length], strides: [columns + 1], offset }, 1)
  return result
}

/**
 * The matrices along the last two axes with zeros above a diagonal.
 * @returns A contiguous array of the same shape and dtype; the caller's.
 * @throws ShapeError for fewer than two axes, IndexError when `k` is no integer; ReleasedError,
 * OutOfMemoryError
 */
export function tril<D extends DType>(a: NDArray<D>, given?: DiagonalOption): NDArray<D> {
  const options = optionsOf('tril', given, { k: true })
  const k = offsetOf(options)
  return triangle(
    a,
    row => [0, row + k + 1],
    column => [column - k, Infinity],
  )
}

/** The matrices along the last two axes with zeros below a diagonal; see `tril`. */
export function triu<D extends DType>(a: NDArray<D>, given?: DiagonalOption): NDArray<D> {
  const options = optionsOf('triu', given, { k: true })
  const k = offsetOf(options)
  return triangle(
    a,
    row => [row + k, Infinity],
    column => [0, column - k + 1],
  )
}

/** What is kept of a row or column: from the first index to before the second. */
type Kept = (index: number) => [start: number, stop: number]

/** Copies row by row, or column by column where there are fewer. */
function triangle<D extends DType>(a: NDArray<D>, ofRow: Kept, ofColumn: Kept): NDArray<D> {
  assertArray(a)
  if (a.ndim < 2) throw new ShapeError(`shape ${formatShape(a.shape)} is no matrix; two axes are needed`)
  const [rows, columns] = a.shape.slice(-2) as [number, number]
  const result = allocateArray(a.lease.heap, a.shape, a.dtype, true)
  if (a.size === 0) return result
  const byRow = rows <= columns
  const [across, along] = byRow ? [a.ndim - 2, a.ndim - 1] : [a.ndim - 1, a.ndim - 2]
  const length = byRow ? columns : rows
  for (let i = 0; i < Math.min(rows, columns); i++) {
    const [first, end] = (byRow ? ofRow : ofColumn)(i)
    const start = Math.min(Math.max(first, 0), length)
    const count = Math.min(Math.max(end, 0), length) - start
    if (count <= 0) continue
    const part = (from: Layout): Layout => stretch(stretch(from, across, i, 1), along, start, count)
    move(result, part(result), a, part(a))
  }
  return result
}

function offsetOf({ k = 0 }: DiagonalOption): number {
  if (!Number.isSafeInteger(k)) throw new IndexError(`k must be an integer, not ${describe(k)}`)
  return k
}
