import { writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { lzw } from '../src/images/lzw.ts'
import * as nd from '../src/index.ts'
import { readTiff } from '../src/tiff.ts'
import { leavesNothingLater, temporaryFolder } from './files.ts'
import { changed, expected, expectImage, fixturesOf, image, refused } from './images.ts'

const folder = temporaryFolder()

/** Where the value of a tag of a little-endian file is. */
function tagAt(bytes: Uint8Array, tag: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const start = view.getUint32(4, true)
  for (let i = 0; i < view.getUint16(start, true); i++) {
    if (view.getUint16(start + 2 + 12 * i, true) === tag) return start + 10 + 12 * i
  }
  throw new Error(`no tag ${tag}`)
}

describe('reading TIFF', () => {
  it.each(fixturesOf('.tif'))('%s', async name => {
    await leavesNothingLater(async () => expectImage(await readTiff(image(name)), name))
  })

  it('planes stay planes: the strides say so', async () => {
    using a = await readTiff(image('planar.tif'))
    expect(a.strides).toEqual([7, 1, 35])
  })

  it('from a path, a Blob and streams', async () => {
    const bytes = image('tiles-rgb-volume.tif')
    writeFileSync(folder.path('a.tif'), bytes)
    const sources = [
      folder.path('a.tif'),
      new Blob([bytes]),
      new Blob([bytes]).stream(),
      Readable.from([bytes.slice(0, 9), bytes.slice(9)]),
    ]
    await leavesNothingLater(async () => {
      for (const source of sources) expectImage(await readTiff(source), 'tiles-rgb-volume.tif')
    })
  })

  it('chosen pages', async () => {
    const whole = (expected['volume.tif'] as nd.NDArray).toArray() as unknown[]
    await leavesNothingLater(async () => {
      using one = await readTiff(image('volume.tif'), { pages: 2 })
      expect(one.toArray()).toEqual(whole[2])
      using list = await readTiff(image('volume.tif'), { pages: [3, 0, 3] })
      expect(list.toArray()).toEqual([whole[3], whole[0], whole[3]])
      using small = await readTiff(image('pyramid.tif'), { pages: [1] })
      expect(small.shape).toEqual([1, 4, 3])
      await expect(readTiff(image('volume.tif'), { pages: 4 })).rejects.toBeInstanceOf(nd.IndexError)
      for (const pages of [-1, 0.5, [], ['0']] as number[]) {
        await expect(readTiff(image('volume.tif'), { pages })).rejects.toBeInstanceOf(nd.DTypeError)
      }
    })
  })

  it('pages that are not alike only one by one', async () => {
    await refused(readTiff, image('unlike.tif'), /image 1 is uint8 of shape \(4, 3\)/)
    using second = await readTiff(image('unlike.tif'), { pages: 1 })
    expect(second.shape).toEqual([4, 3])
  })
})

describe('TIFF files that are none', () => {
  const plain = image('uint8.tif')
  const set = (tag: number, ...values: number[]) => changed(plain, tagAt(plain, tag), ...values)
  const volume = image('volume.tif')
  const first = new DataView(volume.buffer).getUint32(4, true)
  const next = first + 2 + 12 * (volume[first] as number)
  const cases: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
    ['nothing', new Uint8Array(), /not a TIFF file/],
    ['another order', changed(plain, 0, 0x4a), /not a TIFF file/],
    ['another version', changed(plain, 2, 44), /version is 44/],
    ['a directory outside', changed(plain, 4, 0xff, 0xff, 0xff, 0x7f), /refers to 2 at 2147483647/],
    ['no directory', changed(plain, 4, 0, 0, 0, 0), /no image/],
    ['directories in a circle', changed(volume, next, ...volume.slice(4, 8)), /cannot have them/],
    ['a forged width', set(256, 0xff, 0xff, 0xff, 0x7f), /cannot be in/],
    ['no height', set(257, 0, 0, 0, 0), /cannot be 5×0/],
    ['12 bits', set(258, 12), /12 bits/],
    ['Zstandard', set(259, 50000 & 255, 50000 >> 8), /compression 50000 is not read/],
    ['YCbCr', set(262, 6), /YCbCr/],
    ['a strip outside', set(273, 0xff, 0xff, 0xff, 0x7f), /refers to 20 at/],
    ['a strip that is too short', set(279, 19), /20 bytes cannot be in 19/],
    ['more rows than strips', set(278, 1), /4 TIFF blocks are needed; there are 1/],
    ['no rows in a strip', set(278, 0), /cannot be 5×0/],
    ['three samples of one', set(277, 3), /cannot be in/],
  ]
  it.each(cases)('%s', async (_, bytes, message) => refused(readTiff, bytes, message))

  it.each(['lzw', 'packbits', 'adobe'])('%s that ends early leaves nothing', async name => {
    const bytes = image(`${name}.tif`)
    const at = tagAt(bytes, 279)
    const damaged = changed(bytes, at, bytes[at] as number, (bytes[at + 1] as number) >> 1)
    await leavesNothingLater(() => expect(readTiff(damaged)).rejects.toBeInstanceOf(nd.FormatError))
  })
})

describe('lzw', () => {
  /** Codes of 9 bits as bytes. */
  function pack(...codes: number[]): Uint8Array {
    const bits = codes.map(code => code.toString(2).padStart(9, '0')).join('')
    return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], byte => Number.parseInt(byte.padEnd(8, '0'), 2))
  }

  it.each<[string, number[], number[]]>([
    ['the next code, used before it is there', [256, 65, 258, 259, 257], [65, 65, 65, 65, 65, 65]],
    ['ends at a code that cannot be', [256, 65, 300, 66], [65]],
    ['has no code of strings after a clear', [256, 65, 66, 256, 258, 66], [65, 66]],
    ['needs no clear at its beginning', [65, 66, 258, 257], [65, 66, 65, 66]],
    ['ends without an end', [256, 65, 66], [65, 66]],
  ])('%s', (_, codes, bytes) => {
    const out = new Uint8Array(16)
    expect([...out.subarray(0, lzw(pack(...codes), out))]).toEqual(bytes)
  })

  it('fills the room, and nothing behind it', () => {
    const out = new Uint8Array(16)
    expect(lzw(pack(256, 65, 258, 259, 260, 257), out.subarray(0, 4))).toBe(4)
    expect([...out]).toEqual([65, 65, 65, 65, ...new Array(12).fill(0)])
  })
})
