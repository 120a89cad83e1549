import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DTypeError } from '../src/errors.ts'
import { PCG64, SeedSequence } from '../src/random/index.ts'
import { fixtures, seedOf, stateOf, texts } from './random-fixtures.ts'

describe('SeedSequence', () => {
  it.each(fixtures.seedSequences)('hashes $entropy, key $spawnKey, pool $poolSize as NumPy', expected => {
    const { entropy, poolSize } = expected
    const sequence = new SeedSequence(seedOf(entropy), { spawnKey: expected.spawnKey.map(BigInt), poolSize })
    expect(texts(sequence.generateState(9))).toEqual(expected.uint32)
    expect(texts(sequence.generateState(4, 'uint64'))).toEqual(expected.uint64)
    const children = [...sequence.spawn(2), ...sequence.spawn(1)]
    expect(children.map(child => texts(child.generateState(2)))).toEqual(expected.children)
    expect(sequence.nChildrenSpawned).toBe(3)
    const grandchild = children[1]?.spawn(2)[1] as SeedSequence
    expect(texts(grandchild.spawnKey)).toEqual(expected.grandchildKey)
    expect(texts(grandchild.generateState(2))).toEqual(expected.grandchild)
  })

  it('takes numbers, bigints and typed arrays alike', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 })), numbers => {
        const words = new SeedSequence(numbers).generateState(4)
        expect(new SeedSequence(numbers.map(BigInt)).generateState(4)).toEqual(words)
        expect(new SeedSequence(Uint32Array.from(numbers)).generateState(4)).toEqual(words)
        expect(new SeedSequence(BigUint64Array.from(numbers, BigInt)).generateState(4)).toEqual(words)
      }),
    )
  })

  it('is restored from what it shows', () => {
    const sequence = new SeedSequence()
    sequence.spawn(2)
    const { entropy, spawnKey, poolSize, nChildrenSpawned } = sequence
    const again = new SeedSequence(entropy, { spawnKey, poolSize, nChildrenSpawned })
    expect(again.generateState(8)).toEqual(sequence.generateState(8))
    expect(again.spawn(1)[0]?.generateState(8)).toEqual(sequence.spawn(1)[0]?.generateState(8))
  })

  it('is fresh without entropy: up to 128 bits, or as many as the pool has', () => {
    const values = Array.from({ length: 20 }, () => new SeedSequence().entropy as bigint)
    expect(new Set(values).size).toBe(20)
    expect(values.some(value => value >> 120n !== 0n)).toBe(true)
    expect(values.every(value => value >> 128n === 0n)).toBe(true)
    expect((new SeedSequence(undefined, { poolSize: 8 }).entropy as bigint) >> 192n).not.toBe(0n)
  })

  it('keeps its entropy when the array changes', () => {
    const entropy = [1, 2, 3]
    const sequence = new SeedSequence(entropy)
    entropy[0] = 99
    expect(sequence.entropy).toEqual([1, 2, 3])
  })

  const impossible = [
    -1,
    -1n,
    1.5,
    Number.NaN,
    Infinity,
    2 ** 53,
    '42',
    null,
    {},
    true,
    [-1],
    [1.5],
    ['1'],
    [[1]],
    [undefined],
    [true],
    new Float64Array([0.5]),
    new DataView(new ArrayBuffer(4)),
    () => 1,
  ]
  it.each(impossible.map(value => ({ value })))('refuses $value as entropy and as spawn key', ({ value }) => {
    expect(() => new SeedSequence(value as never)).toThrow(DTypeError)
    const spawnKey = typeof value === 'object' ? value : [value]
    expect(() => new SeedSequence(0, { spawnKey: spawnKey as never })).toThrow(DTypeError)
  })

  it('refuses counts that are none', () => {
    const sequence = new SeedSequence(0)
    for (const count of [-1, 1.5, Number.NaN, '1', 2n]) {
      expect(() => sequence.generateState(count as never)).toThrow(DTypeError)
      expect(() => sequence.spawn(count as never)).toThrow(DTypeError)
    }
    expect(sequence.nChildrenSpawned).toBe(0)
    for (const poolSize of [3, 4.5, 16385])
      expect(() => new SeedSequence(0, { poolSize })).toThrow(DTypeError)
    expect(() => sequence.generateState(1, 'int32' as never)).toThrow(DTypeError)
  })
})

describe('PCG64', () => {
  it.each(fixtures.generators)('begins as NumPy from $seed', ({ seed, state }) => {
    expect(stateOf(new PCG64(seedOf(seed)))).toEqual(state)
    expect(stateOf(new PCG64(new SeedSequence(seedOf(seed))))).toEqual(state)
  })

  it('takes and gives any state', () => {
    const wide = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n })
    const half = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    fc.assert(
      fc.property(wide, wide, fc.integer({ min: 0, max: 1 }), half, (state, inc, hasUint32, uinteger) => {
        const bits = new PCG64(0)
        const value = { bitGenerator: 'PCG64' as const, state: { state, inc }, hasUint32, uinteger }
        bits.state = value
        expect(bits.state).toEqual(value)
      }),
    )
  })

  it('refuses an impossible state, and keeps its own', () => {
    const bits = new PCG64(1)
    const before = bits.state
    const { state, inc } = before.state
    for (const wrong of [
      null,
      undefined,
      {},
      5,
      { ...before, bitGenerator: 'MT19937' },
      { ...before, state: undefined },
      { ...before, state: { state: 2n ** 128n, inc } },
      { ...before, state: { state, inc: -1n } },
      { ...before, state: { state: 0.5, inc } },
      { ...before, hasUint32: 2 },
      { ...before, uinteger: 2 ** 32 },
      { ...before, uinteger: '1' },
    ]) {
      expect(() => {
        bits.state = wrong as never
      }).toThrow(DTypeError)
      expect(bits.state).toEqual(before)
    }
  })

  it('spawns what its seed sequence spawns', () => {
    const [, second] = new PCG64(5).spawn(2)
    expect(second?.state).toEqual(new PCG64(new SeedSequence(5, { spawnKey: [1] })).state)
    expect(second).toBeInstanceOf(PCG64)
  })
})
