import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arranged, arrangement, arrayOf, sample } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { type Element, elements, product } from './reference.ts'

/** Regions by spreading marks until nothing changes. */
function grown(shape: readonly number[], weak: boolean[], strong: boolean[], connectivity: number): number[] {
  const near = neighbours(shape, connectivity)
  const kept = weak.map((is, i) => is && (strong[i] as boolean))
  const waiting = kept.flatMap((is, i) => (is ? [i] : []))
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const other of near(at)) {
      if (!weak[other] || kept[other]) continue
      kept[other] = true
      waiting.push(other)
    }
  }
  return kept.map(Number)
}

/** The places beside a place. */
function neighbours(shape: readonly number[], connectivity: number): (at: number) => number[] {
  const indexOf = (at: number): number[] =>
    shape.map((length, axis) => Math.floor(at / product(shape.slice(axis + 1))) % length)
  const offsets = shape.reduce<number[][]>(
    (all, _) => all.flatMap(offset => [-1, 0, 1].map(step => [...offset, step])),
    [[]],
  )
  const used = offsets.filter(offset => {
    const crossed = offset.filter(Boolean).length
    return crossed > 0 && crossed <= connectivity
  })
  return at => {
    const index = indexOf(at)
    return used.flatMap(offset => {
      const there = offset.map((step, axis) => step + (index[axis] as number))
      const inside = there.every((i, axis) => i >= 0 && i < (shape[axis] as number))
      return inside ? [there.reduce((sum, i, axis) => sum * (shape[axis] as number) + i, 0)] : []
    })
  }
}

const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 })

describe('applyHysteresisThreshold', () => {
  const cases = fc.record({
    shape: shapes.chain(shape =>
      fc.record({
        shape: fc.constant(shape),
        values: fc.array(fc.integer({ min: 0, max: 9 }), {
          minLength: product(shape),
          maxLength: product(shape),
        }),
        connectivity: fc.integer({ min: 1, max: Math.max(shape.length, 1) }),
      }),
    ),
    dtype: fc.constantFrom<nd.DType>('uint8', 'int32', 'int64', 'float32', 'float64'),
    low: fc.constantFrom(-1, 2, 3.5, 5, 8, 20),
    high: fc.constantFrom(-1, 4, 5, 6.5, 7, 8, 20),
    how: arrangement,
    outHow: arrangement,
  })

  it('keeps the regions above low that reach above high', () => {
    fc.assert(
      fc.property(cases, ({ shape: { shape, values, connectivity }, dtype, low, high, how, outHow }) => {
        const given = values.map(value => (dtype === 'int64' ? BigInt(value) : value)) as Element[]
        using image = arranged(dtype, shape, given, how)
        const least = Math.min(low, high)
        const want = grown(
          shape,
          values.map(value => value > least),
          values.map(value => value > high),
          connectivity,
        )
        using result = nd.applyHysteresisThreshold(image, low, high, { connectivity })
        expect(result.dtype).toBe('bool')
        expect(elements(result)).toEqual(want)
        using out = arranged('bool', shape, want, outHow)
        expect(nd.applyHysteresisThreshold(image, low, high, { connectivity, out })).toBe(out)
        expect(elements(out)).toEqual(want)
        using lows = nd.full(shape, low)
        using highs = nd.full(
          shape.map(() => 1),
          high,
        )
        using arrays = nd.applyHysteresisThreshold(image, lows, highs, { connectivity })
        expect(elements(arrays)).toEqual(want)
        expect(elements(image)).toEqual(given)
      }),
      { numRuns: 500 },
    )
    nd.memory.check()
  })

  it('finds regions again for which its stack had no room', () => {
    // Columns two apart, joined by every other row: a row's runs are all found at once.
    const side = 40_000
    using image = nd.zeros([5, 2 * side], { dtype: 'uint8' })
    using columns = image.slice(':', '::2')
    columns.assign(1)
    using joint = image.slice(2)
    joint.assign(1)
    image.set(2, 4, 0)
    using result = nd.applyHysteresisThreshold(image, 0, 1)
    using positive = nd.greater(image, 0)
    expect(nd.arrayEqual(result, positive)).toBe(true)
  })

  it('knows NaN above nothing, and nothing above NaN', () => {
    using image = nd.array([1, 2, NaN, 2, 3])
    const of = (low: number | nd.NDArray, high: number): number[] => {
      using result = nd.applyHysteresisThreshold(image, low, high)
      return elements(result).map(Number)
    }
    expect(of(0, 1.5)).toEqual([1, 1, 0, 1, 1])
    expect(of(0, 2.5)).toEqual([0, 0, 0, 1, 1])
    expect(of(NaN, 1)).toEqual([0, 0, 0, 0, 0])
    expect(of(1, NaN)).toEqual([0, 0, 0, 0, 0])
    using lows = nd.array([NaN, 0, 0, 0, NaN])
    expect(of(lows, 1.5)).toEqual([0, 1, 0, 1, 0])
  })

  it('refuses what cannot be, and leaves nothing', () => {
    using image = nd.ones([2, 3])
    using wide = nd.ones([4, 2, 3])
    using narrow = nd.ones(2)
    using bools = nd.zeros([3, 2], { dtype: 'bool' })
    for (const connectivity of [0, 3, 1.5, '1', NaN])
      refuses(nd.DTypeError, () =>
        nd.applyHysteresisThreshold(image, 0, 1, { connectivity: connectivity as never }),
      )
    refuses(nd.DTypeError, () => nd.applyHysteresisThreshold(image, '0' as never, 1))
    refuses(nd.ShapeError, () => nd.applyHysteresisThreshold(image, wide, 1))
    refuses(nd.ShapeError, () => nd.applyHysteresisThreshold(image, 0, narrow))
    refuses(nd.ShapeError, () => nd.applyHysteresisThreshold(image, 0, 1, { out: bools }))
    leavesNothing(() => {
      using empty = nd.zeros([0, 3])
      using result = nd.applyHysteresisThreshold(empty, 0, 1)
      expect(result.shape).toEqual([0, 3])
    })
  })
})

describe('inRange', () => {
  const cases = sample().chain(from =>
    fc.record({
      from: fc.constant(from),
      bounds: fc.tuple(bound(from.values), bound(from.values)),
      how: arrangement,
    }),
  )

  function bound(values: Element[]): fc.Arbitrary<nd.Scalar> {
    const other = [NaN, Infinity, -Infinity, 0.5, 2n ** 70n, -(2n ** 70n), -1, 300, true]
    return fc.constantFrom<nd.Scalar>(...values, ...other)
  }

  it('is true between the bounds and at them', () => {
    fc.assert(
      fc.property(cases, ({ from, bounds: [low, high], how }) => {
        using a = arrayOf(from)
        using above = nd.greaterEqual(a, low)
        using below = nd.lessEqual(a, high)
        using want = nd.logicalAnd(above, below)
        using result = nd.inRange(a, low, high)
        expect(elements(result)).toEqual(elements(want))
        using out = arranged('bool', from.shape, elements(want), how)
        out.assign(true)
        expect(nd.inRange(a, low, high, { out })).toBe(out)
        expect(elements(out)).toEqual(elements(want))
        if (a.dtype !== 'bool') return
        nd.inRange(a, low, high, { out: a as nd.NDArray<'bool'> })
        expect(elements(a)).toEqual(elements(want))
      }),
      { numRuns: 1000 },
    )
    nd.memory.check()
  })

  it('takes arrays for bounds, which broadcast', () => {
    using a = nd.array([
      [1, 2, 3],
      [4, 5, 6],
    ])
    using low = nd.array([2, 2, 6])
    using high = nd.array([[2], [5]], { dtype: 'int8' })
    using result = nd.between(a, low, high)
    expect(elements(result)).toEqual([0, 1, 0, 1, 1, 0])
    using some = nd.between(a, low, 5)
    expect(elements(some)).toEqual([0, 1, 0, 1, 1, 0])
  })

  it('of rows above a piece, with steps', () => {
    using a = nd.arange(20_000, undefined, undefined, { dtype: 'int32' })
    using odd = a.slice('1::2')
    using result = nd.inRange(odd, 3001, 17_000)
    expect(Number(result.sum())).toBe(7000)
    using whole = nd.inRange(a, 4095, 4096)
    expect(Number(whole.sum())).toBe(2)
  })

  it('refuses other bounds', () => {
    using a = nd.ones(3)
    refuses(nd.DTypeError, () => nd.inRange(a, '0' as never, 1))
    refuses(nd.DTypeError, () => nd.inRange(a, 0, undefined as never))
  })
})
