import { type DType, dtypes, type ElementOf } from '../dtype.ts'
import { ShapeError } from '../errors.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'

/** The reductions' codes (assembly/kernels/reduce.ts). */
const CODE = { sum: 0, floatSum: 1, min: 2, max: 3 } as const

function run(a: NDArray, code: number): void {
  const { heap } = a.lease
  heap.bind(a.shape, [a.operand()])
  heap.core.exports.reduce(code, a.info.code)
}

/**
 * The sum of all elements; 0 of an empty array. Integers and bools are summed exactly in 64 bits, where
 * they wrap; floats pairwise in float64.
 * @returns A bigint for integers and bools (the sum's dtype is int64, or uint64 for unsigned ones), a number
 * for floats, rounded to float32 for float32.
 * @throws DTypeError when it is no array; ReleasedError
 */
export function sum(a: NDArray): number | bigint {
  assertArray(a)
  const { kind, name } = a.info
  if (kind !== 'float') {
    run(a, CODE.sum)
    return a.lease.heap.result(kind === 'uint' ? dtypes.uint64 : dtypes.int64)
  }
  const total = floatSum(a)
  return name === 'float32' ? Math.fround(total) : total
}

function floatSum(a: NDArray): number {
  run(a, CODE.floatSum)
  return a.lease.heap.result(dtypes.float64) as number
}

/**
 * The arithmetic mean of all elements; NaN of an empty array.
 * @returns A number: float64, or rounded to float32 for float32.
 * @throws DTypeError when it is no array; ReleasedError
 */
export function mean(a: NDArray): number {
  assertArray(a)
  const value = floatSum(a) / a.size
  return a.dtype === 'float32' ? Math.fround(value) : value
}

/**
 * The smallest element; NaN if there is one.
 * @returns A value of the array's dtype.
 * @throws ShapeError for an empty array; DTypeError when it is no array; ReleasedError
 */
export function min<D extends DType>(a: NDArray<D>): ElementOf<D> {
  return extremum(a, 'min')
}

/**
 * The largest element; NaN if there is one.
 * @returns A value of the array's dtype.
 * @throws ShapeError for an empty array; DTypeError when it is no array; ReleasedError
 */
export function max<D extends DType>(a: NDArray<D>): ElementOf<D> {
  return extremum(a, 'max')
}

function extremum<D extends DType>(a: NDArray<D>, which: 'min' | 'max'): ElementOf<D> {
  assertArray(a)
  if (a.size === 0)
    throw new ShapeError(`${which} of an empty array (shape ${formatShape(a.shape)}) has no value`)
  run(a, CODE[which])
  const value = a.lease.heap.result(a.info)
  return (a.info.kind === 'bool' ? value !== 0 : value) as ElementOf<D>
}
