import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import {
  arranged,
  arrangement,
  arrayOf,
  element,
  pattern,
  referenceOf,
  sample,
  typedArray,
} from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { convert, DTYPES, type Element, elements, fromText, numpy, product, Reference } from './reference.ts'

/** A shape, and one that broadcasts to it. */
const broadcasting = fc
  .tuple(
    fc.array(fc.constantFrom(0, 1, 2, 3, 17), { maxLength: 3 }).filter(lengths => product(lengths) <= 300),
    fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    fc.nat({ max: 3 }),
  )
  .map(([shape, stretched, drop]) => ({
    shape,
    narrow: shape.map((length, axis) => (stretched[axis] ? 1 : length)).slice(Math.min(drop, shape.length)),
  }))

const assignments = broadcasting.chain(({ shape, narrow }) =>
  fc.record({
    target: sample({ shape: fc.constant(shape) }),
    source: sample({ shape: fc.constantFrom(narrow, shape) }),
    mask: sample({ shape: fc.constantFrom(narrow, shape), dtype: fc.constant('bool' as const) }),
  }),
)

describe('assign', () => {
  it('writes an array, broadcast and converted', () => {
    fc.assert(
      fc.property(assignments, ({ target, source }) => {
        using a = arrayOf(target)
        using b = arrayOf(source)
        const want = referenceOf(source)
          .broadcast(target.shape)
          .map(value => convert(value, source.dtype, target.dtype))
        expect(a.assign(b)).toBe(a)
        expect(elements(a)).toEqual(want)
        expect(elements(b)).toEqual(source.values)
      }),
      { numRuns: 400 },
    )
    nd.memory.check()
  })

  it('writes an array where a mask is true', () => {
    fc.assert(
      fc.property(assignments, ({ target, source, mask }) => {
        using a = arrayOf(target)
        using b = arrayOf(source)
        using where = arrayOf(mask) as nd.NDArray<'bool'>
        const values = referenceOf(source).broadcast(target.shape)
        const chosen = referenceOf(mask).broadcast(target.shape)
        a.assign(b, { where })
        expect(elements(a)).toEqual(
          target.values.map((value, i) =>
            chosen[i] ? convert(values[i] as Element, source.dtype, target.dtype) : value,
          ),
        )
      }),
      { numRuns: 400 },
    )
  })

  it('writes a value, everywhere or where a mask is true, and nothing beside the view', () => {
    const cases = assignments.chain(({ target, mask }) =>
      fc.record({ target: fc.constant(target), mask: fc.constant(mask), value: element(target.dtype) }),
    )
    fc.assert(
      fc.property(cases, ({ target, mask, value }) => {
        using a = arrayOf(target)
        using where = arrayOf(mask) as nd.NDArray<'bool'>
        const chosen = referenceOf(mask).broadcast(target.shape)
        const size = a.data.length
        const count = (array: Iterable<unknown>, one: unknown) =>
          [...array].filter(v => Object.is(v, one)).length
        const outside = count(a.data, value) - count(elements(a), value)
        a.assign(value, { where })
        expect(elements(a)).toEqual(target.values.map((old, i) => (chosen[i] ? value : old)))
        a.assign(value)
        expect(elements(a)).toEqual(target.values.map(() => value))
        expect(a.data.length).toBe(size)
        expect(count(a.data, value) - a.size).toBe(outside)
      }),
      { numRuns: 300 },
    )
  })

  it.each(numpy.conversions)(
    'and astype convert $from to $to as NumPy',
    ({ from, to, values, converted }) => {
      const x = values.map(text => fromText(text, from))
      const want = typedArray(
        to,
        converted.map(text => fromText(text, to)),
      )
      using a = nd.fromTypedArray(typedArray(from, x), x.length, { dtype: from })
      using b = a.astype(to)
      expect(b.toTypedArray()).toEqual(want)
      using c = nd.empty(x.length, { dtype: to })
      expect(c.assign(a).toTypedArray()).toEqual(want)
    },
  )

  it.each(DTYPES)('from %s at every length around the vectors, and above one chunk', dtype => {
    const long = pattern(dtype, 70_001)
    for (const length of [0, 1, 2, 3, 5, 15, 16, 17, 31, 33, 64, 70, 32_769, 70_001]) {
      const x = long.slice(0, length)
      using a = nd.fromTypedArray(typedArray(dtype, x), length, { dtype })
      for (const to of DTYPES) {
        using b = a.astype(to)
        expectElements(
          b,
          x.map(value => convert(value, dtype, to)),
        )
      }
      a.assign(0)
      expect(a.data.every(value => Number(value) === 0)).toBe(true)
    }
  })

  it('saturates floats at the ends of 32- and 64-bit integers, and wraps what is smaller', () => {
    using a = nd.array([1e300, -1e300, Infinity, -Infinity, NaN, 300.7, -1.5])
    const as = (dtype: nd.DType): unknown => {
      using b = a.astype(dtype)
      return b.toArray()
    }
    expect(as('int32')).toEqual([2 ** 31 - 1, -(2 ** 31), 2 ** 31 - 1, -(2 ** 31), 0, 300, -1])
    expect(as('uint32')).toEqual([2 ** 32 - 1, 0, 2 ** 32 - 1, 0, 0, 300, 0])
    expect(as('int64')).toEqual([2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n - 1n, -(2n ** 63n), 0n, 300n, -1n])
    expect(as('uint64')).toEqual([2n ** 64n - 1n, 0n, 2n ** 64n - 1n, 0n, 0n, 300n, 0n])
    expect((as('int8') as number[]).slice(4)).toEqual([0, 44, -1])
    expect(as('bool')).toEqual([true, true, true, true, true, true, true])
  })

  it('of overlapping views reads before it writes, in every direction', () => {
    const view = fc.record({
      start: fc.nat({ max: 5 }),
      step: fc.constantFrom(1, -1, 2, -2),
      length: fc.nat({ max: 40 }),
    })
    fc.assert(
      fc.property(view, view, fc.constantFrom(...DTYPES), fc.boolean(), (to, from, dtype, masked) => {
        const length = Math.min(to.length, from.length)
        const items = [to, from].map(({ start, step }): nd.Slice => {
          const end = start + length * Math.abs(step)
          return step > 0 ? [start, end, step] : [end, start, step]
        }) as [nd.Slice, nd.Slice]
        const reference = new Reference([90], pattern(dtype, 90))
        using a = nd.fromTypedArray(typedArray(dtype, reference.store), 90, { dtype })
        const [target, source] = items.map(item => reference.slice([item])) as [Reference, Reference]
        const { values } = source
        const bits = pattern('bool', length)
        target.cells.forEach((cell, i) => {
          if (!masked || bits[i]) reference.store[cell] = values[i] as Element
        })
        using x = a.slice(items[0])
        using y = a.slice(items[1])
        using where = nd.fromTypedArray(typedArray('bool', bits), length, { dtype: 'bool' })
        if (masked) x.assign(y, { where })
        else x.assign(y)
        expect(elements(a)).toEqual(reference.store)
      }),
      { numRuns: 300 },
    )
    nd.memory.check()
  })

  it('of a two-dimensional view over itself reads before it writes', () => {
    using a = nd.arange(0, 100, 1, { dtype: 'int32' })
    using square = nd.fromTypedArray(a.data, [10, 10])
    using up = square.slice(':-1', '1:')
    using down = square.slice('1:', ':-1')
    const want = (up.toArray() as number[][]).map(row => [...row])
    down.assign(up)
    expect(down.toArray()).toEqual(want)
    using row = square.slice(3)
    const old = row.toArray() as number[]
    square.assign(row)
    expect(square.toArray()).toEqual(Array(10).fill(old))
  })

  it('takes a mask that is the target, or overlaps it', () => {
    const bits = [1, 0, 1, 1, 0, 0, 1]
    using a = nd.array(bits, { dtype: 'bool' })
    a.assign(false, { where: a })
    expect(a.sum()).toBe(0n)
    using b = nd.array(bits, { dtype: 'bool' })
    using reversed = b.slice('::-1')
    b.assign(true, { where: reversed })
    expect(elements(b)).toEqual(bits.map((bit, i) => bit | (bits[6 - i] as number)))
    using c = nd.array(bits, { dtype: 'bool' })
    using low = c.slice(':-1')
    using high = c.slice('1:')
    high.assign(low, { where: low })
    expect(elements(c)).toEqual(bits.map((bit, i) => (bits[i - 1] ? 1 : bit)))
  })

  it('an array to itself changes nothing', () => {
    using a = nd.arange(20)
    using same = a.slice()
    a.assign(a).assign(same)
    expect(a.sum()).toBe(190)
  })

  it('refuses shapes that do not broadcast, and writes nothing', () => {
    using a = nd.ones([2, 3])
    using b = nd.zeros([3, 2])
    using more = nd.zeros([1, 2, 3])
    using mask = nd.ones([2], { dtype: 'bool' })
    refuses(nd.ShapeError, () => a.assign(b))
    refuses(nd.ShapeError, () => a.assign(more))
    refuses(nd.ShapeError, () => a.assign(0, { where: mask }))
    using one = nd.ones([1])
    using two = nd.zeros([2])
    refuses(nd.ShapeError, () => one.assign(two))
    using own = a.slice(nd.newaxis)
    refuses(nd.ShapeError, () => a.assign(own))
    expect([a.sum(), one.sum()]).toEqual([6, 1])
  })

  it.each([['1'], [null], [undefined], [[1]], [{}]])('refuses %s as a value', bad => {
    using a = nd.ones(2)
    refuses(nd.DTypeError, () => a.assign(bad as never))
    expect(a.sum()).toBe(2)
  })

  it.each([[false], [null], [0], [''], [true], [[true, false]], ['all']])('refuses %s as a mask', bad => {
    using a = nd.ones(2)
    refuses(nd.DTypeError, () => a.assign(0, { where: bad as never }))
    refuses(nd.DTypeError, () => a.assign(a, { where: bad as never }))
    expect(a.sum()).toBe(2)
  })

  it('refuses a mask of another dtype, and writes nothing', () => {
    using a = nd.ones(2)
    using bytes = nd.ones(2, { dtype: 'uint8' })
    refuses(nd.DTypeError, () => a.assign(0, { where: bytes as never }))
    expect(a.sum()).toBe(2)
  })

  it('leaves nothing behind', () => {
    using a = nd.arange(50)
    using b = nd.arange(50, undefined, 1, { dtype: 'int16' })
    using mask = nd.less(a, 20)
    using reversed = a.slice('::-1')
    leavesNothing(() => {
      a.assign(1).assign(b).assign(reversed)
      a.assign(b, { where: mask }).assign(reversed, { where: mask })
      a.copy().release()
      a.astype('int8').release()
    })
  })
})

describe('copy', () => {
  it('is contiguous, of any arrangement', () => {
    fc.assert(
      fc.property(sample(), arrangement, (from, how) => {
        using a = arranged(from.dtype, from.shape, from.values, how)
        using b = a.copy()
        expect(elements(b)).toEqual(from.values)
        expect(b.offset).toBe(0)
        expect([...b.data]).toEqual(from.values)
      }),
    )
  })
})
