import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrayOf, referenceOf, sample, typedArray } from './arrays.ts'
import { leavesNothing, refuses } from './heap.ts'
import { asElement, elements, product, type Reference } from './reference.ts'

const bound = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -8, max: 8 }),
  fc.constantFrom(-1000, 1000, 2 ** 53 - 1),
)
const step = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -4, max: 4 }).filter(n => n !== 0),
  fc.constantFrom(100, -100),
)

/** A range in one of its spellings. */
const range: fc.Arbitrary<nd.Slice> = fc
  .tuple(bound, bound, step, fc.boolean())
  .map(([start, stop, by, asText]) => {
    if (!asText) return [start, stop, by]
    return [start, stop, by].map(part => part ?? '').join(':')
  })

/** Items that are valid for a shape: some axes named, newaxis anywhere, '...' at most once. */
function items(shape: readonly number[]): fc.Arbitrary<nd.Slice[]> {
  const axes = shape.map(length => {
    const ranges = fc.oneof(range, fc.constantFrom<nd.Slice>(null, ':'))
    return length === 0 ? ranges : fc.oneof(ranges, fc.integer({ min: -length, max: length - 1 }))
  })
  return fc
    .tuple(
      fc.tuple(...axes),
      fc.integer({ min: 0, max: shape.length }),
      fc.integer({ min: 0, max: shape.length }),
      fc.boolean(),
      fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 2 }),
    )
    .map(([all, head, tail, dots, news]) => {
      const from = Math.max(head, shape.length - tail)
      const list: nd.Slice[] = dots ? [...all.slice(0, head), '...', ...all.slice(from)] : all.slice(0, head)
      for (const at of news) list.splice(Math.min(at, list.length), 0, nd.newaxis)
      return list
    })
}

const shape4 = fc
  .array(fc.constantFrom(0, 1, 2, 3, 4, 5), { maxLength: 4 })
  .filter(lengths => product(lengths) <= 120)

/** Every way to read the array gives the reference's elements. */
function expectSame(a: nd.NDArray, reference: Reference): void {
  const { values } = reference
  expect(a.shape).toEqual(reference.shape)
  expect(a.size).toBe(values.length)
  expect(a.ndim).toBe(reference.shape.length)
  expect(elements(a)).toEqual(values)
  expect(a.toTypedArray()).toEqual(typedArray(a.dtype, values))
  expect(a.toArray()).toEqual(reference.toNested(value => asElement(value, a.dtype)))
  expect(throughStrides(a)).toEqual(values)
}

/** The elements as the documented formula finds them in `data`. */
function throughStrides(a: nd.NDArray): unknown[] {
  const { data, offset, strides, shape } = a
  const visit = (axis: number, at: number): unknown[] =>
    axis === shape.length
      ? [data[at]]
      : Array.from({ length: shape[axis] as number }).flatMap((_, i) =>
          visit(axis + 1, at + i * (strides[axis] as number)),
        )
  return visit(0, offset)
}

describe('slices', () => {
  it('and slices of slices select what the reference selects', () => {
    const cases = sample({ shape: shape4 }).chain(from => {
      const first = items(from.shape)
      return first.chain(a => {
        const shape = referenceOf(from).slice(a).shape
        return items(shape).map(b => ({ from, a, b }))
      })
    })
    fc.assert(
      fc.property(cases, ({ from, a, b }) => {
        using whole = arrayOf(from)
        const reference = referenceOf(from)
        expectSame(whole, reference)
        using view = whole.slice(...a)
        expectSame(view, reference.slice(a))
        using inner = view.slice(...b)
        expectSame(inner, reference.slice(a).slice(b))
        using copied = inner.copy()
        expectSame(copied, reference.slice(a).slice(b))
      }),
      { numRuns: 400 },
    )
    nd.memory.check()
  })

  it('share memory in both directions', () => {
    fc.assert(
      fc.property(
        sample({ shape: shape4 }).chain(from => items(from.shape).map(a => ({ from, a }))),
        ({ from, a }) => {
          using whole = arrayOf(from)
          using view = whole.slice(...a)
          const reference = referenceOf(from)
          const part = reference.slice(a)
          view.assign(1)
          for (const cell of part.cells) reference.store[cell] = one(from.dtype)
          expect(elements(whole)).toEqual(reference.values)
          whole.assign(0)
          expect(elements(view).every(value => Number(value) === 0)).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('iterate over the first axis', () => {
    fc.assert(
      fc.property(sample({ shape: shape4.filter(lengths => lengths.length > 0) }), from => {
        using a = arrayOf(from)
        const reference = referenceOf(from)
        let index = 0
        for (const part of a) {
          const expected = reference.at(index++)
          if (part instanceof nd.NDArray) {
            expect(a.ndim).toBeGreaterThan(1)
            expect(elements(part)).toEqual(expected.values)
            part.release()
          } else {
            expect(a.ndim).toBe(1)
            expect(part).toEqual(asElement(expected.values[0] as number, from.dtype))
          }
        }
        expect(index).toBe(from.shape[0])
      }),
    )
    using scalar = nd.array(3)
    expect(() => [...scalar]).toThrow(nd.IndexError)
  })

  it('of 0-d arrays are the array itself', () => {
    using a = nd.array(7n)
    using b = a.slice()
    using c = a.slice('...')
    using d = a.slice(nd.newaxis, '...')
    expect([b.item(), c.item(), d.shape]).toEqual([7n, 7n, [1]])
    b.assign(8)
    expect(a.item()).toBe(8n)
  })

  it.each([
    ['1:3', [1, 2]],
    [' 1 : 3 ', [1, 2]],
    ['::-1', [4, 3, 2, 1, 0]],
    ['-2:', [3, 4]],
    [':-2', [0, 1, 2]],
    ['3:1:-1', [3, 2]],
    ['::2', [0, 2, 4]],
    ['4:1:', []],
    ['-100:100:3', [0, 3]],
    [':', [0, 1, 2, 3, 4]],
  ])('text %o', (text, expected) => {
    using a = nd.arange(5)
    using view = a.slice(text)
    expect(view.toArray()).toEqual(expected)
  })

  const bad: [string, nd.Slice[]][] = [
    ['an index above', [3]],
    ['an index below', [-4]],
    ['a fractional index', [0.5]],
    ['NaN', [NaN]],
    ['a step of 0', [[0, 2, 0]]],
    ['a text with step 0', ['::0']],
    ['too many items', [0, 0, 0]],
    ['too many with dots', [0, '...', 0, 0]],
    ['two ellipses', ['...', '...']],
    ['a text without a colon', ['1']],
    ['a text with three colons', ['1:2:3:4']],
    ['words', ['a:b']],
    ['a fractional text', ['0.5:']],
    ['an empty text', ['']],
    ['a text with an inexact bound', ['9007199254740993:']],
    ['a fractional bound', [[0.5, 2]]],
    ['a text bound', [['0' as never, 2]]],
    ['a bigint', [0n as never]],
    ['a boolean', [true as never]],
    ['undefined', [undefined as never]],
    ['an object', [{} as never]],
    ['another symbol', [Symbol('newaxis') as never]],
    ['four parts', [[0, 1, 1, 1] as never]],
    ['an array', [nd.newaxis, [nd.newaxis] as never]],
  ]
  it.each(bad)('%s is refused', (_, list) => {
    using a = nd.zeros([3, 3])
    refuses(nd.IndexError, () => a.slice(...list))
    using empty = nd.zeros([0])
    refuses(nd.IndexError, () => empty.slice(0))
  })

  it('more than 64 axes are refused', () => {
    using a = nd.zeros(Array(63).fill(1))
    using b = a.slice(nd.newaxis)
    expect(b.ndim).toBe(64)
    refuses(nd.IndexError, () => b.slice(nd.newaxis))
  })
})

describe('get, set and item', () => {
  it('set writes one element', () => {
    fc.assert(
      fc.property(
        sample({ shape: shape4.filter(lengths => product(lengths) > 0) }),
        fc.infiniteStream(fc.nat()),
        (from, numbers) => {
          using a = arrayOf(from)
          const reference = referenceOf(from)
          const index = from.shape.map(length => {
            const i = (numbers.next().value as number) % length
            return i % 2 ? i : i - length
          })
          a.set(1, ...index)
          const { cells } = reference.slice(index)
          reference.store[cells[0] as number] = one(from.dtype)
          expect(elements(a)).toEqual(reference.values)
          expect(a.get(...index)).toEqual(asElement(one(from.dtype), from.dtype))
        },
      ),
    )
  })

  it.each([
    [[2, 0]],
    [[-3, 0]],
    [[0]],
    [[0, 0, 0]],
    [[]],
    [[0, 0.5]],
    [[0, NaN]],
    [['0', 0]],
    [[0, undefined]],
  ])('refuse index %j', index => {
    using a = nd.ones([2, 3])
    refuses(nd.IndexError, () => a.get(...(index as number[])))
    refuses(nd.IndexError, () => a.set(5, ...(index as number[])))
    expect(a.sum()).toBe(6)
  })

  it('item is for one element', () => {
    using a = nd.array([[5]], { dtype: 'uint64' })
    using b = nd.array([1, 2, 3])
    using last = b.slice('-1:')
    using none = nd.zeros([0])
    expect(a.item()).toBe(5n)
    expect(last.item()).toBe(3)
    refuses(nd.ShapeError, () => b.item())
    refuses(nd.ShapeError, () => none.item())
  })

  it('toTypedArray is a copy', () => {
    using a = nd.arange(4, undefined, 1, { dtype: 'int16' })
    const copy = a.toTypedArray()
    copy[0] = 99
    expect(a.get(0)).toBe(0)
    using view = a.slice('::2')
    const packed = view.toTypedArray()
    packed[0] = 99
    expect(a.get(0)).toBe(0)
    expect(packed.buffer.byteLength).toBe(4)
  })

  it('data is one view of the block, whoever asks', () => {
    using a = nd.arange(6)
    using view = a.slice('1::2')
    expect(a.data).toBe(a.data)
    expect(view.data.length).toBe(6)
    view.data[view.offset + (view.strides[0] as number)] = 42
    expect(a.get(3)).toBe(42)
  })

  it('views hold no block of their own', () => {
    using a = nd.zeros([4, 4])
    leavesNothing(() => a.slice(1).slice('::2').release())
  })
})

function one(dtype: nd.DType): number | bigint {
  return dtype === 'int64' || dtype === 'uint64' ? 1n : 1
}
