import { type DType, describe, type Scalar, toElement } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { allocateArray, assertArray, type Layout, type NDArray } from '../ndarray.ts'
import { formatShape, toShape } from '../shape.ts'
import { fill, move, stretch } from './move.ts'
import { optionsOf } from './options.ts'

/** What the margin is filled with. */
export type PadMode = 'constant' | 'edge' | 'reflect' | 'symmetric' | 'wrap'

/** Something for both ends of every axis: one for all, [before, after] for all axes, or that for each axis. */
export type ForEnds<T> = T | readonly [T, T] | readonly (readonly [T, T])[]

/** What the new elements are. */
export interface PadOptions {
  /**
   * `constant` (the default): constantValues; `edge`: the outermost element; `reflect`: mirrored at the
   * outermost element, which is not repeated; `symmetric`: mirrored behind it; `wrap`: from the other end.
   */
  mode?: PadMode
  /** Default 0. */
  constantValues?: ForEnds<Scalar>
}

/** The index in an axis of `length` from which position `i` before or behind it is taken. */
const SOURCE: Record<Exclude<PadMode, 'constant'>, (i: number, length: number) => number> = {
  edge: (i, length) => Math.min(Math.max(i, 0), length - 1),
  wrap: (i, length) => modulo(i, length),
  symmetric: (i, length) => {
    const at = modulo(i, 2 * length)
    return at < length ? at : 2 * length - 1 - at
  },
  reflect: (i, length) => {
    if (length === 1) return 0
    const at = modulo(i, 2 * length - 2)
    return at < length ? at : 2 * length - 2 - at
  },
}

function modulo(a: number, n: number): number {
  return ((a % n) + n) % n
}

/**
 * The array with a margin along each axis.
 * @param padWidth How wide: one number, [before, after], or that for each axis.
 * @returns A contiguous array of a's dtype; the caller's.
 * @throws ShapeError for widths that are negative or no integers, or do not fit the axes, and for an axis of
 * length 0 in a mode that has nothing to take from it; DTypeError for an unknown mode, or when the dtype
 * cannot hold a constant; ReleasedError, OutOfMemoryError. Nothing is allocated then.
 */
export function pad<D extends DType>(
  a: NDArray<D>,
  padWidth: ForEnds<number>,
  given?: PadOptions,
): NDArray<D> {
  const options = optionsOf('pad', given, { mode: true, constantValues: true })
  assertArray(a)
  const { mode = 'constant', constantValues = 0 } = options
  if (mode !== 'constant' && !Object.hasOwn(SOURCE, mode)) {
    throw new DTypeError(
      `unknown mode ${describe(mode)}; there are constant, ${Object.keys(SOURCE).join(', ')}`,
    )
  }
  const widths = forEnds<number>(padWidth, a.ndim)
  for (const width of widths.flat()) {
    if (!Number.isSafeInteger(width) || width < 0)
      throw new ShapeError(`a margin of ${describe(width)} cannot be; it must be an integer from 0`)
  }
  const constants = forEnds<Scalar>(constantValues, a.ndim)
  for (const value of constants.flat()) toElement(value, a.dtype)
  const shape = toShape(a.shape.map((length, axis) => length + sum(widths[axis] as Ends<number>)))
  if (mode !== 'constant') assertSources(a, widths)
  const result = allocateArray(a.lease.heap, shape, a.dtype, false)
  move(result, band(result, a, widths, -1), a, a)
  // Axis by axis the margin grows: across the axes that are done, along those that are not.
  for (let axis = 0; axis < a.ndim; axis++) {
    const [before, after] = widths[axis] as Ends<number>
    const length = a.shape[axis] as number
    const part = band(result, a, widths, axis)
    if (mode === 'constant') {
      const [low, high] = constants[axis] as Ends<Scalar>
      fill(result, stretch(part, axis, 0, before), low)
      fill(result, stretch(part, axis, before + length, after), high)
    } else {
      const source = (i: number): number => SOURCE[mode](i, length)
      copyRuns(result, part, axis, -before, before, before, source)
      copyRuns(result, part, axis, length, after, before, source)
    }
  }
  return result
}

type Ends<T> = readonly [before: T, after: T]

function sum([before, after]: Ends<number>): number {
  return before + after
}

/** One pair for each axis. */
function forEnds<T>(given: ForEnds<T>, ndim: number): Ends<T>[] {
  if (!Array.isArray(given)) return Array.from({ length: ndim }, () => [given as T, given as T])
  const list = given as readonly (T | readonly T[])[]
  const pairs = list.some(Array.isArray) ? (list as readonly (readonly T[])[]) : [list as readonly T[]]
  const fits = pairs.length === ndim || pairs.length === 1
  if (!fits || pairs.some(pair => !Array.isArray(pair) || pair.length !== 2)) {
    throw new ShapeError(`expected a value, [before, after], or a pair for each of ${ndim} axes`)
  }
  return Array.from({ length: ndim }, (_, axis) => pairs[pairs.length === 1 ? 0 : axis] as unknown as Ends<T>)
}

function assertSources(a: NDArray, widths: readonly Ends<number>[]): void {
  const at = a.shape.findIndex((length, axis) => length === 0 && sum(widths[axis] as Ends<number>) > 0)
  if (at >= 0) throw new ShapeError(`axis ${at} of shape ${formatShape(a.shape)} is empty; nothing to repeat`)
}

/** The part of the result that is as wide as the whole up to an axis, and without its margin behind it. */
function band(result: NDArray, a: NDArray, widths: readonly Ends<number>[], axis: number): Layout {
  let part: Layout = result
  for (let inner = axis + 1; inner < a.ndim; inner++) {
    part = stretch(part, inner, (widths[inner] as Ends<number>)[0], a.shape[inner] as number)
  }
  return part
}

/**
 * Fills `count` positions of an axis, counted from the array's first element, each from its source; as many
 * at once as follow each other in even steps.
 */
function copyRuns(
  result: NDArray,
  part: Layout,
  axis: number,
  start: number,
  count: number,
  margin: number,
  source: (i: number) => number,
): void {
  let i = start
  const end = start + count
  while (i < end) {
    const first = source(i)
    const step = i + 1 < end ? source(i + 1) - first : 0
    let length = Math.min(2, end - i)
    while (i + length < end && source(i + length) - source(i + length - 1) === step) length++
    move(
      result,
      stretch(part, axis, margin + i, length),
      result,
      stretch(part, axis, margin + first, length, step),
    )
    i += length
  }
}
