import { readFileSync } from 'node:fs'
import * as nd from '../src/index.ts'
import { typedArray } from './arrays.ts'
import { fromText } from './reference.ts'

interface Values {
  shape: number[]
  values: string[]
}

export interface SortingFacts {
  searches: (Values & {
    dtype: nd.DType
    line: string[]
    sorter: number[]
    left: number[]
    right: number[]
  })[]
  extrema: (Values & { dtype: nd.DType; argmax: [number, ...number[][]]; argmin: [number, ...number[][]] })[]
  sets: (Values & {
    dtype: nd.DType
    elements: string[]
    indices: number[]
    inverseIndices: number[]
    counts: number[]
  })[]
  memberships: { dtype: nd.DType; shape: number[]; elements: string[]; set: string[]; isin: string[] }[]
  tensordots: { a: Values; b: Values; axes: number | [number[], number[]]; result: Values }[]
}

/** What NumPy computed: tools/fixtures-sorting.py. */
export const facts = JSON.parse(
  readFileSync(new URL('./fixtures/sorting.json', import.meta.url), 'utf8'),
) as SortingFacts

/** An array of elements that are written as text. */
export function textArray<D extends nd.DType>(
  dtype: D,
  values: string[],
  shape: number[] = [values.length],
): nd.NDArray<D> {
  const typed = typedArray(
    dtype,
    values.map(text => fromText(text, dtype)),
  )
  return nd.fromTypedArray(typed, shape, { dtype })
}
