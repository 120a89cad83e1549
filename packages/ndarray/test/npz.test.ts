import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { collector, fixture, leavesNothingLater, temporaryFolder } from './files.ts'
import { elements, fromText } from './reference.ts'

interface Saved {
  dtype: nd.DType
  shape: number[]
  values: string[]
}

const INDEX = JSON.parse(new TextDecoder().decode(fixture('npz/index.json'))) as Record<string, Saved>
const folder = temporaryFolder()

/** Loads an archive, hands it to `use`, and releases it. */
async function withArrays(
  source: nd.Source,
  use: (arrays: nd.Npz) => void,
  options?: nd.LoadOptions,
): Promise<void> {
  await leavesNothingLater(async () => {
    const arrays = await nd.load<nd.Npz>(source, options)
    use(arrays)
    for (const a of Object.values(arrays)) a.release()
  })
}

async function refusesArchive(bytes: Uint8Array<ArrayBuffer>, message: RegExp): Promise<void> {
  await leavesNothingLater(async () => {
    const refusal = await nd.load(bytes).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(nd.FormatError)
    expect((refusal as Error).message).toMatch(message)
  })
}

describe('archives that NumPy wrote', () => {
  it.each(['plain', 'compressed'])('%s.npz is read whole', async name => {
    await withArrays(fixture(`npz/${name}.npz`), arrays => {
      expect(Object.keys(arrays)).toEqual(Object.keys(INDEX))
      for (const [key, { dtype, shape, values }] of Object.entries(INDEX)) {
        const a = arrays[key] as nd.NDArray
        expect([a.dtype, a.shape]).toEqual([dtype, shape])
        expect(elements(a)).toEqual(values.map(text => fromText(text, dtype)))
      }
    })
  })

  it('may have no member, or one in a folder', async () => {
    await withArrays(fixture('npz/none.npz'), arrays => expect(Object.keys(arrays)).toEqual([]))
    await withArrays(fixture('npz/folder.npz'), arrays =>
      expect(Object.keys(arrays)).toEqual(['inner/numbers']),
    )
  })

  it('have names that mean nothing but themselves', async () => {
    await withArrays(fixture('npz/names.npz'), arrays => {
      expect(Object.keys(arrays)).toEqual(['__proto__', 'toString', '../a/b', ''])
      expect(Object.getPrototypeOf(arrays)).toBe(null)
      for (const a of Object.values(arrays)) expect(a.sum()).toBe(3n)
    })
  })

  it('are read in part', async () => {
    const only = { names: ['numbers'] }
    for (const name of ['objects', 'other-members']) {
      await withArrays(
        fixture(`npz/${name}.npz`),
        arrays => expect(Object.keys(arrays)).toEqual(['numbers']),
        only,
      )
    }
    await expect(nd.load(fixture('npz/list.npz'), only)).rejects.toThrow(/no "numbers"/)
  })

  it.each([
    ['objects', /"objects.npy": elements of type "\|O" are not read/],
    ['other-members', /"notes.txt": not a .npy file/],
    ['short', /"numbers.npy": .* has 23 bytes/],
    ['long', /"numbers.npy": .* has 25 bytes/],
    ['twice', /"numbers" twice/],
    ['bzip2', /cannot be read: Compression method/],
    ['checksum', /cannot be read: Invalid CRC32/],
  ])('%s.npz is refused', async (name, message) => {
    await refusesArchive(fixture(`npz/${name}.npz`), message)
  })

  it('truncated anywhere are refused', async () => {
    const bytes = fixture('npz/list.npz')
    for (let length = 4; length < bytes.length; length += 3) await refusesArchive(bytes.slice(0, length), /./)
  })

  it('a size beyond what deflate can do allocates nothing', async () => {
    const bytes = fixture('npz/compressed.npz')
    const view = new DataView(bytes.buffer)
    const directory = bytes.findLastIndex(
      (_, i) => i + 4 <= bytes.length && view.getUint32(i, true) === 0x02014b50,
    )
    view.setUint32(directory + 24, 0xfffffff0, true)
    const { allocations } = nd.memory.heap()
    await expect(nd.load(bytes, { names: ['zeros'] })).rejects.toThrow(nd.FormatError)
    expect(nd.memory.heap().allocations).toBe(allocations)
  })

  it('are not read at once', () => {
    expect(() => nd.loadSync(fixture('npz/plain.npz'))).toThrow(/await load/)
  })

  it('whose source fails say why', async () => {
    const broken = new Blob([fixture('npz/plain.npz')])
    const failing = new Proxy(broken, {
      get(target, key) {
        if (key === 'slice') throw new Error('the disk is dead')
        const value = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    await expect(nd.load(failing)).rejects.toThrow('the disk is dead')
  })
})

describe('savez', () => {
  it.each([false, true])('writes what load reads, compressed: %s', async compressed => {
    using a = nd.arange(0, 1_200_000, 1, { dtype: 'int64' })
    using matrix = a.reshape([1000, 1200])
    using strided = matrix.slice([null, null, -3], [1, null, 2])
    using flipped = matrix.T
    using scalar = nd.full([], true)
    using nothing = nd.zeros([0, 4], { dtype: 'uint16' })
    const arrays = { a, strided, flipped, scalar, nothing, 'größe/é': scalar }
    const path = folder.path('all.npz')
    await leavesNothingLater(() => nd.savez(path, arrays, { compressed, byteOrder: 'big' }))
    await withArrays(path, loaded => {
      expect(Object.keys(loaded)).toEqual(Object.keys(arrays))
      for (const [name, b] of Object.entries(arrays)) {
        const c = loaded[name] as nd.NDArray
        expect([c.dtype, nd.arrayEqual(b, c)]).toEqual([b.dtype, true])
      }
    })
  })

  it('names the members of a list, and writes the same bytes again', async () => {
    using a = nd.arange(3)
    using b = nd.arange(4)
    const target = collector()
    await nd.savez(target.stream, [a, b], { compressed: true })
    expect(target.ended()).toBe('closed')
    await withArrays(target.bytes(), arrays => expect(Object.keys(arrays)).toEqual(['arr_0', 'arr_1']))
    expect(await nd.toNpz([a, b], { compressed: true })).toEqual(target.bytes())
    await withArrays(await nd.toNpz([]), arrays => expect(Object.keys(arrays)).toEqual([]))
  })

  it('takes no harm from a release meanwhile', async () => {
    const a = nd.ones([500, 400])
    const b = nd.ones([500, 400])
    const turned = a.T
    const saved = nd.toNpz({ a: turned, b })
    turned.release()
    a.release()
    b.release()
    using other = nd.zeros([500, 400])
    await withArrays(await saved, arrays => {
      for (const name of ['a', 'b']) expect((arrays[name] as nd.NDArray).sum()).toBe(200_000)
    })
    expect(other.sum()).toBe(0)
  })

  it('leaves what was there when it fails, and no block', async () => {
    const path = folder.path('old.npz')
    writeFileSync(path, 'old')
    const before = folder.names()
    using a = nd.zeros([600, 1000])
    using flipped = a.T
    await leavesNothingLater(async () => {
      const full = new WritableStream({
        write() {
          throw new Error('the pipe is full')
        },
      })
      await expect(nd.savez(full, { a, flipped })).rejects.toThrow('the pipe is full')
      await expect(nd.savez('/dev/full', { flipped }, { byteOrder: 'big' })).rejects.toThrow(/ENOSPC/)
      await expect(nd.savez(path, { a, b: 5 as never })).rejects.toThrow(nd.DTypeError)
      await expect(nd.savez(path, a as never)).rejects.toThrow(nd.DTypeError)
      await expect(nd.savez(path, null as never)).rejects.toThrow(nd.DTypeError)
    })
    expect(folder.names()).toEqual(before)
  })
})
