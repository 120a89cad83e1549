import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'

/** The functions that are computed in vectors. */
const NAMES = ['exp', 'log', 'sin', 'cos', 'tan', 'tanh'] as const
const DTYPES = ['float64', 'float32'] as const
const RARE = [0, -0, 1, NaN, Infinity, -Infinity, 5e-324, -1e-310, 1e-40, 709.8, -745.2, 88.73, -103.98]
const LARGE = [1.797e308, -1e308, 3.4e38, 1e22, 1048576, -1048575.5, 20, -0.55]
const ULP = { float64: 2 ** -52, float32: 2 ** -23 }

const element = fc.oneof(
  fc.constantFrom(...RARE, ...LARGE),
  fc.double({ min: -20, max: 20, noNaN: true }),
  fc.double(),
)
const cases = NAMES.flatMap(name => DTYPES.map(dtype => [name, dtype] as const))

type Unary = (a: nd.NDArray, options?: { out: nd.NDArray }) => nd.NDArray
const FUNCTIONS = nd as unknown as Record<(typeof NAMES)[number], Unary>

function resultsOf(name: (typeof NAMES)[number], a: nd.NDArray): number[] {
  using result = FUNCTIONS[name](a)
  return result.toArray() as number[]
}

describe.each(cases)('%s of %s', (name, dtype) => {
  it('depends on the element alone, not on its place, its neighbours or the strides', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 70 }), values => {
        using a = nd.array(values, { dtype })
        using wide = nd.zeros([values.length, 3], { dtype })
        using column = wide.slice(null, 1).assign(a)
        using backwards = a.slice('::-1')
        const alone = values.map(value => {
          using single = nd.array([value], { dtype })
          return resultsOf(name, single)[0]
        })
        expect(resultsOf(name, a)).toEqual(alone)
        expect(resultsOf(name, column)).toEqual(alone)
        expect(resultsOf(name, backwards)).toEqual(alone.toReversed())
        FUNCTIONS[name](a, { out: a })
        expect(a.toArray()).toEqual(alone)
      }),
      { numRuns: 100 },
    )
  })

  it('is near that of JavaScript, and equal where that is 0, infinite or NaN', () => {
    using a = nd.array([...RARE, ...LARGE, ...Array.from({ length: 999 }, (_, i) => (i - 499) / 25)], {
      dtype,
    })
    const results = resultsOf(name, a)
    const operands = a.toArray() as number[]
    operands.forEach((x, i) => {
      const exact = Math[name](x)
      const want = dtype === 'float32' ? Math.fround(exact) : exact
      const result = results[i] as number
      const least = dtype === 'float32' ? 2 ** -126 : 2 ** -1022
      const near = Math.abs(result - want) <= 4 * ULP[dtype] * Math.max(Math.abs(want), least)
      if (want === 0 || !Number.isFinite(want) || !near) expect([x, result]).toEqual([x, want])
    })
  })
})
