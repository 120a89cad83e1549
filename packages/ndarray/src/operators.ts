import type { DType, ElementOf } from './dtype.ts'
import { Elements } from './elements.ts'
import {
  abs,
  add,
  divide,
  floorDivide,
  multiply,
  negative,
  pow,
  remainder,
  sqrt,
  subtract,
} from './functions/arithmetic.ts'
import {
  bitwiseAnd,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
} from './functions/bitwise.ts'
import { type Bound, clip } from './functions/clip.ts'
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from './functions/comparison.ts'
import type { BinaryDType, Elementwise, ElementwiseOptions } from './functions/elementwise.ts'
import { exp, log } from './functions/exponential.ts'
import type { Bounded, FloatDType } from './functions/promote.ts'
import type {
  DTypeOptions,
  FullReduction,
  MeanDType,
  PartialReduction,
  ReductionOptions,
  SumDType,
} from './functions/reduce.ts'
import { type CorrectionOptions, max, mean, min, prod, std, sum, variance } from './functions/reduction.ts'
import { type RoundOptions, round } from './functions/rounding.ts'
import { all, any } from './functions/truth.ts'
import type { NDArray } from './ndarray.ts'

/**
 * The methods that only call the function of their name: operators, elementwise functions, reductions. Each
 * is documented at its function.
 */
export abstract class Operators<D extends DType = DType> extends Elements<D> {
  /** a + b: see the function `add`. */
  add<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'anything', A, B>>,
  ): NDArray<BinaryDType<'anything', A, B>> {
    return add(this, b, options)
  }

  /** a − b: see the function `subtract`. */
  subtract<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'numeric', A, B>>,
  ): NDArray<BinaryDType<'numeric', A, B>> {
    return subtract(this, b, options)
  }

  /** a · b: see the function `multiply`. */
  multiply<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'anything', A, B>>,
  ): NDArray<BinaryDType<'anything', A, B>> {
    return multiply(this, b, options)
  }

  /** a / b: see the function `divide`. */
  divide<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'floating', A, B>>,
  ): NDArray<BinaryDType<'floating', A, B>> {
    return divide(this, b, options)
  }

  /** ⌊a / b⌋: see the function `floorDivide`. */
  floorDivide<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'counting', A, B>>,
  ): NDArray<BinaryDType<'counting', A, B>> {
    return floorDivide(this, b, options)
  }

  /** a − b·⌊a / b⌋: see the function `remainder`. */
  remainder<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'counting', A, B>>,
  ): NDArray<BinaryDType<'counting', A, B>> {
    return remainder(this, b, options)
  }

  /** a to the power of b: see the function `pow`. */
  pow<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'counting', A, B>>,
  ): NDArray<BinaryDType<'counting', A, B>> {
    return pow(this, b, options)
  }

  /** Bits in both: see the function `bitwiseAnd`. */
  bitwiseAnd<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'bits', A, B>>,
  ): NDArray<BinaryDType<'bits', A, B>> {
    return bitwiseAnd(this, b, options)
  }

  /** Bits in one: see the function `bitwiseOr`. */
  bitwiseOr<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'bits', A, B>>,
  ): NDArray<BinaryDType<'bits', A, B>> {
    return bitwiseOr(this, b, options)
  }

  /** Bits in one alone: see the function `bitwiseXor`. */
  bitwiseXor<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'bits', A, B>>,
  ): NDArray<BinaryDType<'bits', A, B>> {
    return bitwiseXor(this, b, options)
  }

  /** a · 2ᵇ: see the function `bitwiseLeftShift`. */
  bitwiseLeftShift<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'shifting', A, B>>,
  ): NDArray<BinaryDType<'shifting', A, B>> {
    return bitwiseLeftShift(this, b, options)
  }

  /** ⌊a / 2ᵇ⌋: see the function `bitwiseRightShift`. */
  bitwiseRightShift<A extends NDArray, B extends Elementwise>(
    this: A,
    b: B,
    options?: ElementwiseOptions<BinaryDType<'shifting', A, B>>,
  ): NDArray<BinaryDType<'shifting', A, B>> {
    return bitwiseRightShift(this, b, options)
  }

  /** a == b: see the function `equal`. */
  equal(this: NDArray<D>, b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return equal(this, b, options)
  }

  /** a != b: see the function `notEqual`. */
  notEqual(this: NDArray<D>, b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return notEqual(this, b, options)
  }

  /** a < b: see the function `less`. */
  less(this: NDArray<D>, b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return less(this, b, options)
  }

  /** a <= b: see the function `lessEqual`. */
  lessEqual(this: NDArray<D>, b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return lessEqual(this, b, options)
  }

  /** a > b: see the function `greater`. */
  greater(this: NDArray<D>, b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return greater(this, b, options)
  }

  /** a >= b: see the function `greaterEqual`. */
  greaterEqual(this: NDArray<D>, b: Elementwise, options?: ElementwiseOptions<'bool'>): NDArray<'bool'> {
    return greaterEqual(this, b, options)
  }

  /** −a: see the function `negative`. */
  negative(this: NDArray<D>, options?: ElementwiseOptions<D>): NDArray<D> {
    return negative(this, options)
  }

  /** |a|: see the function `abs`. */
  abs(this: NDArray<D>, options?: ElementwiseOptions<D>): NDArray<D> {
    return abs(this, options)
  }

  /** the other bits: see the function `bitwiseInvert`. */
  bitwiseInvert(this: NDArray<D>, options?: ElementwiseOptions<D>): NDArray<D> {
    return bitwiseInvert(this, options)
  }

  /** √a: see the function `sqrt`. */
  sqrt<A extends DType>(
    this: NDArray<A>,
    options?: ElementwiseOptions<FloatDType<A>>,
  ): NDArray<FloatDType<A>> {
    return sqrt(this, options)
  }

  /** eᵃ: see the function `exp`. */
  exp<A extends DType>(
    this: NDArray<A>,
    options?: ElementwiseOptions<FloatDType<A>>,
  ): NDArray<FloatDType<A>> {
    return exp(this, options)
  }

  /** ln a: see the function `log`. */
  log<A extends DType>(
    this: NDArray<A>,
    options?: ElementwiseOptions<FloatDType<A>>,
  ): NDArray<FloatDType<A>> {
    return log(this, options)
  }

  /** to the nearest integer: see the function `round`. */
  round(this: NDArray<D>, options?: RoundOptions<D>): NDArray<D> {
    return round(this, options)
  }

  /** Moves the elements into an interval: see the function `clip`. */
  clip<A extends DType, Low extends Bound = undefined, High extends Bound = undefined>(
    this: NDArray<A>,
    low?: Low,
    high?: High,
    options?: ElementwiseOptions<Bounded<A, Low, High>>,
  ): NDArray<Bounded<A, Low, High>> {
    return clip(this, low, high, options)
  }

  /** See the function `sum`. */
  sum<R extends DType = SumDType<D>>(
    this: NDArray<D>,
    options?: FullReduction & DTypeOptions<R>,
  ): ElementOf<R>
  sum<R extends DType = SumDType<D>>(
    this: NDArray<D>,
    options: PartialReduction<R> & DTypeOptions<R>,
  ): NDArray<R>
  sum<R extends DType = SumDType<D>>(
    this: NDArray<D>,
    options?: ReductionOptions<R> & DTypeOptions<R>,
  ): unknown {
    return sum(this, options)
  }

  /** See the function `prod`. */
  prod<R extends DType = SumDType<D>>(
    this: NDArray<D>,
    options?: FullReduction & DTypeOptions<R>,
  ): ElementOf<R>
  prod<R extends DType = SumDType<D>>(
    this: NDArray<D>,
    options: PartialReduction<R> & DTypeOptions<R>,
  ): NDArray<R>
  prod<R extends DType = SumDType<D>>(
    this: NDArray<D>,
    options?: ReductionOptions<R> & DTypeOptions<R>,
  ): unknown {
    return prod(this, options)
  }

  /** See the function `min`. */
  min(this: NDArray<D>, options?: FullReduction): ElementOf<D>
  min(this: NDArray<D>, options: PartialReduction<D>): NDArray<D>
  min(this: NDArray<D>, options: ReductionOptions<D>): ElementOf<D> | NDArray<D>
  min(this: NDArray<D>, options?: ReductionOptions<D>): ElementOf<D> | NDArray<D> {
    return min(this, options)
  }

  /** See the function `max`. */
  max(this: NDArray<D>, options?: FullReduction): ElementOf<D>
  max(this: NDArray<D>, options: PartialReduction<D>): NDArray<D>
  max(this: NDArray<D>, options: ReductionOptions<D>): ElementOf<D> | NDArray<D>
  max(this: NDArray<D>, options?: ReductionOptions<D>): ElementOf<D> | NDArray<D> {
    return max(this, options)
  }

  /** See the function `mean`. */
  mean(this: NDArray<D>, options?: FullReduction): number
  mean(this: NDArray<D>, options: PartialReduction<MeanDType<D>>): NDArray<MeanDType<D>>
  mean(this: NDArray<D>, options: ReductionOptions<MeanDType<D>>): number | NDArray<MeanDType<D>>
  mean(this: NDArray<D>, options?: ReductionOptions<MeanDType<D>>): number | NDArray<MeanDType<D>> {
    return mean(this, options)
  }

  /** See the function `std`. */
  std(this: NDArray<D>, options?: FullReduction & CorrectionOptions): number
  std(this: NDArray<D>, options: PartialReduction<MeanDType<D>> & CorrectionOptions): NDArray<MeanDType<D>>
  std(
    this: NDArray<D>,
    options: ReductionOptions<MeanDType<D>> & CorrectionOptions,
  ): number | NDArray<MeanDType<D>>
  std(
    this: NDArray<D>,
    options?: ReductionOptions<MeanDType<D>> & CorrectionOptions,
  ): number | NDArray<MeanDType<D>> {
    return std(this, options)
  }

  /** See the function `variance`. */
  var(this: NDArray<D>, options?: FullReduction & CorrectionOptions): number
  var(this: NDArray<D>, options: PartialReduction<MeanDType<D>> & CorrectionOptions): NDArray<MeanDType<D>>
  var(
    this: NDArray<D>,
    options: ReductionOptions<MeanDType<D>> & CorrectionOptions,
  ): number | NDArray<MeanDType<D>>
  var(
    this: NDArray<D>,
    options?: ReductionOptions<MeanDType<D>> & CorrectionOptions,
  ): number | NDArray<MeanDType<D>> {
    return variance(this, options)
  }

  /** See the function `all`. */
  all(this: NDArray<D>, options?: FullReduction): boolean
  all(this: NDArray<D>, options: PartialReduction<'bool'>): NDArray<'bool'>
  all(this: NDArray<D>, options: ReductionOptions<'bool'>): boolean | NDArray<'bool'>
  all(this: NDArray<D>, options?: ReductionOptions<'bool'>): boolean | NDArray<'bool'> {
    return all(this, options)
  }

  /** See the function `any`. */
  any(this: NDArray<D>, options?: FullReduction): boolean
  any(this: NDArray<D>, options: PartialReduction<'bool'>): NDArray<'bool'>
  any(this: NDArray<D>, options: ReductionOptions<'bool'>): boolean | NDArray<'bool'>
  any(this: NDArray<D>, options?: ReductionOptions<'bool'>): boolean | NDArray<'bool'> {
    return any(this, options)
  }
}
