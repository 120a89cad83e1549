import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { leavesNothing, refuses } from './heap.ts'

/** In a scope, after which nothing is left. */
function scoped(act: () => void): () => void {
  return () => leavesNothing(() => nd.scope(act))
}

const { stringify } = JSON

describe('sets', () => {
  it(
    'are sorted and distinct, in the common dtype',
    scoped(() => {
      const a = nd.array(
        [
          [3, 1],
          [2, 3],
        ],
        { dtype: 'int8' },
      )
      const b = nd.array([5, 3, 3, 1], { dtype: 'uint8' })
      const shown = (x: nd.NDArray) => [x.dtype, x.toArray()]
      expect(shown(nd.union1d(a, b))).toEqual(['int16', [1, 2, 3, 5]])
      expect(shown(nd.intersect1d(a, b))).toEqual(['int16', [1, 3]])
      expect(shown(nd.setdiff1d(a, b))).toEqual(['int8', [2]])
      expect(shown(nd.setxor1d(a, b))).toEqual(['int16', [2, 5]])
      expect(shown(nd.setxor1d(a, nd.zeros(0, { dtype: 'int8' })))).toEqual(['int8', [1, 2, 3]])
    }),
  )

  it(
    'have NaN last: once for each array, in no other set',
    scoped(() => {
      const a = nd.array([NaN, 1, NaN])
      const b = nd.array([NaN, 2, 1])
      expect(nd.union1d(a, b).toArray()).toEqual([1, 2, NaN])
      expect(nd.intersect1d(a, b).toArray()).toEqual([1])
      expect(nd.setdiff1d(a, b).toArray()).toEqual([NaN])
      expect(nd.setxor1d(a, b).toArray()).toEqual([2, NaN, NaN])
    }),
  )
})

describe('atleast', () => {
  it(
    'adds axes where NumPy does, as views',
    scoped(() => {
      const shapes = (f: nd.AtLeast) =>
        [[], [4], [4, 5], [2, 3, 4], [1, 2, 3, 4]].map(shape => stringify(f(nd.zeros(shape)).shape))
      expect(shapes(nd.atleast1d)).toEqual(['[1]', '[4]', '[4,5]', '[2,3,4]', '[1,2,3,4]'])
      expect(shapes(nd.atleast2d)).toEqual(['[1,1]', '[1,4]', '[4,5]', '[2,3,4]', '[1,2,3,4]'])
      expect(shapes(nd.atleast3d)).toEqual(['[1,1,1]', '[1,4,1]', '[4,5,1]', '[2,3,4]', '[1,2,3,4]'])
      const a = nd.zeros(3)
      const [x, y] = nd.atleast2d(a, a)
      x?.set(7, 0, 1)
      expect([a.get(1), y?.get(0, 1)]).toEqual([7, 7])
      refuses(nd.DTypeError, () => nd.atleast1d(a, 5 as never))
    }),
  )
})

describe('round', () => {
  it(
    'takes decimals, before the point and behind it',
    scoped(() => {
      const a = nd.array([1.25, 1.35, -0.125, 15, NaN, Infinity])
      expect(nd.round(a, { decimals: 1 }).toArray()).toEqual([1.2, 1.4, -0.1, 15, NaN, Infinity])
      expect(nd.around(a, { decimals: -1 }).toArray()).toEqual([0, 0, -0, 20, NaN, Infinity])
      const ints = nd.array([15, 25, 26, -15, 7], { dtype: 'int16' })
      const tens = nd.round(ints, { decimals: -1 })
      expect([tens.dtype, tens.toArray()]).toEqual(['int16', [20, 20, 30, -20, 10]])
      expect(nd.round(ints, { decimals: 2 }).toArray()).toEqual(ints.toArray())
      const single = nd.array([0.126], { dtype: 'float32' })
      expect(nd.round(single, { decimals: 2 }).item()).toBe(Math.fround(0.13))
      expect(a.round({ decimals: 1, out: a })).toBe(a)
      expect(a.get(1)).toBe(1.4)
      refuses(nd.DTypeError, () => nd.round(a, { decimals: 0.5 }))
    }),
  )
})

describe('small things of NumPy', () => {
  it(
    'where of a condition alone is nonzero',
    scoped(() => {
      const [rows, columns] = nd.where(
        nd.array([
          [0, 3],
          [NaN, 0],
        ]),
      )
      expect([rows?.toArray(), columns?.toArray()]).toEqual([
        [0n, 1n],
        [1n, 0n],
      ])
      nd.scope(() => {
        const a = nd.zeros(2)
        expect(() => nd.where(a, 1, undefined as never)).toThrow(nd.DTypeError)
      })
    }),
  )

  it(
    'eye does without its second argument',
    scoped(() => {
      expect(nd.eye(2, { dtype: 'int8', k: 1 }).toArray()).toEqual([
        [0, 1],
        [0, 0],
      ])
      expect(nd.eye(2, null, { k: -1 }).toArray()).toEqual([
        [0, 0],
        [1, 0],
      ])
      expect(nd.eye(1, 2).shape).toEqual([1, 2])
    }),
  )

  it(
    'mean has a dtype',
    scoped(() => {
      const a = nd.array([1, 2, 4], { dtype: 'int8' })
      expect(nd.mean(a, { dtype: 'float32' })).toBe(Math.fround(7 / 3))
      expect(nd.mean(a, { dtype: 'float32', axis: 0 }).dtype).toBe('float32')
      const f = nd.array([1, NaN, 2], { dtype: 'float32' })
      expect(nd.nanmean(f, { dtype: 'float64', axis: 0 }).dtype).toBe('float64')
      refuses(nd.DTypeError, () => nd.mean(a, { dtype: 'int8' as never }))
      refuses(nd.DTypeError, () => nd.nanmean(a, { dtype: 'bool' as never }))
    }),
  )

  it(
    'clip with bounds beyond the dtype follows NumPy 2',
    scoped(() => {
      const a = nd.array([0, 7, 255], { dtype: 'uint8' })
      const kept = nd.clip(a, -5, 300)
      expect([kept.dtype, kept.toArray()]).toEqual(['uint8', [0, 7, 255]])
      expect(nd.clip(a, -1n, 9).toArray()).toEqual([0, 7, 9])
      for (const [low, high] of [
        [300, null],
        [null, -1],
        [300, 400],
      ] as const) {
        refuses(nd.DTypeError, () => nd.clip(a, low, high))
      }
    }),
  )

  it(
    'putmask repeats its values in C order, whatever the strides',
    scoped(() => {
      for (const turned of [false, true]) {
        for (const length of [1, 2, 5, 12, 20]) {
          const whole = nd.zeros([4, 3], { dtype: 'int32' })
          const a = turned ? whole.reshape([3, 4]).T : whole
          const mask = nd.array([true, true, false, true, true, false, true, true, true, true, false, true])
          const values = nd.arange(length, undefined, 1, { dtype: 'float64' }).add(1)
          nd.putmask(a, mask.reshape([4, 3]), values)
          const expected = mask.toArray() as unknown as boolean[]
          const put = expected.map((isPut, i) => (isPut ? (i % length) + 1 : 0))
          expect(a.reshape(-1).toArray()).toEqual(put)
        }
      }
    }),
  )
})
