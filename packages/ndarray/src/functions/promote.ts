import type { DType, Scalar } from '../dtype.ts'
import type { NDArray } from '../ndarray.ts'

/** For each dtype those that its values may become in a promotion, itself among them. */
interface Above {
  bool: DType
  uint8: 'uint8' | 'uint16' | 'uint32' | 'uint64' | 'int16' | 'int32' | 'int64' | 'float32' | 'float64'
  uint16: 'uint16' | 'uint32' | 'uint64' | 'int32' | 'int64' | 'float32' | 'float64'
  uint32: 'uint32' | 'uint64' | 'int64' | 'float64'
  uint64: 'uint64' | 'float64'
  int8: 'int8' | 'int16' | 'int32' | 'int64' | 'float32' | 'float64'
  int16: 'int16' | 'int32' | 'int64' | 'float32' | 'float64'
  int32: 'int32' | 'int64' | 'float64'
  int64: 'int64' | 'float64'
  float32: 'float32' | 'float64'
  float64: 'float64'
}

/** The dtypes from narrow to wide: of those above two dtypes, the first is theirs together. */
type Ascending = [
  'bool',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'uint64',
  'int64',
  'float64',
]

type FirstIn<Candidates extends DType, Order extends readonly DType[] = Ascending> = Order extends [
  infer Head extends DType,
  ...infer Rest extends DType[],
]
  ? Head extends Candidates
    ? Head
    : FirstIn<Candidates, Rest>
  : never

/** The dtype of two arrays together, known at compile time: `Promote<'int8', 'uint8'>` is 'int16'. */
export type Promote<A extends DType, B extends DType> = DType extends A | B
  ? DType
  : A extends DType
    ? B extends DType
      ? FirstIn<Above[A] & Above[B]>
      : never
    : never

/**
 * The dtype of an array together with a JavaScript value, which is weak. A number whose value the compiler
 * does not know leaves integers as they are, or makes them float64.
 */
export type PromoteScalar<D extends DType, S extends Scalar> = D extends 'float32' | 'float64'
  ? D
  : S extends boolean
    ? D
    : S extends bigint
      ? D extends 'bool'
        ? 'int64'
        : D
      : D extends 'bool'
        ? 'float64'
        : number extends S
          ? D | 'float64'
          : `${S}` extends `${bigint}`
            ? D
            : 'float64'

/** The dtype of arrays, dtypes and values together: what `resultType` returns. */
export type ResultType<Parts extends readonly unknown[]> = WithValues<Strong<Parts>, Parts>

/** Arrays and dtypes alone; bool, which widens nothing, when there is none. */
type Strong<Parts extends readonly unknown[], Found extends DType = 'bool'> = Parts extends readonly [
  infer Head,
  ...infer Rest,
]
  ? Strong<Rest, Head extends DType | NDArray ? Promote<Found, DTypeOf<Head>> : Found>
  : number extends Parts['length']
    ? DType
    : Found

/** Then the values, each by itself, so that their order does not matter. */
type WithValues<
  Known extends DType,
  Parts extends readonly unknown[],
  Found extends DType = Known,
> = Parts extends readonly [infer Head, ...infer Rest]
  ? WithValues<Known, Rest, Head extends Scalar ? Promote<Found, PromoteScalar<Known, Head>> : Found>
  : Found

/** The dtype of an array, or a dtype itself. */
export type DTypeOf<Part extends DType | NDArray> =
  Part extends NDArray<infer D> ? D : Part extends DType ? Part : never

/**
 * The dtype of an array together with a value in an elementwise function: as `PromoteScalar`, but that a number
 * beside bool is int64 when it is an integer.
 */
export type Adapt<D extends DType, S extends Scalar> = DType extends D
  ? DType
  : D extends 'bool'
    ? S extends number
      ? PromoteScalar<'int64', S>
      : PromoteScalar<D, S>
    : PromoteScalar<D, S>

/** The dtype of two operands of an elementwise function, one of them an array. */
export type Together<A extends NDArray | Scalar, B extends NDArray | Scalar> =
  A extends NDArray<infer X>
    ? B extends NDArray<infer Y>
      ? Promote<X, Y>
      : Adapt<X, B & Scalar>
    : B extends NDArray<infer Y>
      ? Adapt<Y, A & Scalar>
      : never

/** The float dtype of a dtype's functions: float32 of float32, float64 of everything else. */
export type FloatDType<D extends DType> = D extends 'float32' ? 'float32' : 'float64'

/** The dtype in which a dtype counts: int8 of bool. */
export type CountDType<D extends DType> = D extends 'bool' ? 'int8' : D

/** The dtype that a value has by itself. */
export type ScalarDType<S extends Scalar> = S extends number ? 'float64' : S extends bigint ? 'int64' : 'bool'

/** The dtype of two operands, which may both be values: what `where` chooses from. */
export type Chosen<A extends NDArray | Scalar, B extends NDArray | Scalar> = A extends Scalar
  ? B extends Scalar
    ? Promote<ScalarDType<A>, ScalarDType<B>>
    : Together<A, B>
  : Together<A, B>

/** A dtype with that of a further operand, if it is an array; and if it is a value. */
type WithArray<D extends DType, X> = X extends NDArray<infer Y> ? Promote<D, Y> : D
type WithValue<D extends DType, X> = X extends Scalar ? Adapt<D, X> : D

/** The dtype of an array between two bounds, which may be absent: arrays first, then values. */
export type Bounded<D extends DType, Low, High> = WithValue<
  WithValue<WithArray<WithArray<D, Low>, High>, Low>,
  High
>
