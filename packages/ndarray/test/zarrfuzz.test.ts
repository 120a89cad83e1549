import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { openZarr, readZarr, writeZarr } from '../src/zarr.ts'
import { leavesNothingLater } from './files.ts'
import { documentIn, fixtures, Store, storeOf } from './zarr.ts'

/** As in filesfuzz.test.ts: EBB_FUZZ documents, of the seed EBB_FUZZ_SEED. */
const FILES = Number(process.env.EBB_FUZZ ?? 24_000)
const SEED = Number(process.env.EBB_FUZZ_SEED ?? 1)

const grid = (...chunk_shape: unknown[]) => ({ name: 'regular', configuration: { chunk_shape } })
const sharding = (configuration: unknown) => ({ codecs: [{ name: 'sharding_indexed', configuration }] })

/** Metadata that are forged, and what must be said of them. */
const FORGED: readonly [string, Record<string, unknown>][] = [
  ['no JSON', { text: '{"zarr_format": 3' }],
  ['no object', { text: 'null' }],
  ['a list', { text: '[]' }],
  ['a group', { text: '{"zarr_format":3,"node_type":"group"}' }],
  ['no shape', { shape: undefined }],
  ['a shape that is no list', { shape: 4 }],
  ['a negative length', { shape: [-1] }],
  ['a fractional length', { shape: [1.5] }],
  ['a length that is no number', { shape: ['4'] }],
  ['more elements than can be counted', { shape: [2 ** 40, 2 ** 40], chunk_grid: grid(2, 2) }],
  ['too many axes', { shape: Array(65).fill(1), chunk_grid: grid(...Array(65).fill(1)) }],
  ['chunks of another number of axes', { chunk_grid: grid(2, 2) }],
  ['chunks of length 0', { chunk_grid: grid(0) }],
  ['chunks of negative length', { chunk_grid: grid(-2) }],
  ['chunks that are no list', { chunk_grid: { name: 'regular', configuration: { chunk_shape: 2 } } }],
  ['chunks that are too large', { shape: [2 ** 40], chunk_grid: grid(2 ** 40) }],
  ['chunks that are not regular', { chunk_grid: { name: 'rectangular', configuration: {} } }],
  ['no chunks', { chunk_grid: undefined }],
  ['an unknown dtype', { data_type: 'float16' }],
  ['text', { data_type: 'string' }],
  ['a name of every object as dtype', { data_type: 'constructor' }],
  ['a dtype that is no name', { data_type: { name: 'uint8' } }],
  ['codecs that are no list', { codecs: 'bytes' }],
  ['an unknown codec', { codecs: [{ name: 'rot13', configuration: {} }] }],
  ['a codec without a name', { codecs: [{}] }],
  ['null as a codec', { codecs: [null] }],
  ['shards of nothing', sharding(undefined)],
  ['shards of an unknown codec', sharding({ chunk_shape: [2], codecs: [{ name: 'x' }], index_codecs: [] })],
  ['an unknown encoding of keys', { chunk_key_encoding: { name: 'secret' } }],
  [
    'keys that lead elsewhere',
    { chunk_key_encoding: { name: 'default', configuration: { separator: '/../' } } },
  ],
  ['keys that lead out', { chunk_key_encoding: { name: 'v2', configuration: { separator: '%2f..%2f' } } }],
  ['a fill value that does not fit', { fill_value: 256 }],
  ['a fill value of another type', { fill_value: 'NaN' }],
  ['a fractional fill value', { data_type: 'int64', fill_value: 0.5 }],
  ['a fill value of too few bits', { data_type: 'float32', fill_value: '0x7fc0' }],
]

describe('forged metadata are refused, and nothing is allocated', () => {
  it.each(FORGED)('%s', async (_, metadata) => {
    await leavesNothingLater(async () => {
      const { allocations } = nd.memory.heap()
      const error = await readZarr(storeOf(metadata)).catch(error => error)
      expect(error.name, error.message).toMatch(/^(FormatError|ShapeError)$/)
      expect(nd.memory.heap().allocations).toBe(allocations)
    })
  })

  it('no store, and no array in it', async () => {
    await expect(readZarr(new Map() as never)).rejects.toThrow(nd.FormatError)
    await expect(readZarr(5 as never)).rejects.toThrow(nd.DTypeError)
    await expect(readZarr(null as never)).rejects.toThrow(nd.DTypeError)
  })
})

describe('damaged chunks are refused, and nothing is left', () => {
  const bytes = { name: 'bytes', configuration: { endian: 'big' } }
  const cases: [string, Record<string, unknown>, number[]][] = [
    ['too short', {}, [1]],
    ['too long', {}, [1, 2, 3]],
    ['half an element', { data_type: 'int16' }, [1, 2, 3]],
    ['no gzip', { codecs: [bytes, { name: 'gzip', configuration: { level: 1 } }] }, [1, 2, 3]],
    ['no zstd', { codecs: [bytes, { name: 'zstd', configuration: { level: 1 } }] }, [1, 2, 3]],
    ['no blosc', { codecs: [bytes, { name: 'blosc', configuration: {} }] }, [1, 2, 3]],
    [
      'text',
      { codecs: [{ name: 'json2', configuration: {} }] },
      [...new TextEncoder().encode('["a","|O",[1]]')],
    ],
    ['turned around', { codecs: [{ name: 'transpose', configuration: { order: [5] } }, bytes] }, [1, 2]],
    ['turned around by nothing', { codecs: [{ name: 'transpose' }, bytes] }, [1, 2]],
  ]
  it.each(cases)('%s', async (_, metadata, chunk) => {
    await leavesNothingLater(async () => {
      const store = storeOf(metadata, { '/c/0': chunk, '/c/1': chunk })
      await expect(readZarr(store)).rejects.toThrow(nd.FormatError)
    })
  })
})

it('an array that does not fit is none, and nothing is left', async () => {
  await leavesNothingLater(async () => {
    const store = storeOf({ shape: [2 ** 40], chunk_grid: grid(2 ** 20) })
    await expect(readZarr(store)).rejects.toThrow(nd.OutOfMemoryError)
    using a = await readZarr(store, { slice: [[2 ** 39, 2 ** 39 + 3]] })
    expect(a.toArray()).toEqual([0, 0, 0])
  })
})

/** Values that are of weight in metadata. */
const HEAVY: readonly unknown[] = [
  ...[
    0,
    1,
    -1,
    3,
    1.5,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    1e308,
    null,
    true,
    false,
    '',
    '/',
    '..',
    'NaN',
    'F',
    '<i4',
  ],
  ...[
    'bytes',
    'gzip',
    'sharding_indexed',
    'int64',
    'float32',
    'big',
    [],
    {},
    [1],
    [2, 2],
    [0, 0],
    [1e9, 1e9],
  ],
]

describe('mutated metadata', () => {
  it('refused, or read', async () => {
    const random = randomFrom(SEED)
    const originals: Store[] = fixtures.filter(({ shape }) => shape.length > 1).map(({ store }) => store)
    for (const codecs of [['zstd'], ['gzip'], ['blosc']]) {
      const store = new Store()
      using flat = nd.arange(30, undefined, 1, { dtype: 'int32' })
      using a = flat.reshape([5, 6])
      await writeZarr(store, a, { chunks: 4, codecs })
      originals.push(store)
    }
    let read = 0
    const before = nd.memory.heap().blocks
    for (let i = 0; i < FILES; i++) {
      const original = originals[random(originals.length)] as Store
      const key = original.has('/zarr.json') ? '/zarr.json' : '/.zarray'
      const text = mutated(documentIn(original, key), random)
      const store = new Store(original).set(key, new TextEncoder().encode(text)) as Store
      try {
        const { shape } = await openZarr(store)
        // However large the array is said to be, a corner of it is small.
        using a = await readZarr(store, { slice: shape.map(() => ':3') })
        expect(a.size).toBeLessThanOrEqual(3 ** shape.length)
        read++
      } catch (error) {
        if (!(error instanceof nd.FormatError || error instanceof nd.ShapeError)) {
          throw new Error(`document ${i} of seed ${SEED} (${text}) ended in ${error}`, { cause: error })
        }
      }
    }
    expect(nd.memory.heap().blocks).toBe(before)
    nd.memory.check()
    expect(read).toBeGreaterThan(FILES / 100)
  }, 600_000)
})

function randomFrom(seed: number): (below: number) => number {
  let state = seed * 0x9e3779b9 + 0x7f4a7c15
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** The document with up to three of its values replaced, removed or doubled, or its text damaged. */
function mutated(document: Record<string, unknown>, random: (below: number) => number): string {
  for (let change = random(3); change >= 0; change--) {
    const places = placesIn(document)
    const [owner, key] = places[random(places.length)] as Place
    const kind = random(8)
    if (kind === 0) delete owner[key]
    else if (kind === 1 && Array.isArray(owner)) owner.push(structuredClone(owner[0]))
    else owner[key] = structuredClone(HEAVY[random(HEAVY.length)])
  }
  const text = JSON.stringify(document)
  const at = random(text.length)
  return random(10) === 0 ? text.slice(0, at) + text.slice(at + 1 + random(3)) : text
}

type Place = readonly [owner: Record<string, unknown>, key: string]

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const owner = value as Record<string, unknown>
  return Object.keys(owner).flatMap(key => [[owner, key] as const, ...placesIn(owner[key])])
}
