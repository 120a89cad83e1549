import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arranged, arrangement, arrayOf, pattern, sample, shape, typedArray } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { coordinates } from './indexreference.ts'
import { convert, DTYPES, type Element, elements, product } from './reference.ts'

/** An array and a mask of its shape, of its own arrangement. */
const masked = shape.chain(lengths =>
  fc.record({
    a: sample({ shape: fc.constant(lengths) }),
    mask: sample({ shape: fc.constant(lengths), dtype: fc.constant('bool' as const) }),
    values: fc
      .array(fc.constantFrom(0, 1, 2, 5), { maxLength: 2 })
      .chain(own => sample({ shape: fc.constant(own) })),
  }),
)

const bits = (...values: number[]): nd.NDArray<'bool'> => nd.array(values, { dtype: 'bool' })

describe('compress', () => {
  it('reads the elements of a mask in C order, as slice and extract do, however both lie', () => {
    fc.assert(
      fc.property(masked, ({ a: from, mask: chosen }) => {
        const want = from.values.filter((_, i) => chosen.values[i])
        using a = arrayOf(from)
        using mask = arrayOf(chosen) as nd.NDArray<'bool'>
        using compressed = nd.compress(mask, a)
        using sliced = a.slice(mask)
        using extracted = nd.extract(mask, a)
        using out = nd.empty(2 * want.length, { dtype: from.dtype })
        using every = out.slice('::-2')
        expect(a.compress(mask, { out: every })).toBe(every)
        for (const part of [compressed, sliced, extracted, every]) {
          expect([part.dtype, part.shape, elements(part)]).toEqual([from.dtype, [want.length], want])
        }
      }),
      { numRuns: 300 },
    )
    nd.memory.check()
  })

  it('chooses along an axis', () => {
    const cases = fc.array(fc.constantFrom(1, 2, 3, 5), { minLength: 1, maxLength: 3 }).chain(lengths =>
      fc.record({
        a: sample({ shape: fc.constant(lengths) }),
        axis: fc.nat({ max: lengths.length - 1 }),
        condition: fc.array(fc.constantFrom(0, 1), { maxLength: 5 }),
        how: arrangement,
      }),
    )
    fc.assert(
      fc.property(cases, ({ a: from, axis, condition, how }) => {
        const length = from.shape[axis] as number
        const fitting = condition.map((bit, i) => (i < length ? bit : 0))
        const kept = fitting.filter(Boolean).length
        const want = from.values.filter(
          (_, i) => fitting[(coordinates(from.shape)[i] as number[])[axis] as number],
        )
        using a = arrayOf(from)
        using mask = arranged('bool', [fitting.length], fitting, how)
        using part = nd.compress(mask, a, { axis: axis - a.ndim })
        expect(part.shape).toEqual(from.shape.map((n, k) => (k === axis ? kept : n)))
        expect(elements(part)).toEqual(want)
      }),
      { numRuns: 200 },
    )
  })

  it('takes a short condition for the flattened array', () => {
    using a = nd.fromTypedArray(Int32Array.of(0, 1, 2, 3, 4, 5), [2, 3])
    using mask = bits(0, 1, 0, 1)
    using turned = a.slice('::-1')
    using part = nd.compress(mask, turned)
    using extracted = nd.extract(mask, turned)
    expect([part.toArray(), extracted.toArray()]).toEqual([
      [4, 0],
      [4, 0],
    ])
  })

  it('extracts by a condition of any dtype; NaN is true', () => {
    using a = nd.arange(4)
    using condition = nd.array([0, NaN, -0, 2])
    using part = nd.extract(condition, a)
    expect(part.toArray()).toEqual([1, 3])
  })

  it('writes to an out that overlaps the array or the mask', () => {
    using a = nd.arange(0, 40, 1, { dtype: 'uint8' })
    using odd = nd.array(
      Array.from({ length: 40 }, (_, i) => i % 2),
      { dtype: 'bool' },
    )
    using end = a.slice([20, 40])
    nd.compress(odd, a, { out: end })
    expect(end.toArray()).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i + 1))
    using start = odd.slice([0, 20])
    nd.compress(odd, odd, { out: start })
    expect(start.sum()).toBe(20n)
  })

  it('reads a mask that repeats its elements', () => {
    using a = nd.fromTypedArray(Int32Array.of(0, 1, 2, 3), [2, 2])
    using column = nd.fromTypedArray(Uint8Array.of(0, 1), [2, 1], { dtype: 'bool' })
    using rows = nd.empty([2, 2], { dtype: 'bool' }).assign(column)
    using part = a.slice(rows)
    expect(part.toArray()).toEqual([2, 3])
  })

  it('refuses what does not fit, and writes nothing', () => {
    using a = nd.zeros([2, 3])
    using out = nd.ones(1)
    using long = bits(1, 0, 0, 1)
    using numbers = nd.ones(2)
    using table = nd.ones([3, 2], { dtype: 'bool' })
    using one = bits(1, 0)
    refuses(nd.IndexError, () => nd.compress(long, a, { axis: 0, out: out as never }))
    refuses(nd.IndexError, () => nd.compress(one, a, { axis: 2 }))
    refuses(nd.DTypeError, () => nd.compress(numbers, a, { axis: 0 }))
    refuses(nd.DTypeError, () => nd.compress([true] as never, a))
    refuses(nd.ShapeError, () => nd.compress(table, a))
    refuses(nd.ShapeError, () => nd.compress(one, a, { axis: 0, out }))
    using fine = bits(1, 0, 0, 0)
    using part = nd.compress(fine, a, { axis: 0 })
    expect([part.shape, out.sum()]).toEqual([[1, 3], 1])
  })
})

describe('nonzero and argwhere', () => {
  it('find what is not 0, in C order', () => {
    fc.assert(
      fc.property(sample(), from => {
        using a = arrayOf(from)
        const want = coordinates(from.shape).filter(
          (_, i) => Number.isNaN(from.values[i]) || Number(from.values[i]) !== 0,
        )
        using rows = nd.argwhere(a)
        expect([rows.dtype, rows.shape]).toEqual(['int64', [want.length, a.ndim]])
        expect([...rows.data].map(Number)).toEqual(want.flat())
        if (a.ndim === 0) return
        const found = a.nonzero()
        expect(found.map(each => [...each.data].map(Number))).toEqual(
          a.shape.map((_, axis) => want.map(at => at[axis])),
        )
        using values = a.slice(...found)
        using direct = nd.extract(a, a)
        expect(elements(values)).toEqual(elements(direct))
        for (const each of found) each.release()
      }),
      { numRuns: 300 },
    )
    nd.memory.check()
  })

  it('refuse a 0-d array only where there is no axis to name', () => {
    using a = nd.array(3)
    refuses(nd.ShapeError, () => nd.nonzero(a))
    using rows = nd.argwhere(a)
    expect(rows.shape).toEqual([1, 0])
    refuses(nd.DTypeError, () => nd.nonzero([1] as never))
  })
})

describe('putmask and place', () => {
  it('repeat the values by place, and one after the other', () => {
    fc.assert(
      fc.property(masked, ({ a: from, mask: chosen, values }) => {
        using mask = arrayOf(chosen)
        using source = arrayOf(values)
        const converted = values.values.map((value): Element => convert(value, values.dtype, from.dtype))
        const { length } = converted
        using a = arrayOf(from)
        nd.putmask(a, mask, source)
        expect(elements(a)).toEqual(
          from.values.map((old, i) =>
            chosen.values[i] && length ? (converted[i % length] as Element) : old,
          ),
        )
        using b = arrayOf(from)
        if (length === 0) {
          if (chosen.values.some(Boolean)) expect(() => nd.place(b, mask, source)).toThrow(nd.ShapeError)
          return
        }
        let next = 0
        nd.place(b, mask, source)
        expect(elements(b)).toEqual(
          from.values.map((old, i) => (chosen.values[i] ? (converted[next++ % length] as Element) : old)),
        )
      }),
      { numRuns: 400 },
    )
    nd.memory.check()
  })

  it('take values and masks that overlap the target', () => {
    for (const act of [nd.putmask, nd.place]) {
      using a = nd.arange(0, 6, 1, { dtype: 'int32' })
      using some = a.slice([4, 6])
      using mask = bits(1, 1, 1, 0, 1, 1)
      act(a, mask, some)
      expect(a.toArray()).toEqual(act === nd.putmask ? [4, 5, 4, 3, 4, 5] : [4, 5, 4, 3, 5, 4])
      using own = bits(1, 0, 1, 1)
      using two = own.slice([1, 3])
      act(own, own, two)
      expect(own.toArray()).toEqual(
        act === nd.putmask ? [false, false, false, true] : [false, false, true, false],
      )
      using c = bits(0, 1, 1)
      act(c, c, false)
      expect(c.sum()).toBe(0n)
    }
  })

  it('refuse what does not fit, and write nothing', () => {
    using a = nd.ones([2, 2], { dtype: 'int8' })
    using mask = nd.ones([2, 2], { dtype: 'bool' })
    using short = bits(1, 1)
    using numbers = nd.ones([2, 2])
    for (const act of [nd.putmask, nd.place]) {
      refuses(nd.ShapeError, () => act(a, short, 0))
      refuses(nd.DTypeError, () => act(a, numbers, 0))
      refuses(nd.DTypeError, () => act(a, mask, 128))
      refuses(nd.DTypeError, () => act(a, mask, 'x' as never))
      refuses(nd.DTypeError, () => act([1] as never, mask, 0))
    }
    expect(a.sum()).toBe(4n)
  })
})

describe('indexing', () => {
  it('leaves nothing behind but what it returns', () => {
    using a = nd.fromTypedArray(
      Float64Array.from({ length: 60 }, (_, i) => i),
      [3, 4, 5],
    )
    using turned = a.slice('::-1', null, '::2')
    using at = nd.array([0, -1, 1], { dtype: 'int16' })
    using mask = nd.less(turned, 30)
    using rows = bits(1, 0, 1)
    using order = nd.zeros([3, 4, 1], { dtype: 'int64' })
    leavesNothing(() => {
      const made = [
        turned.slice(at, 0),
        turned.slice(mask),
        turned.slice(rows, null, 1),
        turned.slice(at, null, at),
        turned.take(at, { axis: 0 }),
        turned.take([1, 2]),
        turned.takeAlongAxis(order),
        turned.compress(mask),
        turned.compress(rows, { axis: 0 }),
        nd.extract(turned, turned),
        turned.argwhere(),
        ...turned.nonzero(),
      ]
      turned.assignAt([mask], 1).assignAt([at], turned).assignAt([rows, 1], at).assignAt([0], 2)
      nd.putAlongAxis(turned, order, 3)
      nd.putmask(turned, mask, at)
      nd.place(turned, mask, at)
      for (const array of made) array.release()
    })
  })

  it.each(DTYPES)('counts masks of %s above 255 vectors and above one chunk', dtype => {
    const values = pattern(dtype, 100_003)
    using a = nd.fromTypedArray(typedArray(dtype, values), values.length, { dtype })
    using part = nd.extract(a, a)
    expect(part.size).toBe(values.filter(value => Number.isNaN(value) || Number(value) !== 0).length)
    expect(product(part.shape)).toBe(part.size)
  })
})
