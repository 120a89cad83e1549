import type { DType } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { broadcastShapes, broadcastStrides, formatShape, type Shape } from '../shape.ts'
import { resolveAxis } from './axes.ts'
import { lineStep, without } from './axis.ts'
import { OUT } from './elementwise.ts'
import { type Matrix, multiply } from './matrix.ts'
import { optionsOf } from './options.ts'
import { filled, outputFor } from './output.ts'
import type { Promote } from './promote.ts'
import { resultType } from './promotion.ts'
import { Temporaries } from './temporaries.ts'

/** Where to write the product. */
export interface ProductOptions<D extends DType = DType> {
  /** An array of the result's shape and dtype; it is returned. */
  out?: NDArray<D>
}

/** A product of two arrays, in the dtype that they have together. */
export type Product<Options = unknown> = <A extends DType, B extends DType>(
  a: NDArray<A>,
  b: NDArray<B>,
  options?: ProductOptions<Promote<A, B>> & Options,
) => NDArray<Promote<A, B>>

/**
 * The dtype of a product.
 * @throws DTypeError for bool, which has none by the standard; for what is no array; HeapError
 */
function productType(name: string, a: NDArray, b: NDArray): DType {
  assertArray(a)
  assertArray(b)
  assertSameHeap(a, b)
  if (a.dtype === 'bool' || b.dtype === 'bool')
    throw new DTypeError(`${name} is for numbers, not ${a.dtype} with ${b.dtype}; convert with astype`)
  return resultType(a.dtype, b.dtype)
}

/**
 * The product of matrices, the last two axes of each; the axes before them are a batch and broadcast. A 1-d
 * array is a row on the left, a column on the right, and its axis is not in the result (two of them make a
 * 0-d array). Integers wrap; floats are summed in blocks. An inner length of 0 makes zeros.
 * @returns The operands' common dtype; the caller's, unless it is `out`.
 * @throws ShapeError for a 0-d operand or lengths that do not fit; DTypeError for bool, as the standard has
 * it (NumPy takes it as a logical product); HeapError, ReleasedError, OutOfMemoryError
 */
export const matmul = ((a: NDArray, b: NDArray, given?: ProductOptions): NDArray => {
  const options = optionsOf('matmul', given, OUT)
  const dtype = productType('matmul', a, b)
  if (a.ndim === 0 || b.ndim === 0) throw mismatch('matmul', a, b)
  const inner = a.shape[a.ndim - 1] as number
  if (inner !== b.shape[Math.max(0, b.ndim - 2)]) throw mismatch('matmul', a, b)
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2))
  const rows = a.shape.slice(-2, -1)
  const columns = b.ndim > 1 ? b.shape.slice(-1) : []
  const { out } = options
  const result = outputFor(a.lease.heap, [...batch, ...rows, ...columns], dtype, out)
  return filled(result, out, () => {
    using temporaries = new Temporaries()
    const left = temporaries.readable(a, dtype, out)
    const right = temporaries.readable(b, dtype, out)
    multiply(
      batch,
      matrixOf(result, batch, rows.length > 0, columns.length > 0),
      matrixOf(left, batch, a.ndim > 1, true),
      matrixOf(right, batch, true, b.ndim > 1),
    )
  })
}) as Product

/** An array's last axes as a matrix; rows or columns that it lacks have length 1. */
function matrixOf(array: NDArray, batch: Shape, hasRows: boolean, hasColumns: boolean): Matrix {
  const { shape, strides } = array
  const own = shape.length - Number(hasRows) - Number(hasColumns)
  return {
    array,
    batch: broadcastStrides(shape.slice(0, own), strides.slice(0, own), batch),
    rows: hasRows ? (shape[own] as number) : 1,
    rowStride: hasRows ? (strides[own] as number) : 0,
    columns: hasColumns ? (shape[shape.length - 1] as number) : 1,
    columnStride: hasColumns ? (strides[shape.length - 1] as number) : 0,
  }
}

function mismatch(name: string, a: NDArray, b: NDArray): ShapeError {
  return new ShapeError(`${name} cannot multiply ${formatShape(a.shape)} with ${formatShape(b.shape)}`)
}

/** Which axis holds the vectors. */
export interface VecdotOptions extends ProductOptions {
  /** The vectors' axis in each array; default −1. */
  axis?: number
}

const VECDOT = { axis: true, out: true } as const

/**
 * The inner products of the vectors along an axis; the other axes broadcast. Integers wrap, floats are summed
 * in blocks; vectors of length 0 make 0.
 * @returns The common dtype; 0-d for two 1-d arrays; the caller's, unless it is `out`.
 * @throws IndexError for an axis that is not there; ShapeError when the vectors differ in length (a length of
 * 1 does not stretch) or the rest does not broadcast; DTypeError for bool; HeapError, ReleasedError,
 * OutOfMemoryError
 */
export const vecdot = ((a: NDArray, b: NDArray, given?: VecdotOptions): NDArray => {
  const options = optionsOf('vecdot', given, VECDOT)
  const dtype = productType('vecdot', a, b)
  const { axis = -1, out } = options
  const [axisA, axisB] = [resolveAxis(axis, a.shape.length), resolveAxis(axis, b.shape.length)]
  const length = a.shape[axisA] as number
  if (length !== b.shape[axisB]) throw mismatch('vecdot', a, b)
  const shape = broadcastShapes(without(a.shape, axisA), without(b.shape, axisB))
  const { heap } = a.lease
  const result = outputFor(heap, shape, dtype, out)
  return filled(result, out, () => {
    using temporaries = new Temporaries()
    const left = temporaries.readable(a, dtype, out)
    const right = temporaries.readable(b, dtype, out)
    const lines = (from: NDArray, of: number) =>
      from.operand(broadcastStrides(without(from.shape, of), without(from.strides, of), shape))
    heap.bind(shape, [result.operand(), lines(left, axisA), lines(right, axisB)])
    heap.core.exports.dot(result.info.code, length, lineStep(left, axisA), lineStep(right, axisB))
  })
}) as Product<VecdotOptions>

/** Which axes tensordot sums over. */
export interface TensordotOptions extends ProductOptions {
  /**
   * How many: the last of `a` with the first of `b`, in order; or a pair of lists, the axes of `a` and the
   * axes of `b` that belong to them. Default 2.
   */
  axes?: number | readonly [readonly number[], readonly number[]]
}

const TENSORDOT = { axes: true, out: true } as const

/**
 * Sums the products of two arrays over pairs of axes; the result has the other axes of `a`, then those of `b`.
 * @returns The common dtype; the caller's, unless it is `out`.
 * @throws ShapeError when there are not as many axes, or paired ones differ in length; IndexError for axes
 * that are not there or named twice; DTypeError for bool; HeapError, ReleasedError, OutOfMemoryError
 */
export const tensordot = ((a: NDArray, b: NDArray, given?: TensordotOptions): NDArray => {
  const options = optionsOf('tensordot', given, TENSORDOT)
  const dtype = productType('tensordot', a, b)
  const { axes = 2, out } = options
  const [ofA, ofB] = contracted(a, b, axes)
  if (ofA.some((axis, i) => a.shape[axis] !== b.shape[ofB[i] as number])) throw mismatch('tensordot', a, b)
  const freeA = others(a.shape, ofA)
  const freeB = others(b.shape, ofB)
  const lengths = (of: NDArray, list: readonly number[]) => list.map(axis => of.shape[axis] as number)
  const shape = [...lengths(a, freeA), ...lengths(b, freeB)]
  const result = outputFor(a.lease.heap, shape, dtype, out)
  return filled(result, out, () => {
    using temporaries = new Temporaries()
    const left = matrixOfAxes(temporaries.readable(a, dtype, out), freeA, ofA, temporaries)
    const right = matrixOfAxes(temporaries.readable(b, dtype, out), ofB, freeB, temporaries)
    const rowAxes = freeA.map((_, i) => i)
    const columnAxes = freeB.map((_, i) => i + freeA.length)
    const whole = collapsed(result, rowAxes, columnAxes)
    if (whole) {
      multiply([], whole, left, right)
      return
    }
    // An `out` whose axes do not merge: the product is laid out elsewhere first.
    const packed = temporaries.add(result.copy())
    multiply([], collapsed(packed, rowAxes, columnAxes) as Matrix, left, right)
    result.assign(packed)
  })
}) as Product<TensordotOptions>

function contracted(
  a: NDArray,
  b: NDArray,
  axes: NonNullable<TensordotOptions['axes']>,
): [number[], number[]] {
  if (typeof axes === 'number') {
    if (!Number.isInteger(axes) || axes < 0 || axes > a.ndim || axes > b.ndim) {
      throw new ShapeError(
        `tensordot over ${axes} axes of ${formatShape(a.shape)} and ${formatShape(b.shape)} is not possible`,
      )
    }
    const count = Array.from({ length: axes }, (_, i) => i)
    return [count.map(i => a.ndim - axes + i), count]
  }
  const [ofA, ofB] = axes
  if (ofA.length !== ofB.length)
    throw new ShapeError(`tensordot needs as many axes of both, not ${ofA.length} and ${ofB.length}`)
  return [distinctAxes(ofA, a.shape), distinctAxes(ofB, b.shape)]
}

function distinctAxes(axes: readonly number[], shape: Shape): number[] {
  const counted = axes.map(axis => resolveAxis(axis, shape.length))
  if (new Set(counted).size < counted.length) throw new ShapeError(`axes (${axes.join(', ')}) repeat one`)
  return counted
}

function others(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((_, axis) => axis).filter(axis => !axes.includes(axis))
}

/** An array as a matrix whose rows and columns run over the given axes; a copy where strides do not allow it. */
function matrixOfAxes(
  array: NDArray,
  rows: readonly number[],
  columns: readonly number[],
  temporaries: Temporaries,
): Matrix {
  const direct = collapsed(array, rows, columns)
  if (direct) return direct
  const order = [...rows, ...columns]
  using ordered = array.view({
    shape: order.map(axis => array.shape[axis] as number),
    strides: order.map(axis => array.strides[axis] as number),
    offset: array.offset,
  })
  const packed = temporaries.add(ordered.copy())
  const places = order.map((_, i) => i)
  return collapsed(packed, places.slice(0, rows.length), places.slice(rows.length)) as Matrix
}

/** An array as a matrix, if the axes of its rows and those of its columns each have one common step. */
function collapsed(array: NDArray, rows: readonly number[], columns: readonly number[]): Matrix | undefined {
  const [rowStride, columnStride] = [commonStride(array, rows), commonStride(array, columns)]
  if (rowStride === undefined || columnStride === undefined) return undefined
  const count = (axes: readonly number[]) =>
    axes.reduce((size, axis) => size * (array.shape[axis] as number), 1)
  return { array, batch: [], rows: count(rows), rowStride, columns: count(columns), columnStride }
}

/** The step by which axes are walked as if they were one, if they can be. */
function commonStride(array: NDArray, axes: readonly number[]): number | undefined {
  const long = axes.filter(axis => array.shape[axis] !== 1)
  if (array.size === 0 || long.length === 0) return 0
  for (let i = 0; i + 1 < long.length; i++) {
    const [outer, inner] = [long[i] as number, long[i + 1] as number]
    if (array.strides[outer] !== (array.strides[inner] as number) * (array.shape[inner] as number))
      return undefined
  }
  return array.strides[long[long.length - 1] as number]
}

/**
 * NumPy's dot: the sum of products over the last axis of `a` and the last but one of `b` (its only one for
 * 1-d); with a 0-d operand the product of all elements. See `tensordot`.
 * @returns The other axes of `a`, then those of `b`; 0-d for two 1-d arrays.
 */
export const dot = ((a: NDArray, b: NDArray, given?: ProductOptions): NDArray => {
  const options = optionsOf('dot', given, OUT)
  productType('dot', a, b)
  const axes = a.ndim && b.ndim ? ([[-1], [b.ndim > 1 ? -2 : -1]] as const) : 0
  return tensordot(a, b, { ...options, axes })
}) as Product

/** NumPy's inner: the sum of products over the last axis of both; see `tensordot` and `dot`. */
export const inner = ((a: NDArray, b: NDArray, given?: ProductOptions): NDArray => {
  const options = optionsOf('inner', given, OUT)
  productType('inner', a, b)
  return tensordot(a, b, { ...options, axes: a.ndim && b.ndim ? [[-1], [-1]] : 0 })
}) as Product

/**
 * All products of an element of `a` with one of `b`, both 1-d: a matrix with a row for each element of `a`.
 * @throws ShapeError for other than 1-d arrays; else as `tensordot`.
 */
export const outer = ((a: NDArray, b: NDArray, given?: ProductOptions): NDArray => {
  const options = optionsOf('outer', given, OUT)
  productType('outer', a, b)
  if (a.ndim !== 1 || b.ndim !== 1) throw mismatch('outer', a, b)
  return tensordot(a, b, { ...options, axes: 0 })
}) as Product
