import { readFileSync } from 'node:fs'
import * as nd from '../src/index.ts'

/** A store in memory, as zarrita has them; counts what is asked of it. */
export class Store extends Map<string, Uint8Array> {
  readonly asked: string[] = []

  override get(key: string): Uint8Array | undefined {
    this.asked.push(key)
    return super.get(key)
  }

  /** Chunks that were asked for. */
  get chunksRead(): string[] {
    return this.asked.filter(key => !/zarr\.json$|\/\.z/.test(key)).sort()
  }

  getRange(
    key: string,
    range: { offset: number; length: number } | { suffixLength: number },
  ): Uint8Array | undefined {
    const bytes = this.get(key)
    return 'offset' in range
      ? bytes?.slice(range.offset, range.offset + range.length)
      : bytes?.slice(-range.suffixLength)
  }
}

/** What is stored under a name, as an object. */
export function documentIn(store: Map<string, Uint8Array>, key = '/zarr.json'): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(store.get(key)))
}

/** A store with one array of version 3: its metadata, changed, and its chunks. */
export function storeOf(
  metadata: Record<string, unknown>,
  chunks: Record<string, Uint8Array | readonly number[]> = {},
): Store {
  const store = new Store()
  const document = {
    zarr_format: 3,
    node_type: 'array',
    shape: [4],
    data_type: 'uint8',
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [2] } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
    fill_value: 0,
    attributes: {},
    ...metadata,
  }
  const text = typeof metadata.text === 'string' ? metadata.text : JSON.stringify(document)
  store.set('/zarr.json', new TextEncoder().encode(text))
  for (const [key, bytes] of Object.entries(chunks)) store.set(key, Uint8Array.from(bytes))
  return store
}

/** A store that zarr for Python wrote, and what is in it. */
export interface Fixture {
  readonly name: string
  readonly dtype: nd.DType
  readonly shape: number[]
  readonly store: Store
  readonly elements: nd.TypedArrayOf<nd.DType>
}

export const fixtures: readonly Fixture[] = readFixtures()

function readFixtures(): Fixture[] {
  const cases = JSON.parse(readFileSync(new URL('fixtures/zarr.json', import.meta.url), 'utf8'))
  return cases.map(({ name, dtype, shape, elements, store }: RawFixture) => {
    const files = new Store()
    for (const [key, text] of Object.entries(store)) files.set(`/${key}`, bytesOf(text))
    return {
      name,
      dtype,
      shape,
      store: files,
      elements: new nd.dtypes[dtype].array(bytesOf(elements).buffer),
    }
  })
}

interface RawFixture {
  name: string
  dtype: nd.DType
  shape: number[]
  elements: string
  store: Record<string, string>
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, 'base64'))
}
