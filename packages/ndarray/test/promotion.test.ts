import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { refuses } from './heap.ts'
import { numpy } from './reference.ts'

describe('resultType', () => {
  it.each(numpy.promotion)('of %s and %s is %s, as in NumPy', (a, b, together) => {
    expect(nd.resultType(a, b)).toBe(together)
  })

  it.each(['toString', '__proto__', 'float16', undefined, null])('refuses %s', bad => {
    refuses(nd.DTypeError, () => nd.resultType(bad as nd.DType, 'int8'))
    refuses(nd.DTypeError, () => nd.resultType('int8', bad as nd.DType))
    refuses(nd.DTypeError, () => nd.resultType(bad as nd.DType, bad as nd.DType))
  })
})

describe('broadcastShapes', () => {
  it.each([
    [[], [], []],
    [[3], [], [3]],
    [
      [3, 1],
      [1, 4],
      [3, 4],
    ],
    [[2, 3, 4], [4], [2, 3, 4]],
    [[0], [1], [0]],
    [
      [1, 5],
      [0, 1],
      [0, 5],
    ],
  ])('of %j and %j is %j', (a, b, together) => {
    expect(nd.broadcastShapes(a, b)).toEqual(together)
    expect(nd.broadcastShapes(b, a)).toEqual(together)
  })

  it('takes any number of shapes', () => {
    expect(nd.broadcastShapes()).toEqual([])
    expect(nd.broadcastShapes([2, 1])).toEqual([2, 1])
    expect(nd.broadcastShapes([2, 1], [3], [1, 1, 1])).toEqual([1, 2, 3])
  })

  it.each([
    [[2], [3]],
    [[0], [3]],
    [[2, 3], [2]],
  ])('refuses %j with %j', (a, b) => {
    refuses(nd.ShapeError, () => nd.broadcastShapes(a, b))
    refuses(nd.ShapeError, () => nd.broadcastShapes(b, a))
  })

  it.each([[-1], [1.5], [NaN], ['3'], 'ab'])('refuses %j, which is no shape', bad => {
    refuses(nd.ShapeError, () => nd.broadcastShapes(bad as never, [1]))
  })
})
