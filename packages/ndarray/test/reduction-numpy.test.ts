import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { typedArray } from './arrays.ts'
import { leavesNothing } from './heap.ts'
import { fromText } from './reference.ts'

/** An array as tools/fixtures-reduction.py writes it. */
interface Described {
  dtype: nd.DType
  shape: number[]
  values: string[]
}

interface Facts {
  reductions: {
    input: Described
    results: { name: string; axis: number | number[] | null; keepdims: boolean; result: Described }[]
  }[]
  quantiles: { input: Described; method: nd.QuantileMethod; q: number; result: Described }[]
  cumulatives: {
    input: Described
    name: 'cumulativeSum' | 'cumulativeProd'
    axis: number
    includeInitial: boolean
    result: Described
  }[]
  diffs: { input: Described; axis: number; n: number; result: Described }[]
  histograms: {
    input: Described
    bins: number | number[]
    range: [number, number] | null
    density: boolean
    counts: Described
    edges: Described
  }[]
}

const facts = JSON.parse(readFileSync(new URL('./fixtures/reduction.json', import.meta.url), 'utf8')) as Facts

/** The package's functions by their names. */
const functions: Record<string, unknown> = { ...nd }

const running = { cumulativeSum: nd.cumulativeSum, cumulativeProd: nd.cumulativeProd }

type Reduce = (a: nd.NDArray, options: object) => nd.NDArray | nd.Scalar

function arrayOf({ dtype, shape, values }: Described): nd.NDArray {
  return nd.fromTypedArray(
    typedArray(
      dtype,
      values.map(text => fromText(text, dtype)),
    ),
    shape,
    { dtype },
  )
}

/** Releases the array. */
function expectArray(
  actual: nd.NDArray,
  expected: Described,
  note: string,
  precision = expected.dtype,
): void {
  using a = actual
  expect([a.dtype, a.shape], note).toEqual([expected.dtype, expected.shape])
  const values = [...a.toTypedArray()]
  values.forEach((value, i) => {
    expectValue(value, fromText(expected.values[i] as string, a.dtype), precision, `${note} at ${i}`)
  })
}

function expectValue(actual: nd.Scalar, expected: number | bigint, dtype: nd.DType, note: string): void {
  if (nd.dtypes[dtype].kind !== 'float' || !Number.isFinite(expected)) {
    expect(typeof actual === 'boolean' ? Number(actual) : actual, note).toEqual(expected)
    return
  }
  const tolerance = dtype === 'float32' ? 2e-6 : 1e-13
  expect(
    Math.abs(Number(actual) - Number(expected)),
    `${note}: ${actual}, NumPy ${expected}`,
  ).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(Number(expected))))
}

describe('as NumPy computes', () => {
  it.each(facts.reductions)('reductions of $input.dtype, shape $input.shape', ({ input, results }) => {
    leavesNothing(() => {
      using a = arrayOf(input)
      for (const { name, axis, keepdims, result } of results) {
        const note = `${name}, axis ${axis}`
        const reduce = functions[name] as Reduce
        const actual = reduce(a, { axis, keepdims })
        if (actual instanceof nd.NDArray) expectArray(actual, result, note)
        else expectValue(actual, fromText(result.values[0] as string, result.dtype), result.dtype, note)
      }
    })
  })

  it('quantiles by every method', () => {
    leavesNothing(() => {
      for (const { input, method, q, result } of facts.quantiles) {
        using a = arrayOf(input)
        expectArray(nd.quantile(a, q, { axis: 1, method }), result, `${input.dtype} ${method} ${q}`)
        expectArray(nd.percentile(a, q * 100, { axis: 1, method }), result, `${input.dtype} ${method} ${q}`)
      }
    })
  })

  it('running sums and products', () => {
    leavesNothing(() => {
      for (const { input, name, axis, includeInitial, result } of facts.cumulatives) {
        using a = arrayOf(input)
        expectArray(running[name](a, { axis, includeInitial }), result, `${name} ${input.dtype} ${axis}`)
      }
    })
  })

  it('differences', () => {
    leavesNothing(() => {
      for (const { input, axis, n, result } of facts.diffs) {
        using a = arrayOf(input)
        expectArray(nd.diff(a, { axis, n }), result, `${input.dtype} ${axis} ${n}`)
      }
    })
  })

  it('histograms', () => {
    leavesNothing(() => {
      for (const { input, bins, range, density, counts, edges } of facts.histograms) {
        using a = arrayOf(input)
        const [actual, at] = nd.histogram(a, { bins, density, range: range ?? undefined })
        // NumPy rounds the widths of bins to the edges' float32.
        expectArray(actual, counts, `${input.dtype} ${bins}`, density ? at.dtype : counts.dtype)
        expectArray(at, typeof bins === 'number' ? edges : { ...edges, dtype: at.dtype }, 'edges')
      }
    })
  })
})
