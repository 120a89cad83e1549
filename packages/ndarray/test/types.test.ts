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

/** An array of each dtype that the tests below need. */
function arrays() {
  return {
    truths: nd.zeros([2, 2], { dtype: 'bool' }),
    bytes: nd.ones([2, 2], { dtype: 'int8' }),
    words: nd.ones([2, 2], { dtype: 'uint16' }),
    ints: nd.ones([2, 2], { dtype: 'int32' }),
    longs: nd.ones([2, 2], { dtype: 'int64' }),
    singles: nd.ones([2, 2], { dtype: 'float32' }),
    doubles: nd.ones([2, 2]),
  }
}

/** The array has the dtype that the compiler says: a wrong one is a type error, or a failure. */
function isOf<D extends nd.DType>(dtype: D, array: nd.NDArray<NoInfer<D>>): void {
  expect(array.dtype).toBe(dtype)
}

describe('elementwise results', () => {
  it('of two arrays are what they promote to', () => {
    nd.scope(() => {
      const { truths, bytes, words, ints, longs, singles, doubles } = arrays()
      for (const f of [nd.add, nd.multiply, nd.minimum, nd.maximum]) {
        isOf('int32', f(bytes, words))
        isOf('float64', f(ints, singles))
        isOf('bool', f(truths, truths))
        expectTypeOf(f(bytes, words)).toEqualTypeOf<nd.NDArray<'int32'>>()
        expectTypeOf(f(truths, truths)).toEqualTypeOf<nd.NDArray<'bool'>>()
      }
      expectTypeOf(nd.subtract(singles, words)).toEqualTypeOf<nd.NDArray<'float32'>>()
      expectTypeOf(nd.divide(bytes, words)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.divide(singles, bytes)).toEqualTypeOf<nd.NDArray<'float32'>>()
      expectTypeOf(nd.pow(truths, truths)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(nd.remainder(longs, doubles)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.bitwiseLeftShift(truths, words)).toEqualTypeOf<nd.NDArray<'uint16'>>()
      expectTypeOf(nd.hypot(ints, singles)).toEqualTypeOf<nd.NDArray<'float64'>>()
      isOf('int8', nd.pow(truths, truths))
      isOf('float32', nd.divide(singles, bytes))
      const unknown = ints as nd.NDArray
      expectTypeOf(nd.add(unknown, bytes)).toEqualTypeOf<nd.NDArray>()
      expectTypeOf(nd.add(unknown, 5)).toEqualTypeOf<nd.NDArray>()
    })
  })

  it('of an array and a value adapt to the array', () => {
    nd.scope(() => {
      const { truths, bytes, ints, singles } = arrays()
      const number: number = bytes.size
      expectTypeOf(nd.add(bytes, 5)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(nd.add(0.5, bytes)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.add(bytes, number)).toEqualTypeOf<nd.NDArray<'int8' | 'float64'>>()
      expectTypeOf(nd.add(singles, number)).toEqualTypeOf<nd.NDArray<'float32'>>()
      expectTypeOf(nd.multiply(ints, 5n)).toEqualTypeOf<nd.NDArray<'int32'>>()
      expectTypeOf(nd.multiply(ints, true)).toEqualTypeOf<nd.NDArray<'int32'>>()
      isOf('int64', nd.add(truths, 1))
      isOf('int64', nd.add(truths, 1n))
      isOf('float64', nd.add(truths, 0.5))
      isOf('int8', nd.add(bytes, -5))
      isOf('float64', nd.divide(bytes, 2))
    })
  })

  it('are the same for methods', () => {
    nd.scope(() => {
      const { truths, bytes, words, singles } = arrays()
      expectTypeOf(bytes.add(words)).toEqualTypeOf<nd.NDArray<'int32'>>()
      expectTypeOf(bytes.subtract(5)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(bytes.divide(5)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(truths.pow(truths)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(bytes.less(words)).toEqualTypeOf<nd.NDArray<'bool'>>()
      expectTypeOf(bytes.sqrt()).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(singles.exp()).toEqualTypeOf<nd.NDArray<'float32'>>()
      expectTypeOf(bytes.abs()).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(bytes.clip(0, 5)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(bytes.matmul(words)).toEqualTypeOf<nd.NDArray<'int32'>>()
    })
  })

  it('of one array are its own dtype, a float or bool', () => {
    nd.scope(() => {
      const { truths, bytes, longs, singles } = arrays()
      expectTypeOf(nd.negative(bytes)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(nd.square(truths)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(nd.exp(longs)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.sin(singles)).toEqualTypeOf<nd.NDArray<'float32'>>()
      expectTypeOf(nd.floor(bytes)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(nd.isnan(bytes)).toEqualTypeOf<nd.NDArray<'bool'>>()
      expectTypeOf(nd.equal(bytes, 5)).toEqualTypeOf<nd.NDArray<'bool'>>()
      isOf('float64', nd.exp(longs))
      isOf('int8', nd.square(truths))
      // @ts-expect-error The result is float64.
      expect(() => nd.exp(longs, { out: singles })).toThrow(nd.DTypeError)
    })
  })

  it('of where and clip', () => {
    nd.scope(() => {
      const { truths, bytes, words, singles } = arrays()
      expectTypeOf(nd.where(truths, bytes, words)).toEqualTypeOf<nd.NDArray<'int32'>>()
      expectTypeOf(nd.where(truths, bytes, 0)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(nd.where(truths, 1, 0)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.where(truths, 1n, true)).toEqualTypeOf<nd.NDArray<'int64'>>()
      expectTypeOf(nd.where(truths)).toEqualTypeOf<nd.NDArray<'int64'>[]>()
      isOf('int64', nd.where(truths, 1n, true))
      expectTypeOf(nd.clip(bytes)).toEqualTypeOf<nd.NDArray<'int8'>>()
      expectTypeOf(nd.clip(bytes, null, words)).toEqualTypeOf<nd.NDArray<'int32'>>()
      expectTypeOf(nd.clip(bytes, 0.5, 5)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.clip(singles, 0, 0.5)).toEqualTypeOf<nd.NDArray<'float32'>>()
      isOf('float64', nd.clip(bytes, 0.5, 5))
    })
  })
})

describe('reductions', () => {
  it('to a value', () => {
    nd.scope(() => {
      const { truths, bytes, words, longs, singles } = arrays()
      expectTypeOf(nd.sum(bytes)).toEqualTypeOf<bigint>()
      expectTypeOf(words.prod()).toEqualTypeOf<bigint>()
      expectTypeOf(nd.sum(singles)).toEqualTypeOf<number>()
      expectTypeOf(nd.sum(bytes, { dtype: 'int32' })).toEqualTypeOf<number>()
      expectTypeOf(nd.mean(longs)).toEqualTypeOf<number>()
      expectTypeOf(nd.max(longs)).toEqualTypeOf<bigint>()
      expectTypeOf(nd.min(truths)).toEqualTypeOf<boolean>()
      expectTypeOf(nd.any(bytes)).toEqualTypeOf<boolean>()
      expectTypeOf(nd.countNonzero(bytes)).toEqualTypeOf<bigint>()
      expectTypeOf(nd.median(longs)).toEqualTypeOf<number>()
      expectTypeOf(nd.quantile(longs, 0.5, { method: 'lower' })).toEqualTypeOf<bigint>()
      expect(nd.quantile(longs, 0.5, { method: 'lower' })).toBe(1n)
    })
  })

  it('to an array', () => {
    nd.scope(() => {
      const { bytes, words, longs, singles } = arrays()
      expectTypeOf(nd.sum(words, { axis: 0 })).toEqualTypeOf<nd.NDArray<'uint64'>>()
      expectTypeOf(nd.sum(words, { keepdims: true, dtype: 'float32' })).toEqualTypeOf<nd.NDArray<'float32'>>()
      expectTypeOf(nd.mean(words, { axis: 0 })).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.mean(words, { axis: 0, dtype: 'float32' })).toEqualTypeOf<nd.NDArray<'float32'>>()
      isOf('float32', nd.mean(words, { axis: 0, dtype: 'float32' }))
      expectTypeOf(nd.max(longs, { axis: [0, 1] })).toEqualTypeOf<nd.NDArray<'int64'>>()
      expectTypeOf(nd.all(longs, { axis: 0 })).toEqualTypeOf<nd.NDArray<'bool'>>()
      expectTypeOf(nd.argmax(bytes, { axis: 0 })).toEqualTypeOf<nd.NDArray<'int64'>>()
      expectTypeOf(nd.nanstd(singles, { axis: 0 })).toEqualTypeOf<nd.NDArray<'float32'>>()
      expectTypeOf(nd.quantile(singles, [0.5])).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.quantile(singles, singles)).toEqualTypeOf<nd.NDArray<'float32'>>()
      expectTypeOf(nd.quantile(bytes, [0.5], { method: 'higher' })).toEqualTypeOf<nd.NDArray<'int8'>>()
      const options: nd.ReductionOptions<'int64'> = {}
      expectTypeOf(nd.sum(bytes, options)).toEqualTypeOf<bigint | nd.NDArray<'int64'>>()
      // The dtype is not taken from what the result is assigned to.
      // @ts-expect-error The result is uint64.
      const wrong: nd.NDArray<'int8'> = nd.sum(words, { axis: 0 })
      expect(wrong.dtype).toBe('uint64')
    })
  })

  it('products of arrays', () => {
    nd.scope(() => {
      const { bytes, words, ints, singles } = arrays()
      expectTypeOf(nd.matmul(bytes, words)).toEqualTypeOf<nd.NDArray<'int32'>>()
      expectTypeOf(nd.tensordot(ints, singles)).toEqualTypeOf<nd.NDArray<'float64'>>()
      expectTypeOf(nd.vecdot(bytes, bytes, { axis: 0 })).toEqualTypeOf<nd.NDArray<'int8'>>()
      isOf('int32', nd.matmul(bytes, words))
    })
  })
})
