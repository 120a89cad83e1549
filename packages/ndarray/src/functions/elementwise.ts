import type { CoreExports } from '@ebb/core'
import { type DType, describe, dtypes, isScalar, type Scalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { Operand } from '../heap/heap.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { NDArray } from '../ndarray.ts'
import { broadcastShapes, broadcastStrides, type Shape, sameShape } from '../shape.ts'
import { assign } from './assign.ts'
import { copy } from './creation.ts'
import { optionsOf } from './options.ts'
import { outputFor } from './output.ts'
import { sharesMemory, withoutOverlap } from './overlap.ts'
import type { CountDType, FloatDType, Together } from './promote.ts'
import { resultType } from './promotion.ts'

/** An operand of an elementwise function: an array, or a value that repeats. One of them is an array. */
export type Elementwise = NDArray | Scalar

/** Where to write. */
export interface ElementwiseOptions<D extends DType = DType> {
  /** An array of the result's shape and dtype; it is returned. It may be an operand, or overlap one. */
  out?: NDArray<D>
}

/** The options of a function that has none but `out`. */
export const OUT = { out: true } as const

/**
 * The dtype that a function computes in, of the common dtype of its operands. (Rules and factories are
 * declared as functions: modules that import each other may call them while they load.)
 * @throws DTypeError when the function is not defined for it.
 */
export type Rule = (common: DType, name: string) => DType

/** Any dtype, as it is. */
export function anything(common: DType): DType {
  return common
}

/** Any dtype but bool. */
export function numeric(common: DType, name: string): DType {
  if (common !== 'bool') return common
  throw new DTypeError(`${name} is not defined for bool; convert it with astype`)
}

/** bool counts as int8. */
export function counting(common: DType): DType {
  return common === 'bool' ? 'int8' : common
}

/** bool and integers. */
export function bits(common: DType, name: string): DType {
  if (dtypes[common].kind !== 'float') return common
  throw new DTypeError(`${name} is not defined for ${common}; use integers or bool`)
}

/** Integers; bool counts as int8. */
export function shifting(common: DType, name: string): DType {
  return counting(bits(common, name))
}

/** Floats; anything else is converted to float64. */
export function floating(common: DType): DType {
  return dtypes[common].kind === 'float' ? common : 'float64'
}

/** The rules by their names. */
const RULES = { anything, numeric, counting, bits, shifting, floating } satisfies Record<string, Rule>

/** The rule by which the common dtype of the operands becomes the result's. */
export type RuleName = keyof typeof RULES

/** What each rule makes of a dtype, for the compiler. */
export interface Ruled<D extends DType> extends Record<RuleName, DType> {
  anything: D
  numeric: D
  counting: CountDType<D>
  bits: D
  shifting: CountDType<D>
  floating: FloatDType<D>
}

/**
 * The dtype of operands together. Arrays promote each other; a value adapts to them: an integer or a boolean
 * to any dtype, but for an integer with bool (int64); a fraction, NaN or an infinity to a float's (float64
 * with integers and bool).
 * @throws DTypeError when no operand is an array, or one is neither array nor value.
 */
export function commonDType(name: string, operands: readonly Elementwise[]): DType {
  let common: DType | undefined
  for (const operand of operands) {
    if (operand instanceof NDArray) {
      const { dtype } = operand
      common = common === undefined || common === dtype ? dtype : resultType(common, dtype)
    } else if (!isScalar(operand)) throw notAnOperand(name, operand)
  }
  if (common === undefined) {
    throw new DTypeError(`${name} of ${operands.map(describe).join(' and ')}: one operand must be an array`)
  }
  for (const operand of operands) {
    if (!(operand instanceof NDArray)) common = withValue(common, operand)
  }
  return common
}

function notAnOperand(name: string, operand: unknown): DTypeError {
  return new DTypeError(`${name} takes arrays and values, not ${describe(operand)}`)
}

function withValue(dtype: DType, value: Scalar): DType {
  const { kind } = dtypes[dtype]
  if (kind === 'float' || typeof value === 'boolean') return dtype
  if (typeof value === 'number' && !Number.isInteger(value)) return 'float64'
  return kind === 'bool' ? 'int64' : dtype
}

/** What an elementwise computation is made of. */
export interface Computation<D extends DType> {
  readonly operands: readonly Elementwise[]
  /** The dtype of each operand when the kernel sees it: one for all, or one each. */
  readonly dtype: DType | readonly DType[]
  readonly result: D
  readonly out: NDArray<D> | undefined
  /** Runs the kernel; its operands are bound, the output first. */
  readonly run: (exports: CoreExports) => void
}

/**
 * Binds the operands, broadcast to one shape and converted to one dtype, and runs a kernel over them.
 * @returns `out`, or a new array of the caller's.
 * @throws ShapeError, DTypeError, HeapError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function compute<D extends DType>(computation: Computation<D>): NDArray<D> {
  const { operands, out, run } = computation
  const first = firstArray(operands)
  const shape = commonShape(first, operands)
  const { heap } = first.lease
  const bound = new Array<Operand>(operands.length + 1)
  for (let k = 0; k < operands.length; k++) {
    const value = operands[k] as Elementwise
    if (value instanceof NDArray) continue
    bound[k + 1] = heap.scalar(k + 1, value, dtypes[dtypeOf(computation, k)], shape.length)
  }
  const result = outputFor(heap, shape, computation.result, out)
  bound[0] = result.operand()
  const temporaries: NDArray[] = []
  try {
    bindArrays(computation, result, bound, temporaries)
    heap.bind(shape, bound)
    run(heap.core.exports)
    return result
  } catch (error) {
    if (!out) result.release()
    throw error
  } finally {
    for (const temporary of temporaries) temporary.drop(false)
  }
}

/** Makes kernel's operands of the arrays; the values are bound already. */
function bindArrays(
  computation: Computation<DType>,
  result: NDArray,
  bound: Operand[],
  temporaries: NDArray[],
): void {
  const { operands } = computation
  const inPlace = convertible(computation, result)
  for (let k = 0; k < operands.length; k++) {
    const array = operands[k] as Elementwise
    if (!(array instanceof NDArray)) continue
    bound[k + 1] =
      k === inPlace ? result.operand() : arrayOperand(array, dtypeOf(computation, k), result, temporaries)
  }
  // The last, since it writes.
  if (inPlace >= 0) assign(result, operands[inPlace] as NDArray)
}

/** Loops, as all between a call and its kernel: their closures would cost a small array a tenth of its time. */
function firstArray(operands: readonly Elementwise[]): NDArray {
  let k = 0
  while (!(operands[k] instanceof NDArray)) k++
  return operands[k] as NDArray
}

function dtypeOf({ dtype }: Computation<DType>, operand: number): DType {
  return typeof dtype === 'string' ? dtype : (dtype[operand] as DType)
}

function commonShape(first: NDArray, operands: readonly Elementwise[]): Shape {
  let { shape } = first
  for (const operand of operands) {
    if (!(operand instanceof NDArray)) continue
    operand.assertAlive()
    assertSameHeap(first, operand)
    if (!sameShape(shape, operand.shape)) shape = broadcastShapes(shape, operand.shape)
  }
  return shape
}

/** The operand whose conversion can go into the result, where the kernel then reads it; −1 if there is none. */
function convertible(computation: Computation<DType>, result: NDArray): number {
  const { operands } = computation
  for (let k = 0; k < operands.length; k++) {
    const operand = operands[k] as Elementwise
    if (!(operand instanceof NDArray) || operand.dtype === result.dtype) continue
    if (dtypeOf(computation, k) !== result.dtype || !sameShape(operand.shape, result.shape)) continue
    const isRead = operands.some(other => other instanceof NDArray && sharesMemory(other, result))
    return isRead ? -1 : k
  }
  return -1
}

/** The array as the kernel may read it: converted, and not overlapping the result but element by element. */
function arrayOperand(from: NDArray, dtype: DType, result: NDArray, temporaries: NDArray[]): Operand {
  let array = from
  if (from.dtype !== dtype) {
    array = copy(from, dtype)
    temporaries.push(array)
  } else {
    array = withoutOverlap(result, from, temporaries)
  }
  if (sameShape(array.shape, result.shape)) return array.operand()
  return array.operand(broadcastStrides(array.shape, array.strides, result.shape))
}

/** A function of one array. */
export type UnaryFunction<R extends RuleName = RuleName> = <D extends DType>(
  a: NDArray<D>,
  options?: ElementwiseOptions<Ruled<D>[R]>,
) => NDArray<Ruled<D>[R]>

/** The dtype of the result of two operands. */
export type BinaryDType<R extends RuleName, A extends Elementwise, B extends Elementwise> = Ruled<
  Together<A, B>
>[R]

/** A function of two operands, one an array at least. */
export type BinaryFunction<R extends RuleName = RuleName> = <A extends Elementwise, B extends Elementwise>(
  a: A,
  b: B,
  options?: ElementwiseOptions<BinaryDType<R, A, B>>,
) => NDArray<BinaryDType<R, A, B>>

/** Makes a function of one array from a kernel's code; for dtypes where it changes nothing, it is a copy. */
export function unary<R extends RuleName>(
  name: string,
  code: number,
  rule: R,
  changes: (dtype: DType) => boolean = () => true,
): UnaryFunction<R> {
  return unaryBy(name, rule, (a, dtype, out) =>
    changes(dtype) ? runUnary(code, dtype, a, out) : converted(a, dtype, out),
  )
}

/** Runs a kernel of one operand in a dtype. */
export function runUnary(code: number, dtype: DType, a: NDArray, out?: NDArray): NDArray {
  const run = (exports: CoreExports) => exports.unary(code, dtypes[dtype].code)
  return compute({ operands: [a], dtype, result: dtype, out, run })
}

/** Makes a function of one array from what computes it in the dtype that its rule says. */
export function unaryBy<R extends RuleName>(
  name: string,
  rule: R,
  run: (a: NDArray, dtype: DType, out: NDArray | undefined) => NDArray,
): UnaryFunction<R> {
  return ((a: NDArray, options?: ElementwiseOptions): NDArray => {
    const { out } = optionsOf(name, options, OUT)
    return run(a, RULES[rule](arrayDType(name, a), name), out)
  }) as UnaryFunction<R>
}

/** @throws DTypeError for anything but an array. */
export function arrayDType(name: string, a: NDArray): DType {
  if (!(a instanceof NDArray)) throw new DTypeError(`${name} takes an array, not ${describe(a)}`)
  return a.dtype
}

/** The elements of an array in a dtype, in `out` or in a new array. */
export function converted(a: NDArray, dtype: DType, out?: NDArray): NDArray {
  a.assertAlive()
  const result = outputFor(a.lease.heap, a.shape, dtype, out)
  return result === a ? result : result.assign(a)
}

/** Makes a function of two operands from a kernel's code. */
export function binary<R extends RuleName>(name: string, code: number, rule: R): BinaryFunction<R> {
  return ((a: Elementwise, b: Elementwise, options?: ElementwiseOptions): NDArray => {
    const { out } = optionsOf(name, options, OUT)
    return runBinary(code, RULES[rule](commonDType(name, [a, b]), name), a, b, out)
  }) as BinaryFunction<R>
}

/** Runs a kernel of two operands in a dtype. */
export function runBinary(
  code: number,
  dtype: DType,
  a: Elementwise,
  b: Elementwise,
  out?: NDArray,
): NDArray {
  const run = (exports: CoreExports) => exports.binary(code, dtypes[dtype].code)
  return compute({ operands: [a, b], dtype, result: dtype, out, run })
}
