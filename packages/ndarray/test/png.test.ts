import { readFileSync, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { deflateSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as nd from '../src/index.ts'
import { readPng, toPng, writePng } from '../src/png.ts'
import { collector, leavesNothingLater, temporaryFolder } from './files.ts'
import { changed, expectImage, find, fixturesOf, image, refused, resealed } from './images.ts'

const folder = temporaryFolder()
const REFUSED = ['interlaced1.png']

/** A file with other pixels, as they are before they are packed. */
function withPixels(name: string, pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(image(name))
  const start = find(bytes, 'IDAT') - 4
  const data = deflateSync(pixels)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const end = bytes.subarray(find(bytes, 'IEND') - 4)
  return resealed(
    Buffer.concat([bytes.subarray(0, start), length, Buffer.from('IDAT'), data, Buffer.alloc(4), end]),
  )
}

describe('reading PNG', () => {
  it.each(fixturesOf('.png').filter(name => !REFUSED.includes(name)))('%s', async name => {
    await leavesNothingLater(async () => expectImage(await readPng(image(name)), name))
  })

  it('from a path, a Blob and streams', async () => {
    const bytes = image('rgb16.png')
    writeFileSync(folder.path('a.png'), bytes)
    const sources = [
      folder.path('a.png'),
      new Blob([bytes]),
      new Blob([bytes]).stream(),
      Readable.from([bytes.slice(0, 20), bytes.slice(20)]),
    ]
    await leavesNothingLater(async () => {
      for (const source of sources) expectImage(await readPng(source), 'rgb16.png')
    })
  })
})

describe('PNG files that are none', () => {
  const grey = image('grey8.png')
  const header = find(grey, 'IHDR') + 4
  const cases: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
    ['nothing', new Uint8Array(), /not a PNG file/],
    ['another signature', changed(grey, 0, 0x88), /not a PNG file/],
    ['cut off', grey.slice(0, -5), /does not fit|ends before/],
    ['no pixels', resealed(changed(grey, find(grey, 'IDAT'), 0x69)), /not in order/],
    ['a wrong checksum', changed(grey, find(grey, 'IDAT') - 5, 0), /CRC/],
    ['a forged width', resealed(changed(grey, header, 0x7f)), /cannot be in/],
    ['no height', resealed(changed(grey, header + 4, 0, 0, 0, 0)), /cannot be 5×0/],
    ['a height that is a little too large', resealed(changed(grey, header + 7, 8)), /42 of 48 bytes/],
    ['a height that is too small', resealed(changed(grey, header + 7, 6)), /more than 36 bytes/],
    ['3 bits', resealed(changed(grey, header + 8, 3)), /3 bits of colour type 0/],
    ['colour type 7', resealed(changed(grey, header + 9, 7)), /colour type 7/],
    ['compression 1', resealed(changed(grey, header + 10, 1)), /compression 1/],
    ['an unknown critical chunk', resealed(changed(grey, find(grey, 'IDAT'), 0x58)), /unknown chunk "XDAT"/],
    ['damaged pixels', resealed(changed(grey, find(grey, 'IDAT') + 4, 0xff, 0xff)), /damaged/],
    ['few bits and interlaced', image('interlaced1.png'), /interlaced/],
    ['an unknown filter', withPixels('grey8.png', new Uint8Array(42).fill(9)), /filter/],
  ]
  it.each(cases)('%s', async (_, bytes, message) => refused(readPng, bytes, message))

  it('a bomb: counted, and not kept', async () => {
    const bytes = withPixels('grey8.png', new Uint8Array(64 * 2 ** 20))
    const before = process.memoryUsage().arrayBuffers
    await refused(readPng, bytes, /more than 42 bytes of pixels/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20)
  })

  it('a colour that the palette lacks', async () => {
    const palette = image('palette8.png')
    const rows = new Uint8Array(16 * 13).fill(255)
    for (let y = 0; y < 16; y++) rows[y * 13] = 0
    expect(palette[find(palette, 'IHDR') + 13]).toBe(3)
    await refused(readPng, withPixels('palette8.png', rows), /colour 255 of a palette of/)
  })
})

describe('writing PNG', () => {
  it('every shape and both dtypes, also of views, read back the same', async () => {
    await leavesNothingLater(async () => {
      for (const dtype of ['uint8', 'uint16'] as const) {
        for (const shape of [
          [3, 5],
          [3, 5, 1],
          [3, 5, 2],
          [3, 5, 3],
          [3, 5, 4],
        ]) {
          using a = nd.random
            .defaultRng(3)
            .integers(0, dtype === 'uint8' ? 256 : 65536, { size: shape, dtype })
          using flipped = nd.flip(a)
          for (const each of [a, flipped]) {
            using back = await readPng(await toPng(each))
            expect(back.dtype).toBe(dtype)
            expect(back.shape).toEqual(shape.at(2) === 1 ? [3, 5] : shape)
            using same = back.reshape(shape)
            expect(nd.arrayEqual(same, each)).toBe(true)
          }
        }
      }
    })
  })

  it('to a path and to a stream', async () => {
    using a = nd.random.defaultRng(1).integers(0, 256, { size: [3, 4], dtype: 'uint8' })
    await writePng(folder.path('b.png'), a, { level: 9 })
    const { stream, bytes, ended } = collector()
    await writePng(stream, a, { level: 9 })
    expect(ended()).toBe('closed')
    expect(bytes()).toEqual(new Uint8Array(readFileSync(folder.path('b.png'))))
    using back = await readPng(folder.path('b.png'))
    expect(back.toArray()).toEqual(a.toArray())
  })

  it('refuses what is no image, and writes nothing', async () => {
    using floats = nd.zeros([2, 2])
    using line = nd.zeros([2], { dtype: 'uint8' })
    using many = nd.zeros([2, 2, 5], { dtype: 'uint8' })
    using none = nd.zeros([0, 2], { dtype: 'uint8' })
    using good = nd.zeros([2, 2], { dtype: 'uint8' })
    const path = folder.path('never.png')
    await expect(writePng(path, floats)).rejects.toBeInstanceOf(nd.DTypeError)
    for (const a of [line, many, none]) await expect(writePng(path, a)).rejects.toBeInstanceOf(nd.ShapeError)
    await expect(writePng(path, good, { level: 10 as 9 })).rejects.toBeInstanceOf(nd.DTypeError)
    await expect(writePng(path, [1] as unknown as nd.NDArray)).rejects.toBeInstanceOf(nd.DTypeError)
    const released = nd.zeros([2, 2], { dtype: 'uint8' })
    released.release()
    await expect(writePng(path, released)).rejects.toBeInstanceOf(nd.ReleasedError)
    expect(folder.names()).not.toContain('never.png')
  })
})

describe('without the package', () => {
  afterEach(() => vi.doUnmock('fast-png'))

  it('the error says which one to install', async () => {
    vi.doMock('fast-png', () => {
      throw new Error('Cannot find package')
    })
    vi.resetModules()
    const { readPng, writePng } = await import('../src/png.ts')
    const fresh = await import('../src/index.ts')
    await expect(readPng(image('grey8.png'))).rejects.toThrow(
      'needs the package fast-png: npm install fast-png',
    )
    using a = fresh.zeros([2, 2], { dtype: 'uint8' })
    await expect(writePng(folder.path('c.png'), a)).rejects.toMatchObject({
      code: 'EBB_DEPENDENCY',
      package: 'fast-png',
    })
  })
})
