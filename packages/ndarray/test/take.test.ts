import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arranged, arrangement, arrayOf, element, sample } from './arrays.ts'
import { refuses } from './heap.ts'
import { coordinates } from './indexreference.ts'
import { convert, type Element, elements, product } from './reference.ts'

const INDEX_DTYPES = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'] as const
const lengths = fc.array(fc.constantFrom(1, 2, 3, 5), { minLength: 1, maxLength: 3 })

/** Indices for an axis, in any shape, dtype and arrangement. */
function indicesFor(length: number, shape: readonly number[]) {
  return fc.record({
    values: fc.array(fc.integer({ min: -length, max: length - 1 }), {
      minLength: product(shape),
      maxLength: product(shape),
    }),
    dtype: fc.constantFrom(...INDEX_DTYPES),
    how: arrangement,
    shape: fc.constant(shape),
  })
}

type Drawn = ReturnType<typeof indicesFor> extends fc.Arbitrary<infer T> ? T : never

/** Made of what was drawn; unsigned indices count from the begin. */
function indexArray({ values, dtype, how, shape }: Drawn, length: number): nd.NDArray {
  const plain = values.map(i => (i < 0 && nd.dtypes[dtype].kind === 'uint' ? i + length : i))
  const own = plain.map((i): Element => (nd.dtypes[dtype].bytes === 8 ? BigInt(i) : i))
  return arranged(dtype, shape, own, how)
}

const cases = lengths.chain(shape =>
  fc.nat({ max: shape.length - 1 }).chain(axis =>
    fc.record({
      a: sample({ shape: fc.constant(shape) }),
      axis: fc.constant(axis),
      indices: fc
        .array(fc.constantFrom(0, 1, 2, 3), { maxLength: 2 })
        .chain(own => indicesFor(shape[axis] as number, own)),
    }),
  ),
)

/** The place in C order. */
const placeOf = (coordinate: readonly number[], shape: readonly number[]): number =>
  shape.reduce((place, length, axis) => place * length + (coordinate[axis] as number), 0)

const modulo = (i: number, length: number): number => (i < 0 ? i + length : i)

describe('take', () => {
  it('takes along an axis, in the shape of the indices', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ a: from, axis, indices }, fromEnd) => {
        const length = from.shape[axis] as number
        const want = [...from.shape.slice(0, axis), ...indices.shape, ...from.shape.slice(axis + 1)]
        const values = coordinates(want).map(at => {
          const index = placeOf(at.slice(axis, axis + indices.shape.length), indices.shape)
          const source = [...at]
          source.splice(axis, indices.shape.length, modulo(indices.values[index] as number, length))
          return from.values[placeOf(source, from.shape)]
        })
        using a = arrayOf(from)
        using at = indexArray(indices, length)
        using taken = nd.take(a, at, { axis: fromEnd ? axis - a.ndim : axis })
        expect([taken.dtype, taken.shape]).toEqual([a.dtype, want])
        expect(elements(taken)).toEqual(values)
        using out = nd.empty(want, { dtype: a.dtype })
        expect(a.take(at, { axis, out })).toBe(out)
        expect(elements(out)).toEqual(values)
      }),
      { numRuns: 300 },
    )
    nd.memory.check()
  })

  it('takes from the flattened array without an axis, however it lies', () => {
    fc.assert(
      fc.property(sample({ shape: lengths }), fc.array(fc.nat({ max: 1000 })), (from, drawn) => {
        using a = arrayOf(from)
        const at = drawn.map(i => (i % (2 * a.size)) - a.size)
        using taken = nd.take(a, at)
        expect(elements(taken)).toEqual(at.map(i => from.values[modulo(i, a.size)]))
      }),
      { numRuns: 100 },
    )
    using a = nd.fromTypedArray(Int32Array.of(0, 1, 2, 3, 4, 5), [2, 3])
    using turned = a.slice(null, '::-1')
    using taken = nd.take(turned, [0, -1, 4])
    expect(taken.toArray()).toEqual([2, 3, 4])
  })

  it('takes indices as JavaScript values', () => {
    using a = nd.arange(10)
    using some = nd.take(a, [3, -1])
    using none = nd.take(a, [])
    using table = a.take([[1n], [2n]], { axis: 0 })
    using one = a.take(4)
    expect([some.toArray(), none.toArray(), table.toArray(), one.toArray()]).toEqual([
      [3, 9],
      [],
      [[1], [2]],
      4,
    ])
    using heap = new nd.Heap()
    using foreign = heap.array([5, 6, 7])
    using there = foreign.take([1])
    expect(there.toArray()).toEqual([6])
  })

  it('writes to an out that overlaps the array or the indices', () => {
    using a = nd.arange(0, 6, 1, { dtype: 'int32' })
    using low = a.slice([0, 5])
    using high = a.slice([1, 6])
    nd.take(high, [4, 3, 2, 1, 0], { out: low })
    expect(a.toArray()).toEqual([5, 4, 3, 2, 1, 5])
    using b = nd.array([2, 0, 1], { dtype: 'int32' })
    nd.take(b, b, { out: b })
    expect(b.toArray()).toEqual([1, 2, 0])
  })

  it('takes long rows, short ones and single elements in any order of axes', () => {
    for (const row of [1, 2, 3, 5, 8, 17, 40, 300]) {
      const size = 7 * row
      using a = nd.fromTypedArray(
        Uint16Array.from({ length: size }, (_, i) => i),
        [7, row],
      )
      using rows = nd.take(a, [6, 0, -2, 3], { axis: 0 })
      expect([...rows.data]).toEqual(
        [6, 0, 5, 3].flatMap(i => Array.from({ length: row }, (_, j) => i * row + j)),
      )
      using backwards = a.slice('::-1', '::-1')
      using mirrored = nd.take(backwards, [6, 0], { axis: 0 })
      expect(mirrored.get(0, 0)).toBe(row - 1)
      using put = nd.zeros([7, row], { dtype: 'uint16' })
      using at = nd.array([6, 0, -2, 3], { dtype: 'int8' })
      put.assignAt([at], rows)
      using again = nd.take(put, at, { axis: 0 })
      expect([...again.data]).toEqual([...rows.data])
    }
  })

  it('refuses what is no index or axis, and writes nothing', () => {
    using a = nd.zeros([2, 3])
    using out = nd.ones(2)
    using floats = nd.zeros(2)
    using bools = nd.ones(2, { dtype: 'bool' })
    refuses(nd.IndexError, () => nd.take(a, [0, 6], { out }))
    refuses(nd.IndexError, () => nd.take(a, [0, -7], { out }))
    refuses(nd.IndexError, () => nd.take(a, [0, 1], { axis: 2, out }))
    refuses(nd.IndexError, () => nd.take(a, [0, 1], { axis: 0.5, out }))
    refuses(nd.IndexError, () => nd.take(a, floats, { out }))
    refuses(nd.IndexError, () => nd.take(a, bools, { out }))
    refuses(nd.DTypeError, () => nd.take(a, [0.5, 1], { out }))
    refuses(nd.DTypeError, () => nd.take(a, 'x' as never, { out }))
    refuses(nd.DTypeError, () => nd.take([1] as never, [0]))
    refuses(nd.ShapeError, () => nd.take(a, [0], { out }))
    refuses(nd.DTypeError, () => nd.take(a, [0, 1], { out: bools as never }))
    using empty = nd.zeros([0, 3])
    refuses(nd.IndexError, () => nd.take(empty, [0], { axis: 0 }))
    using nothing = nd.take(empty, [], { axis: 0 })
    expect([nothing.shape, out.sum()]).toEqual([[0, 3], 2])
  })
})

/** Shapes of an array and of indices for one axis; the others broadcast. */
const along = lengths.chain(shape =>
  fc
    .tuple(
      fc.nat({ max: shape.length - 1 }),
      fc.array(fc.constantFrom('same', 'same', 'one', 'stretch'), { minLength: 3, maxLength: 3 }),
      fc.constantFrom(0, 1, 2, 4),
    )
    .chain(([axis, ways, count]) => {
      const own = shape.map((n, k) => (k === axis ? n : ways[k] === 'stretch' ? 1 : n))
      const common = shape.map((n, k) => (k === axis ? count : n))
      return fc.record({
        axis: fc.constant(axis),
        common: fc.constant(common),
        a: sample({ shape: fc.constant(own) }),
        indices: indicesFor(
          shape[axis] as number,
          common.map((n, k) => (k !== axis && ways[k] === 'one' ? 1 : n)),
        ),
      })
    }),
)

/** For every element of the common shape, the place in `own` of the one that the indices mean. */
function places({
  axis,
  common,
  own,
  indices,
}: {
  axis: number
  common: readonly number[]
  own: readonly number[]
  indices: Drawn
}): number[] {
  const within = (at: readonly number[], shape: readonly number[]) =>
    at.map((i, k) => (shape[k] === 1 ? 0 : i))
  return coordinates(common).map(at => {
    const index = indices.values[placeOf(within(at, indices.shape), indices.shape)] as number
    const source = within(at, own)
    source[axis] = modulo(index, own[axis] as number)
    return placeOf(source, own)
  })
}

describe('takeAlongAxis and putAlongAxis', () => {
  it('read and write an element for every index', () => {
    fc.assert(
      fc.property(along, fc.nat(), ({ a: from, axis, common, indices }, seed) => {
        const meant = places({ axis, common, own: from.shape, indices })
        using a = arrayOf(from)
        using at = indexArray(indices, from.shape[axis] as number)
        using taken = nd.takeAlongAxis(a, at, { axis })
        expect([taken.dtype, taken.shape]).toEqual([a.dtype, common])
        expect(elements(taken)).toEqual(meant.map(place => from.values[place]))
        const [values] = fc.sample(
          fc.array(element(from.dtype), { minLength: meant.length, maxLength: meant.length }),
          { numRuns: 1, seed },
        ) as [Element[]]
        using put = arranged(from.dtype, common, values, { steps: [-1, 2, 1], margin: 1, fortran: false })
        nd.putAlongAxis(a, at, put, { axis: axis - a.ndim })
        const want = [...from.values]
        // Only along the axis an element is meant twice, unless the array was stretched.
        meant.forEach((place, i) => {
          want[place] = convert(values[i] as Element, from.dtype, from.dtype)
        })
        if (new Set(from.shape.map((n, k) => k === axis || n === common[k])).has(false)) return
        expect(elements(a)).toEqual(want)
      }),
      { numRuns: 300 },
    )
    nd.memory.check()
  })

  it('take the last axis unless another is given', () => {
    using a = nd.fromTypedArray(Int32Array.of(3, 1, 2, 9, 7, 8), [2, 3])
    using order = nd.fromTypedArray(Int32Array.of(1, 2, 0, 1, 2, 0), [2, 3])
    using sorted = a.takeAlongAxis(order)
    expect(sorted.toArray()).toEqual([
      [1, 2, 3],
      [7, 8, 9],
    ])
    using first = nd.zeros([2, 1], { dtype: 'int8' })
    nd.putAlongAxis(a, first, 0)
    expect(a.toArray()).toEqual([
      [0, 1, 2],
      [0, 7, 8],
    ])
  })

  it('refuse what does not fit', () => {
    using a = nd.ones([2, 3])
    using flat = nd.zeros(2, { dtype: 'int32' })
    using far = nd.full([2, 1], 3, { dtype: 'int32' })
    using other = nd.zeros([3, 1], { dtype: 'int32' })
    using floats = nd.zeros([2, 1])
    using bools = nd.zeros([2, 1], { dtype: 'bool' })
    for (const act of [
      nd.takeAlongAxis,
      (x: nd.NDArray, i: nd.NDArray, o?: object) => nd.putAlongAxis(x, i, 0, o),
    ]) {
      refuses(nd.ShapeError, () => act(a, flat))
      refuses(nd.ShapeError, () => act(a, other))
      refuses(nd.IndexError, () => act(a, far))
      refuses(nd.IndexError, () => act(a, floats))
      refuses(nd.IndexError, () => act(a, bools))
      refuses(nd.IndexError, () => act(a, far, { axis: 2 }))
    }
    using fine = nd.zeros([2, 1], { dtype: 'int32' })
    refuses(nd.ShapeError, () => nd.putAlongAxis(a, fine, a))
    expect(a.sum()).toBe(6)
  })
})
