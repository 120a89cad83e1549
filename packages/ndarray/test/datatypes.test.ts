import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { expectElements, leavesNothing, refuses } from './heap.ts'
import { facts } from './manipulation-fixtures.ts'
import { DTYPES } from './reference.ts'

describe('canCast', () => {
  it.each(DTYPES)('from %s is as in NumPy', from => {
    for (const to of DTYPES) {
      const expected = facts.casts.some(([a, b]) => a === from && b === to)
      expect(nd.canCast(from, to), `to ${to}`).toBe(expected)
      using a = nd.zeros(1, { dtype: from })
      expect(nd.canCast(a, to)).toBe(expected)
    }
  })

  it('refuses unknown dtypes', () => {
    refuses(nd.DTypeError, () => nd.canCast('int7' as nd.DType, 'int8'))
    refuses(nd.DTypeError, () => nd.canCast('int8', 'int7' as nd.DType))
  })
})

describe('finfo and iinfo', () => {
  it.each(['float32', 'float64'] as const)('of %s are as in NumPy', dtype => {
    const { bits, dtype: name, ...rest } = nd.finfo(dtype)
    expect([name, bits]).toEqual([dtype, dtype === 'float32' ? 32 : 64])
    expect(rest).toEqual(facts.finfo[dtype])
    using a = nd.zeros(1, { dtype })
    expect(nd.finfo(a)).toEqual(nd.finfo(dtype))
    refuses(nd.DTypeError, () => nd.iinfo(dtype))
  })

  it.each(DTYPES.slice(1, 9))('of %s are its bounds', dtype => {
    const { min, max, bytes } = nd.dtypes[dtype]
    expect(nd.iinfo(dtype)).toEqual({ dtype, bits: bytes * 8, min, max })
    refuses(nd.DTypeError, () => nd.finfo(dtype))
  })

  it('of bool there are none', () => {
    refuses(nd.DTypeError, () => nd.finfo('bool'))
    refuses(nd.DTypeError, () => nd.iinfo('bool'))
    refuses(nd.DTypeError, () => nd.iinfo('toString' as never))
  })
})

describe('isdtype', () => {
  const kinds: Record<nd.DTypeKind, nd.DType[]> = {
    bool: ['bool'],
    'signed integer': ['int8', 'int16', 'int32', 'int64'],
    'unsigned integer': ['uint8', 'uint16', 'uint32', 'uint64'],
    integral: ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'],
    'real floating': ['float32', 'float64'],
    'complex floating': [],
    numeric: DTYPES.slice(1),
  }

  it.each(Object.entries(kinds))('%s has %j', (kind, members) => {
    expect(DTYPES.filter(dtype => nd.isdtype(dtype, kind as nd.DTypeKind))).toEqual(members)
  })

  it('takes dtypes, and several', () => {
    expect(nd.isdtype('int8', 'int8')).toBe(true)
    expect(nd.isdtype('int8', 'int16')).toBe(false)
    expect(nd.isdtype('int8', ['real floating', 'int8'])).toBe(true)
    expect(nd.isdtype('int8', ['bool', 'real floating'])).toBe(false)
    expect(nd.isdtype('int8', [])).toBe(false)
  })

  it.each(['integer', 'toString', 3, null, ['int8', 'integer']])('refuses %j', bad => {
    refuses(nd.DTypeError, () => nd.isdtype('int8', bad as never))
  })
})

describe('resultType', () => {
  it('takes any number of arrays, dtypes and values', () => {
    using a = nd.zeros(1, { dtype: 'uint8' })
    expect(nd.resultType(a)).toBe('uint8')
    expect(nd.resultType(a, 'int8', a)).toBe('int16')
    expect(nd.resultType('int8', 'uint8', 'float32')).toBe('float32')
    expect(nd.resultType('int16', 'uint16', 'float32')).toBe('float64')
    refuses(nd.DTypeError, () => nd.resultType())
    refuses(nd.DTypeError, () => nd.resultType(a, {} as never))
  })

  it.each([
    ['uint8', 5, 'uint8'],
    ['uint8', 5n, 'uint8'],
    ['uint8', true, 'uint8'],
    ['uint8', 2.5, 'float64'],
    ['int64', Infinity, 'float64'],
    ['float32', 2.5, 'float32'],
    ['float32', 5n, 'float32'],
    ['bool', true, 'bool'],
    ['bool', 5n, 'int64'],
    ['bool', 5, 'float64'],
  ] as const)('of %s and the value %s is %s', (dtype, value, together) => {
    expect(nd.resultType(dtype, value)).toBe(together)
    expect(nd.resultType(value, dtype)).toBe(together)
  })

  it('of values alone is their own', () => {
    expect([nd.resultType(1), nd.resultType(1n), nd.resultType(true), nd.resultType(1n, 1)]).toEqual([
      'float64',
      'int64',
      'bool',
      'float64',
    ])
  })
})

describe('astype', () => {
  it('copies, or not', () => {
    leavesNothing(() => {
      using a = nd.array([1.5, -2.5])
      using ints = nd.astype(a, 'int8')
      expectElements(ints, [1, -2])
      using copied = nd.astype(a, 'float64')
      expect(copied.data.byteOffset).not.toBe(a.data.byteOffset)
      using same = a.astype('float64', { copy: false })
      expect(same.data.byteOffset).toBe(a.data.byteOffset)
      expect(nd.refCount(a)).toBe(2)
      using other = a.astype('int32', { copy: false })
      expectElements(other, [1, -2])
      refuses(nd.DTypeError, () => a.astype('int7' as never))
      refuses(nd.DTypeError, () => nd.astype([1] as never, 'int8'))
    })
  })
})

describe('constants', () => {
  it('are those of mathematics', () => {
    expect([nd.e, nd.pi, nd.inf, nd.nan]).toEqual([Math.E, Math.PI, Infinity, NaN])
  })
})
