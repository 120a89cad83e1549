import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { leavesNothing, refuses } from './heap.ts'

/** n-fold differences of each row. */
function differences(rows: number[][], n: number): number[][] {
  if (n === 0) return rows
  const once = rows.map(row => row.slice(1).map((value, i) => value - (row[i] as number)))
  return differences(once, n - 1)
}

describe('diff', () => {
  it('is what subtracting neighbours gives, of any view, into any out', () => {
    const shape = fc.record({
      rows: fc.integer({ min: 1, max: 4 }),
      columns: fc.integer({ min: 1, max: 40 }),
    })
    fc.assert(
      fc.property(shape, fc.nat(5), fc.boolean(), fc.boolean(), ({ rows, columns }, n, turned, overlap) => {
        leavesNothing(() => {
          nd.scope(() => {
            const values = Array.from({ length: rows }, (_, i) =>
              Array.from({ length: columns }, (_, j) => (i * 7 + j * j * 3) % 11),
            )
            const whole = nd.array(values)
            const a = turned ? nd.flip(nd.flip(whole.T.copy().T), { axis: [0, 1] }) : whole
            const length = Math.max(columns - n, 0)
            const out = overlap ? a.slice(null, [0, length]) : nd.zeros([rows, length])
            expect(nd.diff(a, { n, out })).toBe(out)
            expect(out.toArray()).toEqual(differences(values, Math.min(n, columns)))
          })
        })
      }),
    )
  })

  it('goes on beyond the ends with arrays and values, of a common dtype', () => {
    nd.scope(() => {
      const a = nd.array([[1, 3, 7]], { dtype: 'int8' })
      const more = nd.array([[300]], { dtype: 'int16' })
      const d = nd.diff(a, { prepend: 0, append: more })
      expect([d.dtype, d.toArray()]).toEqual(['int16', [[1, 2, 4, 293]]])
      const f = nd.diff(a, { append: 7.5 })
      expect([f.dtype, f.toArray()]).toEqual(['float64', [[2, 4, 0.5]]])
      const truths = nd.array([true, false, false])
      expect(nd.diff(truths, { n: 2 }).toArray()).toEqual([true])
      refuses(nd.DTypeError, () => nd.diff(a, { append: 300 }))
      refuses(nd.ShapeError, () => nd.diff(a, { append: truths }))
    })
  })
})
