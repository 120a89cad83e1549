/** What all reductions share: axes, output, and the call of the kernel. */
import { type DType, dtypes, type ElementOf } from '../dtype.ts'
import { ShapeError } from '../errors.ts'
import type { Operand } from '../heap/heap.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { assign } from './assign.ts'
import { filled, outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import type { FloatDType } from './promote.ts'
import { type ReducedAxes, reducedAxes, reducedShape, reducedStrides } from './reducedaxes.ts'

/** The axes that are reduced, and where the result goes. */
export interface ReductionOptions<R extends DType = DType> {
  /** One axis or several; null or omitted: all. Negative ones count from the last. */
  axis?: ReducedAxes
  /** Keeps reduced axes with length 1: the result broadcasts against the input. Default false. */
  keepdims?: boolean | undefined
  /** An array of the result's shape and dtype to write to; it is returned. */
  out?: NDArray<R> | undefined
}

/** Options with which the result is a JavaScript value. */
export interface FullReduction {
  axis?: null | undefined
  keepdims?: false | undefined
  out?: undefined
}

/** Options with which the result is an array. */
export type PartialReduction<R extends DType = DType> = ReductionOptions<R> &
  ({ axis: number | readonly number[] } | { keepdims: true } | { out: NDArray<R> })

/** The dtype of a sum or product: int64 of signed integers and bool, uint64 of unsigned ones, a float's own. */
export type SumDType<D extends DType> = D extends 'float32' | 'float64'
  ? D
  : D extends `uint${number}`
    ? 'uint64'
    : 'int64'

/** The dtype of a mean, variance or standard deviation: float32 of float32, float64 of everything else. */
export type MeanDType<D extends DType> = FloatDType<D>

/** The dtype that a reduction computes in. */
export interface DTypeOptions<R extends DType = DType> {
  /** Of the result; the elements are reduced as if converted to it. Default: see the function. */
  dtype?: R | undefined
}

/** What reductions make of a dtype, for the compiler. */
export interface Reduced<D extends DType> {
  same: D
  sum: SumDType<D>
  mean: MeanDType<D>
  truth: 'bool'
  count: 'int64'
}

/**
 * A reduction whose result has one dtype: without axis, keepdims and out a JavaScript value, else an array;
 * either of the two where the options are not known.
 */
export interface Reduction<K extends keyof Reduced<DType>, Options = unknown> {
  <D extends DType>(a: NDArray<D>, options?: FullReduction & Options): ElementOf<Reduced<D>[K]>
  <D extends DType>(a: NDArray<D>, options: PartialReduction<Reduced<D>[K]> & Options): NDArray<Reduced<D>[K]>
  <D extends DType>(
    a: NDArray<D>,
    options?: ReductionOptions<Reduced<D>[K]> & Options,
  ): ElementOf<Reduced<D>[K]> | NDArray<Reduced<D>[K]>
}

/** A `Reduction` to the dtype that the options name, one of `Allowed`. */
export interface TypedReduction<K extends keyof Reduced<DType>, Allowed extends DType = DType> {
  <D extends DType, R extends Allowed = Extract<Reduced<D>[K], Allowed>>(
    a: NDArray<D>,
    options?: FullReduction & DTypeOptions<R>,
  ): ElementOf<NoInfer<R>>
  <D extends DType, R extends Allowed = Extract<Reduced<D>[K], Allowed>>(
    a: NDArray<D>,
    options: PartialReduction<R> & DTypeOptions<R>,
  ): NDArray<NoInfer<R>>
  <D extends DType, R extends Allowed = Extract<Reduced<D>[K], Allowed>>(
    a: NDArray<D>,
    options?: ReductionOptions<R> & DTypeOptions<R>,
  ): ElementOf<NoInfer<R>> | NDArray<NoInfer<R>>
}

/** The options of every reduction. */
export const REDUCING = { axis: true, keepdims: true, out: true } as const

/** The kernels' codes of reductions, and of what is made of their results (assembly/kernels/reduce.ts). */
export const REDUCTION = {
  sum: 0,
  floatSum: 1,
  min: 2,
  max: 3,
  product: 4,
  floatProduct: 5,
  nonzero: 6,
  zero: 7,
  numbers: 8,
  squares: 9,
} as const
export const FINISH = { none: 0, quotient: 1, root: 2, isZero: 3, isNotZero: 4 } as const

/** A call of the kernel. */
export interface Kernel {
  readonly code: number
  /** Reads the elements' bits as another dtype of the same size. */
  readonly readAs?: DType | undefined
  /** Default: none. */
  readonly finish?: number
  readonly divisor?: number
  /** Whether NaN counts for nothing. */
  readonly skipsNaN?: boolean
  /** The result for no elements; undefined: an error. */
  readonly empty: number | undefined
  /** Of squares: what the distances are from; an array keeps the reduced axes. */
  readonly center?: NDArray<'float64'> | number
}

/**
 * Reduces. The kernel runs straight into the result, unless `out` shares memory with the input.
 * @param name For messages.
 * @throws ShapeError when there are no elements and that has no result; IndexError, DTypeError,
 * ReleasedError, OutOfMemoryError. Nothing is written then.
 */
export function reduce<R extends DType>(
  name: string,
  a: NDArray,
  dtype: R,
  kernel: Kernel,
  options: ReductionOptions<R>,
): ElementOf<R> | NDArray<R> {
  assertArray(a)
  const { heap } = a.lease
  const { keepdims = false, out } = options
  const reduced = reducedAxes(options.axis, a.ndim)
  const shape = reducedShape(a.shape, reduced, keepdims)
  if (isFull(options)) {
    assertNotEmpty(name, a, kernel, 1)
    return reduceFully(a, dtype, kernel)
  }
  assertNotEmpty(name, a, kernel, shape.includes(0) ? 0 : 1)
  const result = outputFor(heap, shape, dtype, out)
  return filled(result, out, () => {
    const target = out && sharesMemory(out, a) ? allocateArray(heap, shape, dtype, false) : result
    try {
      if (a.size === 0) assign(target, kernel.empty ?? 0)
      else call(a, operandOf(target, reduced, keepdims), dtype, kernel, centerOf(a, kernel, reduced))
      if (target !== result) assign(result, target)
    } finally {
      if (target !== result) target.drop(false)
    }
  })
}

/** Whether the result is a JavaScript value. */
export function isFull(options: ReductionOptions): boolean {
  return (options.axis === undefined || options.axis === null) && !options.keepdims && !options.out
}

/** How many elements there are for each of the result. */
export function reducedSize(a: NDArray, axis: ReducedAxes): number {
  const reduced = reducedAxes(axis, a.ndim)
  return a.shape.reduce((size, length, k) => (reduced[k] ? size * length : size), 1)
}

function assertNotEmpty(name: string, a: NDArray, kernel: Kernel, results: number): void {
  if (a.size > 0 || results === 0 || kernel.empty !== undefined) return
  throw new ShapeError(`${name} of no elements (shape ${formatShape(a.shape)}) has no value`)
}

function reduceFully<R extends DType>(a: NDArray, dtype: R, kernel: Kernel): ElementOf<R> {
  const info = dtypes[dtype]
  const { heap } = a.lease
  if (a.size === 0) {
    heap.scalar(0, kernel.empty ?? 0, info, 0)
  } else {
    const center =
      typeof kernel.center === 'number' ? heap.scalar(2, kernel.center, dtypes.float64, a.ndim) : undefined
    call(a, heap.scalar(0, 0, info, a.ndim), dtype, kernel, center)
  }
  const value = heap.result(info)
  return (info.kind === 'bool' ? value !== 0 : value) as ElementOf<R>
}

function operandOf(target: NDArray, reduced: readonly boolean[], keepdims: boolean): Operand {
  return target.operand(reducedStrides(target.strides, reduced, keepdims))
}

function centerOf(a: NDArray, { center }: Kernel, reduced: readonly boolean[]): Operand | undefined {
  if (center === undefined) return undefined
  if (typeof center === 'number') return a.lease.heap.scalar(2, center, dtypes.float64, a.ndim)
  return operandOf(center, reduced, true)
}

function call(a: NDArray, out: Operand, dtype: DType, kernel: Kernel, center?: Operand): void {
  const { heap } = a.lease
  const { code, finish = FINISH.none, divisor = 1, skipsNaN = false } = kernel
  const isFloatSum = code === REDUCTION.floatSum || code === REDUCTION.squares
  const levels = isFloatSum ? TILE_LEVELS : 0
  const length = tileLength(a, out, isFloatSum ? 1 : OWN_TILE)
  const tile = length ? allocateArray(heap, [length * (1 + levels)], 'float64', false) : undefined
  try {
    heap.bind(a.shape, center ? [a.operand(), out, center] : [a.operand(), out])
    heap.core.exports.reduce(
      code,
      kernel.readAs === undefined ? a.info.code : dtypes[kernel.readAs].code,
      dtypes[dtype].code,
      finish,
      divisor,
      Number(skipsNaN),
      tile?.byteAddress ?? 0,
      length,
    )
  } finally {
    tile?.drop(false)
  }
}

/** Outputs of a tile in lent memory (see assembly/kernels/fold.ts), and how many the kernel has of its own. */
const LONG_TILE = 4096
const OWN_TILE = 256
const TILE_LEVELS = 10

/** The length of a tile to lend; 0 when the kernel's own, for `own` outputs, will do. */
function tileLength(a: NDArray, out: Operand, own: number): number {
  let outputs = 1
  for (let axis = 0; axis < a.ndim; axis++) {
    if (out.strides[axis] !== 0) outputs *= a.shape[axis] as number
  }
  return outputs > own ? Math.min(LONG_TILE, outputs) : 0
}
