import type { BitGenerator } from '../src/random/index.ts'
import * as whole from './random-fixtures.ts'

/** As much of a hash as the fixtures keep. */
export function sha256(bytes: ArrayBufferView<ArrayBuffer>): string {
  return whole.sha256(bytes).slice(0, 16)
}

/** The state as NumPy's dictionary, its names sorted, its integers as text. */
export function stateHash(bits: BitGenerator): string {
  return sha256(new TextEncoder().encode(JSON.stringify(sorted(bits.state))))
}

function sorted(value: unknown): unknown {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return String(value)
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<bigint>, String)
  const snake = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  const entries = Object.entries(value).map(([name, part]) => [snake(name), sorted(part)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
