import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrayOf, pattern, sample, typedArray } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { DTYPES, type Element, product } from './reference.ts'
import { facts, textArray } from './sorting-fixtures.ts'

/** The index of the first extremum or, before that, of the first NaN. */
function slowIndex(values: readonly Element[], largest: boolean): number {
  const nan = values.findIndex(value => Number.isNaN(value))
  if (nan >= 0) return nan
  let best = 0
  values.forEach((value, i) => {
    const than = values[best] as Element
    if (largest ? value > than : value < than) best = i
  })
  return best
}

describe('argmax and argmin', () => {
  it.each(facts.extrema)(
    'of $dtype and shape $shape are NumPy’s',
    ({ dtype, shape, values, argmax, argmin }) => {
      using a = textArray(dtype, values, shape)
      for (const [find, [whole, ...axes]] of [
        [nd.argmax, argmax],
        [nd.argmin, argmin],
      ] as const) {
        expect(find(a)).toBe(whole)
        axes.forEach((expected, axis) => {
          using result = find(a, { axis })
          expectElements(result, expected.map(BigInt))
        })
      }
    },
  )

  it('are the slow ones, whatever the strides', () => {
    fc.assert(
      fc.property(sample(), fc.nat(), fc.boolean(), (from, pick, largest) => {
        using a = arrayOf(from)
        const find = largest ? nd.argmax : nd.argmin
        if (a.size === 0) return
        expect(find(a)).toBe(slowIndex(from.values, largest))
        if (a.ndim === 0) return
        const axis = pick % a.ndim
        const inner = product(from.shape.slice(axis + 1))
        const length = from.shape[axis] as number
        const expected = Array.from({ length: a.size / length }, (_, line) => {
          const start = Math.floor(line / inner) * length * inner + (line % inner)
          const items = Array.from({ length }, (_, i) => from.values[start + i * inner] as Element)
          return BigInt(slowIndex(items, largest))
        })
        leavesNothing(() => {
          using result = find(a, { axis: axis - a.ndim })
          expect([result.dtype, result.shape]).toEqual(['int64', from.shape.filter((_, i) => i !== axis)])
          expectElements(result, expected)
          using kept = find(a, { axis, keepdims: true })
          expect(kept.shape).toEqual(from.shape.map((n, i) => (i === axis ? 1 : n)))
          expectElements(kept, expected)
        })
      }),
      { numRuns: 500 },
    )
  })

  it.each(DTYPES)('of %s search long lines', dtype => {
    const values = pattern(dtype, 70_001)
    using a = nd.fromTypedArray(typedArray(dtype, values), 70_001, { dtype })
    expect([nd.argmax(a), nd.argmin(a)]).toEqual([slowIndex(values, true), slowIndex(values, false)])
    const { kind, min, max } = nd.dtypes[dtype]
    for (const at of [0, 2047, 2048, 33_000, 70_000]) {
      a.assign(1)
      if (kind !== 'bool') a.set(max, at)
      a.set(kind === 'bool' ? true : max, at)
      expect(nd.argmax(a)).toBe(kind === 'bool' ? 0 : at)
      a.set(min, at)
      expect(nd.argmin(a)).toBe(at)
      if (kind !== 'float') continue
      a.set(NaN, at)
      expect([nd.argmax(a), nd.argmin(a)]).toEqual([at, at])
      a.set(NaN, 70_000)
      using line = a.slice('::-1')
      expect(nd.argmax(line)).toBe(0)
    }
  })

  it('write where they are told, and refuse what has no element', () => {
    using a = nd.array(
      [
        [1n, 5n],
        [7n, 2n],
      ],
      { dtype: 'int64' },
    )
    using out = nd.zeros([], { dtype: 'int64' })
    expect(nd.argmax(a, { out })).toBe(out)
    expect(out.item()).toBe(2n)
    using row = a.slice(0)
    expect(nd.argmax(a, { axis: 0, out: row }).toArray()).toEqual([1n, 0n])
    using whole = nd.argmin(a, { keepdims: true })
    expect(whole.toArray()).toEqual([[1n]])
    using empty = nd.zeros([0, 3])
    using none = nd.argmax(empty, { axis: 1 })
    expect(none.shape).toEqual([0])
    refuses(nd.ShapeError, () => nd.argmax(empty))
    refuses(nd.ShapeError, () => nd.argmin(empty, { axis: 0 }))
    refuses(nd.IndexError, () => nd.argmin(a, { axis: 2 }))
    refuses(nd.DTypeError, () => nd.argmin(3 as never))
  })
})

describe('searchsorted', () => {
  it.each(facts.searches)('of $dtype is NumPy’s', ({ dtype, line, values, shape, sorter, left, right }) => {
    using unsorted = textArray(dtype, line)
    using sorted = nd.sort(unsorted)
    using wanted = textArray(dtype, values, shape)
    using order = nd.array(sorter, { dtype: 'uint8' })
    for (const [side, expected] of [
      ['left', left],
      ['right', right],
    ] as const) {
      using direct = nd.searchsorted(sorted, wanted, { side })
      expect(direct.shape).toEqual(shape)
      expectElements(direct, expected.map(BigInt))
      using indirect = nd.searchsorted(unsorted, wanted, { side, sorter: order })
      expectElements(indirect, expected.map(BigInt))
      wanted.toTypedArray().forEach((value, i) => {
        expect(nd.searchsorted(sorted, value, { side })).toBe(expected[i])
      })
    }
  })

  it('reads any strides, and writes to out', () => {
    using line = nd.array([9, 7, 5, 3, 1])
    using rising = line.slice('::-1')
    using values = nd.array([
      [0, 3],
      [4, 10],
    ])
    using across = nd.matrixTranspose(values)
    using out = nd.zeros([2, 2], { dtype: 'int64' })
    expect(nd.searchsorted(rising, across, { out })).toBe(out)
    expect(out.toArray()).toEqual([
      [0n, 2n],
      [1n, 5n],
    ])
    using order = nd.array([4, 3, 2, 1, 0], { dtype: 'int64' })
    using odd = order.slice('::-1')
    using sorted = nd.searchsorted(rising, values, { sorter: odd })
    expect(sorted.toArray()).toEqual([
      [0n, 1n],
      [2n, 5n],
    ])
  })

  it('compares a value exactly with integers', () => {
    using a = nd.array([2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 2n], { dtype: 'int64' })
    expect(nd.searchsorted(a, 2n ** 53n + 1n)).toBe(1)
    expect(nd.searchsorted(a, 2n ** 53n + 1n, { side: 'right' })).toBe(2)
    using b = nd.array([1, 2, 3], { dtype: 'uint8' })
    for (const [value, left, right] of [
      [2.5, 2, 2],
      [2, 1, 2],
      [-1, 0, 0],
      [-0.5, 0, 0],
      [300, 3, 3],
      [NaN, 3, 3],
      [Infinity, 3, 3],
      [-Infinity, 0, 0],
      [true, 0, 1],
    ] as const) {
      expect([nd.searchsorted(b, value), nd.searchsorted(b, value, { side: 'right' })]).toEqual([left, right])
    }
  })

  it('refuses what does not fit', () => {
    using a = nd.array([1, 2, 3])
    using matrix = nd.zeros([2, 2])
    using outside = nd.array([0, 1, 3], { dtype: 'int32' })
    using short = nd.array([0, 1], { dtype: 'int32' })
    refuses(nd.ShapeError, () => nd.searchsorted(matrix, a))
    refuses(nd.DTypeError, () => nd.searchsorted(a, a, { side: 'middle' as never }))
    refuses(nd.IndexError, () => nd.searchsorted(a, a, { sorter: outside }))
    refuses(nd.ShapeError, () => nd.searchsorted(a, a, { sorter: short }))
    refuses(nd.DTypeError, () => nd.searchsorted(a, a, { sorter: a }))
    refuses(nd.DTypeError, () => nd.searchsorted(a, '1' as never))
    refuses(nd.DTypeError, () => nd.searchsorted(a, a, { out: a as never }))
  })
})
