import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { leavesNothing, refuses } from './heap.ts'
import { asElement, dtypeOf, elements, fixtures, hashOf, run, viewed } from './random-steps.ts'

const { random } = nd
const DTYPES = Object.keys(nd.dtypes) as nd.DType[]
const VIEWS = ['plain', 'reversed', 'transposed', 'halved'] as const

afterAll(() => nd.memory.check())

describe('shuffles, choices and integers between arrays, as NumPy draws them', () => {
  it.each(fixtures.results)('from $name', ({ name, drawn }) => {
    const rng = new random.Generator(new random[name](7))
    fixtures.steps.forEach((step, i) => {
      leavesNothing(() =>
        nd.scope(() => {
          const made = asElement(run(rng, step), dtypeOf(step))
          const next = rng.integers(2 ** 32, { dtype: 'uint32' })
          expect([hashOf(made), next], JSON.stringify(step)).toEqual(drawn[i])
        }),
      )
    })
  })
})

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 })
const layouts = fc.tuple(shapes, fc.constantFrom(...DTYPES), fc.constantFrom(...VIEWS), fc.nat(), fc.nat())

describe('shuffle', () => {
  it('takes parts of any size and layout in the order of a permutation', () => {
    fc.assert(
      fc.property(layouts, ([shape, dtype, view, k, seed]) =>
        leavesNothing(() =>
          nd.scope(() => {
            const x = viewed(elements(shape, dtype), view)
            const axis = k % shape.length
            const order = random.defaultRng(seed).permutation(x.shape[axis] as number)
            const expected = x.take(order, { axis }).toArray()
            expect(random.defaultRng(seed).permutation(x, { axis }).toArray()).toEqual(expected)
            random.defaultRng(seed).shuffle(x, { axis: axis - shape.length })
            expect(x.toArray()).toEqual(expected)
          }),
        ),
      ),
    )
  })

  it('of rows that are long, or of odd lengths', () => {
    for (const bytes of [3, 5, 15, 16, 17, 33, 4096, 70_001]) {
      using rows = nd
        .arange(0, 5 * bytes, 1, { dtype: 'int32' })
        .astype('uint8')
        .reshape([5, bytes])
      using order = random.defaultRng(1).permutation(5)
      using expected = rows.take(order, { axis: 0 })
      random.defaultRng(1).shuffle(rows)
      expect(nd.arrayEqual(rows, expected), `${bytes} bytes`).toBe(true)
    }
  })

  it('leaves what lies between the elements of a view', () => {
    using base = nd.arange(0, 40, 1, { dtype: 'int16' })
    using even = base.slice('::2')
    using odd = base.slice('1::2')
    const before = odd.toArray()
    random.defaultRng(0).shuffle(even)
    expect(odd.toArray()).toEqual(before)
    expect([...even.toTypedArray()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => 2 * i),
    )
  })
})

describe('permutation', () => {
  it('of a negative number has nothing, of a list its elements', () => {
    using none = random.defaultRng(0).permutation(-3)
    expect([none.shape, none.dtype]).toEqual([[0], 'int64'])
    using listed = random.defaultRng(0).permutation([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    using array = nd.array([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    using expected = random.defaultRng(0).permutation(array)
    expect(listed.toArray()).toEqual(expected.toArray())
  })

  it('of a number has every integer below it once', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(), (length, seed) => {
        using order = random.defaultRng(seed).permutation(length)
        expect(order.dtype).toBe('int64')
        const sorted = order.toTypedArray().sort()
        expect(sorted.every((value, i) => value === BigInt(i))).toBe(true)
        expect(sorted.length).toBe(length)
      }),
    )
  })
})

describe('permuted', () => {
  it('keeps the elements of each line, in out or not', () => {
    fc.assert(
      fc.property(layouts, ([shape, dtype, view, k, seed]) =>
        leavesNothing(() =>
          nd.scope(() => {
            const x = viewed(elements(shape, dtype), view)
            const axis = k % (shape.length + 1)
            const before = x.toArray()
            const options = axis < shape.length ? { axis } : {}
            const result = random.defaultRng(seed).permuted(x, options)
            expect(x.toArray()).toEqual(before)
            const line = (a: nd.NDArray) =>
              axis < shape.length ? nd.sort(a, { axis }).toArray() : nd.sort(a.flatten()).toArray()
            expect(line(result)).toEqual(line(x))
            const out = nd.zerosLike(x)
            expect(random.defaultRng(seed).permuted(x, { ...options, out })).toBe(out)
            if (axis < shape.length) expect(out.toArray()).toEqual(result.toArray())
            else expect(line(out)).toEqual(line(x))
          }),
        ),
      ),
    )
  })
})

describe('choice', () => {
  it('without replacement chooses none twice', () => {
    const populations = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 9990, max: 40_000 }))
    fc.assert(
      fc.property(populations, fc.nat(), fc.boolean(), fc.nat(), (population, k, shuffle, seed) => {
        const size = Math.min(k % (population + 1), 3000)
        using chosen = random.defaultRng(seed).choice(population, { size, replace: false, shuffle })
        const values = [...chosen.toTypedArray()]
        expect(new Set(values).size).toBe(size)
        expect(values.every(value => value >= 0n && value < population)).toBe(true)
      }),
    )
  })

  it('never chooses what has no chance', () => {
    const p = [0, 0.5, 0, 0.25, 0.25, 0]
    using many = random.defaultRng(5).choice(6, { size: 1000, p })
    expect(new Set(many.toTypedArray())).toEqual(new Set([1n, 3n, 4n]))
    using all = random.defaultRng(5).choice(6, { size: 3, p, replace: false })
    expect([...all.toTypedArray()].sort()).toEqual([1n, 3n, 4n])
  })

  it('takes probabilities as lists, typed arrays and arrays of any dtype and step', () => {
    const list = [0.5, 0.125, 0.25, 0.125]
    using wide = nd.array(list)
    using narrow = nd.array(list, { dtype: 'float32' })
    using twice = nd.repeat(wide, 2)
    using stepped = twice.slice('::2')
    const expected = random.defaultRng(9).choice(4, { p: list })
    for (const p of [Float64Array.from(list), Float32Array.from(list), wide, narrow, stepped])
      expect(random.defaultRng(9).choice(4, { p })).toBe(expected)
    // A sum that float32 leaves inexact is near enough.
    expect(() => random.defaultRng(0).choice(3, { p: Float32Array.of(0.3, 0.3, 0.4) })).not.toThrow()
  })

  it('gives elements, parts and arrays of what it chooses from', () => {
    const rng = random.defaultRng(3)
    expect(typeof rng.choice(5)).toBe('bigint')
    using line = nd.array([1.5, 2.5])
    expect([1.5, 2.5]).toContain(rng.choice(line))
    expect([true, false]).toContain(rng.choice([true, false]))
    using square = nd.arange(0, 6, 1, { dtype: 'int8' }).reshape([2, 3])
    using column = rng.choice(square, { axis: 1 }) as nd.NDArray
    expect([column.shape, column.dtype]).toEqual([[2], 'int8'])
    using columns = rng.choice(square, { axis: -1, size: [4, 5] })
    expect(columns.shape).toEqual([2, 4, 5])
    using single = rng.choice(3, { size: [] })
    expect(single.shape).toEqual([])
    using none = rng.choice(0, { size: 0 })
    expect(none.size).toBe(0)
  })
})

describe('integers between arrays', () => {
  it('lie between the bounds of their element', () => {
    const dtypes = fc.constantFrom(...(['int8', 'uint16', 'int32', 'int64', 'uint64'] as const))
    fc.assert(
      fc.property(
        dtypes,
        fc.array(fc.nat(120), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        (dtype, lows, seed) =>
          leavesNothing(() =>
            nd.scope(() => {
              const low = nd.array(lows, { dtype: 'int16' })
              const high = nd.array([[121], [125]], { dtype: 'uint8' })
              const rng = random.defaultRng(seed)
              const drawn = rng.integers(low, high, { dtype })
              expect([drawn.shape, drawn.dtype]).toEqual([[2, lows.length], dtype])
              drawn.toTypedArray().forEach((value: number | bigint, i: number) => {
                expect(Number(value)).toBeGreaterThanOrEqual(lows[i % lows.length] as number)
                expect(Number(value)).toBeLessThan(i < lows.length ? 121 : 125)
              })
            }),
          ),
      ),
    )
  })

  it('go into out, strided as it may be', () => {
    using base = nd.zeros([4, 6], { dtype: 'int32' })
    using out = base.slice(':', '::-2')
    const drawn = random.defaultRng(8).integers([0, 100, 200], [50, 150, 250], { out })
    expect(drawn).toBe(out)
    using expected = random
      .defaultRng(8)
      .integers([0, 100, 200], [50, 150, 250], { size: [4, 3], dtype: 'int32' })
    expect(out.toArray()).toEqual(expected.toArray())
  })

  it('take their bounds from lists, typed arrays and whole floats', () => {
    using bounds = nd.array([10, 200, 3000], { dtype: 'int32' })
    using expected = random.defaultRng(1).integers(bounds)
    const [a, b, c] = [10, 200, 3000]
    for (const same of [[a, b, c], [10n, 200n, 3000n], Int16Array.of(a, b, c), Float32Array.of(a, b, c)]) {
      using drawn = random.defaultRng(1).integers(same)
      expect(drawn.toArray()).toEqual(expected.toArray())
    }
    using floats = nd.array([a, b, c])
    using drawn = random.defaultRng(1).integers(floats)
    expect(drawn.toArray()).toEqual(expected.toArray())
  })

  it('of no bounds are none', () => {
    using none = random.defaultRng(0).integers(nd.zeros([0], { dtype: 'int8' }), 5)
    expect(none.shape).toEqual([0])
  })
})

describe('what cannot be', () => {
  const { DTypeError, ShapeError, IndexError } = nd
  const x = nd.arange(0, 12, 1, { dtype: 'int32' }).reshape([3, 4])
  const other = new nd.Heap({ maxBytes: 2 ** 23 })
  const single = nd.zeros([])
  const floats = nd.array([1, 2.5])
  const gone = nd.zeros([3])
  gone.release()
  type Call = (rng: nd.random.Generator) => unknown
  const cases: [string, new (...parameters: never[]) => nd.EbbError, Call][] = [
    ['p negative', DTypeError, rng => rng.choice(3, { p: [0.5, -0.5, 1] })],
    ['p NaN', DTypeError, rng => rng.choice(2, { p: [Number.NaN, 1] })],
    ['p too small', DTypeError, rng => rng.choice(2, { p: [0.5, 0.4999999] })],
    ['p too short', ShapeError, rng => rng.choice(3, { p: [0.5, 0.5] })],
    ['p of two axes', ShapeError, rng => rng.choice(3, { p: x })],
    ['p released', nd.ReleasedError, rng => rng.choice(3, { p: gone })],
    ['too many', ShapeError, rng => rng.choice(3, { size: [2, 2], replace: false })],
    ['too few chances', ShapeError, rng => rng.choice(3, { size: 2, p: [0, 1, 0], replace: false })],
    ['from nothing', ShapeError, rng => rng.choice(0)],
    ['from less than nothing', ShapeError, rng => rng.choice(-1, { size: 3 })],
    ['from an empty array', ShapeError, rng => rng.choice([], { size: 3 })],
    ['from 1.5', DTypeError, rng => rng.choice(1.5)],
    ['from a text', DTypeError, rng => rng.choice('abc' as never)],
    ['from an axis that is not there', IndexError, rng => rng.choice(x, { axis: 2 })],
    ['a size of −1', ShapeError, rng => rng.choice(3, { size: -1 })],
    [
      'a sample too large',
      nd.OutOfMemoryError,
      rng => rng.choice(2 ** 40, { size: 2 ** 35, replace: false }),
    ],
    ['shuffle along axis 2', IndexError, rng => rng.shuffle(x, { axis: 2 })],
    ['shuffle of a 0-d array', IndexError, rng => rng.shuffle(single)],
    ['shuffle of a list', DTypeError, rng => rng.shuffle([1, 2] as never)],
    ['shuffle of what is released', nd.ReleasedError, rng => rng.shuffle(gone)],
    ['an unknown option', DTypeError, rng => rng.shuffle(x, { axes: 1 } as never)],
    ['permutation of 1.5', DTypeError, rng => rng.permutation(1.5)],
    ['permutation of too many', nd.OutOfMemoryError, rng => rng.permutation(2 ** 40)],
    ['permuted into another shape', ShapeError, rng => rng.permuted(x, { out: x.T as never })],
    ['permuted along axis 2', IndexError, rng => rng.permuted(x, { axis: 2 })],
    ['bounds the wrong way round', DTypeError, rng => rng.integers([0, 5], [5, 5])],
    ['bounds outside the dtype', DTypeError, rng => rng.integers([0, -1], 5, { dtype: 'uint8' })],
    ['bounds above the dtype', DTypeError, rng => rng.integers(0, [5, 257], { dtype: 'uint8' })],
    ['bounds of fractions', DTypeError, rng => rng.integers(floats, 5)],
    ['bounds of NaN', DTypeError, rng => rng.integers([Number.NaN], 5)],
    ['bounds beyond 64 bits', DTypeError, rng => rng.integers(Float64Array.of(2 ** 64), 2 ** 65)],
    ['bounds of fractions', DTypeError, rng => rng.integers([0.5], 5)],
    ['bounds that do not broadcast', ShapeError, rng => rng.integers([1, 2], [3, 4, 5])],
    ['bounds larger than the size', ShapeError, rng => rng.integers([1, 2], 9, { size: 3 })],
    ['bounds of two heaps', nd.HeapError, rng => rng.integers(x, other.full([4], 20, { dtype: 'int32' }))],
    ['bytes of −1', DTypeError, rng => rng.bytes(-1)],
  ]

  it.each(cases)('%s is refused, and nothing is drawn', (_, kind, call) => {
    const rng = random.defaultRng(0)
    const before = rng.bitGenerator.state
    const elements = x.toArray()
    nd.scope(() => refuses(kind, () => call(rng)))
    expect(rng.bitGenerator.state).toEqual(before)
    expect(x.toArray()).toEqual(elements)
  })
})

it('arrays of a heap give arrays of that heap', () => {
  using heap = new nd.Heap({ maxBytes: 2 ** 23 })
  const x = heap.arange(0, 6, 1, { dtype: 'int32' })
  const rng = random.defaultRng(0)
  const p = [0.5, 0.5, 0, 0, 0, 0]
  const made = leavesNothing(() => [
    rng.choice(x, { size: 3 }),
    rng.choice(x, { size: 3, p }),
    rng.choice(x, { size: 2, p, replace: false }),
    rng.choice(x, { size: 3, replace: false }),
    rng.permutation(x),
    rng.permuted(x),
    rng.integers(x, 9),
    new random.RandomState(1).choice(x, { size: 3, replace: false }),
    new random.RandomState(1).choice(x, { size: 3, p }),
    new random.RandomState(1).normal(x, 2),
  ])
  for (const array of made) expect((array as nd.NDArray).lease.heap).toBe(heap)
})
