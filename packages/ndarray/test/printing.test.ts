import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arranged, arrangement, sample, typedArray } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { fromText } from './reference.ts'

interface Printed {
  dtype: nd.DType
  shape: number[]
  values?: string
  arange?: number[]
  options?: Partial<nd.PrintOptions>
  str?: string
  repr?: string
}

/** What NumPy printed; see tools/fixtures-printing.py. */
const printed = JSON.parse(
  readFileSync(new URL('./fixtures/printing.json', import.meta.url), 'utf8'),
) as Printed[]

function arrayOf({ dtype, shape, values, arange }: Printed): nd.NDArray {
  if (values !== undefined) {
    const elements = (values === '' ? [] : values.split(',')).map(text => fromText(text, dtype))
    return nd.fromTypedArray(typedArray(dtype, elements), shape, { dtype })
  }
  const [start, stop, step] = arange as [number, number?, number?]
  using line = nd.arange(start, stop, step, { dtype })
  return nd.reshape(line, shape)
}

afterEach(() => {
  nd.setPrintOptions({ precision: 8, threshold: 1000, edgeitems: 3, linewidth: 75, suppress: false })
})

describe('an array prints as in NumPy', () => {
  it.each(printed.map((each, i) => [i, each.dtype, (each.repr ?? each.str)?.slice(0, 50), each] as const))(
    '%i: %s %s',
    (_, __, ___, expected) => {
      leavesNothing(() => {
        using a = arrayOf(expected)
        nd.setPrintOptions(expected.options ?? {})
        const { str = a.toString(), repr = inspect(a) } = expected
        expect([a.toString(), inspect(a), nd.arrayToString(a)]).toEqual([str, repr, str])
      })
    },
  )

  it('wherever its elements lie', () => {
    fc.assert(
      fc.property(sample(), arrangement, ({ dtype, shape, values }, how) => {
        leavesNothing(() => {
          using plain = nd.fromTypedArray(typedArray(dtype, values), shape, { dtype })
          using laid = arranged(dtype, shape, values, how)
          expect(String(laid)).toBe(String(plain))
          expect(inspect(laid)).toBe(inspect(plain))
        })
      }),
    )
  })

  it('without a copy, and reading the ends alone', () => {
    using one = nd.ones(1)
    using many = nd.broadcastTo(one, [2 ** 20, 2 ** 20])
    leavesNothing(() => expect(String(many).split('\n').length).toBe(7))
  })
})

describe('print options', () => {
  it('of one call', () => {
    using a = nd.array([1 / 3, 2])
    expect(nd.arrayToString(a, { precision: 2 })).toBe('[0.33 2.  ]')
    expect(String(a)).toBe('[0.33333333 2.        ]')
  })

  it('stay until they are set again', () => {
    using a = nd.arange(10n)
    const before = nd.setPrintOptions({ threshold: 5, edgeitems: 1 })
    expect(before).toEqual({ precision: 8, threshold: 1000, edgeitems: 3, linewidth: 75, suppress: false })
    expect(String(a)).toBe('[0 ... 9]')
    nd.setPrintOptions(before)
    expect(String(a)).toBe('[0 1 2 3 4 5 6 7 8 9]')
    expect(nd.arrayToString(a, { threshold: 0 })).toBe('[0 1 2 ... 7 8 9]')
  })

  it.each([
    { precision: -1 },
    { precision: 1.5 },
    { precision: Infinity },
    { edgeitems: Infinity },
    { linewidth: '3' },
    { threshold: NaN },
    { suppress: 1 },
    { digits: 3 },
  ])('%j is refused', bad => {
    using a = nd.ones(1)
    refuses(nd.DTypeError, () => nd.setPrintOptions(bad as never))
    refuses(nd.DTypeError, () => nd.arrayToString(a, bad as never))
  })
})

describe('as a primitive', () => {
  it('an array of one element is that element', () => {
    using float = nd.full([], 2.5)
    using long = nd.full([1, 1], 2n ** 60n)
    using bool = nd.full([], true)
    expect(+(float as unknown as number)).toBe(2.5)
    expect((float as unknown as number) * 2).toBe(5)
    expect((long as unknown as bigint) + 1n).toBe(2n ** 60n + 1n)
    expect(Number(bool)).toBe(1)
    expect(`${float}`).toBe('2.5')
    expect(`${long}`).toBe('[[1152921504606846976]]')
  })

  it('an array of more is text, and no number', () => {
    using a = nd.array([1, 2])
    expect(`${a}`).toBe('[1. 2.]')
    refuses(nd.ShapeError, () => +(a as unknown as number))
    refuses(nd.ShapeError, () => (a as unknown as number) > 1)
  })
})

describe('a released array', () => {
  it('says so when it is inspected', () => {
    const a = nd.zeros([2, 3], { dtype: 'int8' })
    a.release()
    expect(inspect(a)).toBe('NDArray(int8, shape (2, 3), released)')
    expect(inspect({ a })).toContain('released')
    refuses(nd.ReleasedError, () => String(a))
    refuses(nd.ReleasedError, () => nd.arrayToString(a))
  })
})
