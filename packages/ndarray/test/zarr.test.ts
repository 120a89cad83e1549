import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import * as zarrita from 'zarrita'
import * as nd from '../src/index.ts'
import { openZarr, readZarr } from '../src/zarr.ts'
import { leavesNothingLater, temporaryFolder } from './files.ts'
import { expectElements } from './heap.ts'
import { fixtures, Store, storeOf } from './zarr.ts'

const folder = temporaryFolder()

describe('stores that zarr for Python wrote', () => {
  it.each(fixtures.map(fixture => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    await leavesNothingLater(async () => {
      using a = await readZarr(fixture.store)
      expect(a.dtype).toBe(fixture.dtype)
      expect(a.shape).toEqual(fixture.shape)
      expectElements(a, [...fixture.elements])
    })
  })
})

/** An array of version 3 as the library itself writes it. */
async function written(shape: number[], chunkShape: number[], dtype: 'int32' | 'int64'): Promise<Store> {
  const store = new Store()
  const array = await zarrita.create(store as never, { shape, chunkShape, dtype })
  const size = shape.reduce((a, b) => a * b, 1)
  using values = nd.arange(0, size, 1, { dtype })
  const data = values.toTypedArray()
  await zarrita.set(array, null, { data, shape, stride: strides(shape) } as never)
  store.asked.length = 0
  return store
}

function strides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
}

describe('slices', () => {
  const item: fc.Arbitrary<nd.Slice> = fc.oneof(
    fc.integer({ min: -3, max: 2 }),
    fc.constant(null),
    fc.constant('...'),
    fc.constant(nd.newaxis),
    fc.tuple(
      fc.option(fc.integer({ min: -12, max: 12 })),
      fc.option(fc.integer({ min: -12, max: 12 })),
      fc.constantFrom(1, 1, 2, 3, 5, -1, -2, -7),
    ),
  )

  it('are those of the whole array', async () => {
    const shape = [7, 10, 5]
    const store = await written(shape, [3, 4, 2], 'int32')
    using whole = await readZarr(store)
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 4 }), async slice => {
        await leavesNothingLater(async () => {
          let expected: nd.NDArray
          try {
            expected = whole.slice(...slice)
          } catch {
            await expect(readZarr(store, { slice })).rejects.toThrow(nd.IndexError)
            return
          }
          using actual = await readZarr(store, { slice, concurrency: 3 })
          expect(actual.shape).toEqual(expected.shape)
          expectElements(actual, [...expected.toTypedArray()])
          expected.release()
        })
      }),
      { numRuns: 200 },
    )
  })

  it('read the chunks that they meet, and no others', async () => {
    const store = await written([6, 6], [2, 2], 'int64')
    using a = await readZarr(store, { slice: [3, '::4'] })
    expect(a.toArray()).toEqual([18n, 22n])
    expect(store.chunksRead).toEqual(['/c/1/0', '/c/1/2'])
    using none = await readZarr(store, { slice: ['2:2'] })
    expect(none.shape).toEqual([0, 6])
    expect(store.chunksRead).toHaveLength(2)
  })

  it('go into an array that is there', async () => {
    const store = await written([6, 6], [4, 4], 'int32')
    await leavesNothingLater(async () => {
      using image = nd.zeros([6, 6], { dtype: 'int32' })
      using out = image.slice('1:4', '::-2')
      expect(await readZarr(store, { slice: ['3:', '::2'], out })).toBe(out)
      expect(out.toArray()).toEqual([
        [18, 20, 22],
        [24, 26, 28],
        [30, 32, 34],
      ])
      expect(image.sum()).toBe(234n)
      await expect(readZarr(store, { out })).rejects.toThrow(nd.ShapeError)
    })
  })
})

describe('where stores are', () => {
  it('a folder, by path and URL, and an array in a group', async () => {
    const store = await written([5, 3], [2, 2], 'int32')
    for (const [key, bytes] of store) {
      const path = folder.path(`hierarchy.zarr/group/data${key}`)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, bytes)
    }
    const root = folder.path('hierarchy.zarr')
    await leavesNothingLater(async () => {
      for (const source of [root, new URL(`file://${root}`), `file://${root}`]) {
        using a = await readZarr(source, { path: 'group/data', slice: [-1] })
        expect(a.toArray()).toEqual([12, 13, 14])
      }
      await expect(readZarr(root)).rejects.toThrow(nd.FormatError)
      await expect(readZarr(root, { path: '../data' })).rejects.toThrow(nd.FormatError)
    })
  })

  it('a server', async () => {
    const store = await written([5, 3], [2, 2], 'int32')
    store.delete('/c/1/1')
    let failing = false
    const server = createServer((request, response) => {
      const bytes = store.get((request.url as string).replace('/data.zarr', ''))
      response.writeHead(failing ? 500 : bytes ? 200 : 404).end(bytes)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    afterAll(() => server.close())
    const { port } = server.address() as { port: number }
    const url = `http://127.0.0.1:${port}/data.zarr`
    await leavesNothingLater(async () => {
      using a = await readZarr(url, { slice: ['2:4'] })
      expect(a.toArray()).toEqual([
        [6, 7, 0],
        [9, 10, 0],
      ])
      expect(store.chunksRead).toEqual(['/c/1/0', '/c/1/1'])
      const opened = await openZarr(new URL(url))
      failing = true
      const failure = opened.read()
      await expect(failure).rejects.toThrow('500')
      await expect(failure).rejects.not.toThrow(nd.EbbError)
    })
  })
})

it('tells what an array is before it is read', async () => {
  const text = `{"zarr_format":3,"node_type":"array","shape":[2,3],"data_type":"int64","chunk_grid":{"name":"regular",
    "configuration":{"chunk_shape":[1,2]}},"chunk_key_encoding":{"name":"default"},"codecs":["x"],
    "attributes":{"unit":"mm"},"dimension_names":["y",null],"fill_value":-9223372036854775807}`
  const store = storeOf({
    text: text.replace('["x"]', '[{"name":"bytes","configuration":{"endian":"big"}}]'),
  })
  const array = await openZarr(store)
  expect({ ...array }).toEqual({
    shape: [2, 3],
    dtype: 'int64',
    chunks: [1, 2],
    fillValue: -9223372036854775807n,
    dimensionNames: ['y', null],
    attributes: { unit: 'mm' },
  })
  expect(array.nbytes).toBe(48)
  expect(store.chunksRead).toEqual([])
  using a = await array.read({ slice: [0] })
  expect(a.toArray()).toEqual(Array(3).fill(-9223372036854775807n))
})

it('reads floats that the fill value has by their bits', async () => {
  using a = await readZarr(storeOf({ data_type: 'float32', fill_value: '0x3fc00000' }))
  expect(a.toArray()).toEqual([1.5, 1.5, 1.5, 1.5])
  using b = await readZarr(storeOf({ data_type: 'float64', fill_value: '-Infinity' }))
  expect(b.toArray()).toEqual(Array(4).fill(-Infinity))
})

it('reads shards, and of them what is wanted', async () => {
  const bytes = [{ name: 'bytes', configuration: { endian: 'little' } }]
  const shard = new Uint8Array(2 + 2 + 3 * 16)
  shard.set([5, 6, 7, 8])
  const index = new DataView(shard.buffer, 4)
  const entries = [0n, 2n, 2n ** 64n - 1n, 2n ** 64n - 1n, 2n, 2n]
  entries.forEach((entry, i) => {
    index.setBigUint64(i * 8, entry, true)
  })
  const sharded = {
    shape: [11],
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [6] } },
    codecs: [
      { name: 'sharding_indexed', configuration: { chunk_shape: [2], codecs: bytes, index_codecs: bytes } },
    ],
    fill_value: 9,
  }
  using a = await readZarr(storeOf(sharded, { '/c/0': shard }))
  expect(a.toArray()).toEqual([5, 6, 9, 9, 7, 8, 9, 9, 9, 9, 9])
  const array = await openZarr(storeOf(sharded, { '/c/0': shard }))
  expect(array.chunks).toEqual([2])
})

it('keeps no more chunks at once than it may, and stops at a signal', async () => {
  const store = await written([40], [1], 'int32')
  let now = 0
  let most = 0
  const slow = {
    async get(key: string) {
      most = Math.max(most, ++now)
      await new Promise(resolve => setTimeout(resolve, 1))
      now--
      return store.get(key)
    },
  }
  await leavesNothingLater(async () => {
    using a = await readZarr(slow, { concurrency: 3 })
    expect(a.get(39)).toBe(39)
    expect(most).toBe(3)
    const reason = new Error('enough')
    await expect(readZarr(slow, { signal: AbortSignal.abort(reason) })).rejects.toThrow(reason)
    const controller = new AbortController()
    const reading = readZarr(slow, { signal: controller.signal, concurrency: 1 })
    setTimeout(() => controller.abort(reason), 10)
    await expect(reading).rejects.toThrow(reason)
  })
})

it('belongs to the scope that it is read in', async () => {
  const store = await written([4], [2], 'int32')
  await leavesNothingLater(async () => {
    await nd.scope(async () => {
      expect((await readZarr(store)).size).toBe(4)
    })
    using a = await nd.scope(() => readZarr(store))
    expect(a.toArray()).toEqual([0, 1, 2, 3])
  })
})
