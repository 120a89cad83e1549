import { createReadStream, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { chunks, fixture, leavesNothingLater, temporaryFolder } from './files.ts'

const folder = temporaryFolder()
const a = nd.arange(0, 1_500_000, 1, { dtype: 'uint32' })
afterAll(() => a.release())
const npy = nd.toNpy(a, { byteOrder: 'big' })
const npz = fixture('npz/list.npz')
const CHUNKS = [1, 0, 65_536, 7, 3_000_000, 11]

const server = createServer((request, response) => {
  if (request.url === '/missing') return response.writeHead(404, 'Not Found').end()
  const bytes = request.url === '/npz' ? npz : npy
  const length = request.url === '/short' ? bytes.length - 4 : bytes.length
  if (request.url !== '/chunked') response.setHeader('content-length', length)
  response.end(bytes.subarray(0, length))
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
afterAll(() => server.close())
const url = (path: string): URL => new URL(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)

/** The same bytes as every kind of source that takes time. */
const kinds: Record<string, (bytes: Uint8Array<ArrayBuffer>) => nd.Source | Promise<nd.Source>> = {
  Blob: bytes => new Blob([bytes]),
  ReadableStream: bytes => Readable.toWeb(Readable.from(chunks(bytes, CHUNKS))) as ReadableStream<Uint8Array>,
  'Node Readable': bytes => Readable.from(chunks(bytes, CHUNKS)),
  'file stream': bytes => createReadStream(fileOf(bytes)),
  FileHandle: bytes => open(fileOf(bytes)),
  'data: URL': bytes =>
    new URL(`data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`),
}

function fileOf(bytes: Uint8Array): string {
  const path = folder.path('source')
  writeFileSync(path, bytes)
  return path
}

describe.each(Object.keys(kinds))('from a %s', kind => {
  const sourceOf = kinds[kind] as (bytes: Uint8Array<ArrayBuffer>) => nd.Source | Promise<nd.Source>

  async function using<Result>(bytes: Uint8Array<ArrayBuffer>, use: (source: nd.Source) => Promise<Result>) {
    const source = await sourceOf(bytes)
    try {
      return await use(source)
    } finally {
      // A file stays open: it is the caller's.
      if (kind === 'FileHandle') await (source as { close(): Promise<void> }).close()
    }
  }

  it('an array is read', async () => {
    await using(npy, async source => {
      using b = await nd.load(source)
      expect(nd.arrayEqual(a, b)).toBe(true)
    })
  })

  it('an archive is read', async () => {
    await leavesNothingLater(() =>
      using(npz, async source => {
        const arrays = await nd.load<nd.Npz>(source)
        expect(Object.values(arrays).map(b => [...b.data].map(Number))).toEqual([
          [0, 1, 2],
          [0, 1, 2, 3],
        ])
        for (const b of Object.values(arrays)) b.release()
      }),
    )
  })

  it.each([0, 5, 11, 12, 100, 128, 5_000_000, npy.length - 1])(
    'one that ends after %i bytes is refused',
    async length => {
      await leavesNothingLater(() =>
        using(npy.slice(0, length), source => expect(nd.load(source)).rejects.toThrow(nd.FormatError)),
      )
    },
  )

  it('one that goes on is refused', async () => {
    const longer = new Uint8Array(npy.length + 1)
    longer.set(npy)
    await leavesNothingLater(() =>
      using(longer, source => expect(nd.load(source)).rejects.toThrow(nd.FormatError)),
    )
  })
})

describe('a source', () => {
  it.each(['/npy', '/chunked'])('may be fetched: %s', async path => {
    using b = await nd.load(url(path))
    expect(nd.arrayEqual(a, b)).toBe(true)
  })

  it('that is fetched may be an archive, may be missing, may be short', async () => {
    const arrays = await nd.load<nd.Npz>(url('/npz'))
    expect(Object.keys(arrays)).toEqual(['arr_0', 'arr_1'])
    for (const b of Object.values(arrays)) b.release()
    const { allocations } = nd.memory.heap()
    await expect(nd.load(url('/missing'))).rejects.toThrow(/404 Not Found/)
    await expect(nd.load(url('/short'))).rejects.toThrow(nd.FormatError)
    expect(nd.memory.heap().allocations).toBe(allocations)
  })

  it('that is an open file is read from its beginning, and stays where it was', async () => {
    const file = await open(fileOf(npy))
    await file.read(new Uint8Array(3), 0, 3)
    for (let time = 0; time < 2; time++) {
      using b = await nd.load(file)
      expect(nd.arrayEqual(a, b)).toBe(true)
    }
    expect((await file.read(new Uint8Array(3), 0, 3)).buffer).toEqual(npy.slice(3, 6))
    await file.close()
  })

  it('that is a stream is canceled when it is refused', async () => {
    let canceled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        canceled++
      },
    })
    await expect(nd.load(endless)).rejects.toThrow(nd.FormatError)
    const readable = Readable.from(chunks(new Uint8Array(10_000), [10]))
    await expect(nd.load(readable)).rejects.toThrow(nd.FormatError)
    expect([canceled, readable.destroyed]).toEqual([1, true])
  })

  it('that fails says why, and leaves nothing', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield npy.slice(0, 1_000_000)
      throw new Error('the line is dead')
    }
    await leavesNothingLater(async () => {
      await expect(nd.load(Readable.from(failing()))).rejects.toThrow('the line is dead')
      await expect(nd.load(Readable.toWeb(Readable.from(failing())) as ReadableStream)).rejects.toThrow(
        'the line is dead',
      )
    })
  })

  it('that is a stream of something else is refused', async () => {
    await expect(nd.load(Readable.from(['text']))).rejects.toThrow(nd.DTypeError)
    await expect(nd.load(Readable.from([{}]))).rejects.toThrow(nd.DTypeError)
  })

  it.runIf(process.platform === 'linux')('may be a device', async () => {
    await expect(nd.load('/dev/null')).rejects.toThrow(nd.FormatError)
    expect(() => nd.loadSync('/dev/zero')).toThrow(nd.FormatError)
    await expect(nd.load('/dev/zero')).rejects.toThrow(nd.FormatError)
  })
})
