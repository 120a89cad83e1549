import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IntegerDType, PCG64 } from '../src/random/index.ts'

/** [state, increment, has a half left, that half]. */
type State = [string, string, number, number]

/** What tools/fixtures-random.py wrote; integers are strings. */
export interface Fixtures {
  numpy: string
  large: number
  seedSequences: {
    entropy: string | string[]
    spawnKey: string[]
    poolSize: number
    uint32: string[]
    uint64: string[]
    children: string[][]
    grandchildKey: string[]
    grandchild: string[]
  }[]
  generators: { seed: string | string[]; state: State; draws: string[]; after: State }[]
  integers: {
    dtype: IntegerDType
    low: string
    high: string
    endpoint: boolean
    first: string[]
    sha256: string
    after: State
    scalars: string[]
    afterScalars: State
  }[]
  mixed: {
    seed: number
    /** dtype, low, high, endpoint, size, hash, has a half left. */
    steps: [IntegerDType, string, string, number, number | number[] | null, string, number][]
    after: State
  }[]
}

export const fixtures: Fixtures = JSON.parse(
  readFileSync(new URL('./fixtures/random.json', import.meta.url), 'utf8'),
)

/** Entropy as its text says. */
export function seedOf(text: string | string[]): bigint | bigint[] {
  return typeof text === 'string' ? BigInt(text) : text.map(BigInt)
}

/** A state in the words of the fixtures. */
export function stateOf(bits: PCG64): State {
  const { state, hasUint32, uinteger } = bits.state
  return [`${state.state}`, `${state.inc}`, hasUint32, uinteger]
}

/** Elements as the fixtures write them: bool as 0 and 1. */
export function texts(values: Iterable<number | bigint | boolean>): string[] {
  return Array.from(values, value => `${typeof value === 'boolean' ? Number(value) : value}`)
}

export function sha256(bytes: ArrayBufferView<ArrayBuffer>): string {
  const { buffer, byteOffset, byteLength } = bytes
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}
