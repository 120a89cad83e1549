import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrayOf, pattern, sample, typedArray } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { DTYPES, type Element, elements, product } from './reference.ts'

/** The order of two elements: NaN behind everything, 0 and −0 equal. */
function compare(a: Element, b: Element, descending: boolean): number {
  const [nanA, nanB] = [Number.isNaN(a), Number.isNaN(b)]
  if (nanA || nanB) return Number(nanA) - Number(nanB)
  if (a === b) return 0
  return a < b === descending ? 1 : -1
}

/** The indices that sort a list, equal ones in order (as the language's own sort promises). */
function order(values: readonly Element[], descending: boolean): number[] {
  return values
    .map((_, i) => i)
    .sort((i, j) => compare(values[i] as Element, values[j] as Element, descending))
}

/** The places in C order of the elements of each line along an axis. */
function lines(shape: readonly number[], axis: number): number[][] {
  const inner = product(shape.slice(axis + 1))
  const length = shape[axis] as number
  return Array.from({ length: product(shape.slice(0, axis)) * inner }, (_, line) =>
    Array.from({ length }, (_, i) => Math.floor(line / inner) * length * inner + i * inner + (line % inner)),
  )
}

/** What `of` makes of each line, put back in place. */
function along<T>(
  values: readonly Element[],
  shape: readonly number[],
  axis: number,
  of: (line: Element[]) => T[],
): T[] {
  const result = new Array<T>(values.length)
  for (const places of lines(shape, axis)) {
    of(places.map(place => values[place] as Element)).forEach((value, i) => {
      result[places[i] as number] = value
    })
  }
  return result
}

const withAxis = sample().filter(from => from.shape.length > 0)

describe('sort and argsort', () => {
  it('are those of the language’s own stable sort', () => {
    fc.assert(
      fc.property(withAxis, fc.nat(), fc.boolean(), (from, pick, descending) => {
        using a = arrayOf(from)
        const axis = pick % a.ndim
        const indices = along(from.values, from.shape, axis, line => order(line, descending))
        const sorted = along(from.values, from.shape, axis, line =>
          order(line, descending).map(i => line[i] as Element),
        )
        leavesNothing(() => {
          using result = nd.sort(a, { axis: axis - a.ndim, descending })
          expect([result.dtype, result.shape]).toEqual([a.dtype, a.shape])
          expectElements(result, sorted)
          using places = nd.argsort(a, { axis, descending })
          expect([places.dtype, places.shape]).toEqual(['int64', a.shape])
          expectElements(places, indices.map(BigInt))
        })
        expect(elements(a)).toEqual(from.values)
        expect(a.sort({ axis, descending })).toBe(a)
        expect(elements(a)).toEqual(sorted)
      }),
      { numRuns: 600 },
    )
  })

  it.each(DTYPES)('of %s take long lines, in order or not', dtype => {
    const values = pattern(dtype, 70_001)
    using a = nd.fromTypedArray(typedArray(dtype, values), 70_001, { dtype })
    for (const [array, given] of [
      [a, values],
      [a.slice('::-3'), values.toReversed().filter((_, i) => i % 3 === 0)],
      [a.slice('5:1505'), values.slice(5, 1505)],
    ] as const) {
      for (const descending of [false, true]) {
        const indices = order(given, descending)
        const inOrder = indices.map(i => given[i])
        using places = nd.argsort(array, { descending })
        expectElements(places, indices.map(BigInt))
        using sorted = nd.sort(array, { descending })
        expectElements(sorted, inOrder)
        sorted.sort({ descending })
        expectElements(sorted, inOrder)
      }
    }
  })

  it.each(['float32', 'float64'] as const)('of %s keep zeros of both signs in order', dtype => {
    for (const length of [6, 3000]) {
      const values = Array.from({ length }, (_, i) => [0, 1, -0, NaN, -0, -1][i % 6] as number)
      for (const descending of [false, true]) {
        using a = nd.array(values, { dtype })
        using places = nd.argsort(a, { descending })
        const indices = order(values, descending)
        expectElements(places, indices.map(BigInt))
        a.sort({ descending })
        expectElements(
          a,
          indices.map(i => values[i]),
        )
      }
    }
  })

  it('know NaN by any of its bits', () => {
    const bits = [0x7ff0000000000001n, 0xfff8000000000000n, 0x7ff8000000000000n, 0xffffffffffffffffn]
    using a = nd.fromTypedArray(
      new Float64Array([...new Float64Array(BigUint64Array.from(bits).buffer), 1, -Infinity]),
    )
    for (const descending of [false, true]) {
      using sorted = nd.sort(a, { descending })
      const ends = descending ? [1, -Infinity] : [-Infinity, 1]
      expect(sorted.toArray()).toEqual([...ends, NaN, NaN, NaN, NaN])
    }
  })

  it('write to out, also over the input laid out differently', () => {
    using a = nd.array([3n, 1n, 2n], { dtype: 'int64' })
    using reversed = a.slice('::-1')
    expect(nd.sort(a, { out: reversed })).toBe(reversed)
    expect(a.toArray()).toEqual([3n, 2n, 1n])
    expect(nd.argsort(a, { out: a }).toArray()).toEqual([2n, 1n, 0n])
  })

  it('sort a line that repeats one element', () => {
    using a = nd.array([[5, 4, 6]])
    using empty = nd.zeros([0, 3])
    expect(nd.sort(empty).shape).toEqual([0, 3])
    expect(nd.sort(a, { axis: 0 }).toArray()).toEqual([[5, 4, 6]])
  })

  it('refuse what does not fit', () => {
    using a = nd.zeros([2, 3])
    using scalar = nd.array(1)
    using wrong = nd.zeros([3, 2])
    refuses(nd.IndexError, () => nd.sort(a, { axis: 2 }))
    refuses(nd.IndexError, () => nd.argsort(a, { axis: -3 }))
    refuses(nd.IndexError, () => nd.sort(a, { axis: 0.5 }))
    refuses(nd.IndexError, () => scalar.sort())
    refuses(nd.ShapeError, () => nd.sort(a, { out: wrong }))
    refuses(nd.DTypeError, () => nd.argsort(a, { out: a as never }))
    refuses(nd.DTypeError, () => nd.sort([1, 2] as never))
  })
})
