import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrayOf, pattern, sample, typedArray } from './arrays.ts'
import { refuses } from './heap.ts'
import { asElement, DTYPES, type Element, fromText, numpy } from './reference.ts'

/** The sum as 64-bit integers wrap; unsigned for unsigned dtypes. */
function integerSum(values: readonly Element[], dtype: nd.DType): bigint {
  const sum = values.reduce<bigint>((total, value) => total + BigInt(value), 0n)
  return nd.dtypes[dtype].kind === 'uint' ? BigInt.asUintN(64, sum) : BigInt.asIntN(64, sum)
}

function extremum(values: readonly Element[], better: (a: Element, b: Element) => boolean): Element {
  const nan = values.find(value => Number.isNaN(value))
  return nan ?? values.reduce((best, value) => (better(value, best) ? value : best))
}

/** Neumaier's sum: the rounding errors are summed, too. */
function compensatedSum(values: Iterable<number>): number {
  let [sum, lost] = [0, 0]
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}

/** Numbers between −1 and 1 that are the same in every run. */
function* noise(count: number): Generator<number> {
  let state = 12345
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state / 2 ** 31 - 1
  }
}

describe('reductions', () => {
  it.each(numpy.reductions)('of $dtype and shape $shape are NumPy’s', expected => {
    const { dtype, shape } = expected
    const values = expected.values.map(text => fromText(text, dtype))
    using a = nd.fromTypedArray(typedArray(dtype, values), shape, { dtype })
    const { kind } = nd.dtypes[dtype]
    if (kind === 'float') {
      const digits = dtype === 'float32' ? 5 : 13
      expect(a.sum()).toBeCloseTo(Number(expected.sum), digits)
      expect(a.mean()).toBeCloseTo(Number(expected.mean), digits)
    } else {
      expect(a.sum()).toBe(BigInt(expected.sum))
      const mean = Number(expected.mean)
      expect(Math.abs(a.mean() - mean)).toBeLessThanOrEqual(Math.abs(mean) * 1e-12)
    }
    expect(a.min()).toBe(asElement(fromText(expected.min, dtype), dtype))
    expect(a.max()).toBe(asElement(fromText(expected.max, dtype), dtype))
  })

  it('of integers are exact, and wrap at 64 bits', () => {
    const integers = fc.constantFrom(...DTYPES.filter(dtype => nd.dtypes[dtype].kind !== 'float'))
    fc.assert(
      fc.property(sample({ dtype: integers }), from => {
        using a = arrayOf(from)
        expect(nd.sum(a)).toBe(integerSum(from.values, from.dtype))
        if (a.size === 0) return
        expect(nd.min(a)).toBe(
          asElement(
            extremum(from.values, (x, y) => x < y),
            from.dtype,
          ),
        )
        expect(nd.max(a)).toBe(
          asElement(
            extremum(from.values, (x, y) => x > y),
            from.dtype,
          ),
        )
      }),
      { numRuns: 300 },
    )
    using wraps = nd.array([2n ** 63n - 1n, 1n])
    expect(wraps.sum()).toBe(-(2n ** 63n))
    using unsigned = nd.array([2n ** 64n - 1n, 2n], { dtype: 'uint64' })
    expect(unsigned.sum()).toBe(1n)
  })

  it('of floats meet NaN, infinities and both zeros', () => {
    const floats = fc.constantFrom('float32' as const, 'float64' as const)
    fc.assert(
      fc.property(sample({ dtype: floats }), from => {
        using a = arrayOf(from)
        const values = from.values as number[]
        const sum = nd.sum(a) as number
        const naive = values.reduce((x, y) => x + y, 0)
        const finite = values.every(value => Math.abs(value) < 1e30)
        if (finite)
          expect(Math.abs(sum - naive)).toBeLessThanOrEqual(
            values.reduce((x, y) => x + Math.abs(y), 0) * 1e-6,
          )
        if (values.some(Number.isNaN)) expect(sum).toBeNaN()
        if (a.size === 0) return
        expect(Number(nd.min(a)) + 0).toBe((extremum(values, (x, y) => x < y) as number) + 0)
        expect(Number(nd.max(a)) + 0).toBe((extremum(values, (x, y) => x > y) as number) + 0)
      }),
      { numRuns: 300 },
    )
  })

  it('find a lone NaN and a lone extremum wherever they stand', () => {
    for (const dtype of DTYPES) {
      const { kind, min, max } = nd.dtypes[dtype]
      for (const length of [1, 7, 16, 17, 33, 70]) {
        for (let at = 0; at < length; at++) {
          using a = nd.full(length, kind === 'bool' ? true : 1, { dtype })
          a.set(min, at)
          expect(a.min()).toBe(min)
          a.assign(kind === 'bool' ? false : 1)
          a.set(max, at)
          expect(a.max()).toBe(max)
          if (kind !== 'float') continue
          a.set(NaN, at)
          expect([a.min(), a.max(), a.sum(), a.mean()]).toEqual([NaN, NaN, NaN, NaN])
        }
      }
    }
  })

  it('of empty arrays: sum 0, mean NaN, no extremum', () => {
    for (const dtype of DTYPES) {
      using a = nd.zeros([2, 0], { dtype })
      expect(a.sum()).toBe(nd.dtypes[dtype].kind === 'float' ? 0 : 0n)
      expect(a.mean()).toBeNaN()
      refuses(nd.ShapeError, () => a.min())
      refuses(nd.ShapeError, () => nd.max(a))
    }
  })

  it('of 0-d arrays are their element', () => {
    for (const dtype of DTYPES) {
      using a = nd.array(1, { dtype })
      expect([Number(a.sum()), Number(a.min()), Number(a.max()), a.mean()]).toEqual([1, 1, 1, 1])
    }
  })

  it.each(DTYPES)('of %s above one chunk, strided and not', dtype => {
    const values = pattern(dtype, 70_001)
    using a = nd.fromTypedArray(typedArray(dtype, values), 70_001, { dtype })
    using odd = a.slice('::-3')
    const part = values.toReversed().filter((_, i) => i % 3 === 0)
    for (const [array, x] of [
      [a, values],
      [odd, part],
    ] as const) {
      if (nd.dtypes[dtype].kind !== 'float') expect(array.sum()).toBe(integerSum(x, dtype))
      expect(array.min()).toEqual(
        asElement(
          extremum(x, (p, q) => p < q),
          dtype,
        ),
      )
      expect(array.max()).toEqual(
        asElement(
          extremum(x, (p, q) => p > q),
          dtype,
        ),
      )
    }
  })

  it('sum a million ill-conditioned values almost as well as a compensated sum', () => {
    const values = Float64Array.from(noise(1_000_000), (value, i) => value * 10 ** (i % 17))
    const exact = compensatedSum(values)
    const size = compensatedSum(values.map(Math.abs))
    using a = nd.fromTypedArray(values)
    const naive = values.reduce((x, y) => x + y, 0)
    const error = Math.abs((a.sum() as number) - exact)
    // The bound of a pairwise sum: log2(n) roundings at most of the sum of the sizes.
    expect(error).toBeLessThanOrEqual(20 * 2 ** -53 * size)
    expect(error).toBeLessThanOrEqual(Math.abs(naive - exact))
    using tenths = nd.full(1_000_000, 0.1)
    expect(Math.abs((tenths.sum() as number) - 100_000)).toBeLessThan(1e-9)
    using shuffled = a.slice('::-1')
    expect(Math.abs((shuffled.sum() as number) - exact)).toBeLessThanOrEqual(20 * 2 ** -53 * size)
  })

  it('of float32 are summed in float64, and rounded once', () => {
    const values = Float32Array.from(noise(100_000))
    using a = nd.fromTypedArray(values)
    const exact = compensatedSum(values)
    expect(a.sum()).toBe(Math.fround(exact))
    expect(a.mean()).toBe(Math.fround(exact / 100_000))
    using large = nd.array([2 ** 24, 1, 1], { dtype: 'float32' })
    expect(large.sum()).toBe(2 ** 24 + 2)
  })

  it.each([5, '5', null, undefined, [1, 2], new Float64Array(2), {}])('refuse %s, which is no array', bad => {
    for (const reduce of [nd.sum, nd.mean, nd.min, nd.max] as ((a: never) => unknown)[]) {
      refuses(nd.DTypeError, () => reduce(bad as never))
    }
    refuses(nd.DTypeError, () => nd.threshold(bad as never, 1))
  })

  it('mean of integers is a float64, even where the sum would wrap', () => {
    using a = nd.array([2n ** 63n - 1n, 2n ** 63n - 1n])
    expect(a.mean()).toBe(2 ** 63)
    using b = nd.array([1, 2], { dtype: 'uint8' })
    expect(b.mean()).toBe(1.5)
    using c = nd.array([true, false, true, true])
    expect(c.mean()).toBe(0.75)
  })
})
