import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrayOf, sample } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { DTYPES, type Element, elements } from './reference.ts'

const matrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }))
/** Whose values floats hold, and the edges of bins between them. */
const narrow = fc.constantFrom('bool', 'int8', 'uint16', 'int32', 'uint32' as nd.DType)
const integers = fc.constantFrom(...DTYPES.filter(dtype => nd.dtypes[dtype].kind !== 'float'))

/** Ascending, as numbers or bigints. */
function sorted(values: readonly Element[]): Element[] {
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

describe('running sums and differences', () => {
  it('are each other’s inverse, whatever the layout', () => {
    fc.assert(
      fc.property(sample({ dtype: integers, shape: matrix }), fc.constantFrom(0, 1, -1), (from, axis) => {
        leavesNothing(() => {
          using a = arrayOf(from)
          using sums = nd.cumulativeSum(a, { axis, includeInitial: true })
          using back = nd.diff(sums, { axis })
          const expected = from.values.map(value =>
            sums.dtype === 'uint64' ? BigInt.asUintN(64, BigInt(value)) : BigInt.asIntN(64, BigInt(value)),
          )
          expect(elements(back)).toEqual(expected)
        })
      }),
      { numRuns: 150 },
    )
  })

  it('write in place, to reversed arrays and to parts of the input', () => {
    leavesNothing(() => {
      using a = nd.array([1, 2, 3, 4])
      expect(nd.cumulativeSum(a, { out: a })).toBe(a)
      expect(a.toArray()).toEqual([1, 3, 6, 10])
      using back = a.slice('::-1')
      nd.cumulativeProd(a, { out: back })
      expect(back.toArray()).toEqual([1, 3, 18, 180])
      using b = nd.fromTypedArray(Float64Array.of(1, 2, 3, 4, 5), 5, { dtype: 'float64' })
      using head = b.slice([0, 4])
      nd.cumulativeSum(head, { includeInitial: true, out: b })
      expect(b.toArray()).toEqual([0, 1, 3, 6, 10])
    })
  })

  it('of bools: numbers, and whether neighbours differ', () => {
    leavesNothing(() => {
      using a = nd.array([true, true, false, true])
      using sums = nd.cumulativeSum(a)
      expect(sums.toArray()).toEqual([1n, 2n, 2n, 3n])
      using changes = nd.diff(a)
      expect([changes.dtype, changes.toArray()]).toEqual(['bool', [false, true, true]])
    })
  })

  it('take what comes before and behind, in the common dtype', () => {
    leavesNothing(() => {
      using a = nd.array([[1, 5]], { dtype: 'int16' })
      using before = nd.array([[4]], { dtype: 'int8' })
      using behind = nd.array([[0, 2]], { dtype: 'int32' })
      using result = nd.diff(a, { prepend: before, append: behind })
      expect([result.dtype, result.toArray()]).toEqual(['int32', [[-3, 4, -5, 2]]])
      using none = nd.diff(a, { n: 5 })
      expect(none.shape).toEqual([1, 0])
      using same = nd.diff(a, { n: 0 })
      expect(same.toArray()).toEqual([[1, 5]])
    })
  })

  it('refuse what makes no sense', () => {
    using a = nd.zeros([2, 3])
    using b = nd.zeros([3, 3, 1])
    refuses(nd.ShapeError, () => nd.cumulativeSum(a))
    refuses(nd.IndexError, () => nd.cumulativeSum(a, { axis: 2 }))
    refuses(nd.DTypeError, () => nd.cumulativeSum(a, { axis: 0, dtype: 'bool' }))
    refuses(nd.ShapeError, () => nd.cumulativeSum(a, { axis: 0, includeInitial: true, out: a }))
    refuses(nd.ShapeError, () => nd.diff(a, { n: -1 }))
    refuses(nd.ShapeError, () => nd.diff(a, { append: b }))
    refuses(nd.IndexError, () => nd.diff(a, { axis: 5 }))
  })
})

describe('quantiles', () => {
  it('are what stands at the place in the sorted elements', () => {
    fc.assert(
      fc.property(sample({ shape: matrix }), fc.integer({ min: 0, max: 20 }), (from, twentieths) => {
        leavesNothing(() => {
          using a = arrayOf(from)
          const columns = from.shape[1] as number
          using low = nd.quantile(a, twentieths / 20, { axis: 1, method: 'lower' })
          expect(low.dtype).toBe(from.dtype)
          const expected = Array.from({ length: from.shape[0] as number }, (_, row) => {
            const part = from.values.slice(row * columns, (row + 1) * columns)
            if (part.some(Number.isNaN)) return NaN
            return sorted(part)[Math.floor((twentieths / 20) * (columns - 1))] as Element
          })
          expect(elements(low).map(x => (typeof x === 'number' ? x + 0 : x))).toEqual(
            expected.map(x => (typeof x === 'number' ? x + 0 : x)),
          )
        })
      }),
      { numRuns: 200 },
    )
  })

  it('of many elements, sorted, constant and not', () => {
    const length = 100_001
    for (const of of [(i: number) => i, () => 3, (i: number) => (i * 7919) % length, (i: number) => i % 5]) {
      const values = Int32Array.from({ length }, (_, i) => of(i))
      using a = nd.fromTypedArray(values)
      const ascending = values.toSorted()
      expect(nd.median(a)).toBe(ascending[50_000])
      expect(nd.quantile(a, 0.9)).toBe(ascending[90_000])
      using several = nd.percentile(a, [100, 0, 25])
      expect(several.toArray()).toEqual([100_000, 0, 25_000].map(at => ascending[at]))
    }
  })

  it('of infinities, NaN and nothing', () => {
    leavesNothing(() => {
      using a = nd.array([Infinity, Infinity, 1, -Infinity])
      expect([nd.median(a), nd.quantile(a, 1), nd.quantile(a, 0)]).toEqual([Infinity, Infinity, -Infinity])
      using b = nd.array([1, NaN, 3])
      expect([nd.median(b), nd.nanmedian(b), nd.quantile(b, 0)]).toEqual([NaN, 2, NaN])
      using none = nd.zeros(0)
      expect([nd.median(none), nd.nanmedian(none)]).toEqual([NaN, NaN])
      using integers = nd.zeros(0, { dtype: 'int8' })
      expect(nd.median(integers)).toBeNaN()
      refuses(nd.ShapeError, () => nd.quantile(integers, 0.5, { method: 'lower' }))
    })
  })

  it('refuse parts that are none and unknown methods', () => {
    using a = nd.zeros(3)
    for (const q of [-0.1, 1.1, NaN, '0', null, [0, 2]]) {
      refuses(nd.DTypeError, () => nd.quantile(a, q as never))
    }
    refuses(nd.DTypeError, () => nd.percentile(a, 101))
    refuses(nd.DTypeError, () => nd.quantile(a, 0, { method: 'best' as never }))
    using out = nd.zeros(1)
    refuses(nd.ShapeError, () => nd.quantile(a, [0, 1], { out }))
  })
})

describe('histograms', () => {
  it('count each element once, between its edges', () => {
    fc.assert(
      fc.property(sample({ dtype: narrow }), fc.integer({ min: 1, max: 30 }), (from, bins) => {
        leavesNothing(() => {
          using a = arrayOf(from)
          const [counts, edges] = nd.histogram(a, { bins })
          const at = edges.toTypedArray()
          const expected = Array<bigint>(bins).fill(0n)
          for (const value of from.values.map(Number)) {
            const bin = at.findLastIndex(edge => value >= edge)
            const place = Math.min(bin, bins - 1)
            expected[place] = (expected[place] as bigint) + 1n
          }
          expect(counts.toArray()).toEqual(expected)
          counts.release()
          edges.release()
        })
      }),
      { numRuns: 200 },
    )
  })

  it('refuse impossible bins, and ranges that are not finite', () => {
    using a = nd.array([1, NaN])
    for (const bins of [0, -1, 1.5, [], [1], [2, 1], [0, NaN], 'auto', {}]) {
      refuses(nd.DTypeError, () => nd.histogram(a, { bins: bins as never, range: [0, 1] }))
    }
    refuses(nd.DTypeError, () => nd.histogram(a))
    refuses(nd.DTypeError, () => nd.histogram(a, { range: [1, 0] }))
    refuses(nd.DTypeError, () => nd.histogram(a, { range: [1, 1 + 2 ** -52] }))
    refuses(nd.DTypeError, () => nd.histogram(a, { range: [0, Infinity] }))
  })

  it('bincount counts integers, or adds weights', () => {
    leavesNothing(() => {
      for (const dtype of DTYPES.filter(name => nd.dtypes[name].kind !== 'float')) {
        using a = nd.array([1, 0, 1, 1], { dtype })
        using reversed = a.slice('::-1')
        using counts = nd.bincount(reversed, { minlength: 3 })
        expect([counts.dtype, counts.toArray()]).toEqual(['int64', [1n, 3n, 0n]])
        using weights = nd.array([0.5, 10, 1, 2], { dtype: 'float32' })
        using sums = nd.bincount(a, { weights })
        expect([sums.dtype, sums.toArray()]).toEqual(['float64', [10, 3.5]])
      }
      using none = nd.zeros(0, { dtype: 'int8' })
      using counts = nd.bincount(none)
      expect(counts.shape).toEqual([0])
    })
    using negative = nd.array([-1, 2], { dtype: 'int8' })
    using floats = nd.zeros(2)
    using flat = nd.zeros([1, 2], { dtype: 'int8' })
    using short = nd.zeros(3)
    refuses(nd.DTypeError, () => nd.bincount(negative))
    refuses(nd.DTypeError, () => nd.bincount(floats))
    refuses(nd.ShapeError, () => nd.bincount(flat))
    using two = nd.zeros(2, { dtype: 'int8' })
    refuses(nd.ShapeError, () => nd.bincount(two, { weights: short }))
    refuses(nd.DTypeError, () => nd.bincount(two, { minlength: -1 }))
    using huge = nd.array([2n ** 40n])
    refuses(nd.OutOfMemoryError, () => nd.bincount(huge))
  })
})

describe('reductions without NaN', () => {
  it('are those of the other elements', () => {
    fc.assert(
      fc.property(sample({ dtype: fc.constantFrom('float32', 'float64'), shape: matrix }), from => {
        using a = arrayOf(from)
        const numbers = (from.values as number[]).filter(value => !Number.isNaN(value))
        const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
        expect(Number(nd.nanmin(a)) + 0).toBe(numbers.length ? low + 0 : NaN)
        expect(Number(nd.nanmax(a)) + 0).toBe(numbers.length ? high + 0 : NaN)
        if (numbers.length === 0) expect(nd.nanmean(a)).toBeNaN()
      }),
      { numRuns: 200 },
    )
  })

  it('keep infinities, write to out, and leave nothing', () => {
    leavesNothing(() => {
      using a = nd.fromTypedArray(Float64Array.of(1, NaN, 3, NaN, NaN, Infinity), [2, 3], {
        dtype: 'float64',
      })
      using out = nd.zeros(2)
      expect(nd.nanmean(a, { axis: 1, out })).toBe(out)
      expect(out.toArray()).toEqual([2, Infinity])
      using spread = nd.nanvar(a, { axis: 1, keepdims: true })
      expect(spread.toArray()).toEqual([[1], [NaN]])
      using first = a.slice(null, 0)
      nd.nansum(a, { axis: 1, out: first })
      expect(first.toArray()).toEqual([4, Infinity])
      expect(nd.nanstd(out, { correction: 2 })).toBeNaN()
      using integers = nd.array([1, 2], { dtype: 'int8' })
      expect([nd.nansum(integers), nd.nanmean(integers), nd.nanvar(integers)]).toEqual([3n, 1.5, 0.25])
    })
  })

  it('ptp is the distance of the extrema', () => {
    leavesNothing(() => {
      using a = nd.fromTypedArray(Int8Array.of(-100, 100, 3, 4), [2, 2], { dtype: 'int8' })
      expect(nd.ptp(a)).toBe(-56)
      using rows = nd.ptp(a, { axis: 1 })
      expect(rows.toArray()).toEqual([-56, 1])
      using bools = nd.array([true])
      refuses(nd.DTypeError, () => nd.ptp(bools))
    })
  })
})
