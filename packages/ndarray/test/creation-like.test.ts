import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { facts } from './manipulation-fixtures.ts'
import { DTYPES, elements, fromText } from './reference.ts'

describe('linspace', () => {
  it.each(facts.linspace)(
    'of %s from %d to %d in %d, %s: as in NumPy',
    (dtype, start, stop, num, endpoint, values) => {
      leavesNothing(() => {
        using a = nd.linspace(start, stop, num, { dtype, endpoint })
        expect(a.dtype).toBe(dtype)
        expectElements(
          a,
          values.map(text => fromText(text, dtype)),
        )
      })
    },
  )

  it('refuses what it cannot make', () => {
    refuses(nd.ShapeError, () => nd.linspace(0, 1, -1))
    refuses(nd.ShapeError, () => nd.linspace(0, 1, 2.5))
    refuses(nd.DTypeError, () => nd.linspace(0, 300, 3, { dtype: 'uint8' }))
    refuses(nd.DTypeError, () => nd.linspace(-1, 3, 3, { dtype: 'uint64' }))
    refuses(nd.DTypeError, () => nd.linspace(NaN, 3, 3, { dtype: 'int64' }))
    refuses(nd.DTypeError, () => nd.linspace('0' as never, 3, 3))
    refuses(nd.DTypeError, () => nd.linspace(0, 3, 3, { dtype: 'int7' as never }))
  })
})

describe('eye', () => {
  it.each(facts.eye)('%d × %s, diagonal %d: as in NumPy', (rows, columns, k, [shape, values]) => {
    leavesNothing(() => {
      for (const dtype of DTYPES) {
        using a = nd.eye(rows, columns, { k, dtype })
        expect([a.shape, a.dtype, elements(a).map(Number)]).toEqual([shape, dtype, values])
      }
    })
  })

  it('has no diagonal farther off than integers are counted exactly', () => {
    for (const k of [2 ** 53, -(2 ** 60)]) {
      using a = nd.eye(3, 3, { k })
      expect(nd.any(a)).toBe(false)
      using square = nd.ones([2, 2])
      using upper = nd.triu(square, { k })
      expect(nd.all(upper)).toBe(k < 0)
    }
  })

  it('refuses what it cannot make', () => {
    refuses(nd.ShapeError, () => nd.eye(-1))
    refuses(nd.ShapeError, () => nd.eye(2, 1.5))
    refuses(nd.IndexError, () => nd.eye(2, 2, { k: 0.5 }))
    refuses(nd.DTypeError, () => nd.eye(2, 2, { dtype: 'int7' as never }))
  })
})

describe('like another array', () => {
  it.each(DTYPES)('of %s', dtype => {
    leavesNothing(() => {
      using a = nd.ones([2, 3], { dtype })
      using view = a.T
      for (const [make, value] of [
        [nd.zerosLike, 0],
        [nd.onesLike, 1],
        [nd.emptyLike, undefined],
      ] as const) {
        using same = make(view)
        expect([same.shape, same.dtype, same.contiguous]).toEqual([[3, 2], dtype, true])
        using other = make(view, { dtype: 'int16' })
        expect([other.shape, other.dtype]).toEqual([[3, 2], 'int16'])
        if (value !== undefined) expect(elements(same).map(Number)).toEqual(Array(6).fill(value))
      }
      const { max } = nd.dtypes[dtype]
      using full = nd.fullLike(a, max)
      expect(full.get(1, 2)).toBe(max)
    })
  })

  it('lives in the heap of that array', () => {
    using heap = new nd.Heap({ maxBytes: 2 ** 24 })
    const a = heap.zeros(3)
    using sum = nd.onesLike(a)
    expect(sum.lease.heap).toBe(heap)
  })

  it('refuses values that do not fit', () => {
    using a = nd.zeros(3, { dtype: 'int8' })
    refuses(nd.DTypeError, () => nd.fullLike(a, 300))
    refuses(nd.DTypeError, () => nd.fullLike(a, 0, { dtype: 'int7' as never }))
    refuses(nd.DTypeError, () => nd.zerosLike([1] as never))
  })
})

describe('asarray', () => {
  it('is a view of an array that needs no change', () => {
    leavesNothing(() => {
      using a = nd.arange(4)
      using same = nd.asarray(a)
      expect(same.data.byteOffset).toBe(a.data.byteOffset)
      expect(nd.refCount(a)).toBe(2)
      using never = nd.asarray(a, { copy: false, dtype: 'float64' })
      expect(never.data.byteOffset).toBe(a.data.byteOffset)
      using copied = nd.asarray(a, { copy: true })
      expect(copied.data.byteOffset).not.toBe(a.data.byteOffset)
      using converted = nd.asarray(a, { dtype: 'int8' })
      expect([converted.dtype, ...elements(converted)]).toEqual(['int8', 0, 1, 2, 3])
    })
  })

  it('takes what array takes', () => {
    leavesNothing(() => {
      using a = nd.asarray([[1n, 2n]])
      expect([a.dtype, a.shape]).toEqual(['int64', [1, 2]])
      using b = nd.asarray(2.5)
      expect(b.item()).toBe(2.5)
      using c = nd.asarray(Int8Array.of(1, 2), { dtype: 'float32' })
      expect(c.dtype).toBe('float32')
    })
  })

  it('refuses to do without a copy that it needs', () => {
    using a = nd.arange(4)
    refuses(nd.DTypeError, () => nd.asarray(a, { dtype: 'int8', copy: false }))
    refuses(nd.DTypeError, () => nd.asarray([1, 2], { copy: false }))
    refuses(nd.DTypeError, () => nd.asarray(Int8Array.of(1), { copy: false }))
    using heap = new nd.Heap({ maxBytes: 2 ** 24 })
    heap.run(() => {
      using here = nd.asarray(a)
      expect(here.lease.heap).toBe(heap)
      expect(() => nd.asarray(a, { copy: false })).toThrow(nd.HeapError)
    })
  })
})

describe('meshgrid', () => {
  it('repeats each array along its axis', () => {
    leavesNothing(() => {
      using x = nd.arange(3)
      using y = nd.array([7n, 8n])
      const grids = nd.meshgrid<nd.DType>(x, y)
      expect(grids.map(grid => grid.toArray())).toEqual([
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
        [
          [7n, 7n, 7n],
          [8n, 8n, 8n],
        ],
      ])
      const matrix = nd.meshgrid<nd.DType>(x, y, { indexing: 'ij' })
      expect(matrix.map(grid => grid.shape)).toEqual([
        [3, 2],
        [3, 2],
      ])
      expect(elements(matrix[1] as nd.NDArray)).toEqual([7n, 8n, 7n, 8n, 7n, 8n])
      const three = nd.meshgrid<nd.DType>(x, y, x)
      expect(three.map(grid => grid.shape)).toEqual(Array(3).fill([2, 3, 3]))
      expect(elements(three[2] as nd.NDArray).slice(0, 3)).toEqual([0, 1, 2])
      for (const grid of [...grids, ...matrix, ...three]) {
        expect(grid.contiguous).toBe(true)
        grid.release()
      }
    })
  })

  it('takes one array, values, and none', () => {
    leavesNothing(() => {
      using x = nd.arange(3)
      using value = nd.full([], 5)
      const [one] = nd.meshgrid(x)
      expect(one?.toArray()).toEqual([0, 1, 2])
      const [a, b] = nd.meshgrid(x, value)
      expect([a?.shape, b?.toArray()]).toEqual([[1, 3], [[5, 5, 5]]])
      for (const grid of [one, a, b]) grid?.release()
      expect(nd.meshgrid()).toEqual([])
    })
  })

  it('refuses what is no axis', () => {
    using x = nd.arange(3)
    using matrix = nd.zeros([2, 2])
    refuses(nd.ShapeError, () => nd.meshgrid(x, matrix))
    refuses(nd.DTypeError, () => nd.meshgrid(x, x, { indexing: 'yx' as never }))
    refuses(nd.DTypeError, () => nd.meshgrid(x, [1] as never, x))
  })
})
