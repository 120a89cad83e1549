import { readStatistics } from '@ebb/core'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { dtypes } from '../src/dtype.ts'
import { DTypeError, EbbError, OutOfMemoryError, ShapeError } from '../src/errors.ts'
import { defaultHeap } from '../src/heap/heap.ts'
import { NDArray } from '../src/ndarray.ts'
import { defaultRng, Generator, type IntegerDType, PCG64, SeedSequence } from '../src/random/index.ts'
import { fixtures, seedOf, sha256, stateOf, texts } from './random-fixtures.ts'

const INTEGER_DTYPES = Object.values(dtypes).filter(info => info.kind !== 'float')

/** The state of a generator over a PCG64, as the fixtures write it. */
function stateAfter(rng: Generator) {
  return stateOf(rng.bitGenerator as PCG64)
}

afterAll(() => expect(defaultHeap().core.exports.heapCheck()).toBe(0))

describe('integers as NumPy draws them', () => {
  it.each(fixtures.generators)('64 raw bits from seed $seed', ({ seed, draws, after }) => {
    const rng = defaultRng(seedOf(seed))
    using array = rng.integers(0, 2n ** 64n, { size: 3, dtype: 'uint64' })
    expect(texts(array.toTypedArray())).toEqual(draws)
    expect(stateAfter(rng)).toEqual(after)
  })

  it.each(fixtures.integers)('$dtype from $low to $high, endpoint $endpoint', expected => {
    const { dtype, endpoint } = expected
    const low = BigInt(expected.low)
    const high = BigInt(expected.high)
    const rng = defaultRng(42)
    using few = rng.integers(low, high, { size: expected.first.length, dtype, endpoint })
    expect(texts(few.toTypedArray())).toEqual(expected.first)
    using large = rng.integers(low, high, { size: fixtures.large, dtype, endpoint })
    expect(sha256(large.toTypedArray())).toBe(expected.sha256)
    expect(stateAfter(rng)).toEqual(expected.after)
    const scalars = expected.scalars.map(() => rng.integers(low, high, { dtype, endpoint }))
    expect(texts(scalars)).toEqual(expected.scalars)
    expect(stateAfter(rng)).toEqual(expected.afterScalars)
  })

  it.each(fixtures.mixed)('one after the other, from seed $seed', ({ seed, steps, after }) => {
    const rng = defaultRng(seed)
    for (const [dtype, low, high, endpoint, size, hash, hasUint32] of steps) {
      const options = { dtype, endpoint: endpoint === 1 }
      if (size === null) {
        const cell = new dtypes[dtype].array(new ArrayBuffer(dtypes[dtype].bytes))
        cell[0] = rng.integers(BigInt(low), BigInt(high), options) as never
        expect(sha256(cell).slice(0, hash.length)).toBe(hash)
      } else {
        using array = rng.integers(BigInt(low), BigInt(high), { ...options, size })
        expect(array.shape).toEqual([size].flat())
        expect(sha256(array.toTypedArray()).slice(0, hash.length)).toBe(hash)
      }
      expect((rng.bitGenerator as PCG64).state.hasUint32).toBe(hasUint32)
    }
    expect(stateAfter(rng)).toEqual(after)
  })
})

describe('integers', () => {
  it('are of every dtype, between the bounds, and equal from equal seeds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...INTEGER_DTYPES),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 2 ** 32 }),
        ({ name, min, max }, a, b, size, seed) => {
          const values = BigInt(max) - BigInt(min) + 1n
          const [low, high] = [a % values, b % values].sort((x, y) => Number(x - y)).map(x => x + BigInt(min))
          const dtype = name as IntegerDType
          const options = { size, dtype, endpoint: true }
          using first = defaultRng(seed).integers(low as bigint, high as bigint, options)
          using again = defaultRng(seed).integers(low as bigint, high as bigint, options)
          expect(again.toTypedArray()).toEqual(first.toTypedArray())
          for (const value of first.toTypedArray()) {
            if (BigInt(value) < (low as bigint) || BigInt(value) > (high as bigint)) {
              throw new Error(`${value} is not from ${low} to ${high}`)
            }
          }
        },
      ),
    )
  })

  it('draw what a set state says, again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), fc.array(fc.constantFrom(...INTEGER_DTYPES)), (seed, infos) => {
        const bits = new PCG64(seed)
        const rng = new Generator(bits)
        const other = defaultRng(0)
        for (const { name } of infos) {
          const state = bits.state
          const value = rng.integers(0, 2, { dtype: name as IntegerDType })
          ;(other.bitGenerator as PCG64).state = state
          expect(other.integers(0, 2, { dtype: name as IntegerDType })).toBe(value)
          expect((other.bitGenerator as PCG64).state).toEqual(bits.state)
        }
      }),
    )
  })

  it('of one bound are below it, from 0', () => {
    using one = defaultRng(3).integers(10, { size: 50, dtype: 'int16' })
    using two = defaultRng(3).integers(0, 10, { size: 50, dtype: 'int16' })
    using three = defaultRng(3).integers(10, undefined, { size: 50, dtype: 'int16' })
    expect(one.toTypedArray()).toEqual(two.toTypedArray())
    expect(three.toTypedArray()).toEqual(two.toTypedArray())
  })

  it('are JavaScript values without a size', () => {
    const rng = defaultRng(0)
    expect(typeof rng.integers(10)).toBe('bigint')
    expect(typeof rng.integers(10, { dtype: 'uint64' })).toBe('bigint')
    expect(typeof rng.integers(10, { dtype: 'int8' })).toBe('number')
    expect(typeof rng.integers(2, { dtype: 'bool' })).toBe('boolean')
  })

  it('fill shapes', () => {
    const rng = defaultRng(0)
    using none = rng.integers(10, { size: [3, 0] })
    expect([none.shape, none.size, none.dtype]).toEqual([[3, 0], 0, 'int64'])
    expect(stateAfter(rng)).toEqual(stateAfter(defaultRng(0)))
    using single = rng.integers(10, { size: [], dtype: 'int32' })
    expect(single.shape).toEqual([])
    expect(single.item()).toBe(defaultRng(0).integers(10, { dtype: 'int32' }))
    using cube = rng.integers(10, { size: [2, 3, 4], dtype: 'uint8' })
    expect(cube).toBeInstanceOf(NDArray)
    expect(cube.contiguous).toBe(true)
  })

  it.each([
    [5, 5, {}],
    [6, 5, {}],
    [0, undefined, {}],
    [6, 5, { endpoint: true }],
    [1.5, 5, {}],
    [0, Number.NaN, {}],
    [0, Infinity, {}],
    ['0', 5, {}],
    [0, '5', {}],
    [true, 5, {}],
    [undefined, 5, {}],
    [0, null, {}],
    [0, 257, { dtype: 'uint8' }],
    [0, 256, { dtype: 'uint8', endpoint: true }],
    [-1, 5, { dtype: 'uint8' }],
    [-129, 5, { dtype: 'int8' }],
    [0, 3, { dtype: 'bool' }],
    [0, 2n ** 63n + 1n, {}],
    [-(2n ** 63n) - 1n, 0, {}],
    [0, 2n ** 64n + 1n, { dtype: 'uint64' }],
    [0, 5, { dtype: 'float64' }],
    [0, 5, { dtype: 'complex64' }],
    [0, 5, { size: -1 }],
    [0, 5, { size: [2, 1.5] }],
    [0, 5, { size: '3' }],
    [0, 5, { size: null }],
    [0, 5, { size: 2 ** 40 }],
  ])('of %s to %s, %j are refused, and nothing is drawn', (low, high, options) => {
    const rng = defaultRng(0)
    rng.integers(5)
    const before = rng.bitGenerator.state
    const { exports, memory } = defaultHeap().core
    const { allocations } = readStatistics(exports, memory)
    expect(() => rng.integers(low as never, high as never, options as never)).toThrow(EbbError)
    expect(rng.bitGenerator.state).toEqual(before)
    expect(readStatistics(exports, memory).allocations).toBe(allocations)
  })

  it('name the error', () => {
    const rng = defaultRng(0)
    expect(() => rng.integers(5, 5)).toThrow(DTypeError)
    expect(() => rng.integers(0, 256, { dtype: 'int8' })).toThrow(/-128 to 127/)
    expect(() => rng.integers(5, { size: -1 })).toThrow(ShapeError)
    expect(() => rng.integers(5, { size: 2 ** 40 })).toThrow(OutOfMemoryError)
  })
})

describe('defaultRng', () => {
  it('wraps a bit generator and returns a Generator as it is', () => {
    const bits = new PCG64(9)
    const rng = defaultRng(bits)
    expect(rng.bitGenerator).toBe(bits)
    expect(defaultRng(rng)).toBe(rng)
    expect(stateAfter(defaultRng(new SeedSequence(9)))).toEqual(stateAfter(defaultRng(9)))
  })

  it('is fresh without a seed', () => {
    expect(defaultRng().bitGenerator.state).not.toEqual(defaultRng().bitGenerator.state)
  })

  it('spawns independent generators', () => {
    const [a, b] = defaultRng(1).spawn(2) as [Generator, Generator]
    expect(a.integers(2n ** 62n)).not.toBe(b.integers(2n ** 62n))
  })

  it.each([-1, 1.5, '42', null, {}])('refuses %j as a seed', seed => {
    expect(() => defaultRng(seed as never)).toThrow(DTypeError)
    expect(() => new Generator(seed as never)).toThrow(DTypeError)
  })
})
