import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DTypeError } from '../src/errors.ts'
import {
  type BitGenerator,
  Generator,
  MT19937,
  PCG64,
  PCG64DXSM,
  Philox,
  SFC64,
} from '../src/random/index.ts'
import { leavesNothing } from './heap.ts'
import { sha256, stateHash } from './random-hashes.ts'

type Kind = 'raw' | 'float64' | 'float32' | 'bool' | 'uint8' | 'int16' | 'int32' | 'int64'
interface Fixture {
  name: keyof typeof kinds
  seed: string
  first: string[]
  state: string
  steps: [kind: Kind, size: number, hash: string, state: string][]
  jumped?: [jumps: number, draw: string, state: string][]
  advanced?: [delta: string, draw: string][]
}

const kinds = { PCG64, PCG64DXSM, SFC64, Philox, MT19937 }
const names = Object.keys(kinds) as (keyof typeof kinds)[]
const fixtures: Fixture[] = JSON.parse(
  readFileSync(new URL('fixtures/generators.json', import.meta.url), 'utf8'),
)

function draw(bits: BitGenerator, kind: Kind, size: number) {
  const rng = new Generator(bits)
  const dtype = kind as never
  switch (kind) {
    case 'raw':
      return bits.randomRaw({ size })
    case 'float64':
    case 'float32':
      return rng.random({ size, dtype })
    case 'bool':
      return rng.integers(2, { size, dtype })
    case 'uint8':
      return rng.integers(200, { size, dtype })
    case 'int16':
      return rng.integers(-1000, 1000, { size, dtype })
    case 'int32':
      return rng.integers(0, 100, { size, dtype })
    default:
      return rng.integers(-(2n ** 62n), 2n ** 62n, { size, dtype })
  }
}

describe.each(fixtures)('$name from seed $seed', fixture => {
  const seed = BigInt(fixture.seed)
  const bits = new kinds[fixture.name](seed) as PCG64

  it('draws as NumPy, whatever is drawn after what, and stands where NumPy stands', () => {
    using first = bits.randomRaw({ size: fixture.first.length })
    expect([...first].map(String)).toEqual(fixture.first)
    expect(stateHash(bits)).toBe(fixture.state)
    for (const [kind, size, hash, state] of fixture.steps) {
      using drawn = draw(bits, kind, size)
      expect([kind, size, sha256(drawn.toTypedArray()), stateHash(bits)]).toEqual([kind, size, hash, state])
    }
  })

  it('moves on at once as NumPy, where NumPy can', () => {
    expect([typeof bits.jumped, typeof bits.advance]).toEqual([
      fixture.jumped ? 'function' : 'undefined',
      fixture.advanced ? 'function' : 'undefined',
    ])
    for (const [jumps, drawn, state] of fixture.jumped ?? []) {
      const other = bits.jumped(jumps)
      expect([stateHash(other), String(other.randomRaw())]).toEqual([state, drawn])
    }
    for (const [delta, drawn] of fixture.advanced ?? []) {
      expect(String(bits.advance(BigInt(delta)).randomRaw())).toBe(drawn)
    }
  })
})

describe.each(names)('%s', name => {
  const kind = kinds[name]

  it('draws again what a set state says', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n }), fc.nat(3000), (seed, skipped) => {
        const bits: BitGenerator = new kind(seed)
        bits.randomRaw({ size: skipped }).release()
        new Generator(bits).random({ dtype: 'float32' })
        const { state } = bits
        const drawn = draw(bits, 'float32', 5)
        const other: BitGenerator = new kind(1)
        other.state = state
        const again = draw(other, 'float32', 5)
        expect(again.toArray()).toEqual(drawn.toArray())
        expect(other.state).toEqual(bits.state)
        drawn.release()
        again.release()
      }),
      { numRuns: 20 },
    )
  })

  it('keeps its state when a state is refused', () => {
    const bits: BitGenerator = new kind(3)
    const { state } = bits
    for (const wrong of [
      null,
      {},
      { bitGenerator: name },
      { bitGenerator: 'other' },
      { ...state, state: {} },
    ]) {
      expect(() => {
        bits.state = wrong as never
      }).toThrow(DTypeError)
    }
    expect(bits.state).toEqual(state)
  })

  it('refuses what is no seed', () => {
    for (const wrong of [-1, 1.5, Number.NaN, 'seed', [1, -2], {}]) {
      expect(() => new kind(wrong as never)).toThrow(DTypeError)
    }
  })

  it('spawns generators of its kind that draw differently', () => {
    const children = new kind(8).spawn(3)
    expect(children.every(child => child instanceof kind)).toBe(true)
    expect(new Set(children.map(child => child.randomRaw())).size).toBe(3)
  })

  it('draws into out, strided or not, what it draws into a new array', () => {
    leavesNothing(() => {
      const rng = new Generator(new kind(9))
      const same = new Generator(new kind(9))
      using expected = rng.random({ size: [3, 4] })
      using block = new Generator(new kind(1)).random({ size: [4, 6] })
      using columns = block.slice(null, [null, null, 2])
      using view = columns.T
      expect(same.random({ out: view })).toBe(view)
      expect(view.toArray()).toEqual(expected.toArray())
    })
  })
})

describe('Philox', () => {
  it('begins at a counter and a key', () => {
    const bits = new Philox(undefined, { key: [7n, 9n], counter: 2n ** 64n + 5n })
    expect(bits.state.state.counter).toEqual(BigUint64Array.of(5n, 1n, 0n, 0n))
    expect(bits.state.state.key).toEqual(BigUint64Array.of(7n, 9n))
    expect(() => new Philox(1, { key: 2 })).toThrow(DTypeError)
    expect(() => new Philox(undefined, { key: 2n ** 128n })).toThrow(DTypeError)
  })

  it('carries its counter over all words', () => {
    const bits = new Philox(0, { counter: 2n ** 256n - 1n })
    bits.randomRaw()
    expect(bits.state.state.counter).toEqual(new BigUint64Array(4))
  })
})

describe('options of bit generators', () => {
  it('that do not exist are refused', () => {
    expect(() => new PCG64(1).randomRaw({ siez: 3 } as never)).toThrow(DTypeError)
    expect(() => new Philox(undefined, { keys: 1 } as never)).toThrow(DTypeError)
  })
})
