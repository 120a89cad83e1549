import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as zarrita from 'zarrita'
import * as nd from '../src/index.ts'
import { openZarr, readZarr, writeZarr, type ZarrCodec } from '../src/zarr.ts'
import { arrayOf, sample } from './arrays.ts'
import { leavesNothingLater, temporaryFolder } from './files.ts'
import { expectElements } from './heap.ts'
import { documentIn, Store } from './zarr.ts'

const folder = temporaryFolder()
const BIG = { name: 'bytes', configuration: { endian: 'big' } }

it('what is written is what is read: any dtype, arrangement, chunks and codecs', async () => {
  const codecs = fc.constantFrom<ZarrCodec[]>([], ['zstd'], ['gzip'], ['blosc'], [BIG], [BIG, 'gzip'])
  await fc.assert(
    fc.asyncProperty(sample(), codecs, fc.integer({ min: 1, max: 40 }), async (from, how, chunk) => {
      await leavesNothingLater(async () => {
        using a = arrayOf(from)
        const store = new Store()
        await writeZarr(store, a, { chunks: chunk, codecs: how })
        using b = await readZarr(store)
        expect([b.dtype, b.shape]).toEqual([a.dtype, a.shape])
        expectElements(b, [...a.toTypedArray()])
      })
    }),
    { numRuns: 150 },
  )
})

it('bools have no byte order, whatever is asked for or said', async () => {
  const store = new Store()
  using a = nd.array([0, 0, 0, 0, 0, 0, 0, 0, 1], { dtype: 'bool' })
  await writeZarr(store, a, { chunks: 1, codecs: [BIG] })
  using b = await readZarr(store)
  expect(nd.arrayEqual(a, b)).toBe(true)
  const document = documentIn(store)
  expect(document.codecs).toEqual([{ name: 'bytes', configuration: { endian: 'little' } }])
  store.set('/zarr.json', new TextEncoder().encode(JSON.stringify({ ...document, codecs: [BIG] })))
  await expect(readZarr(store)).rejects.toThrow(nd.FormatError)
})

it.each(['noshuffle', 'shuffle', 'bitshuffle'])('blosc with the filter %s', async shuffle => {
  const store = new Store()
  using a = nd.arange(1000).reshape([10, 100])
  const blosc = { name: 'blosc', configuration: { cname: 'zstd', shuffle } }
  await writeZarr(store, a, { chunks: [3, 40], codecs: [blosc] })
  expect(documentIn(store).codecs).toEqual([
    { name: 'bytes', configuration: { endian: 'little' } },
    { name: 'blosc', configuration: { cname: 'zstd', clevel: 5, shuffle, typesize: 8, blocksize: 0 } },
  ])
  using b = await readZarr(store)
  expect(nd.arrayEqual(a, b)).toBe(true)
})

it('transposes chunks', async () => {
  const store = new Store()
  using a = nd.arange(60, undefined, 1, { dtype: 'int16' })
  using cube = a.reshape([3, 4, 5])
  const transpose = { name: 'transpose', configuration: { order: [2, 0, 1] } }
  await writeZarr(store, cube, { chunks: [2, 3, 2], codecs: [transpose, BIG] })
  // The first chunk in the order of the axes 2, 0, 1, and the high byte first.
  const chunk = store.get('/c/0/0/0') as Uint8Array
  expect([...chunk].filter((_, i) => i % 2 === 1)).toEqual([0, 5, 10, 20, 25, 30, 1, 6, 11, 21, 26, 31])
  using b = await readZarr(store, { slice: ['...', '::-1'] })
  using flipped = cube.slice('...', '::-1')
  expect(nd.arrayEqual(b, flipped)).toBe(true)
})

it('is a hierarchy that the library reads, edges filled up', async () => {
  const store = new Store()
  using a = nd.array([1.5, NaN, 3])
  await writeZarr(store, a, { chunks: 2, codecs: [], fillValue: NaN, path: '/a/b/' })
  const array = await zarrita.open(store as never, { kind: 'group' }).catch(() => 'no group at the root')
  expect(array).toBe('no group at the root')
  const opened = await zarrita.open(zarrita.root(store as never).resolve('a/b'), { kind: 'array' })
  expect((await zarrita.get(opened)).data).toEqual(new Float64Array([1.5, NaN, 3]))
  expect(documentIn(store, '/a/b/zarr.json').fill_value).toBe('NaN')
  const edge = store.get('/a/b/c/1') as Uint8Array<ArrayBuffer>
  expect(new Float64Array(edge.slice().buffer)).toEqual(new Float64Array([3, NaN]))
})

it('says what it is told to', async () => {
  const store = new Store()
  using a = nd.array([[1, 2.75, -3]])
  await writeZarr(store, a, {
    dtype: 'int64',
    fillValue: -(2n ** 63n),
    dimensionNames: ['y', null],
    attributes: { unit: 'mm' },
  })
  const opened = await openZarr(store)
  expect(opened.dtype).toBe('int64')
  expect(opened.fillValue).toBe(-(2n ** 63n))
  expect(opened.dimensionNames).toEqual(['y', null])
  expect(opened.attributes).toEqual({ unit: 'mm' })
  expect(opened.chunks).toEqual([1, 3])
  using b = await opened.read()
  expect(b.toArray()).toEqual([[1n, 2n, -3n]])
})

it('chunks are of a few MiB unless told otherwise', async () => {
  const store = new Store()
  using a = nd.zeros([100, 200, 300], { dtype: 'int32' })
  await writeZarr(store, a)
  const { chunks } = await openZarr(store)
  const bytes = nd.nbytes(chunks, 'int32')
  expect(bytes).toBeLessThanOrEqual(4 * 2 ** 20)
  expect(bytes).toBeGreaterThan(2 ** 20)
})

it('replaces an array in a folder whose chunks it cannot read', async () => {
  const path = folder.path('replaced.zarr')
  using a = nd.arange(5)
  await writeZarr(path, a, { chunks: 3, codecs: ['gzip'] })
  using b = nd.full([5], 7n)
  await writeZarr(path, b, { chunks: 3, codecs: ['zstd'] })
  using c = await readZarr(path)
  expect(nd.arrayEqual(b, c)).toBe(true)
  expect(JSON.parse(readFileSync(`${path}/zarr.json`, 'utf8')).data_type).toBe('int64')
})

it('may be released while it is written', async () => {
  const store = new Store()
  await leavesNothingLater(async () => {
    const a = nd.full([64], 5)
    const writing = writeZarr(store, a, { chunks: 4, concurrency: 2 })
    a.release()
    await writing
    using b = await readZarr(store)
    expect(b.sum()).toBe(320)
  })
})

describe('refuses', () => {
  const bad: [string, nd.EbbError['name'], object][] = [
    ['an unknown codec', 'DTypeError', { codecs: ['rot13'] }],
    ['a codec that is only read', 'DTypeError', { codecs: ['crc32c'] }],
    ['codecs behind gzip', 'DTypeError', { codecs: ['gzip', 'zstd'] }],
    ['codecs that are no list', 'DTypeError', { codecs: 'gzip' }],
    ['null as a codec', 'DTypeError', { codecs: [null] }],
    [
      'an unknown filter of blosc',
      'DTypeError',
      { codecs: [{ name: 'blosc', configuration: { shuffle: 1 } }] },
    ],
    ['chunks of length 0', 'ShapeError', { chunks: [0, 1] }],
    ['chunks of other axes', 'ShapeError', { chunks: [1] }],
    ['chunks that are none', 'ShapeError', { chunks: 'all' }],
    ['names of other axes', 'ShapeError', { dimensionNames: ['x'] }],
    ['a fill value that does not fit', 'DTypeError', { dtype: 'uint8', fillValue: 300 }],
    ['an unknown dtype', 'DTypeError', { dtype: 'float16' }],
    ['a path that leads out', 'DTypeError', { path: 'a/../b' }],
    ['no worker', 'DTypeError', { concurrency: 0 }],
    ['an unknown option', 'DTypeError', { chunkSize: 4 }],
  ]
  it.each(bad)('%s', async (_, name, options) => {
    const store = new Store()
    await leavesNothingLater(async () => {
      using a = nd.zeros([2, 3])
      const error = await writeZarr(store, a, options as never).catch(error => error)
      expect(error.name, error.message).toBe(name)
      expect(store.size).toBe(0)
    })
  })

  it('what is no array or target', async () => {
    using a = nd.zeros(2)
    await expect(writeZarr(new Store(), [1] as never)).rejects.toThrow(nd.DTypeError)
    await expect(writeZarr('http://127.0.0.1:1/x', a)).rejects.toThrow(nd.DTypeError)
    await expect(writeZarr({ get: () => undefined } as never, a)).rejects.toThrow(nd.DTypeError)
  })
})

it('writes no metadata when a chunk cannot be written', async () => {
  const keys: string[] = []
  const full = new Error('the disk is full')
  const store = {
    async set(key: string) {
      keys.push(key)
      if (key === '/c/2') throw full
    },
  }
  await leavesNothingLater(async () => {
    using a = nd.zeros(100)
    await expect(writeZarr(store, a, { chunks: 1, concurrency: 2 })).rejects.toBe(full)
    expect(keys).not.toContain('/zarr.json')
    expect(keys.length).toBeLessThan(6)
  })
})
