import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { type Arrangement, arranged, arrayOf, sample } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { facts } from './manipulation-fixtures.ts'
import { type Element, elements, product } from './reference.ts'

const ARRANGEMENTS: Arrangement[] = [
  { steps: [1, 1, 1, 1], margin: 0, fortran: false },
  { steps: [1, 1, 1, 1], margin: 0, fortran: true },
  { steps: [-1, 2, -3, 1], margin: 1, fortran: false },
]
const COUNTING: nd.DType[] = ['uint8', 'int16', 'float32', 'uint64', 'float64']

type Manipulation = (a: nd.NDArray, ...parameters: unknown[]) => nd.NDArray | nd.NDArray[]

/** An array of 0, 1, 2, … in a shape. */
function counting(shape: number[], dtype: nd.DType, how: Arrangement): nd.NDArray {
  const values = Array.from({ length: product(shape) }, (_, i) => element(i, dtype))
  return arranged(dtype, shape, values, how)
}

function element(value: number, dtype: nd.DType): Element {
  return dtype === 'uint64' ? BigInt(value) : value
}

const named = facts.cases.map((each, i) => [i, each[0], JSON.stringify(each.slice(1, 3)), each] as const)

describe('as in NumPy', () => {
  it.each(named)('%i: %s %s', (i, name, _, [, shape, parameters, results, view]) => {
    const manipulate = (nd as unknown as Record<string, Manipulation>)[name] as Manipulation
    ARRANGEMENTS.forEach((how, k) => {
      const dtype = COUNTING[(i + k) % COUNTING.length] as nd.DType
      leavesNothing(() => {
        using a = counting(shape, dtype, how)
        const made = [manipulate(a, ...parameters)].flat()
        expect(made.map(result => result.shape)).toEqual(results.map(([expected]) => expected))
        expect(made.map(result => result.dtype)).toEqual(made.map(() => dtype))
        expect(made.map(elements)).toEqual(
          results.map(([, values]) => values.map(value => element(value, dtype))),
        )
        for (const result of made) {
          if (view) expect(result.data.byteOffset).toBe(a.data.byteOffset)
          expect(Object.isFrozen(result.shape)).toBe(true)
          result.release()
        }
      })
    })
  })
})

describe('a view', () => {
  it('writes to the array, and outlives it', () => {
    leavesNothing(() => {
      const a = nd.zeros([2, 3], { dtype: 'int32' })
      using transposed = a.T
      using view = nd.flip(transposed)
      view.set(7, 0, 0)
      expect(a.get(1, 2)).toBe(7)
      expect(a.release()).toBe(0)
      expect(view.get(0, 0)).toBe(7)
    })
  })

  it('is what methods return', () => {
    leavesNothing(() => {
      using a = nd.zeros([2, 1, 3])
      const views = [
        a.T,
        a.mT,
        a.transpose([1, 0, 2]),
        a.swapaxes(0, 2),
        a.squeeze(),
        a.squeeze(1),
        a.ravel(),
      ]
      expect(views.map(view => view.shape)).toEqual([
        [3, 1, 2],
        [2, 3, 1],
        [1, 2, 3],
        [3, 1, 2],
        [2, 3],
        [2, 3],
        [6],
      ])
      for (const view of views) expect(view.data.byteOffset).toBe(a.data.byteOffset)
      using flat = a.flatten()
      expect(flat.data.byteOffset).not.toBe(a.data.byteOffset)
      for (const view of views) view.release()
    })
  })
})

describe('reshape', () => {
  it('is a view exactly where one is possible, and the same either way', () => {
    const target = fc.array(fc.constantFrom(1, 2, 3, 4, 6), { maxLength: 4 })
    fc.assert(
      fc.property(sample(), target, (from, lengths) => {
        leavesNothing(() => {
          using a = arrayOf(from)
          const shape = product(lengths) === a.size ? lengths : [-1]
          if (shape[0] === -1 && a.size === 0) return
          using result = nd.reshape(a, shape)
          expect(elements(result)).toEqual(elements(a))
          using copied = nd.reshape(a, shape, { copy: true })
          expect(elements(copied)).toEqual(elements(a))
          expect(copied.data.byteOffset).not.toBe(a.data.byteOffset)
          if (result.data.byteOffset === a.data.byteOffset) nd.reshape(a, shape, { copy: false }).release()
          else refuses(nd.ShapeError, () => nd.reshape(a, shape, { copy: false }))
        })
      }),
    )
  })

  it('views what lies evenly, whatever the steps', () => {
    leavesNothing(() => {
      using a = nd.arange(48)
      using grid = a.reshape([6, 8])
      using even = grid.slice(null, [0, 8, 2])
      using evenFlat = even.reshape([24], { copy: false })
      expect(evenFlat.strides).toEqual([2])
      using back = grid.slice([null, null, -1])
      refuses(nd.ShapeError, () => back.reshape([48], { copy: false }))
      using split = back.reshape([2, 3, 2, 4], { copy: false })
      expect(split.get(0, 0, 1, 0)).toBe(44)
      using repeated = nd.broadcastTo(a, [3, 48])
      using stretched = repeated.reshape([3, 6, 8], { copy: false })
      expect(stretched.strides).toEqual([0, 8, 1])
      refuses(nd.ShapeError, () => repeated.reshape([144], { copy: false }))
    })
  })

  it.each([[[5]], [[-1, 4]], [[-1, -1]], [[-1, 0]], [[2.5, -1]], [['6']], ['6'], [[7, -1]]])(
    'refuses %j for 6 elements',
    bad => {
      using a = nd.zeros([2, 3])
      refuses(nd.ShapeError, () => nd.reshape(a, bad as never))
    },
  )
})

describe('concat and stack', () => {
  const dtypesOf = {
    dtype: fc.constantFrom<nd.DType>('int8', 'uint8', 'int32', 'float32', 'float64', 'bool'),
  }

  it('lay the arrays one behind the other, converted', () => {
    const pair = fc.tuple(sample(dtypesOf), sample(dtypesOf)).filter(([a]) => a.shape.length > 0)
    fc.assert(
      fc.property(pair, fc.nat(5), ([from, other], k) => {
        const axis = k % from.shape.length
        leavesNothing(() => {
          using a = arrayOf(from)
          const length = other.shape[0] ?? 1
          using b = nd.ones(from.shape.with(axis, length), { dtype: other.dtype })
          using joined = nd.concat([a, b, a], { axis })
          const dtype = nd.resultType(from.dtype, other.dtype)
          expect(joined.dtype).toBe(dtype)
          const n = from.shape[axis] as number
          const bounds = [n, n + length]
          const [first, middle, last] = nd.split(joined, bounds, { axis }) as [
            nd.NDArray,
            nd.NDArray,
            nd.NDArray,
          ]
          using converted = a.astype(dtype)
          expect(elements(first)).toEqual(elements(converted))
          expect(elements(last)).toEqual(elements(converted))
          expect(new Set(elements(middle).map(Number)).size).toBeLessThanOrEqual(1)
          for (const part of [first, middle, last]) part.release()
          using flat = nd.concat([a, b], { axis: null })
          using bb = b.astype(dtype)
          expect(elements(flat)).toEqual([...elements(converted), ...elements(bb)])
          using stacked = nd.stack([a, a], { axis: -1 })
          const halves = nd.unstack(stacked, { axis: -1 }) as [nd.NDArray, nd.NDArray]
          for (const half of halves) {
            expect(elements(half)).toEqual(elements(a))
            half.release()
          }
        })
      }),
    )
  })

  it('write to out, also where it is one of the arrays', () => {
    leavesNothing(() => {
      using a = nd.arange(6)
      using first = a.slice('0:3')
      using last = a.slice('3:6')
      expect(nd.concat([last, first], { out: a })).toBe(a)
      expect(a.toArray()).toEqual([3, 4, 5, 0, 1, 2])
      using out = nd.zeros([3, 2])
      nd.stack([first, last], { axis: 1, out })
      expect(out.toArray()).toEqual([
        [3, 0],
        [4, 1],
        [5, 2],
      ])
      refuses(nd.ShapeError, () => nd.concat([first, last], { out }))
      using wrong = nd.zeros(6, { dtype: 'int32' })
      refuses(nd.DTypeError, () => nd.concat([first, last], { out: wrong as never }))
    })
  })

  it('refuse what does not fit', () => {
    using a = nd.zeros([2, 3])
    using b = nd.zeros([2, 4])
    using c = nd.zeros([])
    refuses(nd.ShapeError, () => nd.concat([]))
    refuses(nd.ShapeError, () => nd.stack([]))
    refuses(nd.ShapeError, () => nd.concat(a as never))
    refuses(nd.ShapeError, () => nd.concat([a, b]))
    refuses(nd.ShapeError, () => nd.stack([a, b]))
    refuses(nd.ShapeError, () => nd.concat([a, c]))
    refuses(nd.IndexError, () => nd.concat([c, c]))
    refuses(nd.IndexError, () => nd.concat([a, b], { axis: 2 }))
    refuses(nd.DTypeError, () => nd.concat([a, 3 as never]))
    using heap = new nd.Heap({ maxBytes: 2 ** 24 })
    const elsewhere = heap.zeros([2, 3])
    refuses(nd.HeapError, () => nd.concat([a, elsewhere]))
  })
})

describe('broadcastArrays', () => {
  it('views all in one shape', () => {
    leavesNothing(() => {
      using a = nd.arange(3)
      using b = nd.ones([2, 1], { dtype: 'int8' })
      const [x, y] = nd.broadcastArrays(a, b)
      expect(x.toArray()).toEqual([
        [0, 1, 2],
        [0, 1, 2],
      ])
      expect([y.dtype, y.shape, y.strides[1]]).toEqual(['int8', [2, 3], 0])
      x.release()
      y.release()
      using c = nd.ones(4)
      refuses(nd.ShapeError, () => nd.broadcastArrays(a, c))
      refuses(nd.ShapeError, () => nd.broadcastTo(a, [3, 2]))
      refuses(nd.ShapeError, () => nd.broadcastTo(a, []))
      expect(nd.broadcastArrays()).toEqual([])
    })
  })
})

describe('repeat', () => {
  it('takes its counts from an array', () => {
    leavesNothing(() => {
      using a = nd.array([1, 2, 3])
      using counts = nd.array([2n, 0n, 1n])
      using result = nd.repeat(a, counts)
      expect(result.toArray()).toEqual([1, 1, 3])
      using floats = nd.array([1, 2, 3])
      refuses(nd.ShapeError, () => nd.repeat(a, floats))
    })
  })
})

describe('bad arguments', () => {
  const bad: [string, (a: nd.NDArray) => unknown, typeof nd.ShapeError | typeof nd.IndexError][] = [
    ['permuteDims twice', a => nd.permuteDims(a, [0, 0]), nd.ShapeError],
    ['permuteDims few', a => nd.permuteDims(a, [0]), nd.ShapeError],
    ['permuteDims far', a => nd.permuteDims(a, [0, 2]), nd.IndexError],
    ['permuteDims fraction', a => nd.permuteDims(a, [0, 0.5]), nd.IndexError],
    ['permuteDims hole', a => nd.permuteDims(a, Array(2)), nd.IndexError],
    ['permuteDims text', a => nd.permuteDims(a, '01' as never), nd.IndexError],
    ['moveaxis unequal', a => nd.moveaxis(a, [0, 1], [0]), nd.ShapeError],
    ['moveaxis twice', a => nd.moveaxis(a, [0, -2], [0, 1]), nd.ShapeError],
    ['moveaxis far', a => nd.moveaxis(a, 0, 2), nd.IndexError],
    ['flip far', a => nd.flip(a, { axis: 2 }), nd.IndexError],
    ['flip twice', a => nd.flip(a, { axis: [1, -1] }), nd.ShapeError],
    ['expandDims far', a => nd.expandDims(a, { axis: 3 }), nd.IndexError],
    ['expandDims near', a => nd.expandDims(a, -4), nd.IndexError],
    ['expandDims twice', a => nd.expandDims(a, [0, -4]), nd.ShapeError],
    ['squeeze long', a => nd.squeeze(a, 0), nd.ShapeError],
    ['squeeze far', a => nd.squeeze(a, -3), nd.IndexError],
    ['roll fraction', a => nd.roll(a, 0.5), nd.IndexError],
    ['roll unequal', a => nd.roll(a, [1, 2, 3], { axis: [0, 1] }), nd.ShapeError],
    ['roll far', a => nd.roll(a, 1, { axis: 5 }), nd.IndexError],
    ['repeat negative', a => nd.repeat(a, -1), nd.ShapeError],
    ['repeat unequal', a => nd.repeat(a, [1, 2, 3], { axis: 0 }), nd.ShapeError],
    ['tile negative', a => nd.tile(a, -1), nd.ShapeError],
    ['tile fraction', a => nd.tile(a, [1.5]), nd.ShapeError],
    ['unstack far', a => nd.unstack(a, { axis: 2 }), nd.IndexError],
    ['split unequal', a => nd.split(a, 2, { axis: 1 }), nd.ShapeError],
    ['split none', a => nd.split(a, 0), nd.ShapeError],
    ['split fraction', a => nd.split(a, [0.5]), nd.IndexError],
    ['pad negative', a => nd.pad(a, -1), nd.ShapeError],
    ['pad triple', a => nd.pad(a, [1, 2, 3] as never), nd.ShapeError],
    [
      'pad three axes',
      a =>
        nd.pad(a, [
          [1, 2],
          [1, 2],
          [1, 2],
        ]),
      nd.ShapeError,
    ],
    ['pad mode', a => nd.pad(a, 1, { mode: 'toString' as never }), nd.DTypeError],
    ['pad value', a => nd.pad(a, 1, { constantValues: 'x' as never }), nd.DTypeError],
    ['swapaxes far', a => nd.swapaxes(a, 0, 2), nd.IndexError],
    ['rot90 line', a => nd.rot90(a, 1, { axes: [0, 0] }), nd.ShapeError],
    ['rot90 half', a => nd.rot90(a, 0.5), nd.IndexError],
    ['diagonal same', a => nd.diagonal(a, { axis1: 0, axis2: 0 }), nd.ShapeError],
  ]

  it.each(bad)('%s: refused', (_, act, kind) => {
    using a = nd.zeros([2, 3])
    refuses(kind, () => act(a))
    const released = nd.zeros([2, 3])
    released.release()
    expect(() => act(released)).toThrow(nd.EbbError)
  })

  it('what has too few axes', () => {
    using line = nd.zeros(3)
    refuses(nd.ShapeError, () => line.mT)
    refuses(nd.ShapeError, () => nd.diagonal(line))
    refuses(nd.ShapeError, () => nd.tril(line))
    refuses(nd.IndexError, () => nd.rot90(line))
    using none = nd.zeros([0, 2])
    refuses(nd.ShapeError, () => nd.pad(none, 1, { mode: 'edge' }))
  })
})

describe('repeat along one axis', () => {
  it('of any dtype and arrangement, by any counts', () => {
    const line = sample({ shape: fc.integer({ min: 0, max: 40 }).map(n => [n]) })
    fc.assert(
      fc.property(line, fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }), (from, many) => {
        leavesNothing(() => {
          using a = arrayOf(from)
          const counts = many.slice(0, a.size)
          using whole = nd.array(counts, { dtype: 'uint8' })
          using repeated = nd.repeat(a, whole)
          const expected = elements(a).flatMap((value, i) => Array<Element>(counts[i] as number).fill(value))
          expect(elements(repeated)).toEqual(expected)
        })
      }),
    )
  })

  it('refuses counts that cannot be', () => {
    using a = nd.zeros([2, 3])
    using negative = nd.array([1n, -1n])
    refuses(nd.ShapeError, () => nd.repeat(a, negative, { axis: 0 }))
    refuses(nd.ShapeError, () => nd.repeat(a, 2 ** 40))
    refuses(nd.OutOfMemoryError, () => nd.repeat(a, 2 ** 31))
    refuses(nd.ShapeError, () => nd.repeat(a, [1, NaN], { axis: 0 }))
  })
})
