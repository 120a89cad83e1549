import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { refuses } from './heap.ts'
import { asElement, DTYPES, elements, fromText, numpy } from './reference.ts'

const BIGINT = ['int64', 'uint64']

/** 0 or 1 as the dtype has it. */
function unit(value: number, dtype: nd.DType): number | bigint {
  return BIGINT.includes(dtype) ? BigInt(value) : value
}

describe.each(DTYPES)('arrays of %s', dtype => {
  it.each([[[]], [[0]], [[7]], [[2, 3]], [[2, 0, 3]], [[1, 2, 1, 4]]])('of shape %j', shape => {
    const size = shape.reduce((a, b) => a * b, 1)
    using zeros = nd.zeros(shape, { dtype })
    using ones = nd.ones(shape, { dtype })
    using empty = nd.empty(shape, { dtype })
    for (const a of [zeros, ones, empty]) {
      expect(a.dtype).toBe(dtype)
      expect(a.shape).toEqual(shape)
      expect(a.ndim).toBe(shape.length)
      expect(a.size).toBe(size)
      expect(a.nbytes).toBe(size * nd.dtypes[dtype].bytes)
      expect(a.data.length).toBe(size)
    }
    expect(elements(zeros)).toEqual(Array(size).fill(unit(0, dtype)))
    expect(elements(ones)).toEqual(Array(size).fill(unit(1, dtype)))
  })

  it('zeros are zero in memory that was used before', () => {
    const used = nd.full(100, 1, { dtype })
    used.release()
    using zeros = nd.zeros(100, { dtype })
    expect(zeros.data.every(value => Number(value) === 0)).toBe(true)
  })

  it('full holds the ends of the dtype', () => {
    const { min, max } = nd.dtypes[dtype]
    for (const value of [min, max]) {
      using a = nd.full([2, 2], value, { dtype })
      expect(a.toArray()).toEqual([
        [value, value],
        [value, value],
      ])
    }
  })

  it('array keeps values, and copies an array', () => {
    using a = nd.array([[1, 0, 1]], { dtype })
    expect(elements(a)).toEqual([unit(1, dtype), unit(0, dtype), unit(1, dtype)])
    using b = nd.array(a)
    expect(b.dtype).toBe(dtype)
    b.set(0, 0, 0)
    expect(a.get(0, 0)).toEqual(asElement(unit(1, dtype), dtype))
  })

  it('array of nothing', () => {
    using a = nd.array([[], []], { dtype })
    expect(a.shape).toEqual([2, 0])
    expect(a.toArray()).toEqual([[], []])
  })
})

describe('the default dtype', () => {
  it.each([
    [[1, 2], 'float64'],
    [[1n, 2n], 'int64'],
    [[true, false], 'bool'],
    [[], 'float64'],
    [5, 'float64'],
    [5n, 'int64'],
    [true, 'bool'],
    [new Int16Array([1]), 'int16'],
    [new Uint8ClampedArray([1]), 'uint8'],
    [new BigUint64Array([1n]), 'uint64'],
  ])('of %o is %s', (values, dtype) => {
    using a = nd.array(values as never)
    expect(a.dtype).toBe(dtype)
  })

  it('of full is that of the value', () => {
    for (const [value, dtype] of [
      [1, 'float64'],
      [1n, 'int64'],
      [true, 'bool'],
    ] as const) {
      using a = nd.full(2, value)
      expect(a.dtype).toBe(dtype)
    }
  })

  it('of zeros, ones, empty and arange is float64', () => {
    for (const a of [nd.zeros(1), nd.ones(1), nd.empty(1), nd.arange(1)]) {
      expect(a.dtype).toBe('float64')
      a.release()
    }
  })

  it('of arange of bigints is int64', () => {
    using a = nd.arange(3n)
    expect(a.toArray()).toEqual([0n, 1n, 2n])
    expect(a.dtype).toBe('int64')
  })
})

describe('impossible shapes', () => {
  const SPARSE: number[] = [2]
  SPARSE.length = 3
  const bad: [unknown, string][] = [
    [-1, 'negative'],
    [[2, -1], 'negative axis'],
    [1.5, 'fractional'],
    [[NaN], 'NaN'],
    [Infinity, 'infinite'],
    [2 ** 53, 'not exact'],
    [[2 ** 30, 2 ** 30], 'more than 2^53 elements'],
    [[2 ** 52, 2 ** 52, 2], 'far more than 2^53 elements'],
    [SPARSE, 'sparse'],
    [Array(65).fill(1), 'too deep'],
    ['3', 'text'],
    [['3'], 'text inside'],
    [[[2]], 'nested'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ length: 1, 0: 2 }, 'like an array'],
    [new Int32Array([2]), 'a typed array'],
    [[2n], 'bigint'],
    [[true], 'boolean'],
  ]
  it.each(bad)('%o, %s', shape => {
    refuses(nd.ShapeError, () => nd.zeros(shape as number[]))
    refuses(nd.ShapeError, () => nd.ones(shape as number[]))
    refuses(nd.ShapeError, () => nd.empty(shape as number[]))
    refuses(nd.ShapeError, () => nd.full(shape as number[], 1))
    refuses(nd.ShapeError, () => nd.nbytes(shape as number[], 'int8'))
    if (shape !== undefined)
      refuses(nd.ShapeError, () => nd.fromTypedArray(new Int8Array(3), shape as number[]))
  })

  it('64 axes are possible', () => {
    using a = nd.ones(Array(64).fill(1))
    expect(a.ndim).toBe(64)
    expect(a.sum()).toBe(1)
  })

  it('a length of -0 is 0', () => {
    using a = nd.zeros(-0)
    expect(a.shape).toEqual([0])
  })

  it('a shape is copied, and frozen', () => {
    const shape = [2, 3]
    using a = nd.zeros(shape)
    shape[0] = 100
    expect(a.shape).toEqual([2, 3])
    expect(Object.isFrozen(a.shape)).toBe(true)
  })
})

describe('unknown dtypes', () => {
  it.each(['toString', '__proto__', 'constructor', 'Float64', '', 5, ['int8'], {}, Symbol('int8')])(
    '%s',
    bad => {
      const dtype = bad as nd.DType
      refuses(nd.DTypeError, () => nd.zeros(2, { dtype }))
      refuses(nd.DTypeError, () => nd.ones(2, { dtype }))
      refuses(nd.DTypeError, () => nd.empty(2, { dtype }))
      refuses(nd.DTypeError, () => nd.full(2, 1, { dtype }))
      refuses(nd.DTypeError, () => nd.arange(0, 2, 1, { dtype }))
      refuses(nd.DTypeError, () => nd.array([1], { dtype }))
      refuses(nd.DTypeError, () => nd.array([], { dtype }))
      refuses(nd.DTypeError, () => nd.fromTypedArray(new Int8Array(2), 2, { dtype }))
      refuses(nd.DTypeError, () => nd.nbytes(2, dtype))
      using a = nd.zeros(2)
      refuses(nd.DTypeError, () => a.astype(dtype))
      refuses(nd.DTypeError, () => nd.array(a, { dtype }))
    },
  )
})

describe('values that a dtype cannot hold', () => {
  const bad: [unknown, nd.DType][] = [
    [2, 'bool'],
    [-1, 'bool'],
    [0.5, 'bool'],
    [NaN, 'bool'],
    [128, 'int8'],
    [-129n, 'int8'],
    [-1, 'uint8'],
    [256, 'uint8'],
    [0.5, 'int32'],
    [NaN, 'int16'],
    [Infinity, 'int64'],
    [2 ** 31, 'int32'],
    [-1n, 'uint64'],
    [2n ** 64n, 'uint64'],
    [2 ** 63, 'int64'],
    ['1', 'float64'],
    [null, 'float64'],
    [undefined, 'int8'],
    [{}, 'bool'],
    [() => 1, 'float32'],
    [new Date(0), 'float64'],
  ]
  it.each(bad)('%s in %s', (value, dtype) => {
    const scalar = value as nd.Scalar
    refuses(nd.DTypeError, () => nd.full(2, scalar, { dtype }))
    refuses(nd.DTypeError, () => nd.array([[0], [scalar]], { dtype }))
    using a = nd.ones(2, { dtype })
    refuses(nd.DTypeError, () => a.set(scalar, 0))
    refuses(nd.DTypeError, () => a.assign(scalar))
    refuses(nd.DTypeError, () => a.assignWhere('>=', 0, scalar))
    expect(elements(a)).toEqual([unit(1, dtype), unit(1, dtype)])
  })

  it('typed arrays with such values are refused, others converted', () => {
    refuses(nd.DTypeError, () => nd.fromTypedArray(new Float64Array([1, 1.5]), 2, { dtype: 'int8' }))
    refuses(nd.DTypeError, () => nd.fromTypedArray(new Int16Array([300]), 1, { dtype: 'uint8' }))
    refuses(nd.DTypeError, () => nd.fromTypedArray(new Uint8Array([0, 2]), 2, { dtype: 'bool' }))
    using a = nd.fromTypedArray(new Float64Array([1, -2]), [2, 1], { dtype: 'int64' })
    expect(a.toArray()).toEqual([[1n], [-2n]])
  })
})

describe('nested arrays', () => {
  it('of any depth', () => {
    using a = nd.array([
      [[1], [2]],
      [[3], [4]],
      [[5], [6]],
    ])
    expect(a.shape).toEqual([3, 2, 1])
    expect(a.toArray()).toEqual([
      [[1], [2]],
      [[3], [4]],
      [[5], [6]],
    ])
  })

  const selfish: unknown[] = []
  selfish[0] = selfish
  const ragged: [string, unknown][] = [
    ['a shorter row', [[1, 2], [3]]],
    ['a longer row', [[1], [2, 3]]],
    ['a value beside a row', [[1], 2]],
    ['a row beside a value', [1, [2]]],
    ['an empty row', [[], [1]]],
    ['a deeper row', [[1], [[2]]]],
    ['itself', selfish],
    ['itself behind a value', [1, selfish]],
  ]
  it.each(ragged)('with %s are refused', (_, values) => {
    refuses(nd.ShapeError, () => nd.array(values as never))
  })

  it.each([
    [[1, 1n], 'float64', [1, 1]],
    [[true, 1], 'float64', [1, 1]],
    [[[1n], [false]], 'int64', [[1n], [0n]]],
    [[true, 2n, 0.5], 'float64', [1, 2, 0.5]],
  ])('of mixed kinds have the dtype of the highest: %s', (values, dtype, elements) => {
    using a = nd.array(values as never)
    expect([a.dtype, a.toArray()]).toEqual([dtype, elements])
  })

  it.each([[[1, 1n]], [[true, 1]], [[[1n], [false]]]])('of mixed kinds take a given dtype: %s', values => {
    using a = nd.array(values as never, { dtype: 'int16' })
    expect(a.dtype).toBe('int16')
  })

  it.each([[Array(2)], [['1']], [[null]], [[new Float64Array(2)]], [[{}]]])(
    'of anything else are refused: %s',
    values => {
      refuses(nd.DTypeError, () => nd.array(values as never))
      refuses(nd.DTypeError, () => nd.array(values as never, { dtype: 'float32' }))
    },
  )

  it.each([null, undefined, 'abc', {}, new Map()])('%s is refused', value => {
    refuses(nd.DTypeError, () => nd.array(value as never))
  })
})

describe('fromTypedArray', () => {
  it('copies, in the given shape', () => {
    const from = new Uint32Array([1, 2, 3, 4, 5, 2 ** 32 - 1])
    using a = nd.fromTypedArray(from, [2, 3])
    from.fill(0)
    expect(a.toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 2 ** 32 - 1],
    ])
  })

  it('refuses other numbers of elements, and what is no typed array', () => {
    refuses(nd.ShapeError, () => nd.fromTypedArray(new Int8Array(5), [2, 3]))
    refuses(nd.DTypeError, () => nd.fromTypedArray([1, 2] as never))
    refuses(nd.DTypeError, () => nd.fromTypedArray(new DataView(new ArrayBuffer(8)) as never, 8))
    refuses(nd.DTypeError, () => nd.fromTypedArray(null as never, 1))
  })
})

describe('arange', () => {
  it.each(numpy.arange)(
    'of $arguments in $dtype is NumPy’s',
    ({ dtype, arguments: [start, stop, step], values }) => {
      using a = nd.arange(start, stop, step, { dtype })
      expect([...a.toTypedArray()]).toEqual(values.map(value => fromText(value, dtype)))
    },
  )

  it('above one chunk', () => {
    using a = nd.arange(0, 100_000, 1, { dtype: 'int32' })
    expect(a.data.every((value, i) => value === i)).toBe(true)
    using b = nd.arange(0, -70_000, -1, { dtype: 'float32' })
    expect(b.data.every((value, i) => value === -i)).toBe(true)
  })

  it('counts bigints exactly, whatever the step’s type', () => {
    const start = 2n ** 53n
    for (const step of [undefined, 1, 1n]) {
      using a = nd.arange(start, start + 3n, step)
      expect(a.toArray()).toEqual([start, start + 1n, start + 2n])
    }
    using negative = nd.arange(start + 5n, start, -2)
    expect(negative.toArray()).toEqual([start + 5n, start + 3n, start + 1n])
  })

  it('is of int64 when one argument is a bigint and all are integers', () => {
    const made = [nd.arange(0, 2n), nd.arange(0n, 2), nd.arange(0n, 4n, 2), nd.arange(0, 2, 1n)]
    expect(made.map(a => a.dtype)).toEqual(['int64', 'int64', 'int64', 'int64'])
    const fractions = [nd.arange(0n, 1.5), nd.arange(0.5, 2n), nd.arange(0n, 1n, 0.5)]
    expect(fractions.map(a => [a.dtype, a.toArray()])).toEqual([
      ['float64', [0, 1]],
      ['float64', [0.5, 1.5]],
      ['float64', [0, 0.5]],
    ])
    for (const a of [...made, ...fractions]) a.release()
  })

  it('reaches the ends of 64-bit integers, and refuses to go beyond', () => {
    const top = 2n ** 63n
    using a = nd.arange(top - 2n, top, 1n)
    expect(a.toArray()).toEqual([top - 2n, top - 1n])
    refuses(nd.DTypeError, () => nd.arange(top - 2n, top + 1n, 1n))
    using b = nd.arange(2n ** 64n - 2n, 2n ** 64n, 1n, { dtype: 'uint64' })
    expect(b.toArray()).toEqual([2n ** 64n - 2n, 2n ** 64n - 1n])
    refuses(nd.DTypeError, () => nd.arange(2n ** 64n - 2n, 2n ** 64n + 1n, 1n, { dtype: 'uint64' }))
    refuses(nd.DTypeError, () => nd.arange(2n, -2n, -1n, { dtype: 'uint64' }))
  })

  it('counts down in unsigned dtypes', () => {
    for (const dtype of ['uint8', 'uint16', 'uint32'] as const) {
      using a = nd.arange(5, -1, -2, { dtype })
      expect(a.toArray()).toEqual([5, 3, 1])
    }
    using b = nd.arange(5, -1, -2, { dtype: 'uint64' })
    expect(b.toArray()).toEqual([5n, 3n, 1n])
  })

  it('of bool has two elements at most', () => {
    using a = nd.arange(0, 2, 1, { dtype: 'bool' })
    expect(a.toArray()).toEqual([false, true])
    refuses(nd.DTypeError, () => nd.arange(0, 3, 1, { dtype: 'bool' }))
  })

  it.each([
    [0, 3, 0],
    [0, 3, NaN],
    [NaN, 3, 1],
    [0, Infinity, 1],
    [0, 3, -Infinity],
    ['0', 3, 1],
    [null, 3, 1],
    [0, null, 1],
    [0, 3, {}],
    [undefined, 3, 1],
    [true, 3, 1],
  ])('refuses %s, %s, %s', (start, stop, step) => {
    refuses(nd.DTypeError, () => nd.arange(start as number, stop as number, step as number))
  })

  it.each([
    [0, 300, 1, 'uint8'],
    [-1, 3, 1, 'uint16'],
    [0, 3.5, 0.5, 'int32'],
    [0, 3.5, 0.5, 'int64'],
    [0.5, 3, 1, 'int8'],
    [0.5, 3, 1, 'uint64'],
    [0, 2, 1.5, 'int64'],
  ] as const)('refuses %s, %s, %s in %s', (start, stop, step, dtype) => {
    refuses(nd.DTypeError, () => nd.arange(start, stop, step, { dtype }))
  })

  it('of one element does not look at the step', () => {
    for (const dtype of ['int8', 'int64'] as const) {
      using a = nd.arange(3, 3.2, 0.5, { dtype })
      expect(elements(a)).toEqual([unit(3, dtype)])
    }
  })

  it('refuses more elements than can be', () => {
    refuses(nd.ShapeError, () => nd.arange(0, 1e300))
    refuses(nd.ShapeError, () => nd.arange(-1e308, 1e308, 1e307 / 1e300))
    refuses(nd.OutOfMemoryError, () => nd.arange(0, 2 ** 40, 1, { dtype: 'float64' }))
  })
})
