import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { type Arrangement, arranged, arrangement } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { DTYPES, type Element, elements, product, Reference } from './reference.ts'
import { facts, textArray } from './sorting-fixtures.ts'

const NUMERIC = DTYPES.filter(dtype => dtype !== 'bool')

/** A value modulo the dtype's integers; floats as they are, for values whose sums are exact. */
function wrap(value: bigint, dtype: nd.DType): Element {
  const { kind, bytes } = nd.dtypes[dtype]
  if (kind === 'float') return Number(value)
  const bits = bytes * 8
  const whole = kind === 'int' ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)
  return bits === 64 ? whole : Number(whole)
}

/** Whole numbers: large ones where they wrap, such as floats multiply and add exactly elsewhere. */
function values(dtype: nd.DType, shape: readonly number[], seed: number): Element[] {
  const { kind, bytes } = nd.dtypes[dtype]
  let state = BigInt(seed) * 2654435761n + 12345n
  return Array.from({ length: product(shape) }, () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n)
    return wrap(kind === 'float' ? ((state >> 33n) % 9n) - 4n : state >> BigInt(64 - bytes * 8), dtype)
  })
}

/** The product of two matrices of bigints, element by element. */
function slowProduct(a: Reference, b: Reference, dtype: nd.DType): Element[] {
  const [rows, depth] = a.shape as [number, number]
  const columns = b.shape[1] as number
  const [x, y] = [a.values.map(BigInt), b.values.map(BigInt)]
  return Array.from({ length: rows * columns }, (_, at) => {
    let sum = 0n
    for (let k = 0; k < depth; k++)
      sum += (x[Math.floor(at / columns) * depth + k] as bigint) * (y[k * columns + (at % columns)] as bigint)
    return wrap(sum, dtype)
  })
}

/** The slow product of each matrix of a batch. */
function slowMatmul(
  a: Reference,
  b: Reference,
  dtype: nd.DType,
): { shape: readonly number[]; values: Element[] } {
  const batch = nd.broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2))
  const [matrixA, matrixB] = [a.shape.slice(-2), b.shape.slice(-2)]
  const [allA, allB] = [a.broadcast([...batch, ...matrixA]), b.broadcast([...batch, ...matrixB])]
  const part = (all: Element[], matrix: readonly number[], i: number) =>
    new Reference(matrix, all.slice(i * product(matrix), (i + 1) * product(matrix)))
  const parts = Array.from({ length: product(batch) }, (_, i) =>
    slowProduct(part(allA, matrixA, i), part(allB, matrixB, i), dtype),
  )
  return { shape: [...batch, matrixA[0] as number, matrixB[1] as number], values: parts.flat() }
}

const lengths = fc.constantFrom(0, 1, 2, 3, 4, 5, 8, 9, 17)
const batches: [number[], number[]][] = [
  [[], []],
  [[3], []],
  [[2, 1], [3]],
  [[1], [2]],
  [[0], [1]],
]
const plain: Arrangement = { steps: [1, 1, 1, 1], margin: 0, fortran: false }

describe('matmul', () => {
  it('is the slow product, whatever the dtype, the batch and the strides', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NUMERIC),
        fc.constantFrom(...batches),
        fc.tuple(lengths, lengths, lengths),
        fc.tuple(arrangement, arrangement, arrangement),
        fc.nat(1000),
        (dtype, [batchA, batchB], [m, k, n], [howA, howB, howOut], seed) => {
          const a = new Reference([...batchA, m, k], values(dtype, [...batchA, m, k], seed))
          const b = new Reference([...batchB, k, n], values(dtype, [...batchB, k, n], seed + 1))
          const expected = slowMatmul(a, b, dtype)
          using left = arranged(dtype, a.shape, a.values, howA)
          using right = arranged(dtype, b.shape, b.values, howB)
          leavesNothing(() => {
            using result = nd.matmul(left, right)
            expect([result.dtype, result.shape]).toEqual([dtype, expected.shape])
            expectElements(result, expected.values)
          })
          const filler = values(dtype, expected.shape, 5)
          using out = arranged(dtype, expected.shape, filler, howOut)
          expect(left.matmul(right, { out })).toBe(out)
          expect(elements(out)).toEqual(expected.values)
        },
      ),
      { numRuns: 400 },
    )
  })

  it.each(NUMERIC)('of %s cuts large matrices into blocks', dtype => {
    for (const [m, k, n] of [
      [70, 300, 37],
      [130, 520, 9],
      [5, 3, 1100],
      [1, 2050, 3],
      [3, 2050, 1],
    ] as const) {
      const a = new Reference([m, k], values(dtype, [m, k], m))
      const b = new Reference([k, n], values(dtype, [k, n], n))
      const expected = slowProduct(a, b, dtype)
      using left = arranged(dtype, a.shape, a.values, plain)
      using right = arranged(dtype, b.shape, b.values, { ...plain, fortran: true })
      using result = nd.matmul(left, right)
      expectElements(result, expected)
    }
  })

  it('treats 1-d arrays as a row and as a column', () => {
    using a = nd.array([1, 2, 3])
    using b = nd.array([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    using t = nd.matrixTranspose(b)
    using stack = nd.array([[[1, 2, 3]], [[4, 5, 6]]])
    nd.scope(() => {
      expect(a.matmul(a).shape).toEqual([])
      expect(a.matmul(a).item()).toBe(14)
      expect(a.matmul(b).toArray()).toEqual([22, 28])
      expect(t.matmul(a).toArray()).toEqual([22, 28])
      expect(stack.matmul(a).toArray()).toEqual([[14], [32]])
      expect(a.matmul(nd.ones([2, 3, 0])).shape).toEqual([2, 0])
    })
  })

  it('promotes, and writes over its own operands', () => {
    using a = nd.array(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: 'int16' },
    )
    using b = nd.array(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: 'float32' },
    )
    using c = nd.array(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: 'uint64' },
    )
    using ab = nd.matmul(a, b)
    using ac = nd.matmul(a, c)
    expect([ab.dtype, ac.dtype]).toEqual(['float32', 'float64'])
    expect(nd.matmul(b, b, { out: b }).toArray()).toEqual([
      [7, 10],
      [15, 22],
    ])
  })

  it('carries NaN and infinities', () => {
    using a = nd.array([
      [NaN, 1],
      [Infinity, 0],
    ])
    using b = nd.array([
      [1, 0],
      [0, 1],
    ])
    using result = nd.matmul(a, b)
    expect(result.toArray()).toEqual([
      [NaN, NaN],
      [Infinity, NaN],
    ])
  })

  it('sums floats in blocks', () => {
    using a = nd.full([4, 300_000], 0.1, { dtype: 'float32' })
    using b = nd.ones([300_000, 4], { dtype: 'float32' })
    using result = nd.matmul(a, b)
    using line = nd.full(300_000, 0.1, { dtype: 'float32' })
    using ones = nd.ones(300_000, { dtype: 'float32' })
    using sum = nd.vecdot(line, ones)
    let naive = 0
    for (let i = 0; i < 300_000; i++) naive = Math.fround(naive + Math.fround(0.1))
    for (const value of [result.get(0, 0), result.get(3, 3), sum.item()])
      expect(Math.abs((value as number) - 30_000)).toBeLessThan(Math.abs(naive - 30_000) / 50)
  })

  it('refuses what does not fit', () => {
    using a = nd.ones([2, 3])
    using flag = nd.ones([3, 2], { dtype: 'bool' })
    using scalar = nd.array(1)
    using batch = nd.ones([2, 3, 4])
    using batches = nd.ones([3, 4, 2])
    refuses(nd.ShapeError, () => nd.matmul(a, a))
    refuses(nd.ShapeError, () => nd.matmul(a, scalar))
    refuses(nd.ShapeError, () => nd.matmul(batch, batches))
    refuses(nd.DTypeError, () => nd.matmul(a, flag))
    refuses(nd.DTypeError, () => nd.matmul(a, 2 as never))
    refuses(nd.ShapeError, () => nd.matmul(a, batch, { out: a }))
  })
})

describe('vecdot', () => {
  it('is the slow inner product along an axis', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NUMERIC),
        fc.tuple(fc.constantFrom(1, 3), fc.constantFrom(1, 3), fc.integer({ min: 0, max: 40 })),
        fc.tuple(arrangement, arrangement),
        fc.boolean(),
        (dtype, [p, q, length], [howA, howB], first) => {
          const [shapeA, shapeB] = first
            ? [
                [length, p],
                [length, q],
              ]
            : [
                [p, length],
                [q, length],
              ]
          const [a, b] = [values(dtype, shapeA, 1), values(dtype, shapeB, 2)]
          using left = arranged(dtype, shapeA, a, howA)
          using right = arranged(dtype, shapeB, b, howB)
          if (p !== q && p !== 1 && q !== 1) return
          const rows = Math.max(p, q)
          const at = (list: Element[], shape: number[], row: number, i: number): bigint => {
            const count = shape[first ? 1 : 0] as number
            const r = count === 1 ? 0 : row
            return BigInt(list[first ? i * count + r : r * length + i] as Element)
          }
          const expected = Array.from({ length: rows }, (_, row) => {
            let sum = 0n
            for (let i = 0; i < length; i++) sum += at(a, shapeA, row, i) * at(b, shapeB, row, i)
            return wrap(sum, dtype)
          })
          leavesNothing(() => {
            using result = nd.vecdot(left, right, first ? { axis: -2 } : {})
            expect(elements(result)).toEqual(expected)
          })
        },
      ),
      { numRuns: 300 },
    )
  })

  it('refuses what does not fit', () => {
    using a = nd.ones([2, 3])
    using b = nd.ones([2, 1])
    using flag = nd.ones([2, 3], { dtype: 'bool' })
    refuses(nd.ShapeError, () => nd.vecdot(a, b))
    refuses(nd.IndexError, () => nd.vecdot(a, a, { axis: 2 }))
    refuses(nd.DTypeError, () => nd.vecdot(a, flag))
  })
})

describe('tensordot and its kin', () => {
  it.each(facts.tensordots)('of $a.shape and $b.shape over $axes is NumPy’s', ({ a, b, axes, result }) => {
    for (const dtype of ['int64', 'float32'] as const) {
      using left = textArray(dtype, a.values, a.shape)
      using right = textArray(dtype, b.values, b.shape)
      const expected = result.values.map(value => (dtype === 'int64' ? BigInt(value) : Number(value)))
      leavesNothing(() => {
        using product = nd.tensordot(left, right, { axes })
        expect(product.shape).toEqual(result.shape)
        expectElements(product, expected)
      })
      using out = arranged(dtype, result.shape, expected, { steps: [-1, 2, 1, 1], margin: 1, fortran: true })
      out.assign(1)
      expect(nd.tensordot(left, right, { axes, out })).toBe(out)
      expect(elements(out)).toEqual(expected)
    }
  })

  it('refuse axes that do not fit', () => {
    using a = nd.ones([2, 3])
    using t = nd.ones([3, 2])
    refuses(nd.ShapeError, () => nd.tensordot(a, t))
    refuses(nd.ShapeError, () => nd.tensordot(a, a, { axes: 3 }))
    refuses(nd.ShapeError, () => nd.tensordot(a, a, { axes: -1 }))
    refuses(nd.ShapeError, () => nd.tensordot(a, a, { axes: [[0], [0, 1]] }))
    refuses(nd.ShapeError, () =>
      nd.tensordot(a, a, {
        axes: [
          [0, 0],
          [0, 1],
        ],
      }),
    )
    refuses(nd.IndexError, () => nd.tensordot(a, a, { axes: [[2], [0]] }))
    refuses(nd.ShapeError, () => nd.outer(a, a))
  })

  it('give views and scalars where NumPy does', () => {
    using a = nd.array([
      [1, 2],
      [3, 4],
    ])
    using v = nd.array([5, 6])
    using two = nd.array(2)
    nd.scope(() => {
      expect(nd.tensordot(a, a).item()).toBe(30)
      expect(nd.outer(v, v).toArray()).toEqual([
        [25, 30],
        [30, 36],
      ])
      expect(nd.dot(v, v).item()).toBe(61)
      expect(nd.dot(a, v).toArray()).toEqual([17, 39])
      expect(nd.dot(two, a).toArray()).toEqual([
        [2, 4],
        [6, 8],
      ])
      expect(nd.inner(a, a).toArray()).toEqual([
        [5, 11],
        [11, 25],
      ])
      expect(nd.matrixTranspose(a).toArray()).toEqual([
        [1, 3],
        [2, 4],
      ])
    })
    refuses(nd.ShapeError, () => nd.matrixTranspose(v))
  })
})
