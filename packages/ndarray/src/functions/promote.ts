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
