import { MAX_DIMS } from '@ebb/core'
import { type DType, describe } from '../dtype.ts'
import { ShapeError } from '../errors.ts'
import { allocateArray, assertArray, type Layout, type NDArray } from '../ndarray.ts'
import { contiguousStrides, formatShape, type Shape, sizeOf, toShape } from '../shape.ts'
import { type Axes, listOf, resolveAxes } from './axes.ts'
import { move } from './move.ts'
import { optionsOf } from './options.ts'

/** Whether elements may or must be copied. */
export interface CopyOptions {
  /**
   * true: always a copy. false: never; an error where one would be needed. null (the default): only where
   * it is needed. What is not copied is a view of the same memory.
   */
  copy?: boolean | null
}

/**
 * The elements in C order, in another shape. One length may be -1: it becomes what is left.
 * @returns A view where the strides allow it, else a copy; the caller's either way.
 * @throws ShapeError when the shape has another number of elements, or when `copy` is false and no view is
 * possible; ReleasedError, OutOfMemoryError
 */
export function reshape<D extends DType>(
  a: NDArray<D>,
  shape: number | Shape,
  given?: CopyOptions,
): NDArray<D> {
  const options = optionsOf('reshape', given, { copy: true })
  assertArray(a)
  const target = targetShape(shape, a)
  const strides = options.copy === true ? undefined : reshapedStrides(a, target)
  if (strides) return a.view({ shape: target, strides, offset: a.offset })
  if (options.copy === false) {
    throw new ShapeError(
      `shape ${formatShape(a.shape)} with strides (${a.strides.join(', ')}) cannot be viewed as ${formatShape(target)}; allow a copy`,
    )
  }
  const result = allocateArray(a.lease.heap, target, a.dtype, false)
  move(result, { shape: a.shape, strides: contiguousStrides(a.shape), offset: 0 }, a, a)
  return result
}

/** The elements in C order along one axis: a view where the strides allow it, else a copy. See `reshape`. */
export function ravel<D extends DType>(a: NDArray<D>): NDArray<D> {
  return reshape(a, -1)
}

/** A copy of the elements in C order along one axis. */
export function flatten<D extends DType>(a: NDArray<D>): NDArray<D> {
  return reshape(a, -1, { copy: true })
}

/** The shape meant: a length of -1 is what the others leave. */
function targetShape(shape: number | Shape, a: NDArray): Shape {
  const lengths = typeof shape === 'number' ? [shape] : shape
  const open = Array.isArray(lengths) ? lengths.indexOf(-1) : -1
  if (open < 0) {
    const target = toShape(lengths)
    if (sizeOf(target) !== a.size) throw doesNotFill(a, target)
    return target
  }
  const rest = sizeOf(toShape(lengths.toSpliced(open, 1)))
  if (rest === 0 || a.size % rest !== 0) throw doesNotFill(a, lengths)
  return toShape(lengths.with(open, a.size / rest))
}

function doesNotFill(a: NDArray, shape: Shape): ShapeError {
  return new ShapeError(
    `${a.size} elements of shape ${formatShape(a.shape)} do not fill ${formatShape(shape)}`,
  )
}

/**
 * The steps by which the same memory is read in another shape, or undefined when there are none. Axes are
 * taken in groups, the shortest on both sides whose lengths multiply to the same number: the old ones of a
 * group must lie like one axis.
 */
function reshapedStrides(from: Layout, shape: Shape): number[] | undefined {
  const result = contiguousStrides(shape)
  if (shape.includes(0)) return result
  const old = from.shape
    .map((length, axis) => ({ length, step: from.strides[axis] as number }))
    .filter(axis => axis.length !== 1)
  // Of the group: its elements, its innermost step, and what new axes have taken of it.
  let given = 1
  let step = 0
  let taken = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] as number
    if (length === 1) continue
    if (taken === given) {
      const inner = old.pop() as { length: number; step: number }
      given = inner.length
      step = inner.step
      taken = 1
    }
    while (taken * length > given) {
      const outer = old.pop()
      if (outer?.step !== step * given) return undefined
      given *= outer.length
    }
    result[axis] = step * taken
    taken *= length
  }
  return result
}

/** Where to put axes. */
export interface ExpandDimsOptions {
  /** Places in the result; default 0. */
  axis?: Axes
}

/**
 * A view with axes of length 1 inserted where they will stand in the result.
 * @param where The axes, or an options object with them.
 * @throws IndexError for an axis out of bounds, ShapeError for one named twice or too many; ReleasedError
 */
export function expandDims<D extends DType>(a: NDArray<D>, where: Axes | ExpandDimsOptions = {}): NDArray<D> {
  assertArray(a)
  const axis = isOptions(where) ? (optionsOf('expandDims', where, { axis: true }).axis ?? 0) : where
  const ndim = a.ndim + listOf(axis).length
  if (ndim > MAX_DIMS) throw new ShapeError(`${ndim} axes are too many; ${MAX_DIMS} are possible`)
  const inserted = new Set(resolveAxes(axis, ndim))
  const shape: number[] = []
  const strides: number[] = []
  for (let at = 0, old = 0; at < ndim; at++) {
    const fresh = inserted.has(at)
    shape.push(fresh ? 1 : (a.shape[old] as number))
    strides.push(fresh ? 0 : (a.strides[old++] as number))
  }
  return a.view({ shape: Object.freeze(shape), strides, offset: a.offset })
}

function isOptions(where: Axes | ExpandDimsOptions): where is ExpandDimsOptions {
  return typeof where === 'object' && where !== null && !Array.isArray(where)
}

/**
 * A view without axes of length 1: those named, or all.
 * @throws ShapeError when an axis named has another length, or is named twice; IndexError for one out of
 * bounds; ReleasedError
 */
export function squeeze<D extends DType>(a: NDArray<D>, axis?: Axes | null): NDArray<D> {
  assertArray(a)
  const dropped = new Set(axis == null ? onesOf(a.shape) : resolveAxes(axis, a.ndim))
  for (const at of dropped) {
    if (a.shape[at] !== 1) {
      throw new ShapeError(
        `axis ${at} of shape ${formatShape(a.shape)} has length ${describe(a.shape[at])}, not 1`,
      )
    }
  }
  const keep = (_: number, at: number): boolean => !dropped.has(at)
  return a.view({
    shape: Object.freeze(a.shape.filter(keep)),
    strides: a.strides.filter(keep),
    offset: a.offset,
  })
}

function onesOf(shape: Shape): number[] {
  return shape.flatMap((length, axis) => (length === 1 ? [axis] : []))
}
