import type { CoreExports } from '@ebb/core'
import { type DType, dtypes } from '../dtype.ts'
import type { NDArray } from '../ndarray.ts'
import { less } from './comparison.ts'
import { arrayDType, binary, compute, type Elementwise, type ElementwiseOptions, OUT } from './elementwise.ts'
import { optionsOf } from './options.ts'
import { outputFor } from './output.ts'

/*
 * What floats are made of, element by element: kinds of values, signs, neighbours. Errors: DTypeError,
 * ShapeError, HeapError, ReleasedError, OutOfMemoryError, before anything is written.
 */

/** A question about the elements of one array. */
export type Predicate = (a: NDArray, options?: ElementwiseOptions<'bool'>) => NDArray<'bool'>

/** The relations' codes (assembly/kernels/compare.ts). */
const EQUAL = 0
const LESS = 1
const SIZE_EQUAL = 6
const SIZE_LESS = 7

/** A question that one relation answers for floats, and that has one answer for everything else. */
function predicate(
  name: string,
  relation: number,
  negated: boolean,
  other: boolean,
  bound?: number,
): Predicate {
  return (a, options) => {
    const { out } = optionsOf(name, options, OUT)
    const dtype = arrayDType(name, a)
    if (dtypes[dtype].kind !== 'float') return constant(a, other, out)
    return relate(a, bound ?? a, out, core => core.compare(relation, Number(negated), dtypes[dtype].code))
  }
}

function relate(
  a: NDArray,
  b: Elementwise,
  out: NDArray<'bool'> | undefined,
  run: (exports: CoreExports) => void,
): NDArray<'bool'> {
  return compute({ operands: [a, b], dtype: a.dtype, result: 'bool', out, run })
}

function constant(a: NDArray, value: boolean, out?: NDArray<'bool'>): NDArray<'bool'> {
  a.assertAlive()
  return outputFor(a.lease.heap, a.shape, 'bool', out).assign(value)
}

/** Whether an element is NaN. */
export const isnan = predicate('isnan', EQUAL, true, false)
/** Whether an element is an infinity. */
export const isinf = predicate('isinf', SIZE_EQUAL, false, false, Infinity)
/** Whether an element is neither NaN nor an infinity. */
export const isfinite = predicate('isfinite', SIZE_LESS, false, true, Infinity)

/** The signed integers as wide as the floats. */
const BITS: Partial<Record<DType, DType>> = { float32: 'int32', float64: 'int64' }

/** Whether the sign bit is set: true of −0 and of a NaN with that bit, too. Of integers, whether they are below 0. */
export const signbit: Predicate = (a, given) => {
  const options = optionsOf('signbit', given, OUT)
  const integers = BITS[arrayDType('signbit', a)]
  if (integers === undefined) return less(a, 0, options)
  // The bits are read as an integer; those of 0 are 0 either way.
  return relate(a, 0, options.out, core => core.compare(LESS, 0, dtypes[integers].code))
}

/** The size of a with the sign of b, be they zeros or NaN: a float, float64 for integers and bool. */
export const copysign = binary('copysign', 14, 'floating')
/** The next float from a towards b; b where they are equal: float64 for integers and bool. */
export const nextafter = binary('nextafter', 15, 'floating')
