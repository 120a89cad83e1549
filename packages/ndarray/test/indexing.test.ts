import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as nd from '../src/index.ts'

type Encoded =
  | number
  | 'newaxis'
  | '...'
  | [number | null, number | null, number | null]
  | { array: number[]; shape: number[] }
  | { mask: number[]; shape: number[] }
interface Case {
  shape: number[]
  items: Encoded[]
  error?: true
  result: number[]
  values: number[]
}
const cases = JSON.parse(readFileSync(new URL('./fixtures/index.json', import.meta.url), 'utf8')) as Case[]

function decode(item: Encoded): nd.Index {
  if (item === 'newaxis') return nd.newaxis
  if (typeof item !== 'object' || Array.isArray(item)) return item
  if ('mask' in item) return nd.fromTypedArray(Uint8Array.from(item.mask), item.shape, { dtype: 'bool' })
  return nd.fromTypedArray(Int32Array.from(item.array), item.shape)
}

it('reads what NumPy reads', () => {
  for (const c of cases) {
    const size = c.shape.reduce((x, y) => x * y, 1)
    using a = nd.fromTypedArray(
      Int32Array.from({ length: size }, (_, i) => i),
      c.shape,
    )
    const items = c.items.map(decode)
    if (c.error) {
      expect(() => a.slice(...items), JSON.stringify(c)).toThrow(nd.EbbError)
      continue
    }
    using b = a.slice(...items)
    expect([b.shape, [...b.toTypedArray()]], JSON.stringify(c)).toEqual([c.result, c.values])
  }
})
