import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arranged, arrangement, arrayOf, element, pattern, sample, typedArray } from './arrays.ts'
import { expectElements, refuses } from './heap.ts'
import { asThreshold, DTYPES, type Element, elements, OPERATORS, relate } from './reference.ts'

/** Thresholds within a dtype, between its values, and beyond it. */
function thresholds(dtype: nd.DType): fc.Arbitrary<nd.Scalar> {
  return fc.oneof(
    element(dtype),
    fc.boolean(),
    fc.constantFrom<nd.Scalar>(0.5, -0.5, 2.5, 254.5, 1e9 + 0.5, NaN, Infinity, -Infinity, -0),
    fc.constantFrom<nd.Scalar>(-(2 ** 70), 2 ** 70, 2n ** 70n, -(2n ** 70n), 256, -129, 2 ** 63, 2 ** 64),
  )
}

describe('assignWhere', () => {
  const cases = sample().chain(from =>
    fc.record({
      from: fc.constant(from),
      operator: fc.constantFrom(...OPERATORS),
      threshold: thresholds(from.dtype),
      value: element(from.dtype),
    }),
  )

  it('replaces what stands in the relation', () => {
    fc.assert(
      fc.property(cases, ({ from, operator, threshold, value }) => {
        using a = arrayOf(from)
        expect(a.assignWhere(operator, threshold, value)).toBe(a)
        const t = asThreshold(threshold, from.dtype)
        expect(elements(a)).toEqual(from.values.map(old => (relate(operator, old, t) ? value : old)))
      }),
      { numRuns: 1000 },
    )
    nd.memory.check()
  })

  it.each(DTYPES)('of %s at every length around the vectors, and above one chunk', dtype => {
    const long = pattern(dtype, 70_001)
    const [threshold, value] = [long[3] as Element, long[8] as Element]
    for (const length of [...Array(71).keys(), 32_767, 32_769, 70_001]) {
      for (const operator of OPERATORS) {
        const x = long.slice(0, length)
        using a = nd.fromTypedArray(typedArray(dtype, x), length, { dtype })
        a.assignWhere(operator, threshold, value)
        const want = x.map(old => (relate(operator, old, threshold) ? value : old))
        expectElements(a, want)
      }
    }
  })

  it.each(['=<', '===', '', 'less', 'toString', undefined, null, 0])('refuses the operator %s', bad => {
    for (const dtype of ['int32', 'float64'] as const) {
      using a = nd.ones(3, { dtype })
      refuses(nd.DTypeError, () => a.assignWhere(bad as never, 5, 0))
      refuses(nd.DTypeError, () => a.assignWhere(bad as never, NaN, 0))
      refuses(nd.DTypeError, () => a.assignWhere(bad as never, 2n ** 80n, 0))
      expect(Number(a.sum())).toBe(3)
    }
  })

  it.each(['1', null, undefined, [], {}])('refuses the threshold %s', bad => {
    for (const dtype of ['int32', 'float64', 'bool'] as const) {
      using a = nd.ones(3, { dtype })
      refuses(nd.DTypeError, () => a.assignWhere('>', bad as never, 0))
      refuses(nd.DTypeError, () => nd.threshold(a, bad as never))
      expect(Number(a.sum())).toBe(3)
    }
  })
})

const MODES = ['binary', 'binaryInv', 'trunc', 'toZero', 'toZeroInv'] as const

/** A value as OpenCV's saturate_cast makes it one of the dtype. */
function saturate(value: nd.Scalar, dtype: nd.DType): Element {
  const { kind, min, max } = nd.dtypes[dtype]
  const number = typeof value === 'boolean' ? Number(value) : value
  if (dtype === 'float32') return Math.fround(Number(number))
  if (kind === 'float') return Number(number)
  if (kind === 'bool') return Number(number > 0.5)
  const zero = typeof min === 'bigint' ? 0n : 0
  if (Number.isNaN(number)) return zero
  const [low, high] = [min as Element, max as Element]
  if (number <= low || number >= high) return number <= low ? low : high
  const whole = typeof number === 'number' ? halfToEven(number) : number
  return typeof min === 'bigint' ? BigInt(whole as number) : Number(whole) + 0
}

function halfToEven(value: number): number {
  const rounded = Math.round(value)
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

function thresholded(
  values: readonly Element[],
  dtype: nd.DType,
  t: nd.Scalar,
  mode: nd.ThresholdMode,
  maxValue: nd.Scalar,
): Element[] {
  const level = asThreshold(t, dtype)
  const isFloat = nd.dtypes[dtype].kind === 'float'
  const isBelow = nd.dtypes[dtype].kind === 'int' && Number(t) < Number(nd.dtypes[dtype].min)
  const cut = saturate(isBelow ? 0 : typeof t === 'number' && !isFloat ? Math.floor(t) : t, dtype)
  const max = saturate(maxValue, dtype)
  const zero = typeof values[0] === 'bigint' ? 0n : 0
  return values.map(value => {
    const [above, notAbove] = [relate('>', value, level), relate('<=', value, level)]
    switch (mode) {
      case 'binary':
        return above ? max : zero
      case 'binaryInv':
        return notAbove ? max : zero
      case 'trunc':
        return above ? cut : value
      case 'toZero':
        return above ? value : zero
      default:
        return notAbove ? value : zero
    }
  })
}

describe('threshold', () => {
  const cases = sample().chain(from =>
    fc.record({
      from: fc.constant(from),
      mode: fc.constantFrom(...MODES),
      t: thresholds(from.dtype),
      maxValue: thresholds(from.dtype),
      how: arrangement,
    }),
  )

  it('has five modes, into a new array, another one and the input itself', () => {
    fc.assert(
      fc.property(cases, ({ from, mode, t, maxValue, how }) => {
        const want = thresholded(from.values, from.dtype, t, mode, maxValue)
        using a = arrayOf(from)
        using fresh = nd.threshold(a, t, { mode, maxValue })
        expect(elements(fresh)).toEqual(want)
        expect([fresh.dtype, fresh.shape]).toEqual([from.dtype, from.shape])
        using out = arranged(from.dtype, from.shape, from.values, how)
        expect(nd.threshold(a, t, { mode, maxValue, out })).toBe(out)
        expect(elements(out)).toEqual(want)
        expect(elements(a)).toEqual(from.values)
        expect(nd.threshold(a, t, { mode, maxValue, out: a })).toBe(a)
        expect(elements(a)).toEqual(want)
      }),
      { numRuns: 800 },
    )
    nd.memory.check()
  })

  it.each(DTYPES)('of %s at every length around the vectors, and above one chunk', dtype => {
    const long = pattern(dtype, 32_800)
    const t = long[3] as Element
    for (const length of [...Array(71).keys(), 32_767, 32_769, 32_800]) {
      const x = long.slice(0, length)
      using a = nd.fromTypedArray(typedArray(dtype, x), length, { dtype })
      for (const mode of MODES) {
        using b = nd.threshold(a, t, { mode, maxValue: 1 })
        expectElements(b, thresholded(x, dtype, t, mode, 1))
      }
    }
  })

  it('into an overlapping view reads before it writes', () => {
    for (const mode of MODES) {
      const x = pattern('int16', 60)
      const t = x[3] as number
      using a = nd.fromTypedArray(typedArray('int16', x), 60)
      using low = a.slice(':-7')
      using high = a.slice('7:')
      nd.threshold(low, t, { mode, out: high })
      expect(elements(high)).toEqual(thresholded(x.slice(0, 53), 'int16', t, mode, 32767))
      const y = elements(a)
      using reversed = a.slice('::-1')
      nd.threshold(a, t, { mode, out: reversed })
      expect(elements(reversed)).toEqual(thresholded(y, 'int16', t, mode, 32767))
    }
  })

  it('writes the largest integer, 1 or true by default', () => {
    for (const dtype of DTYPES) {
      using a = nd.array([0, 1], { dtype })
      using b = nd.threshold(a, 0)
      const { kind, max } = nd.dtypes[dtype]
      expect(b.get(1)).toBe(kind === 'float' ? 1 : max)
      expect(Number(b.get(0))).toBe(0)
    }
  })

  it('rounds maxValue half to even, and saturates it', () => {
    using a = nd.ones(1, { dtype: 'uint8' })
    const written = (maxValue: nd.Scalar): number => {
      using b = nd.threshold(a, 0, { maxValue })
      return b.item()
    }
    const values = [0.5, 1.5, 2.5, 2.6, 254.5, 255.4, 300, -3, NaN, Infinity, 2n ** 80n, -1n, true]
    expect(values.map(written)).toEqual([0, 2, 2, 3, 254, 255, 255, 0, 0, 255, 255, 0, 1])
  })

  it('refuses unknown modes, values of other types and an out that does not fit, and writes nothing', () => {
    using a = nd.ones([2, 2], { dtype: 'int32' })
    for (const mode of ['otsu', 'toString', 5, [], {}])
      refuses(nd.DTypeError, () => nd.threshold(a, 0, { mode: mode as never, out: a }))
    for (const maxValue of ['1', [], {}])
      refuses(nd.DTypeError, () => nd.threshold(a, 0, { maxValue: maxValue as never, out: a }))
    using flat = nd.ones(4, { dtype: 'int32' })
    using floats = nd.ones([2, 2])
    refuses(nd.ShapeError, () => nd.threshold(a, 5, { out: flat }))
    refuses(nd.DTypeError, () => nd.threshold(a, 5, { out: floats as never }))
    refuses(nd.DTypeError, () => nd.threshold(a, 5, { out: 'a' as never }))
    expect([a.sum(), flat.sum(), floats.sum()]).toEqual([4n, 4n, 4])
  })
})
