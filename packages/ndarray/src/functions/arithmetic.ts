import { type DType, dtypes, isScalar } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { NDArray } from '../ndarray.ts'
import { binary, commonDType, converted, runBinary, runUnary, unary, unaryBy } from './elementwise.ts'
import { min } from './reduction.ts'

/*
 * Arithmetic, element by element; arrays broadcast and promote each other (`resultType`). A value adapts to the
 * arrays: an integer keeps an integer's dtype (and must fit it), a fraction makes float64 of integers, floats
 * keep their precision. Integers wrap. Errors: ShapeError, DTypeError, HeapError, ReleasedError,
 * OutOfMemoryError, before anything is written. Special cases are those of IEEE 754 and of the Array API
 * standard 2024.12.
 */

/** The kernels' codes (assembly/kernels/binary.ts and unary.ts). */
const ADD = 0
const SUBTRACT = 1
const MULTIPLY = 2
const DIVIDE = 3
const FLOOR_DIVIDE = 4
const REMAINDER = 5
const POW = 6
const MINIMUM = 7
const MAXIMUM = 8
const ABSOLUTE = 0
const SIGN = 1
const SQUARE_ROOT = 2

/** a + b. Integers wrap; of bools it is "or". */
export const add = binary('add', ADD, 'anything')

/** a − b. Integers wrap. @throws DTypeError for bool, too. */
export const subtract = binary('subtract', SUBTRACT, 'numeric')

/** a · b. Integers wrap; of bools it is "and". */
export const multiply = binary('multiply', MULTIPLY, 'anything')

/** a / b, a float: float64 for integers and bool. Division by 0 gives an infinity, 0 / 0 NaN. */
export const divide = binary('divide', DIVIDE, 'floating')

/**
 * ⌊a / b⌋, as Python divides: `floorDivide(-7, 2)` is −4. An integer divided by 0 is 0, as NumPy has it; a
 * float an infinity, or NaN for 0 / 0. bool counts as int8.
 */
export const floorDivide = binary('floorDivide', FLOOR_DIVIDE, 'counting')

/**
 * a − b·⌊a / b⌋: the remainder has the sign of b, as in Python. The remainder of an integer by 0 is 0, as NumPy
 * has it; of a float NaN. bool counts as int8.
 */
export const remainder = binary('remainder', REMAINDER, 'counting')

/** The smaller of a and b; NaN if one of them is NaN; −0 is below 0. */
export const minimum = binary('minimum', MINIMUM, 'anything')

/** The larger of a and b; NaN if one of them is NaN; 0 is above −0. */
export const maximum = binary('maximum', MAXIMUM, 'anything')

const powUnchecked = binary('pow', POW, 'counting')

/**
 * a to the power of b. Integers wrap. Of floats, 1 to any power and anything to the power of 0 is 1, NaN or
 * not; a negative number to a fraction is NaN. bool counts as int8.
 * @throws DTypeError for integers to a negative power, too: an array of powers is looked through first.
 */
export const pow: typeof powUnchecked = (a, b, options) => {
  const dtype = commonDType('pow', [a, b])
  if (dtypes[dtype].kind === 'int' && hasNegative(b)) {
    throw new DTypeError('integers to negative integer powers are no integers; convert to float64 first')
  }
  return powUnchecked(a, b, options)
}

function hasNegative(b: NDArray | number | bigint | boolean): boolean {
  if (isScalar(b)) return Number(b) < 0
  b.assertAlive()
  return b.info.kind === 'int' && b.size > 0 && (min(b) as number | bigint) < 0
}

/** +a: a copy. @throws DTypeError for bool, too. */
export const positive = unaryBy('positive', 'numeric', converted)

/** −a. Integers wrap: the smallest stays what it is. @throws DTypeError for bool, too. */
export const negative = unaryBy('negative', 'numeric', (a, dtype, out) => {
  // −1·0 is −0, as 0 − 0 is not.
  if (isFloat(dtype)) return runBinary(MULTIPLY, dtype, a, -1, out)
  return runBinary(SUBTRACT, dtype, 0, a, out)
})

/** |a|, of a's dtype. The smallest of a signed integer's values stays what it is. */
export const abs = unary('abs', ABSOLUTE, 'anything', isSigned)

/** −1, 0 or 1, of a's dtype; 0 of −0, and NaN of NaN. @throws DTypeError for bool, too. */
export const sign = unaryBy('sign', 'numeric', (a, dtype, out) =>
  isSigned(dtype) ? runUnary(SIGN, dtype, a, out) : runBinary(MINIMUM, dtype, a, 1, out),
)

/** a · a. Integers wrap; bool counts as int8. */
export const square = unaryBy('square', 'counting', (a, dtype, out) => runBinary(MULTIPLY, dtype, a, a, out))

/** 1 / a, a float: float64 for integers and bool, unlike NumPy's, which is 0 or ±1 for integers. */
export const reciprocal = unaryBy('reciprocal', 'floating', (a, dtype, out) =>
  runBinary(DIVIDE, dtype, 1, a, out),
)

/** √a, correctly rounded: a float, float64 for integers and bool. NaN below 0; −0 of −0. */
export const sqrt = unary('sqrt', SQUARE_ROOT, 'floating')

function isFloat(dtype: DType): boolean {
  return dtypes[dtype].kind === 'float'
}

function isSigned(dtype: DType): boolean {
  return isFloat(dtype) || dtypes[dtype].kind === 'int'
}
