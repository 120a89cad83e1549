import * as arrow from 'apache-arrow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromArrow, toArrow } from '../src/arrow.ts'
import * as nd from '../src/index.ts'
import { arrayOf, sample } from './arrays.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'

const vectors = fc.integer({ min: 0, max: 70 }).map(length => [length])
const dtypes = Object.keys(nd.dtypes) as nd.DType[]

it('there and back: any dtype and arrangement', () => {
  fc.assert(
    fc.property(sample({ shape: vectors }), from => {
      leavesNothing(() => {
        using a = arrayOf(from)
        const vector = toArrow(a)
        expect(String(vector.type).toLowerCase()).toBe(a.dtype)
        expect([...vector].map(Number)).toEqual([...a.toTypedArray()].map(Number))
        using b = fromArrow(vector)
        expect(b.dtype).toBe(a.dtype)
        expectElements(b, [...a.toTypedArray()])
      })
    }),
  )
})

it('through the bytes of a table, in several batches', () => {
  const columns = Object.fromEntries(
    dtypes.map(dtype => {
      using a = nd.ones(5, { dtype })
      return [dtype, toArrow(a)]
    }),
  )
  const table = new arrow.Table(columns as never)
  const both = arrow.tableFromIPC(arrow.tableToIPC(table.concat(table.slice(1, 4))))
  leavesNothing(() => {
    for (const dtype of dtypes) {
      using a = fromArrow(both.getChild(dtype as never) as unknown as arrow.Vector)
      expect([dtype, a.dtype, a.size, Number(a.sum())]).toEqual([dtype, dtype, 8, 8])
    }
  })
})

it('a part of a vector, in the middle of a byte of bools', () => {
  using a = nd.arange(40, undefined, 1, { dtype: 'int16' })
  using bools = nd.equal(a, 13)
  using b = fromArrow(toArrow(a).slice(11, 30))
  expect(b.toArray()).toEqual([...a].slice(11, 30))
  using c = fromArrow(toArrow(bools).slice(11, 30))
  expect(c.toArray()).toEqual([...bools].slice(11, 30))
})

it('a view shares the elements', () => {
  using a = nd.arange(10)
  using part = a.slice('3:7')
  const vector = toArrow(part, { copy: false })
  a.set(-1, 4)
  expect([...vector]).toEqual([3, -1, 5, 6])
  const copied = toArrow(part)
  a.set(-2, 5)
  expect([...copied]).toEqual([3, -1, 5, 6])
  expect(vector.get(2)).toBe(-2)
})

describe('nulls', () => {
  const some = arrow.vectorFromArray([1, null, 3, null], new arrow.Int32())
  const bools = arrow.vectorFromArray([null, true, false], new arrow.Bool())

  it('are refused, or filled', () => {
    refuses(nd.DTypeError, () => fromArrow(some))
    refuses(nd.DTypeError, () => fromArrow(some, { fill: 0.5 }))
    leavesNothing(() => {
      using a = fromArrow(some, { fill: -1 })
      expect(a.toArray()).toEqual([1, -1, 3, -1])
      using b = fromArrow(some.slice(1, 3), { fill: 9 })
      expect(b.toArray()).toEqual([9, 3])
      using c = fromArrow(bools, { fill: true })
      expect(c.toArray()).toEqual([true, true, false])
    })
  })
})

it('refuses what has no dtype, no vector, and what cannot be shared', () => {
  refuses(nd.DTypeError, () => fromArrow(arrow.vectorFromArray(['a', 'b'])))
  refuses(nd.DTypeError, () => fromArrow(arrow.vectorFromArray([1, 2], new arrow.Float16())))
  refuses(nd.DTypeError, () => fromArrow(arrow.vectorFromArray([new Date()])))
  refuses(nd.DTypeError, () => fromArrow([1, 2] as never))
  refuses(nd.DTypeError, () => fromArrow(null as never))
  using a = nd.zeros([2, 3])
  using column = a.slice(null, 0)
  using bools = nd.zeros(3, { dtype: 'bool' })
  refuses(nd.ShapeError, () => toArrow(a))
  refuses(nd.ShapeError, () => toArrow(column, { copy: false }))
  refuses(nd.DTypeError, () => toArrow(bools, { copy: false }))
  refuses(nd.DTypeError, () => toArrow(new Float64Array(2) as never))
})

it('refuses buffers that are too short', () => {
  const forge = (type: arrow.DataType, data: ArrayBufferView, nullBitmap?: Uint8Array) =>
    arrow.makeVector(
      arrow.makeData({ type, length: 100, data, ...(nullBitmap && { nullBitmap, nullCount: 3 }) } as never),
    )
  refuses(nd.FormatError, () => fromArrow(forge(new arrow.Int32(), new Int32Array(99))))
  refuses(nd.FormatError, () => fromArrow(forge(new arrow.Bool(), new Uint8Array(12))))
  refuses(nd.FormatError, () =>
    fromArrow(forge(new arrow.Int8(), new Int8Array(100), new Uint8Array(12)), { fill: 0 }),
  )
})
