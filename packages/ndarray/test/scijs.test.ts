import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { fromScijs, toScijs } from '../src/scijs.ts'
import { arrayOf, sample } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'

const dtypes = Object.keys(nd.dtypes) as nd.DType[]

it('there and back: any dtype and arrangement', () => {
  fc.assert(
    fc.property(sample(), from => {
      leavesNothing(() => {
        using a = arrayOf(from)
        const view = toScijs(a)
        expect([view.shape, view.stride, view.offset]).toEqual([a.shape, a.strides, a.offset])
        expect(view.data).toBe(a.data)
        using b = fromScijs(view as never, { dtype: a.dtype })
        expect(b.shape).toEqual(a.shape)
        expectElements(b, [...a.toTypedArray()])
      })
    }),
  )
})

it('the elements of a view are those of the array', () => {
  using a = nd.arange(24, undefined, 1, { dtype: 'int32' })
  using cube = a.reshape([2, 3, 4])
  using part = cube.slice(1, '::-1', '::2')
  const view = toScijs(part)
  expect(view.get(0, 1)).toBe(22)
  view.set(0, 1, -5)
  expect(part.get(0, 1)).toBe(-5)
  part.set(7, 2, 0)
  expect(view.transpose(1, 0).get(0, 2)).toBe(7)
})

it('each dtype has its kind of data', () => {
  const names = dtypes.map(dtype => {
    using a = nd.ones([2, 2], { dtype })
    using one = a.slice(1, 1)
    expect(Number(toScijs(one).get())).toBe(1)
    return toScijs(a).dtype
  })
  const expected: Record<string, string> = { bool: 'uint8', int64: 'bigint64', uint64: 'biguint64' }
  expect(names).toEqual(dtypes.map(dtype => expected[dtype] ?? dtype))
})

describe('from scijs', () => {
  it('typed arrays, arrays, and what is asked for its elements', () => {
    leavesNothing(() => {
      const asked = { length: 4, get: (i: number) => i * i, set: () => 0 }
      const cases: [Parameters<typeof fromScijs>[0], nd.DType, unknown][] = [
        [
          ndarray(new Uint8ClampedArray([1, 2, 3, 4]), [2, 2]) as never,
          'uint8',
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [ndarray(new BigInt64Array([1n, -2n])) as never, 'int64', [1n, -2n]],
        [ndarray([1, 2.5], [2]), 'float64', [1, 2.5]],
        [
          ndarray(asked as never, [2, 2]).transpose(1, 0) as never,
          'float64',
          [
            [0, 4],
            [1, 9],
          ],
        ],
        [ndarray(new Float32Array([1, 2, 3, 4, 5])).step(-2) as never, 'float32', [5, 3, 1]],
        [ndarray(new Int8Array(0), [0, 3]) as never, 'int8', []],
      ]
      for (const [from, dtype, values] of cases) {
        using a = fromScijs(from)
        expect([a.dtype, a.toArray()]).toEqual([dtype, values])
      }
      using b = fromScijs(ndarray([0, 1, 1]), { dtype: 'bool' })
      expect(b.toArray()).toEqual([false, true, true])
    })
  })

  it('refuses what does not fit', () => {
    const data = new Float64Array(6)
    const forged = (change: object) => () =>
      fromScijs({ data, shape: [2, 3], stride: [3, 1], offset: 0, ...change })
    refuses(nd.ShapeError, forged({ shape: [2, 4] }))
    refuses(nd.ShapeError, forged({ offset: 1 }))
    refuses(nd.ShapeError, forged({ offset: -1 }))
    refuses(nd.ShapeError, forged({ stride: [-3, 1] }))
    refuses(nd.ShapeError, forged({ stride: [3] }))
    refuses(nd.ShapeError, forged({ stride: [3, 0.5] }))
    refuses(nd.ShapeError, forged({ shape: [-2, 3] }))
    refuses(nd.DTypeError, forged({ data: 5 }))
    refuses(nd.DTypeError, forged({ shape: 6 }))
    refuses(nd.DTypeError, () => fromScijs(null as never))
    refuses(nd.DTypeError, () => fromScijs(ndarray([1, 2.5]), { dtype: 'int32' }))
    refuses(nd.DTypeError, () => fromScijs(ndarray(['a'] as never)))
    refuses(nd.DTypeError, () => toScijs([1] as never))
    const a = nd.zeros(2)
    a.release()
    expect(() => toScijs(a)).toThrow(nd.ReleasedError)
  })
})
