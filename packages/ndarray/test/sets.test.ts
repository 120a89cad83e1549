import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrayOf, pattern, sample, typedArray } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { DTYPES, type Element, fromText } from './reference.ts'
import { facts, textArray } from './sorting-fixtures.ts'

/** The distinct elements in order of appearance, each with its places; NaN is always a new one. */
function groups(values: readonly Element[]): Map<unknown, number[]> {
  const found = new Map<unknown, number[]>()
  values.forEach((value, i) => {
    // A map holds 0 and −0 for one key.
    const key = Number.isNaN(value) ? {} : value
    found.set(key, [...(found.get(key) ?? []), i])
  })
  return found
}

/** What uniqueAll finds must describe the elements, all of them, in order. */
function expectGroups(found: nd.UniqueAll, values: readonly Element[]): void {
  const expected = groups(values)
  const distinct = found.values.toTypedArray()
  const [indices, inverse, counts] = [found.indices, found.inverseIndices, found.counts].map(part =>
    Array.from(part.toTypedArray(), Number),
  ) as [number[], number[], number[]]
  expect(distinct.length).toBe(expected.size)
  for (const places of expected.values()) {
    const [first] = places as [number, ...number[]]
    const group = inverse[first] as number
    expect([indices[group], counts[group]]).toEqual([first, places.length])
    expect(Object.is(distinct[group], values[first])).toBe(true)
    expect(places.every(place => inverse[place] === group)).toBe(true)
  }
  for (let i = 1; i < distinct.length; i++)
    expect((distinct[i - 1] as Element) < (distinct[i] as Element) || Number.isNaN(distinct[i])).toBe(true)
}

function released(found: object): void {
  for (const part of Object.values(found)) (part as nd.NDArray).release()
}

describe('unique', () => {
  it.each(facts.sets)('of $dtype and shape $shape is NumPy’s', expected => {
    const { dtype, shape } = expected
    using a = textArray(dtype, expected.elements, shape)
    const found = nd.uniqueAll(a)
    expect(found.inverseIndices.shape).toEqual(shape)
    // Which zero stands for both is the first one here; NumPy says the same where its sort is stable.
    const values = expected.indices.map(index => fromText(expected.elements[index] as string, dtype))
    expectElements(found.values, values)
    expectElements(found.indices, expected.indices.map(BigInt))
    expectElements(found.inverseIndices, expected.inverseIndices.map(BigInt))
    expectElements(found.counts, expected.counts.map(BigInt))
    released(found)
  })

  it('of any strides describes the elements', () => {
    fc.assert(
      fc.property(sample(), from => {
        using a = arrayOf(from)
        leavesNothing(() => {
          const found = nd.uniqueAll(a)
          expect(found.inverseIndices.shape).toEqual(from.shape)
          expectGroups(found, from.values)
          const [counted, inverse] = [nd.uniqueCounts(a), nd.uniqueInverse(a)]
          using values = nd.uniqueValues(a)
          const distinct = [...found.values.toTypedArray()]
          for (const same of [counted.values, inverse.values, values]) {
            expect(same.dtype).toBe(from.dtype)
            expectElements(same, distinct)
          }
          expect(counted.counts.toArray()).toEqual(found.counts.toArray())
          expect(inverse.inverseIndices.toArray()).toEqual(found.inverseIndices.toArray())
          for (const result of [found, counted, inverse]) released(result)
        })
      }),
      { numRuns: 300 },
    )
  })

  it.each(DTYPES)('of %s takes many elements', dtype => {
    const values = pattern(dtype, 40_001).map(value => (Number.isNaN(value) ? 3 : value))
    using a = nd.fromTypedArray(typedArray(dtype, values), values.length, { dtype })
    const found = nd.uniqueAll(a)
    expectGroups(found, values)
    using alone = nd.uniqueValues(a)
    expectElements(alone, [...found.values.toTypedArray()])
    released(found)
  })

  it('refuses what is no array', () => {
    for (const unique of [nd.uniqueAll, nd.uniqueCounts, nd.uniqueInverse, nd.uniqueValues])
      refuses(nd.DTypeError, () => unique([1, 2] as never))
  })
})

describe('isin', () => {
  it.each(facts.memberships)('of $dtype is NumPy’s', ({ dtype, shape, elements, set, isin }) => {
    using a = textArray(dtype, elements, shape)
    using members = textArray(dtype, set)
    using found = nd.isin(a, members)
    expect([found.dtype, found.shape]).toEqual(['bool', shape])
    expectElements(found, isin.map(Number))
    using others = nd.isin(a, members, { invert: true })
    expectElements(
      others,
      isin.map(one => 1 - Number(one)),
    )
  })

  it('compares different dtypes, and an empty set', () => {
    using a = nd.array([1, 2, 300], { dtype: 'int32' })
    using b = nd.array([2.5, 1, NaN])
    using none = nd.zeros([0])
    leavesNothing(() => {
      using found = nd.isin(a, b)
      expect(found.toArray()).toEqual([true, false, false])
      using back = nd.isin(b, b)
      expect(back.toArray()).toEqual([true, true, false])
      using empty = nd.isin(a, none)
      expect(empty.toArray()).toEqual([false, false, false])
    })
    refuses(nd.DTypeError, () => nd.isin(a, 1 as never))
  })
})
