import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { type Arrangement, arrayOf, pattern, referenceOf, sample, typedArray } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { dress, dressed, facts, indexed, meant, releaseItems } from './indexreference.ts'
import { convert, DTYPES, type Element, elements, product } from './reference.ts'

const PLAIN: Arrangement = { steps: [], margin: 0, fortran: false }

/** An array, an index of it, how the index lies, and values of which the shape broadcasts to the indexed one. */
const cases = indexed.chain(({ shape, items }) => {
  const { shape: result } = meant(shape, items)
  return fc
    .tuple(fc.nat({ max: result.length }), fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }))
    .chain(([drop, stretched]) =>
      fc.record({
        target: sample({ shape: fc.constant(shape) }),
        items: fc.constant(items),
        dresses: fc.array(dress, { minLength: items.length, maxLength: items.length }),
        source: sample({
          shape: fc.constant(result.map((length, axis) => (stretched[axis] ? 1 : length)).slice(drop)),
        }),
      }),
    )
})

const counting = (length: number): nd.NDArray<'int32'> => nd.arange(0, length, 1, { dtype: 'int32' })
const indices = (...values: number[]): nd.NDArray => nd.array(values, { dtype: 'int32' })

describe('slice with arrays', () => {
  it('reads what NumPy reads, in the same shape', () => {
    for (const fact of facts) {
      const size = product(fact.shape)
      using a = nd.fromTypedArray(
        Int32Array.from({ length: size }, (_, i) => i),
        fact.shape,
      )
      const items = fact.items.map(item => dressed(item, { how: PLAIN, dtype: 'int64' }))
      const what = JSON.stringify(fact)
      if (fact.error) expect(() => a.slice(...items), what).toThrow(nd.EbbError)
      else {
        using part = a.slice(...items)
        expect([part.shape, elements(part)], what).toEqual([fact.result, fact.values])
        expect(meant(fact.shape, fact.items), what).toEqual({ shape: fact.result, places: fact.values })
      }
      releaseItems(items)
    }
    expect(nd.memory.heap().blocks).toBe(0)
  })

  it('reads a contiguous copy, of any dtype and arrangement of the array and its indices', () => {
    fc.assert(
      fc.property(cases, ({ target, items, dresses }) => {
        const want = meant(target.shape, items)
        using a = arrayOf(target)
        const index = items.map((item, k) => dressed(item, dresses[k] as never))
        using part = a.slice(...index)
        expect(part.dtype).toBe(target.dtype)
        expect(part.shape).toEqual(want.shape)
        expect([...part.data]).toEqual(want.places.map(place => target.values[place]))
        expect(elements(a)).toEqual(target.values)
        releaseItems(index)
      }),
      { numRuns: 600 },
    )
    nd.memory.check()
  })

  it('shares no memory; a basic slice does', () => {
    using a = counting(10)
    using at = indices(2, 3)
    using copied = a.slice(at)
    using view = a.slice([2, 4])
    a.assign(7)
    expect([copied.toArray(), view.toArray()]).toEqual([
      [2, 3],
      [7, 7],
    ])
  })

  it('still takes a JavaScript array as a range', () => {
    using a = counting(10)
    using view = a.slice([0, 4])
    expect(view.toArray()).toEqual([0, 1, 2, 3])
  })

  it('takes an index of every integer dtype, at the ends of the dtype too', () => {
    using a = counting(3)
    for (const dtype of DTYPES.filter(name => ['int', 'uint'].includes(nd.dtypes[name].kind))) {
      const { min, max } = nd.dtypes[dtype]
      using fine = nd.array([2, 0, 1, 2, 0], { dtype })
      using part = a.slice(fine)
      expect(part.toArray()).toEqual([2, 0, 1, 2, 0])
      for (const bad of [max, min === 0 || min === 0n ? 3 : min]) {
        for (const length of [1, 4, 9, 40_000]) {
          using outside = nd.zeros([length], { dtype })
          outside.set(bad, -1)
          refuses(nd.IndexError, () => a.slice(outside))
          expect(() => a.slice(outside)).toThrow(`index ${bad} is out of bounds for axis 0 of length 3`)
        }
      }
    }
  })

  it('refuses 64-bit indices whose lower half would fit', () => {
    using a = counting(3)
    for (const bad of [
      2n ** 32n,
      2n ** 32n + 1n,
      -(2n ** 32n) + 1n,
      2n ** 31n,
      -(2n ** 31n),
      -(2n ** 63n),
      -4n,
    ]) {
      using at = nd.array([0n, 1n, 2n, 0n, 0n, bad, 1n, 1n, 1n])
      expect(() => a.slice(at)).toThrow(`index ${bad} is out of bounds`)
    }
  })

  it('finds the first index out of bounds', () => {
    using a = nd.zeros([4, 5])
    using rows = indices(0, 9, 8)
    using columns = indices(0, 1, -6)
    expect(() => a.slice(rows)).toThrow('index 9 is out of bounds for axis 0 of length 4')
    expect(() => a.slice(null, columns)).toThrow('index -6 is out of bounds for axis 1 of length 5')
  })

  it.each([
    [[3, 2], [0, 2], [0]],
    [[3, 2], [3, 0], [0]],
    [[3, 2], [0], [0, 2]],
    [[0, 1], [0, 0], [0]],
  ])('of %j by a mask of %j, which has no element', (shape, of, want) => {
    using a = nd.ones(shape)
    using mask = nd.zeros(of, { dtype: 'bool' })
    using part = a.slice(mask)
    expect(part.shape).toEqual(want)
    a.assignAt([mask], 7)
    a.assignAt([mask], part)
    expect(nd.all(a)).toBe(true)
    expect(a.size === 0 || nd.max(a) === 1).toBe(true)
  })

  it.each(DTYPES)('of %s by a mask, at every length around the vectors and above one chunk', dtype => {
    const long = pattern(dtype, 70_001)
    for (const every of [1, 2, 3, 40, 70_002]) {
      for (const length of [0, 1, 15, 16, 17, 31, 32, 33, 64, 70, 32_769, 70_001]) {
        const values = long.slice(0, length)
        const bits = values.map((_, i) => Number(i % every === every - 1))
        using a = nd.fromTypedArray(typedArray(dtype, values), length, { dtype })
        using mask = nd.fromTypedArray(Uint8Array.from(bits), length, { dtype: 'bool' })
        using part = a.slice(mask)
        const want = typedArray(
          dtype,
          values.filter((_, i) => bits[i]),
        )
        expect(Buffer.compare(bytesOf(part), Buffer.from(want.buffer))).toBe(0)
        using back = nd.zeros(length, { dtype })
        back.assignAt([mask], part)
        using again = back.slice(mask)
        expect(Buffer.compare(bytesOf(again), Buffer.from(want.buffer))).toBe(0)
      }
    }
  })

  it('refuses what is no index, and leaves nothing behind', () => {
    using a = nd.zeros([2, 3])
    using floats = nd.zeros(2)
    using short = nd.zeros(3, { dtype: 'bool' })
    using turned = nd.zeros([3, 2], { dtype: 'bool' })
    using many = nd.zeros([2, 3, 1], { dtype: 'bool' })
    using two = indices(0, 1)
    using three = indices(0, 1, 1)
    for (const items of [
      [floats],
      [short],
      [turned],
      [many],
      [two, two, two],
      [two, '...', '...'],
      [two, 3],
    ]) {
      refuses(nd.IndexError, () => a.slice(...(items as nd.Index[])))
      refuses(nd.IndexError, () => a.assignAt(items as nd.Index[], 1))
    }
    refuses(nd.ShapeError, () => a.slice(two, three))
    using gone = indices(0)
    gone.release()
    refuses(nd.ReleasedError, () => a.slice(gone))
    using other = new nd.Heap()
    using foreign = other.zeros(2, { dtype: 'int32' })
    refuses(nd.HeapError, () => a.slice(foreign))
    expect(a.sum()).toBe(0)
  })
})

function bytesOf(a: nd.NDArray): Buffer {
  return Buffer.from(a.data.buffer, a.byteAddress, a.nbytes)
}

describe('assignAt', () => {
  it('writes an array, broadcast and converted; of repeated indices the last', () => {
    fc.assert(
      fc.property(cases, ({ target, items, dresses, source }) => {
        const { shape, places } = meant(target.shape, items)
        const values = referenceOf(source).broadcast(shape)
        const want = [...target.values]
        places.forEach((place, i) => {
          want[place] = convert(values[i] as Element, source.dtype, target.dtype)
        })
        using a = arrayOf(target)
        using b = arrayOf(source)
        const index = items.map((item, k) => dressed(item, dresses[k] as never))
        expect(a.assignAt(index, b)).toBe(a)
        expect(elements(a)).toEqual(want)
        expect(elements(b)).toEqual(source.values)
        const one = target.values[0] as Element
        a.assignAt(index, target.dtype === 'bool' ? one !== 0 : one)
        for (const place of places) want[place] = one
        expect(elements(a)).toEqual(want)
        releaseItems(index)
      }),
      { numRuns: 600 },
    )
    nd.memory.check()
  })

  it('writes through basic items as slice and assign do', () => {
    using a = counting(6)
    leavesNothing(() =>
      a
        .assignAt([[1, 3]], 0)
        .assignAt([-1], 9)
        .assignAt(['::-3'], a.size),
    )
    expect(a.toArray()).toEqual([0, 0, 6, 3, 4, 6])
  })

  it('takes a target that is its own index, its own value, and its own mask', () => {
    using a = indices(1, 2, 3, 4, 0)
    a.assignAt([a], a)
    expect(a.toArray()).toEqual([0, 1, 2, 3, 4])
    using b = indices(1, 2, 3, 4, 0)
    using reversed = b.slice('::-1')
    b.assignAt([reversed], b)
    expect(b.toArray()).toEqual([1, 0, 4, 3, 2])
    using c = counting(5)
    using all = indices(4, 3, 2, 1, 0)
    c.assignAt([all], c)
    expect(c.toArray()).toEqual([4, 3, 2, 1, 0])
    using d = nd.array([true, false, true])
    d.assignAt([d], false)
    expect(d.toArray()).toEqual([false, false, false])
    using rows = nd.fromTypedArray(Int32Array.from([0, 1, 2, 3, 4, 5]), [3, 2])
    using first = rows.slice([0, 2])
    using down = indices(1, 2)
    rows.assignAt([down], first)
    expect(rows.toArray()).toEqual([
      [0, 1],
      [0, 1],
      [2, 3],
    ])
  })

  it('keeps the last of repeated indices, in C order of the index, however the values lie', () => {
    using target = nd.zeros([2, 3], { dtype: 'int32' })
    using at = nd.fromTypedArray(Int32Array.from([0, 1, 1, 0]), [2, 2])
    using column = nd.fromTypedArray(Int32Array.from([0, 1]), [2, 1])
    using rows = column.slice(null, [0, 1])
    using block = nd.fromTypedArray(Int32Array.from([1, 3, 2, 4]), [2, 2])
    target.assignAt([rows, at], block)
    expect(target.toArray()).toEqual([
      [1, 3, 0],
      [4, 2, 0],
    ])
    using line = nd.zeros(2, { dtype: 'int32' })
    using zero = nd.zeros([40, 40], { dtype: 'uint8' })
    using many = nd.fromTypedArray(
      Int32Array.from({ length: 1600 }, (_, i) => i),
      [40, 40],
    )
    line.assignAt([zero], many)
    expect(line.get(0)).toBe(1599)
    using backwards = many.slice('::-1', '::-1')
    line.assignAt([zero], backwards)
    expect(line.get(0)).toBe(0)
  })

  it('writes nothing when an index, a value or a shape does not fit', () => {
    using a = nd.ones([3, 3], { dtype: 'int32' })
    using bad = indices(0, 1, 3)
    using good = indices(0, 1)
    using three = counting(3)
    using four = counting(4)
    refuses(nd.IndexError, () => a.assignAt([bad], 0))
    refuses(nd.IndexError, () => a.assignAt([good, 3], 0))
    refuses(nd.ShapeError, () => a.assignAt([good, bad], 0))
    refuses(nd.DTypeError, () => a.assignAt([good], 0.5))
    refuses(nd.DTypeError, () => a.assignAt([good], 'x' as never))
    refuses(nd.ShapeError, () => a.assignAt([good], four))
    a.assignAt([good], three)
    expect(a.toArray()).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [1, 1, 1],
    ])
  })
})
