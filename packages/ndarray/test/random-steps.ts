import { readFileSync } from 'node:fs'
import type { DType } from '../src/dtype.ts'
import * as nd from '../src/index.ts'
import { type Generator, type IntegerDType, RandomState } from '../src/random/index.ts'
import { sha256 } from './random-fixtures.ts'

type Size = number | number[] | null
type View = 'plain' | 'reversed' | 'transposed' | 'halved'
/** A dtype and the values, integers as text. */
type BoundArray = [dtype: IntegerDType, values: (string | string[])[]]
type Of = number | string | [shape: number[], dtype: DType, view?: View]

/** A method and its arguments, as tools/fixtures-choices.py takes them. */
export type Step = [method: string, ...parameters: unknown[]]
/** The hash of what a step makes, and the next 32 bits. */
export type Result = [hash: string, next: number]

/** What tools/fixtures-choices.py wrote. */
export const fixtures: {
  steps: Step[]
  results: { name: 'PCG64' | 'PCG64DXSM' | 'SFC64' | 'Philox' | 'MT19937'; drawn: Result[] }[]
  legacySteps: Step[]
  legacyResults: { name: 'seed' | 'PCG64'; drawn: Result[] }[]
  seeds: { seed: number | number[]; first: number[]; key: string }[]
  normals: {
    name: 'MT19937' | 'PCG64'
    drawn: [values: number[], kept: number, next: number][]
    sum: number
    last: number
  }[]
} = JSON.parse(readFileSync(new URL('./fixtures/choices.json', import.meta.url), 'utf8'))

/** 0, 1, 2, … in a shape. */
export function elements(shape: number[], dtype: DType): nd.NDArray {
  const count = shape.reduce((product, length) => product * length, 1)
  const values = Array.from({ length: count }, (_, i) => i % (dtype === 'bool' ? 2 : 251))
  return nd.array(values, { dtype: 'int32' }).astype(dtype).reshape(shape)
}

export function viewed(a: nd.NDArray, view: View = 'plain'): nd.NDArray {
  if (view === 'reversed') return a.slice(...a.shape.map(() => '::-1'))
  if (view === 'transposed') return a.transpose()
  return view === 'halved' ? a.slice('...', '::2') : a.retain()
}

/** Takes a step, and returns what it makes. Only for a scope: nothing is released. */
export function run(rng: Generator | RandomState, [method, ...parameters]: Step): unknown {
  const legacy = rng instanceof RandomState
  const call = (name: string, ...given: unknown[]) =>
    (rng as unknown as Record<string, (...given: unknown[]) => unknown>)[name]?.(...given)
  switch (method) {
    case 'shuffle': {
      const [shape, dtype, view, axis] = parameters as [number[], DType, View, number]
      const base = elements(shape, dtype)
      call('shuffle', viewed(base, view), ...(legacy ? [] : [{ axis }]))
      return base
    }
    case 'permutation': {
      const [of, axis] = parameters as [Of, number]
      return call('permutation', population(of), ...(legacy ? [] : [{ axis }]))
    }
    case 'permuted': {
      const [shape, dtype, view, axis, place] = parameters as [number[], DType, View, number | null, string]
      const x = viewed(elements(shape, dtype), view)
      const options = axis === null ? {} : { axis }
      if (place === 'new') return call('permuted', x, options)
      const out = place === 'itself' ? x : viewed(nd.zeros(shape, { dtype }), place as View)
      return call('permuted', x, { ...options, out })
    }
    case 'choice': {
      const [of, size, options] = parameters as [Of, Size, { p?: number }]
      const p = options.p === undefined ? {} : { p: chances(options.p) }
      return call('choice', population(of), { ...options, ...p, ...sized(size) })
    }
    case 'integers':
    case 'randint': {
      const [low, high, size, dtype, endpoint] = parameters as [unknown, unknown, Size, DType, boolean]
      const options = { dtype, ...sized(size), ...(endpoint && { endpoint }) }
      return high === null
        ? call(method, bound(low), options)
        : call(method, bound(low), bound(high), options)
    }
    case 'random_sample':
      return call('randomSample', sized(parameters[0] as Size))
    case 'random_integers':
      return call('randomIntegers', parameters[0], parameters[1], sized(parameters[2] as Size))
    case 'uniform':
      return call('uniform', location(parameters[0]), location(parameters[1]), sized(parameters[2] as Size))
    default:
      return call(method, ...parameters)
  }
}

function sized(size: Size): { size?: number | number[] } {
  return size === null ? {} : { size }
}

function population(of: Of): nd.NDArray | number | bigint {
  if (!Array.isArray(of)) return typeof of === 'string' ? BigInt(of) : of
  const [shape, dtype, view] = of
  return viewed(elements(shape, dtype), view)
}

/** Probabilities that grow, the first of them 0. */
function chances(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i / ((count * (count - 1)) / 2))
}

function bound(value: unknown): unknown {
  if (!Array.isArray(value)) return BigInt(value as string)
  const [dtype, values] = value as BoundArray
  const integers = (list: unknown): unknown =>
    Array.isArray(list) ? list.map(integers) : BigInt(list as string)
  return nd.array(integers(values) as bigint[], { dtype })
}

function location(value: unknown): unknown {
  return Array.isArray(value) ? nd.array(value as number[]) : value
}

/** The hash of the elements' bytes. */
export function hashOf(value: unknown): string {
  if (value instanceof nd.NDArray) return sha256(value.toTypedArray()).slice(0, 10)
  if (value instanceof Uint8Array) return sha256(value as Uint8Array<ArrayBuffer>).slice(0, 10)
  throw new Error(`no array: ${String(value)}`)
}

/** One value as an array of the dtype that it has in NumPy. */
export function asElement(value: unknown, dtype: DType): unknown {
  const isScalar = typeof value !== 'object'
  return isScalar ? nd.array(value as number, { dtype }) : value
}

/** The dtype of what a step makes. */
export function dtypeOf([method, ...parameters]: Step): DType {
  if (method === 'integers' || method === 'randint') return parameters[3] as DType
  if (method === 'choice')
    return Array.isArray(parameters[0]) ? (parameters[0] as [unknown, DType])[1] : 'int64'
  return method === 'random_integers' ? 'int64' : 'float64'
}
