import { writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as nd from '../src/index.ts'
import { readNifti } from '../src/nifti.ts'
import { leavesNothingLater, temporaryFolder } from './files.ts'
import { changed, expected, expectImage, fixturesOf, image, refused } from './images.ts'

const folder = temporaryFolder()
const volumes = [...fixturesOf('.nii'), ...fixturesOf('.nii.gz')]

async function release(read: Promise<{ array: nd.NDArray }>): Promise<void> {
  ;(await read).array.release()
}

describe('reading NIfTI', () => {
  it.each(volumes)('%s', async name => {
    await leavesNothingLater(async () => expectImage((await readNifti(image(name))).array, name))
  })

  it('x runs fastest', async () => {
    const { array } = await readNifti(image('time.nii.gz'))
    expect([array.shape, array.strides]).toEqual([
      [3, 4, 2, 5],
      [1, 3, 12, 24],
    ])
    array.release()
  })

  it.each(['big.nii', 'time.nii.gz'])('%s from a path, a Blob and streams', async name => {
    const bytes = image(name)
    writeFileSync(folder.path(name), bytes)
    const sources = [
      folder.path(name),
      new Blob([bytes]),
      new Blob([bytes]).stream(),
      Readable.from([bytes.slice(0, 1), bytes.slice(1, 400), bytes.slice(400)]),
    ]
    await leavesNothingLater(async () => {
      for (const source of sources) expectImage((await readNifti(source)).array, name)
    })
  })

  it('bytes behind the voxels do not matter', async () => {
    const bytes = Buffer.concat([image('int16.nii'), Buffer.alloc(100_000)])
    for (const each of [bytes, gzipSync(bytes)]) {
      expectImage((await readNifti(new Uint8Array(each))).array, 'int16.nii')
    }
  })

  it('scales as the header says', async () => {
    await leavesNothingLater(async () => {
      for (const [name, slope, inter] of [
        ['big.nii', 0.5, -3],
        ['sform.nii.gz', 2, 10],
        ['uint8.nii', 1, 0],
      ] as const) {
        for (const scaled of [true, 'float32'] as const) {
          const { array } = await readNifti(image(name), { scaled })
          const right = nd.astype(expected[name] as nd.NDArray, 'float64')
          right.multiply(slope, { out: right }).add(inter, { out: right })
          expect(array.dtype).toBe(scaled === true ? 'float64' : 'float32')
          expect(array.strides[0]).toBe(1)
          expect(nd.allclose(array, right)).toBe(true)
          for (const each of [array, right]) each.release()
        }
      }
    })
  })
})

describe('the affine', () => {
  async function affineOf(name: string): Promise<readonly (readonly number[])[]> {
    const { array, affine } = await readNifti(image(name))
    array.release()
    // −0 is 0.
    return affine.map(row => row.map(value => value + 0))
  }

  it('of voxel sizes alone is centred, with x to the left', async () => {
    expect(await affineOf('time.nii.gz')).toEqual([
      [-0.5, 0, 0, 0.5],
      [0, 2, 0, -3],
      [0, 0, 3, -1.5],
      [0, 0, 0, 1],
    ])
    expect(await affineOf('extension.nii')).toEqual([
      [-1, 0, 0, 2],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ])
  })

  it('of a qform is its rotation, with z turned by qfac', async () => {
    // The quaternion (½, ½, ½, ½) sends x to y, y to z, z to x.
    expect(await affineOf('big.nii')).toEqual([
      [0, 0, -4, 10],
      [2, 0, 0, 20],
      [0, 3, 0, 30],
      [0, 0, 0, 1],
    ])
  })

  it('of a quaternion that is too long is that of its direction', async () => {
    const affine = await affineOf('qform-long.nii')
    const right = [
      [0.6, 1.6, 0, 0],
      [0.8, -1.2, 0, 0],
      [0, 0, -3, 0],
      [0, 0, 0, 1],
    ].flat()
    affine.flat().forEach((value, i) => {
      expect(value).toBeCloseTo(right[i] as number, 12)
    })
  })

  it('of an sform is it, whatever the qform says', async () => {
    expect(await affineOf('sform.nii.gz')).toEqual([
      [1.5, 0, 0.25, -9],
      [0, 2, 0, 4],
      [0.125, 0, 3, 7],
      [0, 0, 0, 1],
    ])
  })

  it('comes with the header', async () => {
    const { array, header } = await readNifti(image('big.nii'))
    array.release()
    expect(header.dims.slice(0, 4)).toEqual([3, 3, 2, 4])
    expect([header.scl_slope, header.scl_inter, header.description]).toEqual([0.5, -3, 'by hand'])
  })
})

describe('NIfTI files that are none', () => {
  const plain = image('int16.nii')
  const packed = image('time.nii.gz')
  const cases: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
    ['nothing', new Uint8Array(), /ends inside its header/],
    ['half a header', plain.slice(0, 200), /ends inside its header/],
    ['a pair', changed(plain, 345, 0x69), /\.hdr and \.img/],
    ['NIfTI-2', changed(plain, 0, 540 & 255, 540 >> 8), /NIfTI-2/],
    ['another magic', changed(plain, 344, 0), /not a NIfTI-1 file/],
    ['RGB', changed(plain, 70, 128, 0), /datatype 128/],
    ['no axes', changed(plain, 40, 0), /0 axes/],
    ['eight axes', changed(plain, 40, 8), /8 axes/],
    ['a negative length', changed(plain, 42, 0xff, 0xff), /length -1/],
    ['forged lengths', changed(plain, 40, 7, 0, ...new Array(14).fill(0x7f)), /impossible|cannot have/],
    ['one voxel too many', changed(plain, 42, 3), /cannot have 400 in all/],
    ['an offset of no bytes', changed(plain, 108, 0, 0, 0, 0), /begin at byte 0/],
    ['an offset that is no number', changed(plain, 108, 0xff, 0xff, 0xff, 0xff), /begin at byte NaN/],
    ['an offset outside', changed(plain, 108, 0, 0, 0x80, 0x4e), /cannot have/],
    [
      'forged lengths, packed',
      new Uint8Array(gzipSync(changed(plain, 42, 0xff, 0x7f, 0xff, 0x7f))),
      /cannot have/,
    ],
  ]
  it.each(cases)('%s', async (_, bytes, message) =>
    refused(bytes => release(readNifti(bytes)), bytes, message),
  )

  it('damaged gzip leaves nothing', async () => {
    const right = gunzipSync(packed)
    const wrong = [
      packed.slice(0, -20),
      changed(packed, packed.length - 6, (packed.at(-6) as number) ^ 1),
      changed(packed, 40, ...new Array(30).fill(0xff)),
      new Uint8Array(gzipSync(right.subarray(0, -1))),
      new Uint8Array([0x1f, 0x8b, 8]),
    ]
    await leavesNothingLater(async () => {
      for (const bytes of wrong) await expect(readNifti(bytes)).rejects.toBeInstanceOf(nd.FormatError)
    })
  })

  it("what the source throws is not the file's fault", async () => {
    const failing = Readable.from(
      (async function* () {
        yield packed.slice(0, 100)
        throw new Error('the line is dead')
      })(),
    )
    await leavesNothingLater(() => expect(readNifti(failing)).rejects.toThrow('the line is dead'))
  })

  it('another option', async () => {
    await expect(readNifti(plain, { scaled: 'int8' as 'float32' })).rejects.toBeInstanceOf(nd.DTypeError)
  })
})

describe('without the package', () => {
  afterEach(() => vi.doUnmock('nifti-reader-js'))

  it('the error says which one to install', async () => {
    vi.doMock('nifti-reader-js', () => {
      throw new Error('Cannot find package')
    })
    vi.resetModules()
    const { readNifti } = await import('../src/nifti.ts')
    await expect(readNifti(image('int16.nii'))).rejects.toThrow('npm install nifti-reader-js')
  })
})
