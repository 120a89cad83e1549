import { readFileSync } from 'node:fs'
import type * as nd from '../src/index.ts'

/** An array: its shape and elements. */
export type Facts = [shape: number[], values: number[]]

/** What NumPy computed; see tools/fixtures-manipulation.py. */
export const facts = JSON.parse(
  readFileSync(new URL('./fixtures/manipulation.json', import.meta.url), 'utf8'),
) as {
  /** Functions of an array that holds 0, 1, 2, … */
  cases: [name: string, shape: number[], parameters: unknown[], results: Facts[], view: number][]
  linspace: [dtype: nd.DType, start: number, stop: number, num: number, endpoint: boolean, values: string[]][]
  eye: [rows: number, columns: number | null, k: number, matrix: Facts][]
  casts: [nd.DType, nd.DType][]
  finfo: Record<'float32' | 'float64', Record<'eps' | 'max' | 'min' | 'smallestNormal', number>>
}
