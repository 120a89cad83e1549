import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as nd from '../src/index.ts'
import type { NDArray } from '../src/ndarray.ts'
import type { Generator } from '../src/random/index.ts'
import { leavesNothing, refuses } from './heap.ts'
import { sha256, stateHash } from './random-hashes.ts'

type GeneratorName = 'PCG64' | 'PCG64DXSM' | 'SFC64' | 'Philox' | 'MT19937'
type Values = number[] | number | Values[]
interface Case {
  kind: 'exact' | 'count' | 'near'
  generator: GeneratorName
  name: string
  parameters: number[]
  options: { dtype?: 'float32'; method?: 'inv' }
  first: (number | string)[]
  state: string
  sha256?: string
}
interface ArrayCase {
  name: string
  parameters: Values[]
  size: number[] | null
  shape: number[]
  sha256: string
  state: string
}

const { large, cases, arrays }: { large: number; cases: Case[]; arrays: ArrayCase[] } = JSON.parse(
  readFileSync(new URL('fixtures/distributions.json', import.meta.url), 'utf8'),
)

type Method = (...given: unknown[]) => NDArray
const call = (rng: Generator, name: string, ...given: unknown[]) =>
  (rng as unknown as Record<string, Method>)[name]?.(...given) as NDArray

/** Units in the last place between two floats of one sign. */
function distance(a: number, b: number, single: boolean): number {
  const pair = single ? Float32Array.of(a, b) : Float64Array.of(a, b)
  const [x = 0n, y = 0n] = Array.from<number | bigint, bigint>(
    single ? new Int32Array(pair.buffer) : new BigInt64Array(pair.buffer),
    BigInt,
  )
  return Math.abs(Number(x - y))
}

describe('distributions', () => {
  it.each(cases)('$generator $name $parameters $options: NumPy’s', fixture => {
    const bits = new nd.random[fixture.generator](12345)
    const rng = new nd.random.Generator(bits)
    rng.random({ dtype: 'float32' })
    leavesNothing(() => {
      using drawn = call(rng, fixture.name, ...fixture.parameters, { ...fixture.options, size: large })
      expect(drawn.dtype).toBe(fixture.options.dtype ?? (fixture.kind === 'count' ? 'int64' : 'float64'))
      expect(stateHash(bits)).toBe(fixture.state)
      const values = drawn.toTypedArray()
      const first: unknown[] = Array.from<unknown>(values).slice(0, fixture.first.length)
      if (fixture.kind === 'count') expect(first.map(String)).toEqual(fixture.first)
      else if (fixture.kind === 'exact') expect(first).toEqual(fixture.first)
      else {
        // Two of the functions that may be 1 ulp off come together in a quotient, and a power before the root.
        for (const [i, value] of first.entries()) {
          expect(
            distance(value as number, fixture.first[i] as number, drawn.dtype === 'float32'),
          ).toBeLessThanOrEqual(2)
        }
        return
      }
      expect(sha256(values)).toBe(fixture.sha256)
    })
  })

  it('of empty arrays are none, whatever the other parameters', () => {
    leavesNothing(() =>
      nd.scope(() => {
        const rng = nd.random.defaultRng(0)
        const none = nd.zeros([0])
        for (const drawn of [rng.uniform(none, 5), rng.uniform(2, none), rng.triangular(none, 1, 2)])
          expect(drawn.shape).toEqual([0])
        expect(new nd.random.RandomState(0).uniform(none, Number.NaN).shape).toEqual([0])
      }),
    )
  })

  it.each(arrays)('$name of arrays $parameters in $size: NumPy’s', fixture => {
    const bits = new nd.random.PCG64(7)
    leavesNothing(() =>
      nd.scope(() => {
        const given = fixture.parameters.map(values =>
          Array.isArray(values) ? nd.array(values as number[]) : values,
        )
        const whole = given.map((value, i) =>
          fixture.name === 'binomial' && i === 0 ? integers(value) : value,
        )
        const rng = new nd.random.Generator(bits)
        const drawn = call(rng, fixture.name, ...whole, fixture.size ? { size: fixture.size } : undefined)
        expect(drawn.shape).toEqual(fixture.shape)
        expect(sha256(drawn.toTypedArray())).toBe(fixture.sha256)
        expect(stateHash(bits)).toBe(fixture.state)
      }),
    )
  })

  it('come from tables that are NumPy’s, to the last bit', () => {
    nd.random.defaultRng(0).standardNormal()
    using a = nd.zeros(1)
    const memory = Buffer.from(a.data.buffer)
    // The first layer of the normal distribution's; behind its table is that of the exponential one.
    const first = Buffer.from(BigUint64Array.of(4208095142473578n).buffer)
    const at = memory.subarray(0, 1 << 20).indexOf(first)
    expect(sha256(new Uint8Array(a.data.buffer, at, 9216))).toBe('8ddedab0a685e8dc')
    expect(sha256(new Uint8Array(a.data.buffer, at + 9216, 9216))).toBe('011d8b4764853550')
  })

  it('go to arrays, to out of any strides, and one by one, from the same stream', () => {
    const NAMES: [string, ...number[]][] = [
      ['standardNormal'],
      ['normal', 3, 2],
      ['standardExponential'],
      ['uniform', 1, 4],
      ['gamma', 0.5, 2],
      ['poisson', 12],
      ['binomial', 100, 0.4],
      ['triangular', 0, 1, 2],
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.integer({ min: 0, max: 40 }),
        fc.nat(),
        ([name, ...given], n, seed) => {
          leavesNothing(() =>
            nd.scope(() => {
              const dtype = name === 'poisson' || name === 'binomial' ? 'int64' : 'float64'
              const rng = () => nd.random.defaultRng(seed)
              const whole = call(rng(), name, ...given, { size: n }).toArray()
              const out = nd.zeros([2 * n], { dtype }).slice('::-2')
              expect(call(rng(), name, ...given, { out })).toBe(out)
              expect(out.toArray()).toEqual(whole)
              const single = rng()
              expect(Array.from({ length: n }, () => call(single, name, ...given))).toEqual(whole)
            }),
          )
        },
      ),
    )
  })

  it('read an array that is also out before they write it', () => {
    nd.scope(() => {
      const means = nd.array([1, 100, 10000])
      const expected = nd.random.defaultRng(1).normal(means, 2).toArray()
      nd.random.defaultRng(1).normal(means, 2, { out: means })
      expect(means.toArray()).toEqual(expected)
      const strided = nd.array([5, 0, 7, 0]).slice('::2')
      expect(nd.random.defaultRng(1).normal(strided).shape).toEqual([2])
    })
  })

  it('have defaults', () => {
    const rng = () => nd.random.defaultRng(3)
    expect(rng().normal()).toBe(rng().standardNormal())
    expect(rng().normal(undefined, 2)).toBe(2 * rng().standardNormal())
    expect(rng().uniform()).toBe(rng().random())
    expect(rng().gamma(2)).toBe(rng().standardGamma(2))
    expect(rng().poisson()).toBe(rng().poisson(1n))
    expect(rng().normal(true)).toBe(1 + rng().standardNormal())
    expect(rng().standardNormal({ dtype: 'float32' })).toBe(
      Math.fround(rng().standardNormal({ dtype: 'float32' })),
    )
  })

  it('pass NaN and infinity on as NumPy does', () => {
    const rng = nd.random.defaultRng(0)
    expect(rng.normal(0, Number.NaN)).toBeNaN()
    expect(rng.normal(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
    expect(rng.weibull(Number.NaN)).toBeNaN()
    expect(rng.beta(1e-200, 1e-200)).toBeOneOf([0, 1])
    expect(rng.geometric(1e-300)).toBe(2n ** 63n - 1n)
  })

  it('tell the compiler what they return', () => {
    nd.scope(() => {
      const rng = nd.random.defaultRng(0)
      const means = nd.array([1, 2])
      expectTypeOf(rng.normal(0, 1)).toEqualTypeOf<number>()
      expectTypeOf(rng.normal(0, { size: 3 })).toEqualTypeOf<NDArray<'float64'>>()
      expectTypeOf(rng.normal(means)).toEqualTypeOf<NDArray<'float64'>>()
      expectTypeOf(rng.poisson(3)).toEqualTypeOf<bigint>()
      expectTypeOf(rng.binomial(3, 0.5, { size: [1] })).toEqualTypeOf<NDArray<'int64'>>()
      expectTypeOf(rng.standardGamma(1, { size: 1, dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>()
      // @ts-expect-error: a shape is needed
      expect(() => rng.gamma()).toThrow('gamma needs shape, a number or an array')
    })
  })

  const BAD: [string, unknown[], string][] = [
    ['normal', [0, -1], 'scale must not be negative, not -1'],
    ['normal', [0, -0], 'scale must not be negative, not 0'],
    ['normal', ['a'], 'loc must be a number or an array, not "a"'],
    ['exponential', [-2], 'scale must not be negative, not -2'],
    ['gamma', [-1], 'shape must be 0 or positive, not -1'],
    ['standardGamma', [Number.NaN], 'shape must be 0 or positive, not NaN'],
    ['standardGamma', [1, { dtype: 'int8' }], 'real numbers are drawn in float32 and float64, not in int8'],
    ['beta', [0, 1], 'a must be positive, not 0'],
    ['beta', [1, Number.NaN], 'b must be positive, not NaN'],
    ['chisquare', [0], 'df must be positive, not 0'],
    ['poisson', [-1], 'lam must be from 0 to'],
    ['poisson', [1e19], 'lam must be from 0 to 9223372006484771000, not 10000000000000000000'],
    ['binomial', [-1, 0.5], 'n must be 0 or positive, not -1'],
    ['binomial', [1.5, 0.5], '1.5 is not an integer, so int64 cannot hold it'],
    ['binomial', [3, 1.5], 'p must be from 0 to 1, not 1.5'],
    ['geometric', [0], 'p must be above 0 and at most 1, not 0'],
    ['negativeBinomial', [1e18, 0.01], 'n is too large or p too small for counts of 64 bits'],
    ['uniform', [2, 1], 'high must not be below low, but is 1, and low 2'],
    ['uniform', [-1e308, 1e308], 'high − low must be finite'],
    ['triangular', [1, 0, 2], 'mode must not be below left, but is 0, and left 1'],
    ['triangular', [0, 3, 2], 'right must not be below mode, but is 2, and mode 3'],
    ['triangular', [1, 1, 1], 'left and right must differ, but are both 1'],
    ['standardExponential', [{ method: 'zag' }], "method must be 'zig' or 'inv', not \"zag\""],
    ['laplace', [0, 1, 5], 'laplace takes its options in an object, as {size, out}; not 5'],
    ['laplace', [{ dtype: 'float32' }], 'laplace has no option "dtype"'],
    ['weibull', [null], 'weibull takes its options in an object'],
  ]

  it.each(BAD)('refuse %s(%j)', (name, given, message) => {
    const rng = nd.random.defaultRng(1)
    const before = stateHash(rng.bitGenerator)
    refuses(nd.DTypeError, () => call(rng, name, ...given))
    expect(() => call(rng, name, ...given)).toThrow(message)
    expect(stateHash(rng.bitGenerator)).toBe(before)
  })

  it('refuse arrays with an element that is wrong, of a wrong shape or dtype, and released ones', () => {
    const rng = nd.random.defaultRng(1)
    const before = stateHash(rng.bitGenerator)
    const scales = nd.array([1, -1, 2])
    const lows = nd.array([[0], [1]])
    const gone = nd.array([1])
    gone.release()
    refuses(nd.DTypeError, () => rng.normal(0, scales))
    expect(() => rng.normal(0, scales)).toThrow('scale must not be negative, not -1')
    expect(() => rng.uniform(scales, 0)).toThrow('high must not be below low, but is 0, and low 1')
    refuses(nd.DTypeError, () => rng.uniform(lows, scales))
    refuses(nd.DTypeError, () => rng.binomial(scales, 0.5))
    refuses(nd.ShapeError, () => rng.exponential(lows, { size: 2 }))
    refuses(nd.ShapeError, () => rng.normal(scales, lows, { size: [3, 3] }))
    refuses(nd.ReleasedError, () => rng.exponential(gone))
    refuses(nd.DTypeError, () => rng.poisson(1, { out: scales as never }))
    refuses(nd.ShapeError, () => rng.normal(0, 1, { size: 2, out: scales }))
    expect(stateHash(rng.bitGenerator)).toBe(before)
    lows.release()
    scales.release()
  })
})

/** Counts of trials as integers. */
function integers(value: unknown): unknown {
  return typeof value === 'number' ? value : (value as NDArray).astype('int64')
}
