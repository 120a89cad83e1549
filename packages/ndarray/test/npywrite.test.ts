import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { arrayOf, sample } from './arrays.ts'
import { collector, fixture, leavesNothingLater, temporaryFolder } from './files.ts'
import { leavesNothing, refuses } from './heap.ts'
import { elements } from './reference.ts'

const folder = temporaryFolder()
const isLinux = process.platform === 'linux'
const { files } = {
  files: JSON.parse(new TextDecoder().decode(fixture('npy/index.json'))) as { file: string }[],
}

/** More elements than a slab, in an order that no file has. */
function large(): nd.NDArray<'int32'> {
  using block = nd.arange(0, 3_000_000, 1, { dtype: 'int32' })
  using volume = block.reshape([300, 100, 100])
  return volume.transpose([1, 0, 2])
}

describe('toNpy', () => {
  it.each(files)('writes $file byte for byte as NumPy does', ({ file }) => {
    const bytes = fixture(`npy/${file}`)
    leavesNothing(() => {
      using a = nd.loadSync(bytes)
      const options = {
        version: bytes[6] as 1 | 2 | 3,
        byteOrder: file.includes('big') ? 'big' : 'little',
      } as const
      expect(Buffer.compare(nd.toNpy(a, options), bytes)).toBe(0)
    })
  })

  it('writes any array, however it lies in memory, so that it comes back', () => {
    const order = fc.constantFrom('little', 'big', undefined)
    const version = fc.constantFrom(1, 2, 3, undefined)
    fc.assert(
      fc.property(sample(), order, version, (from, byteOrder, version) => {
        leavesNothing(() => {
          using a = arrayOf(from)
          const bytes = nd.toNpy(a, { byteOrder, version } as nd.NpyOptions)
          using b = nd.loadSync(bytes)
          expect([b.dtype, b.shape]).toEqual([a.dtype, a.shape])
          expect(elements(b)).toEqual(elements(a))
          expect((bytes.length - b.nbytes) % 64).toBe(0)
        })
      }),
    )
  })

  it.each(['little', 'big'] as const)('cuts what is larger than a slab in parts, %s-endian', byteOrder => {
    using a = large()
    using b = nd.loadSync(nd.toNpy(a, { byteOrder }))
    expect(nd.arrayEqual(a, b)).toBe(true)
    using three = nd.arange(3)
    using row = three.slice(nd.newaxis, ':')
    using column = nd.zeros([700_000, 1])
    const [wide, other] = nd.broadcastArrays(row, column) as [nd.NDArray, nd.NDArray]
    other.release()
    using rows = nd.loadSync(nd.toNpy(wide, { byteOrder }))
    expect(rows.shape).toEqual([700_000, 3])
    expect(nd.arrayEqual(wide, rows)).toBe(true)
    wide.release()
  })

  it('needs no room for what lies in order, and for the rest none for a copy', () => {
    // 14 MiB are left beside the array.
    const heap = new nd.Heap({ maxBytes: 64 * 2 ** 20 })
    heap.run(() => {
      using all = nd.zeros([2 ** 20, 50], { dtype: 'uint8' })
      using flipped = all.T
      const { allocations } = nd.memory.heap()
      expect(nd.toNpy(flipped).length).toBe(all.nbytes + 128)
      expect(nd.memory.heap().allocations).toBe(allocations)
      using some = all.slice(':', [null, null, 2])
      expect(nd.toNpy(some).length).toBe(all.nbytes / 2 + 128)
    })
    heap.close()
  })

  it('refuses what is no array and no option', () => {
    using a = nd.zeros(3)
    refuses(nd.DTypeError, () => nd.toNpy([1] as never))
    refuses(nd.DTypeError, () => nd.toNpy(a, { byteOrder: 'middle' as never }))
    refuses(nd.DTypeError, () => nd.toNpy(a, { version: 4 as never }))
    const released = nd.zeros(2)
    released.release()
    refuses(nd.ReleasedError, () => nd.toNpy(released))
  })
})

describe('save and saveSync', () => {
  it('write to a path, a URL, an open file and streams of both kinds', async () => {
    using a = large()
    const expected = nd.toNpy(a)
    const same = (bytes: Uint8Array): void => expect(Buffer.compare(bytes, expected)).toBe(0)
    await leavesNothingLater(async () => {
      await nd.save(folder.path('a.npy'), a)
      await nd.save(pathToFileURL(folder.path('b.npy')), a)
      nd.saveSync(folder.path('c.npy'), a)
      nd.saveSync(pathToFileURL(folder.path('d.npy')), a)
      const file = await open(folder.path('e.npy'), 'w')
      await file.write('before')
      await nd.save(file, a)
      await file.write('behind')
      await file.close()
      for (const name of 'abcd') same(readFileSync(folder.path(`${name}.npy`)))
      const around = readFileSync(folder.path('e.npy'))
      expect([around.subarray(0, 6).toString(), around.subarray(-6).toString()]).toEqual(['before', 'behind'])
      same(around.subarray(6, -6))
      const web = collector()
      await nd.save(web.stream, a)
      expect(web.ended()).toBe('closed')
      same(web.bytes())
      const node = new PassThrough()
      const [bytes] = await Promise.all([buffer(node), nd.save(node, a)])
      same(bytes)
    })
    expect(folder.names()).toEqual(['a.npy', 'b.npy', 'c.npy', 'd.npy', 'e.npy'])
  })

  it('take no harm from a release meanwhile, nor from the end of a scope', async () => {
    const a = large()
    const expected = nd.toNpy(a)
    let saved: Promise<void> | undefined
    await leavesNothingLater(async () => {
      const b = a.copy()
      saved = nd.save(folder.path('released.npy'), b)
      b.release()
      nd.scope(() => {
        nd.full([300, 100, 100], 7, { dtype: 'int32' })
      })
      await saved
      let other: Promise<void> | undefined
      nd.scope(() => {
        const c = a.slice(':', ':', [null, null, -1])
        other = nd.save(folder.path('scoped.npy'), c.slice(':', ':', [null, null, -1]))
      })
      await other
    })
    for (const name of ['released', 'scoped']) {
      expect(Buffer.compare(readFileSync(folder.path(`${name}.npy`)), expected)).toBe(0)
    }
    a.release()
  })

  it('refuse what is no target', async () => {
    using a = nd.zeros(3)
    for (const bad of [5, null, undefined, {}, [], new Uint8Array(3)]) {
      await expect(nd.save(bad as never, a)).rejects.toThrow(nd.DTypeError)
    }
    await expect(nd.save(folder.path('no.npy'), 5 as never)).rejects.toThrow(nd.DTypeError)
    expect(folder.names()).not.toContain('no.npy')
  })
})

describe('a file that is replaced', () => {
  it.runIf(isLinux)('keeps its permissions, and a link stays one', async () => {
    const [path, link] = [folder.path('kept.npy'), folder.path('link.npy')]
    writeFileSync(path, 'old')
    chmodSync(path, 0o640)
    symlinkSync(path, link)
    using a = nd.ones(3)
    for (const write of [nd.save, async (to: string, b: nd.NDArray) => nd.saveSync(to, b)]) {
      await write(link, a)
      expect(statSync(path).mode & 0o777).toBe(0o640)
      expect(lstatSync(link).isSymbolicLink()).toBe(true)
      using b = nd.loadSync(path)
      expect(b.sum()).toBe(3)
    }
  })

  it('is there still when writing fails, and nothing else is', async () => {
    const path = folder.path('old.npy')
    writeFileSync(path, 'old')
    const before = folder.names()
    using a = large()
    const heap = a.lease.heap
    // The slab does not fit: the failure comes behind the header.
    const { allocate } = heap
    heap.allocate = () => {
      throw new nd.OutOfMemoryError(1, 0, 0)
    }
    try {
      await expect(nd.save(path, a)).rejects.toThrow(nd.OutOfMemoryError)
      expect(() => nd.saveSync(path, a)).toThrow(nd.OutOfMemoryError)
    } finally {
      heap.allocate = allocate
    }
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(folder.names()).toEqual(before)
  })

  it.runIf(isLinux)('a device is written itself, and says when it is full', async () => {
    using a = large()
    await leavesNothingLater(async () => {
      await expect(nd.save('/dev/full', a)).rejects.toThrow(/ENOSPC/)
      expect(() => nd.saveSync('/dev/full', a)).toThrow(/ENOSPC/)
      await nd.save('/dev/null', a)
      nd.saveSync('/dev/null', a)
    })
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('a folder that is not there, or is the target, is an error of the system', async () => {
    using a = nd.zeros(3)
    const missing = folder.path('missing/a.npy')
    await expect(nd.save(missing, a)).rejects.toThrow(/ENOENT/)
    expect(() => nd.saveSync(missing, a)).toThrow(/ENOENT/)
    await expect(nd.save(folder.path(''), a)).rejects.toThrow(/EISDIR/)
  })

  it('a stream that fails is told why', async () => {
    using a = large()
    await leavesNothingLater(async () => {
      const full = new WritableStream({
        write() {
          throw new Error('the pipe is full')
        },
      })
      await expect(nd.save(full, a)).rejects.toThrow('the pipe is full')
    })
  })
})
