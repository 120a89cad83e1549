import { type DType, describe } from '../dtype.ts'
import { IndexError, ShapeError } from '../errors.ts'
import { allocateArray, assertArray, type Layout, type NDArray } from '../ndarray.ts'
import { contiguousStrides, formatShape } from '../shape.ts'
import { type Axes, listOf, resolveAxes, resolveAxis } from './axes.ts'
import { move, stretch } from './move.ts'
import { optionsOf } from './options.ts'
import { reshape } from './reshape.ts'

/** Which axes a function works on. */
export interface AxisOptions {
  /** Default: as the function says. */
  axis?: Axes | null
}

/** The axes in another order: the i-th of the result is axis `order[i]` of the array. */
function permuted(from: Layout, order: readonly number[]): Layout {
  return {
    shape: Object.freeze(order.map(axis => from.shape[axis] as number)),
    strides: order.map(axis => from.strides[axis] as number),
    offset: from.offset,
  }
}

/**
 * A view with the axes in another order.
 * @param axes Every axis once: the i-th of the result is axis `axes[i]`.
 * @throws ShapeError when an axis is missing or named twice, IndexError for one out of bounds; ReleasedError
 */
export function permuteDims<D extends DType>(a: NDArray<D>, axes: readonly number[]): NDArray<D> {
  assertArray(a)
  const order = resolveAxes(axes, a.ndim)
  if (order.length !== a.ndim) {
    throw new ShapeError(`axes (${order.join(', ')}) do not name every axis of shape ${formatShape(a.shape)}`)
  }
  return a.view(permuted(a, order))
}

/** As `permuteDims`; without axes their order is reversed. */
export function transpose<D extends DType>(a: NDArray<D>, axes?: readonly number[] | null): NDArray<D> {
  if (axes != null) return permuteDims(a, axes)
  assertArray(a)
  return a.view(permuted(a, [...a.shape.keys()].reverse()))
}

/**
 * A view of the matrices along the last two axes, transposed.
 * @throws ShapeError for fewer than two axes; ReleasedError
 */
export function matrixTranspose<D extends DType>(a: NDArray<D>): NDArray<D> {
  assertArray(a)
  if (a.ndim < 2) throw new ShapeError(`shape ${formatShape(a.shape)} is no matrix; two axes are needed`)
  return swapaxes(a, -2, -1)
}

/** A view with two axes exchanged. @throws IndexError for an axis out of bounds; ReleasedError */
export function swapaxes<D extends DType>(a: NDArray<D>, axis1: number, axis2: number): NDArray<D> {
  assertArray(a)
  const order = [...a.shape.keys()]
  const [first, second] = [resolveAxis(axis1, a.ndim), resolveAxis(axis2, a.ndim)]
  order[first] = second
  order[second] = first
  return a.view(permuted(a, order))
}

/**
 * A view with axes moved to other places; the others keep their order.
 * @param source The axes to move.
 * @param destination Where each stands in the result.
 * @throws ShapeError when they differ in number or one is named twice, IndexError for one out of bounds;
 * ReleasedError
 */
export function moveaxis<D extends DType>(a: NDArray<D>, source: Axes, destination: Axes): NDArray<D> {
  assertArray(a)
  const from = resolveAxes(source, a.ndim)
  const to = resolveAxes(destination, a.ndim)
  if (from.length !== to.length) {
    throw new ShapeError(`${from.length} axes cannot be moved to ${to.length} places`)
  }
  const rest = [...a.shape.keys()].filter(axis => !from.includes(axis))
  const order = Array.from(a.shape, (_, place) => {
    const moved = to.indexOf(place)
    return (moved < 0 ? rest.shift() : from[moved]) as number
  })
  return a.view(permuted(a, order))
}

/**
 * A view with the order of the elements reversed along some axes; by default all.
 * @throws IndexError for an axis out of bounds, ShapeError for one named twice; ReleasedError
 */
export function flip<D extends DType>(a: NDArray<D>, given?: AxisOptions): NDArray<D> {
  const options = optionsOf('flip', given, { axis: true })
  assertArray(a)
  return a.view(flipped(a, resolveAxes(options.axis ?? [...a.shape.keys()], a.ndim)))
}

function flipped(from: Layout, axes: readonly number[]): Layout {
  let { offset } = from
  const strides = [...from.strides]
  for (const axis of axes) {
    const step = strides[axis] as number
    offset += Math.max(0, (from.shape[axis] as number) - 1) * step
    strides[axis] = 0 - step
  }
  return { shape: from.shape, strides, offset: from.shape.includes(0) ? from.offset : offset }
}

/** The plane of a rotation. */
export interface Rot90Options {
  /** From the first axis towards the second; default [0, 1]. */
  axes?: readonly [number, number]
}

/**
 * A view rotated by so many quarter turns in a plane.
 * @throws ShapeError unless there are two different axes, IndexError for one out of bounds or a `k` that is
 * no integer; ReleasedError
 */
export function rot90<D extends DType>(a: NDArray<D>, k = 1, given?: Rot90Options): NDArray<D> {
  const options = optionsOf('rot90', given, { axes: true })
  assertArray(a)
  const axes = resolveAxes(options.axes ?? [0, 1], a.ndim)
  if (axes.length !== 2) throw new ShapeError(`a plane has two axes, not ${axes.length}`)
  const [first, second] = axes as [number, number]
  const turns = ((integer(k, 'k') % 4) + 4) % 4
  if (turns === 0) return a.view(a)
  if (turns === 2) return a.view(flipped(a, axes))
  const order = [...a.shape.keys()]
  order[first] = second
  order[second] = first
  return a.view(flipped(permuted(a, order), [turns === 1 ? first : second]))
}

/** Which diagonals. */
export interface DiagonalOptions {
  /** Above the main diagonal, or below it if negative; default 0. */
  offset?: number
  /** The axes of the matrices; default 0 and 1. */
  axis1?: number
  axis2?: number
}

/**
 * A view of the diagonals of matrices along two axes; the diagonal is the last axis of the result.
 * @throws ShapeError unless there are two different axes; IndexError for one out of bounds; ReleasedError
 */
export function diagonal<D extends DType>(a: NDArray<D>, given?: DiagonalOptions): NDArray<D> {
  const options = optionsOf('diagonal', given, { offset: true, axis1: true, axis2: true })
  assertArray(a)
  const { axis1 = 0, axis2 = 1 } = options
  if (a.ndim < 2) throw new ShapeError(`shape ${formatShape(a.shape)} has no diagonal; two axes are needed`)
  const [row, column] = resolveAxes([axis1, axis2], a.ndim) as [number, number]
  const k = integer(options.offset ?? 0, 'offset')
  const [rows, columns] = [a.shape[row] as number, a.shape[column] as number]
  const [rowStep, columnStep] = [a.strides[row] as number, a.strides[column] as number]
  const length = Math.max(0, Math.min(rows - Math.max(0, -k), columns - Math.max(0, k)))
  const rest = [...a.shape.keys()].filter(axis => axis !== row && axis !== column)
  return a.view({
    shape: Object.freeze([...rest.map(axis => a.shape[axis] as number), length]),
    strides: [...rest.map(axis => a.strides[axis] as number), rowStep + columnStep],
    offset: length === 0 ? a.offset : a.offset + (k < 0 ? -k * rowStep : k * columnStep),
  })
}

/**
 * The elements moved along axes, those that leave at one end coming back at the other.
 * @param shift How far; one number for all axes, or one for each.
 * @param options `axis`: by default the array is rolled as if it had one axis, in C order. An axis named
 * more than once is moved by the sum.
 * @returns A contiguous array of the same shape and dtype; the caller's.
 * @throws ShapeError when shifts and axes differ in number, IndexError for an axis out of bounds or a shift
 * that is no integer; ReleasedError, OutOfMemoryError
 */
export function roll<D extends DType>(a: NDArray<D>, shift: Axes, given?: AxisOptions): NDArray<D> {
  const options = optionsOf('roll', given, { axis: true })
  assertArray(a)
  const shifts = listOf(shift).map(by => integer(by, 'shift'))
  if (options.axis == null) return rollFlat(a, shifts)
  const axes = listOf(options.axis).map(axis => resolveAxis(axis, a.ndim))
  const count = Math.max(shifts.length, axes.length)
  for (const list of [shifts, axes]) {
    if (list.length !== count && list.length !== 1) {
      throw new ShapeError(`${shifts.length} shifts do not fit ${axes.length} axes`)
    }
  }
  const by = new Array<number>(a.ndim).fill(0)
  for (let i = 0; i < count; i++) {
    const axis = axes[axes.length === 1 ? 0 : i] as number
    by[axis] = (by[axis] as number) + (shifts[shifts.length === 1 ? 0 : i] as number)
  }
  const result = allocateArray(a.lease.heap, a.shape, a.dtype, false)
  if (a.size > 0) moveRolled(result, result, a, a, by, 0)
  return result
}

function rollFlat<D extends DType>(a: NDArray<D>, shifts: readonly number[]): NDArray<D> {
  using flat = reshape(a, -1)
  const result = allocateArray(a.lease.heap, a.shape, a.dtype, false)
  const line: Layout = { shape: flat.shape, strides: contiguousStrides(flat.shape), offset: 0 }
  const by = shifts.reduce((sum, each) => sum + each, 0)
  if (a.size > 0) moveRolled(result, line, flat, flat, [by], 0)
  return result
}

/** Copies what an axis moves in two stretches, each rolled along the axes that are left. */
function moveRolled(
  out: NDArray,
  to: Layout,
  a: NDArray,
  from: Layout,
  by: readonly number[],
  axis: number,
): void {
  if (axis === by.length) {
    move(out, to, a, from)
    return
  }
  const length = from.shape[axis] as number
  const ahead = (((by[axis] as number) % length) + length) % length
  const parts = [
    [0, ahead, length - ahead],
    [length - ahead, 0, ahead],
  ] as const
  for (const [start, target, count] of parts) {
    if (count === 0) continue
    moveRolled(out, stretch(to, axis, target, count), a, stretch(from, axis, start, count), by, axis + 1)
  }
}

/** @throws IndexError for anything but an integer. */
function integer(value: number, name: string): number {
  if (!Number.isSafeInteger(value)) throw new IndexError(`${name} must be an integer, not ${describe(value)}`)
  return value
}
