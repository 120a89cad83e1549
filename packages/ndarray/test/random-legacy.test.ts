import { afterAll, describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { leavesNothing, refuses } from './heap.ts'
import { sha256 } from './random-fixtures.ts'
import { asElement, dtypeOf, fixtures, hashOf, run } from './random-steps.ts'

const { DTypeError, random } = nd
const { MT19937, PCG64, RandomState } = random

afterAll(() => nd.memory.check())

/** Units in the last place that a normal number may be off: those of the logarithm, carried on. */
const UNITS = 2

/** How many units in the last place of the larger lie between two numbers. */
function units(a: number, b: number): number {
  return Math.abs(a - b) / 2 ** (Math.floor(Math.log2(Math.max(Math.abs(a), Math.abs(b)))) - 52)
}

describe('RandomState, as NumPy draws it', () => {
  it.each(fixtures.legacyResults)('from $name', ({ name, drawn }) => {
    const rng = new RandomState(name === 'seed' ? 7 : new PCG64(7))
    fixtures.legacySteps.forEach((step, i) => {
      leavesNothing(() =>
        nd.scope(() => {
          const made = asElement(run(rng, step), dtypeOf(step))
          const next = rng.randint(2 ** 32, { dtype: 'uint32' })
          expect([hashOf(made), next], JSON.stringify(step)).toEqual(drawn[i])
        }),
      )
    })
  })

  it.each(fixtures.seeds)('seeded by $seed', ({ seed, first, key }) => {
    const again = new RandomState(0)
    again.randn()
    again.seed(seed)
    for (const rng of [new RandomState(seed), again]) {
      using drawn = rng.randint(0, 100, { size: 5, dtype: 'int32' })
      expect([...drawn.toTypedArray()]).toEqual(first)
      const { state, hasGauss, gauss } = rng.getState() as nd.random.LegacyState
      expect([sha256(state.key).slice(0, 10), hasGauss, gauss]).toEqual([key, 0, 0])
    }
  })

  it.each(fixtures.normals)('normal numbers over $name', ({ name, drawn, sum, last }) => {
    const rng = new RandomState(new random[name](3))
    const near = (values: nd.NDArray, expected: number[]) =>
      [...(values.toTypedArray() as Float64Array)].forEach((value, i) => {
        expect(units(value, expected[i] as number)).toBeLessThanOrEqual(UNITS)
      })
    drawn.slice(0, -1).forEach(([expected, kept, next]) => {
      using values = rng.standardNormal({ size: expected.length })
      near(values, expected)
      expect((rng.getState() as nd.random.LegacyState).hasGauss).toBe(kept)
      expect(rng.randint(2 ** 32, { dtype: 'uint32' })).toBe(next)
    })
    using means = nd.array([0, 10])
    using widths = nd.array([1, 0.5])
    using values = rng.normal(means, widths, { size: [3, 2] })
    near(values, drawn.at(-1)?.[0] as number[])
    using large = rng.randn(100_001)
    expect(Math.abs(large.sum() - sum)).toBeLessThan(1e-9)
    expect(units(large.get(100_000), last)).toBeLessThanOrEqual(UNITS)
  })
})

describe('RandomState', () => {
  it('gives one value without a size', () => {
    const rng = new RandomState(1)
    const values = [rng.rand(), rng.randn(), rng.uniform(), rng.normal(), rng.randomSample(), rng.random()]
    for (const value of values) expect(typeof value).toBe('number')
    expect(typeof rng.randint(5)).toBe('bigint')
    expect(typeof rng.randint(5, { dtype: 'int32' })).toBe('number')
    expect(typeof rng.randint(2, { dtype: 'bool' })).toBe('boolean')
    expect(typeof rng.randomIntegers(6)).toBe('bigint')
    expect(rng.uniform(2, 2)).toBe(2)
  })

  it('draws what a set state says, the kept normal number with it', () => {
    const rng = new RandomState(5)
    rng.randn()
    const state = rng.getState()
    const first = [rng.randn(), rng.randn(), rng.rand()]
    rng.setState(state)
    expect([rng.randn(), rng.randn(), rng.rand()]).toEqual(first)
    const other = new RandomState()
    other.setState(state)
    expect([other.randn(), other.randn(), other.rand()]).toEqual(first)
    // A state of the bit generator alone keeps nothing.
    other.setState(new MT19937(1).state)
    expect((other.getState() as nd.random.LegacyState).hasGauss).toBe(0)
  })

  it('is fresh without a seed', () => {
    expect(new RandomState().getState()).not.toEqual(new RandomState().getState())
  })

  it('shares its bit generator with a Generator', () => {
    const bits = new PCG64(3)
    const rng = new RandomState(bits)
    expect(rng.bitGenerator).toBe(bits)
    const twin = new random.Generator(new PCG64(3))
    expect(rng.rand()).toBe(twin.random())
    expect(() => rng.seed(1)).toThrow('only an MT19937')
  })

  it.each([-1, 2 ** 32, 1.5, '42', null, {}, [], [1, -1], [2n ** 32n], Number.NaN])(
    'refuses %s as a seed',
    seed => {
      expect(() => new RandomState(seed as never)).toThrow(DTypeError)
      const rng = new RandomState(1)
      const before = rng.getState()
      expect(() => rng.seed(seed as never)).toThrow(DTypeError)
      expect(rng.getState()).toEqual(before)
    },
  )

  it('takes arrays, typed arrays and bigints as seeds', () => {
    using array = nd.array([1, 2, 3], { dtype: 'uint8' })
    const expected = new RandomState([1, 2, 3]).rand()
    for (const seed of [array, Uint32Array.of(1, 2, 3), [1n, 2n, 3n]])
      expect(new RandomState(seed).rand()).toBe(expected)
    expect(new RandomState(7n).rand()).toBe(new RandomState(7).rand())
  })

  const square = nd.ones([2, 2])
  const cases: [
    string,
    new (...parameters: never[]) => nd.EbbError,
    (rng: nd.random.RandomState) => unknown,
  ][] = [
    ['bounds the wrong way round', DTypeError, rng => rng.randint(5, 5)],
    ['bounds outside the dtype', DTypeError, rng => rng.randint(0, 300, { dtype: 'uint8' })],
    ['arrays of bounds outside the dtype', DTypeError, rng => rng.randint(0, [300], { dtype: 'uint8' })],
    ['an endpoint', DTypeError, rng => rng.randint(5, { endpoint: true } as never)],
    ['a size of −1', nd.ShapeError, rng => rng.rand(-1)],
    ['an infinite range', DTypeError, rng => rng.uniform(-1.7e308, 1.7e308)],
    ['a range of arrays that is not finite', DTypeError, rng => rng.uniform(square, Infinity)],
    ['arrays that do not fit the size', nd.ShapeError, rng => rng.uniform(square, 3, { size: 2 })],
    ['a width that is negative', DTypeError, rng => rng.normal(0, -1)],
    ['no number', DTypeError, rng => rng.normal('0' as never)],
    ['an array of two axes to choose from', nd.ShapeError, rng => rng.choice(square)],
    ['an axis', DTypeError, rng => rng.choice(3, { axis: 0 } as never)],
    ['too many to choose', nd.ShapeError, rng => rng.choice(3, { size: 4, replace: false })],
    ['impossible states', DTypeError, rng => rng.setState({ ...rng.getState(), hasGauss: 2 })],
    ['states of another kind', DTypeError, rng => rng.setState(new PCG64(1).state)],
    ['no state', DTypeError, rng => rng.setState(null as never)],
    ['too many numbers', nd.OutOfMemoryError, rng => rng.randn(2 ** 40)],
  ]

  it.each(cases)('%s: refused, and nothing is drawn', (_, kind, call) => {
    const rng = new RandomState(0)
    rng.randn()
    const before = rng.getState()
    refuses(kind, () => call(rng))
    expect(rng.getState()).toEqual(before)
  })
})
