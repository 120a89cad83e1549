import { describe, expect, expectTypeOf, it } from 'vitest'
import * as nd from '../src/index.ts'
import { DTYPES } from './reference.ts'

// The types are checked by `tsc -p tsconfig.json`; running the tests checks that the values agree with them.

/** Every pair of dtypes as the compiler promotes it. */
type Table = { [A in nd.DType]: { [B in nd.DType]: nd.Promote<A, B> } }

const ORDER = [
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
] as const

describe('promotion', () => {
  it('is known at compile time', () => {
    expectTypeOf<nd.Promote<'int8', 'uint8'>>().toEqualTypeOf<'int16'>()
    expectTypeOf<nd.Promote<'int32', 'float32'>>().toEqualTypeOf<'float64'>()
    expectTypeOf<nd.Promote<'int16' | 'int8', 'uint8'>>().toEqualTypeOf<'int16'>()
    expectTypeOf<nd.Promote<nd.DType, 'int8'>>().toEqualTypeOf<nd.DType>()
  })

  it('of every pair is what runs', () => {
    expectTypeOf<keyof Table>().toEqualTypeOf<nd.DType>()
    expect(ORDER).toEqual(DTYPES)
    const found = Object.fromEntries(
      ORDER.map(a => [a, Object.fromEntries(ORDER.map(b => [b, nd.resultType(a, b)]))]),
    )
    // The compiler's table, written out: a wrong entry is a type error.
    const table: Table = {
      bool: {
        bool: 'bool',
        int8: 'int8',
        uint8: 'uint8',
        int16: 'int16',
        uint16: 'uint16',
        int32: 'int32',
        uint32: 'uint32',
        int64: 'int64',
        uint64: 'uint64',
        float32: 'float32',
        float64: 'float64',
      },
      int8: {
        bool: 'int8',
        int8: 'int8',
        uint8: 'int16',
        int16: 'int16',
        uint16: 'int32',
        int32: 'int32',
        uint32: 'int64',
        int64: 'int64',
        uint64: 'float64',
        float32: 'float32',
        float64: 'float64',
      },
      uint8: {
        bool: 'uint8',
        int8: 'int16',
        uint8: 'uint8',
        int16: 'int16',
        uint16: 'uint16',
        int32: 'int32',
        uint32: 'uint32',
        int64: 'int64',
        uint64: 'uint64',
        float32: 'float32',
        float64: 'float64',
      },
      int16: {
        bool: 'int16',
        int8: 'int16',
        uint8: 'int16',
        int16: 'int16',
        uint16: 'int32',
        int32: 'int32',
        uint32: 'int64',
        int64: 'int64',
        uint64: 'float64',
        float32: 'float32',
        float64: 'float64',
      },
      uint16: {
        bool: 'uint16',
        int8: 'int32',
        uint8: 'uint16',
        int16: 'int32',
        uint16: 'uint16',
        int32: 'int32',
        uint32: 'uint32',
        int64: 'int64',
        uint64: 'uint64',
        float32: 'float32',
        float64: 'float64',
      },
      int32: {
        bool: 'int32',
        int8: 'int32',
        uint8: 'int32',
        int16: 'int32',
        uint16: 'int32',
        int32: 'int32',
        uint32: 'int64',
        int64: 'int64',
        uint64: 'float64',
        float32: 'float64',
        float64: 'float64',
      },
      uint32: {
        bool: 'uint32',
        int8: 'int64',
        uint8: 'uint32',
        int16: 'int64',
        uint16: 'uint32',
        int32: 'int64',
        uint32: 'uint32',
        int64: 'int64',
        uint64: 'uint64',
        float32: 'float64',
        float64: 'float64',
      },
      int64: {
        bool: 'int64',
        int8: 'int64',
        uint8: 'int64',
        int16: 'int64',
        uint16: 'int64',
        int32: 'int64',
        uint32: 'int64',
        int64: 'int64',
        uint64: 'float64',
        float32: 'float64',
        float64: 'float64',
      },
      uint64: {
        bool: 'uint64',
        int8: 'float64',
        uint8: 'uint64',
        int16: 'float64',
        uint16: 'uint64',
        int32: 'float64',
        uint32: 'uint64',
        int64: 'float64',
        uint64: 'uint64',
        float32: 'float64',
        float64: 'float64',
      },
      float32: {
        bool: 'float32',
        int8: 'float32',
        uint8: 'float32',
        int16: 'float32',
        uint16: 'float32',
        int32: 'float64',
        uint32: 'float64',
        int64: 'float64',
        uint64: 'float64',
        float32: 'float32',
        float64: 'float64',
      },
      float64: {
        bool: 'float64',
        int8: 'float64',
        uint8: 'float64',
        int16: 'float64',
        uint16: 'float64',
        int32: 'float64',
        uint32: 'float64',
        int64: 'float64',
        uint64: 'float64',
        float32: 'float64',
        float64: 'float64',
      },
    }
    expect(found).toEqual(table)
  })

  it('of arrays, dtypes and values', () => {
    using a = nd.zeros(1, { dtype: 'int8' })
    using b = nd.zeros(1, { dtype: 'uint16' })
    expectTypeOf(nd.resultType(a, b)).toEqualTypeOf<'int32'>()
    expectTypeOf(nd.resultType(a, 'float32', b)).toEqualTypeOf<'float32'>()
    expectTypeOf(nd.resultType(a, 5)).toEqualTypeOf<'int8'>()
    expectTypeOf(nd.resultType(a, 2.5)).toEqualTypeOf<'float64'>()
    expectTypeOf(nd.resultType(a, a.size)).toEqualTypeOf<'int8' | 'float64'>()
    expectTypeOf(nd.resultType(true, 'bool')).toEqualTypeOf<'bool'>()
    expectTypeOf(nd.resultType(5n, 'bool', 1)).toEqualTypeOf<'float64'>()
    expectTypeOf(nd.resultType('float32', 5n, 0.5)).toEqualTypeOf<'float32'>()
    const dtypes = [a.dtype] as nd.DType[]
    expectTypeOf(nd.resultType(...dtypes)).toEqualTypeOf<nd.DType>()
  })
})

describe('a dtype flows through', () => {
  it('elements and typed arrays', () => {
    nd.scope(() => {
      const a = nd.zeros([1, 1], { dtype: 'int64' })
      expectTypeOf(a.item()).toEqualTypeOf<bigint>()
      expectTypeOf(a.data).toEqualTypeOf<BigInt64Array<ArrayBuffer>>()
      expectTypeOf(nd.zeros(1).item()).toEqualTypeOf<number>()
      expectTypeOf(nd.iinfo(a).max).toEqualTypeOf<bigint>()
      expectTypeOf(nd.iinfo('int8').max).toEqualTypeOf<number>()
    })
  })

  it('manipulation', () => {
    nd.scope(() => {
      const a = nd.zeros([1, 2], { dtype: 'int16' })
      expectTypeOf(a.T).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(a.reshape(-1)).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(nd.flip(a)).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(nd.pad(a, 1)).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(nd.unstack(a)).toEqualTypeOf<nd.NDArray<'int16'>[]>()
      expectTypeOf(nd.broadcastTo(a, [3, 2])).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(nd.astype(a, 'bool')).toEqualTypeOf<nd.NDArray<'bool'>>()
      expectTypeOf(a.astype('bool').get(0, 0)).toEqualTypeOf<boolean>()
    })
  })

  it('joining', () => {
    nd.scope(() => {
      const a = nd.zeros(2, { dtype: 'int16' })
      const b = nd.zeros(2, { dtype: 'uint16' })
      expectTypeOf(nd.concat([a, b])).toEqualTypeOf<nd.NDArray<'int32'>>()
      expectTypeOf(nd.stack([a, a])).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(nd.stack([a, b] as nd.NDArray[])).toEqualTypeOf<nd.NDArray>()
      const [x, y] = nd.broadcastArrays(a, b)
      expectTypeOf(x).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(y).toEqualTypeOf<nd.NDArray<'uint16'>>()
    })
  })

  it('creation', () => {
    nd.scope(() => {
      const a = nd.zeros(2, { dtype: 'int16' })
      expectTypeOf(nd.zerosLike(a)).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(nd.onesLike(a, { dtype: 'bool' })).toEqualTypeOf<nd.NDArray<'bool'>>()
      expectTypeOf(nd.fullLike(a, 3)).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(nd.asarray(a)).toEqualTypeOf<nd.NDArray<'int16'>>()
      expectTypeOf(nd.asarray([1, 2])).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.asarray([1, 2], { dtype: 'int8' })).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(nd.linspace(0, 1, 3)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.eye(3, null, { dtype: 'bool' })).toEqualTypeOf<nd.NDArray<'bool'>>()
      const [x] = nd.meshgrid(a, a)
      expectTypeOf(x).toEqualTypeOf<nd.NDArray<'int16'> | undefined>()
    })
  })
})
