import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { leavesNothing, refuses } from './heap.ts'

/** What NumPy computed (tools/fixtures-quantile.py). */
const numpy = JSON.parse(readFileSync(new URL('./fixtures/quantile.json', import.meta.url), 'utf8')) as {
  parts: number[]
  cases: [nd.QuantileMethod, 'float32' | 'float64', nd.DType, number[], nd.DType, number[]][]
}

describe('quantiles', () => {
  it.each([...new Set(numpy.cases.map(([method]) => method))])('by %s are those of NumPy', method => {
    leavesNothing(() => {
      nd.scope(() => {
        for (const [of, precision, dtype, values, found, expected] of numpy.cases) {
          if (of !== method) continue
          const a = nd.array(values, { dtype })
          const q = nd.array(numpy.parts, { dtype: precision })
          const result = nd.quantile(a, q, { method })
          expect(result.dtype).toBe(found)
          const tolerance = found === 'float32' || precision === 'float32' ? 1e-6 : 1e-15
          const numbers = result.toArray() as number[]
          const far = numbers.map((x, i) => Math.abs(x - (expected[i] as number)) > tolerance * 11)
          expect(far, `${dtype} ${precision} of ${values.length}: ${numbers}`).not.toContain(true)
        }
      })
    })
  })

  it('of rows that lie in any way, more than one block of them', () => {
    leavesNothing(() => {
      nd.scope(() => {
        const a = nd.arange(70_000 * 3).reshape([3, 70_000])
        const whole = nd.quantile(a.T, 0.5, { axis: 1 })
        expect([whole.get(0), whole.get(40_000), whole.get(-1)]).toEqual([70_000, 110_000, 139_999])
        expect(nd.quantile(a, 1, { axis: [0, 1] }).item()).toBe(209_999)
        const out = a.slice(0)
        nd.quantile(a, 0, { axis: 0, out })
        expect([out.get(0), out.get(-1)]).toEqual([0, 69_999])
        const backwards = nd.zeros(3)
        nd.median(a, { axis: 1, out: backwards.slice('::-1') })
        expect(backwards.toArray()).toEqual([174_999.5, 104_999.5, 34_999.5])
      })
    })
  })

  it('have the shape of the parts first', () => {
    leavesNothing(() => {
      nd.scope(() => {
        const a = nd.array(
          [
            [1, 2, 4],
            [3, 5, 9],
          ],
          { dtype: 'float32' },
        )
        const q = nd.array([
          [0, 50],
          [100, 50],
        ])
        const found = nd.percentile(a, q, { axis: 1 })
        expect([found.dtype, found.shape]).toEqual(['float64', [2, 2, 2]])
        expect(found.toArray()).toEqual([
          [
            [1, 3],
            [2, 5],
          ],
          [
            [4, 9],
            [2, 5],
          ],
        ])
        expect(nd.quantile(a, 0.5, { axis: 0 }).dtype).toBe('float32')
        const bad = nd.array([101])
        refuses(nd.DTypeError, () => nd.percentile(a, bad))
        refuses(nd.DTypeError, () => nd.quantile(a, 0.5, { method: 'inverted_cdf' as never }))
      })
    })
  })
})
