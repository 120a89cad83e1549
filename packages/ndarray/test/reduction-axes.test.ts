import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrangement, arrayOf, pattern, type Sample, sample } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { DTYPES, type Element, elements, product } from './reference.ts'

type Reduce = (a: nd.NDArray, options: object) => nd.NDArray

/** The package's functions by their names. */
const functions: Record<string, unknown> = { ...nd }
const functionOf = (name: string): Reduce => functions[name] as Reduce

/** The elements that come together at each place of the result, in C order. */
function groups(
  shape: readonly number[],
  reduced: readonly boolean[],
  values: readonly Element[],
): Element[][] {
  const left = shape.filter((_, axis) => !reduced[axis])
  const result = Array.from({ length: product(left) }, (): Element[] => [])
  values.forEach((value, at) => {
    let rest = at
    let place = 0
    let step = 1
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] as number
      if (!reduced[axis]) {
        place += (rest % length) * step
        step *= length
      }
      rest = Math.floor(rest / length)
    }
    result[place]?.push(value)
  })
  return result
}

const isFloat = (dtype: nd.DType): boolean => nd.dtypes[dtype].kind === 'float'
const sumDType = (dtype: nd.DType): nd.DType =>
  isFloat(dtype) ? dtype : nd.dtypes[dtype].kind === 'uint' ? 'uint64' : 'int64'

function wrapped(value: bigint, dtype: nd.DType): bigint {
  return nd.dtypes[dtype].kind === 'uint' ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value)
}

function extremum(values: readonly Element[], better: (x: Element, y: Element) => boolean): Element {
  return values.find(Number.isNaN) ?? values.reduce((best, x) => (better(x, best) ? x : best))
}

const rounded = (value: number, dtype: nd.DType): number => (dtype === 'float32' ? Math.fround(value) : value)

/** Each function's dtype and value, the latter exact for the values drawn here. */
const REFERENCE: Record<
  string,
  { dtype(of: nd.DType): nd.DType; value(x: Element[], of: nd.DType): Element }
> = {
  sum: {
    dtype: sumDType,
    value: (x, dtype) =>
      isFloat(dtype)
        ? rounded(
            x.reduce<number>((sum, y) => sum + Number(y), 0),
            dtype,
          )
        : wrapped(
            x.reduce<bigint>((sum, y) => sum + BigInt(y), 0n),
            dtype,
          ),
  },
  prod: {
    dtype: sumDType,
    value: (x, dtype) =>
      isFloat(dtype)
        ? rounded(
            x.reduce<number>((sum, y) => sum * Number(y), 1),
            dtype,
          )
        : wrapped(
            x.reduce<bigint>((sum, y) => sum * BigInt(y), 1n),
            dtype,
          ),
  },
  min: { dtype: of => of, value: x => extremum(x, (a, b) => a < b) },
  max: { dtype: of => of, value: x => extremum(x, (a, b) => a > b) },
  all: { dtype: () => 'bool', value: x => Number(x.every(y => Number.isNaN(y) || Number(y) !== 0)) },
  any: { dtype: () => 'bool', value: x => Number(x.some(y => Number.isNaN(y) || Number(y) !== 0)) },
  countNonzero: {
    dtype: () => 'int64',
    value: x => BigInt(x.filter(y => Number.isNaN(y) || Number(y) !== 0).length),
  },
}

function expectGroups(
  name: string,
  a: nd.NDArray,
  from: Sample,
  reduced: boolean[],
  parts: Element[][],
): void {
  const { dtype, value } = REFERENCE[name] as (typeof REFERENCE)[string]
  const axis = [...reduced.keys()].filter(k => reduced[k])
  using result = functionOf(name)(a, { axis })
  using kept = functionOf(name)(a, { axis, keepdims: true })
  expect(result.dtype).toBe(dtype(from.dtype))
  expect(result.shape).toEqual(from.shape.filter((_, k) => !reduced[k]))
  expect(kept.shape).toEqual(from.shape.map((length, k) => (reduced[k] ? 1 : length)))
  const expected = parts.map(part => value(part, from.dtype))
  // A sum's or extremum's zero may have either sign.
  const plain = (x: Element): Element => (typeof x === 'number' ? x + 0 : x)
  expect(elements(result).map(plain), name).toEqual(expected.map(plain))
  expect(elements(kept).map(plain)).toEqual(expected.map(plain))
}

/** Values whose sums and products floats hold exactly, in whatever order. */
function small(of: Sample): Sample {
  if (!isFloat(of.dtype)) return of
  const values = of.values.map((_, i) => [1, -2, 0.5, 0, 4, -1, 2, -0][(i * 5) % 8] as number)
  return { ...of, values }
}

const axesOf = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })

describe('reductions along axes', () => {
  it('of any dtype, layout and axes', () => {
    const shape = fc.array(fc.constantFrom(1, 2, 3, 5, 7), { maxLength: 4 })
    fc.assert(
      fc.property(sample({ shape }), axesOf, (of, mask) => {
        const from = small(of)
        const reduced = from.shape.map((_, k) => mask[k] as boolean)
        leavesNothing(() => {
          using a = arrayOf(from)
          const parts = groups(from.shape, reduced, from.values)
          for (const name of Object.keys(REFERENCE)) expectGroups(name, a, from, reduced, parts)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('of special values: extrema and truth', () => {
    const floats = fc.constantFrom('float32' as const, 'float64' as const)
    const shape = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }))
    fc.assert(
      fc.property(sample({ dtype: floats, shape }), axesOf, (from, mask) => {
        const reduced = [mask[0] as boolean, mask[1] as boolean]
        using a = arrayOf(from)
        const parts = groups(from.shape, reduced, from.values)
        for (const name of ['min', 'max', 'all', 'any', 'countNonzero'])
          expectGroups(name, a, from, reduced, parts)
      }),
      { numRuns: 200 },
    )
  })

  // Rows and columns shorter and longer than strips, tiles, blocks of rows, and one call.
  const LARGE: [number[], boolean[]][] = [
    [
      [5, 4099],
      [true, false],
    ],
    [
      [4099, 5],
      [true, false],
    ],
    [
      [4099, 5],
      [false, true],
    ],
    [
      [3, 35000],
      [false, true],
    ],
    [
      [300, 301],
      [true, false],
    ],
    [
      [20_000, 3],
      [true, false],
    ],
    [
      [9, 40, 50],
      [true, false, true],
    ],
    [
      [9, 40, 50],
      [false, true, false],
    ],
    [
      [2, 3, 4, 500],
      [true, false, true, false],
    ],
  ]
  it.each(LARGE)('of shape %s along %s', (shape, reduced) => {
    fc.assert(
      fc.property(fc.constantFrom(...DTYPES), arrangement, (dtype, how) => {
        const from = small({ dtype, shape, values: pattern(dtype, product(shape)), how })
        // A product of so many would overflow.
        const names = Object.keys(REFERENCE).filter(name => name !== 'prod' || !isFloat(dtype))
        using a = arrayOf({ ...from, how: { ...how, margin: 0 } })
        const axis = [...reduced.keys()].filter(k => reduced[k])
        const parts = groups(shape, reduced, from.values)
        for (const name of names) {
          using result = functionOf(name)(a, { axis })
          const { value } = REFERENCE[name] as (typeof REFERENCE)[string]
          const actual = result.toTypedArray()
          // -0 and 0 are one here.
          const wrong = parts.findIndex((part, i) => actual[i] !== value(part, dtype))
          expect([name, dtype, wrong, actual[wrong], parts[wrong]?.length]).toEqual([
            name,
            dtype,
            -1,
            undefined,
            undefined,
          ])
        }
      }),
      { numRuns: 6 },
    )
  })

  it('sums across rows lose no more than pairwise ones', () => {
    const rows = 100_000
    const values = new Float64Array(rows * 6).fill(0.1)
    using a = nd.fromTypedArray(values, [rows, 6], { dtype: 'float64' })
    using sums = a.sum({ axis: 0 })
    for (const sum of sums.toTypedArray()) expect(Math.abs(sum - rows / 10)).toBeLessThan(1e-10)
    using narrow = nd.fromTypedArray(Float32Array.from(values), [rows, 6])
    using means = narrow.mean({ axis: 0 })
    expect([...means.toTypedArray()]).toEqual(Array(6).fill(Math.fround(0.1)))
  })

  it('write to out, and read it before when it is part of the input', () => {
    leavesNothing(() => {
      using a = nd.fromTypedArray(
        Float64Array.from({ length: 12 }, (_, i) => i),
        [3, 4],
      )
      using out = nd.zeros(4)
      expect(nd.sum(a, { axis: 0, out })).toBe(out)
      expect(out.toArray()).toEqual([12, 15, 18, 21])
      using last = a.slice(2) as nd.NDArray<'float64'>
      nd.max(a, { axis: 0, out: last })
      expect(last.toArray()).toEqual([8, 9, 10, 11])
      nd.mean(a, { axis: 0, out: last })
      expect(last.toArray()).toEqual([4, 5, 6, 7])
      nd.std(a, { axis: 0, out: last })
      expect(last.toArray()).toEqual(
        Array(4)
          .fill(Math.sqrt(32 / 9))
          .map(x => expect.closeTo(x, 12)),
      )
      using whole = nd.zeros([])
      expect(nd.sum(out, { out: whole })).toBe(whole)
      expect(whole.item()).toBe(66)
      refuses(nd.ShapeError, () => nd.sum(a, { axis: 1, out }))
      refuses(nd.DTypeError, () => nd.sum(a, { axis: 0, out: nd.zeros as never }))
    })
  })

  it('of dtype: as if converted first', () => {
    leavesNothing(() => {
      using a = nd.array([100, 100, 100], { dtype: 'int8' })
      expect(nd.sum(a, { dtype: 'int8' })).toBe(44)
      expect(nd.sum(a, { dtype: 'float64' })).toBe(300)
      expect(nd.prod(a, { dtype: 'float32' })).toBe(1_000_000)
      using b = nd.array([1.9, -1.9, 3.5])
      expect(nd.sum(b, { dtype: 'int64' })).toBe(3n)
      expect(nd.sum(b, { dtype: 'uint8', axis: 0, keepdims: true }).release()).toBe(1)
      refuses(nd.DTypeError, () => nd.sum(b, { dtype: 'bool' }))
      using large = nd.array([2n ** 63n - 1n, 2n ** 63n - 1n])
      expect(nd.sum(large, { dtype: 'float64' })).toBe(2 ** 64)
    })
  })

  it('refuse axes that are not there or are named twice', () => {
    using a = nd.zeros([2, 3])
    for (const axis of [2, -3, 0.5, NaN, [0, 5], '0', {}])
      refuses(nd.IndexError, () => nd.sum(a, { axis } as never))
    refuses(nd.ShapeError, () => nd.sum(a, { axis: [0, -2] }))
    refuses(nd.DTypeError, () => nd.sum(a, { dtype: 'int7' as never }))
    refuses(nd.DTypeError, () => nd.std(a, { correction: '1' as never }))
  })

  it('of no elements: the neutral one, NaN, or an error', () => {
    leavesNothing(() => {
      using a = nd.zeros([0, 2])
      const of = (reduce: Reduce) => {
        using result = reduce(a, { axis: 0 })
        return result.toArray()
      }
      expect(of(nd.sum as Reduce)).toEqual([0, 0])
      expect(of(nd.prod as Reduce)).toEqual([1, 1])
      expect(of(nd.mean as Reduce)).toEqual([NaN, NaN])
      expect(of(nd.variance as Reduce)).toEqual([NaN, NaN])
      expect(of(nd.median as Reduce)).toEqual([NaN, NaN])
      expect(of(nd.nanmean as Reduce)).toEqual([NaN, NaN])
      expect(of(nd.all as unknown as Reduce)).toEqual([true, true])
      expect(of(nd.any as unknown as Reduce)).toEqual([false, false])
      refuses(nd.ShapeError, () => nd.max(a, { axis: 0 }))
      using none = nd.max(a, { axis: 1 })
      expect(none.shape).toEqual([0])
      expect([nd.prod(a), nd.all(a), nd.any(a), nd.countNonzero(a)]).toEqual([1, true, false, 0n])
      expect(nd.std(a)).toBeNaN()
    })
  })

  it('correct a variance: by how much, and not below 0', () => {
    using a = nd.array([1, 2, 3, 4])
    expect(nd.variance(a)).toBe(1.25)
    expect(nd.var(a, { correction: 1 })).toBeCloseTo(5 / 3, 15)
    expect(a.var({ correction: 1.5 })).toBe(2)
    expect(a.std({ correction: 9 })).toBe(Infinity)
    using b = nd.array([5])
    expect(b.std({ correction: 1 })).toBeNaN()
    using c = nd.array([2 ** 24, 2 ** 24 + 2], { dtype: 'float32' })
    expect(c.var()).toBe(1)
  })
})
