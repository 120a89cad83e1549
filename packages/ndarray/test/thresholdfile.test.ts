import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { collector, leavesNothingLater, temporaryFolder } from './files.ts'
import { DTYPES } from './reference.ts'

const MIB = 2 ** 20
const METHODS = ['otsu', 'li', 'yen', 'isodata', 'triangle', 'minimum', 'mean'] as const
const MODES = ['binary', 'binaryInv', 'trunc', 'toZero', 'toZeroInv'] as const
/** A slab is an eighth: files of the size below have several. */
const small = { maxBytes: MIB }
const SHAPE = [30, 100, 120]
const SIZE = 360_000

const folder = temporaryFolder()
const [input, output] = [folder.path('in.npy'), folder.path('out.npy')]

/** Two classes of grey levels that overlap, as a volume in Fortran order. */
function volume(dtype: nd.DType): nd.NDArray {
  using flat = nd.fromTypedArray(greyLevels(dtype))
  using typed = flat.astype(dtype)
  using shaped = typed.reshape(SHAPE.toReversed())
  return shaped.T
}

function greyLevels(dtype: nd.DType): Float64Array<ArrayBuffer> {
  const { kind, bytes } = nd.dtypes[dtype]
  const values = new Float64Array(SIZE)
  let state = 12345
  const random = (): number => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state / 2 ** 31
  }
  const bell = (): number => (random() + random() + random() + random()) / 4
  for (let i = 0; i < SIZE; i++) values[i] = bell() * 40 + (random() < 0.4 ? 60 : 10)
  if (kind === 'bool') for (let i = 0; i < SIZE; i++) values[i] = Number((values[i] as number) > 60)
  else if (kind !== 'float') for (let i = 0; i < SIZE; i++) values[i] = Math.floor(values[i] as number)
  // Levels that are few, but spread wider than a bin each.
  if (kind !== 'float' && bytes === 8) for (let i = 0; i < SIZE; i++) (values[i] as number) *= 1e10
  return values
}

function inMemory(a: nd.NDArray, method: (typeof METHODS)[number]): number {
  switch (method) {
    case 'otsu':
      return nd.thresholdOtsu(a)
    case 'li':
      return nd.thresholdLi(a)
    case 'yen':
      return nd.thresholdYen(a)
    case 'isodata':
      return nd.thresholdIsodata(a)
    case 'triangle':
      return nd.thresholdTriangle(a)
    case 'minimum':
      return nd.thresholdMinimum(a)
    case 'mean':
      return nd.thresholdMean(a)
  }
}

/** What a call comes to: its value, or the kind of its error. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    return (error as Error).name
  }
}

describe.each(DTYPES)('a file of %s', dtype => {
  it.each(METHODS)('has the threshold of the array in memory: %s', async method => {
    using a = volume(dtype)
    for (const byteOrder of ['little', 'big'] as const) {
      nd.saveSync(input, a, { byteOrder })
      const expected = await outcome(() => inMemory(a, method))
      const actual = await leavesNothingLater(() =>
        outcome(() => nd.thresholdFile(input, output, method, small)),
      )
      if (typeof expected !== 'number') expect(actual).toBe(expected)
      // Sums of floats are rounded otherwise: by part.
      else {
        const rounding = (dtype === 'float32' ? 1e-6 : 1e-12) * Math.abs(expected)
        expect(Math.abs(Number(actual) - expected)).toBeLessThanOrEqual(rounding)
      }
    }
  })

  it('is filtered as the array in memory is, and keeps its order', async () => {
    using a = volume(dtype)
    const t = dtype === 'bool' ? 0 : dtype.endsWith('64') && dtype !== 'float64' ? 40e10 : 40
    for (const mode of MODES) {
      using expected = nd.threshold(a, t, { mode })
      for (const byteOrder of ['little', 'big'] as const) {
        nd.saveSync(input, a, { byteOrder })
        const used = await leavesNothingLater(() => nd.thresholdFile(input, output, t, { ...small, mode }))
        expect(used).toBe(t)
        using actual = nd.loadSync(output)
        expect([nd.arrayEqual(actual, expected), actual.strides]).toEqual([true, a.strides])
        const [header, before] = [readFileSync(output), readFileSync(input)].map(bytes =>
          bytes.subarray(0, 128),
        )
        expect(header).toEqual(before)
      }
    }
  })
})

describe('thresholdFile', () => {
  beforeEach(() => {
    using a = volume('uint16')
    nd.saveSync(input, a)
    writeFileSync(output, 'old')
  })

  it('tells how far it is, in every pass', async () => {
    const told: nd.ThresholdProgress[] = []
    using a = volume('float32')
    nd.saveSync(input, a)
    await nd.thresholdFile(input, output, 'otsu', { ...small, onProgress: progress => told.push(progress) })
    const passes = [...new Set(told.map(({ stage, pass }) => `${stage} ${pass}`))]
    expect(passes).toEqual(['measure 1', 'measure 2', 'filter 1'])
    expect(told.length).toBe(3 * Math.ceil((SIZE * 4) / (MIB / 8)))
    for (const { done, total } of told) expect([total, done > 0 && done <= total]).toEqual([SIZE * 4, true])
    expect(told.at(-1)).toEqual({ stage: 'filter', pass: 1, done: SIZE * 4, total: SIZE * 4 })
  })

  it('reads files, bytes and Blobs, and writes to every target, the input itself among them', async () => {
    using a = volume('uint16')
    nd.threshold(a, nd.thresholdOtsu(a), { maxValue: 1, out: a })
    const expected = nd.toNpy(a)
    const bytes = readFileSync(input)
    const options = { ...small, maxValue: 1 }
    const file = await open(input)
    for (const source of [file, bytes, new Blob([bytes])]) {
      const target = collector()
      await nd.thresholdFile(source, target.stream, 'otsu', options)
      expect(Buffer.compare(target.bytes(), expected)).toBe(0)
    }
    await file.close()
    const same = folder.path('same.npy')
    copyFileSync(input, same)
    await nd.thresholdFile(same, same, 'otsu', options)
    expect(Buffer.compare(readFileSync(same), expected)).toBe(0)
  })

  it('finds the value of a constant image, and of one infinity', async () => {
    using ones = nd.full([50_000], 2.5)
    nd.saveSync(input, ones)
    expect(await nd.thresholdFile(input, output, 'otsu', small)).toBe(2.5)
    using infinities = nd.full([50_000], Infinity)
    nd.saveSync(input, infinities)
    expect(await nd.thresholdFile(input, output, 'otsu', small)).toBe(Infinity)
    await expect(nd.thresholdFile(input, output, 'yen', small)).rejects.toThrow(nd.DTypeError)
  })

  it('keeps integers that spread wide as long as they are few', async () => {
    const values = Int32Array.from({ length: SIZE }, (_, i) => Math.imul(i, 2654435761))
    using many = nd.fromTypedArray(values)
    nd.saveSync(input, many)
    await expect(nd.thresholdFile(input, output, 'otsu', small)).rejects.toThrow(nd.ThresholdError)
    expect(await nd.thresholdFile(input, output, 'otsu')).toBe(nd.thresholdOtsu(many))
  })

  it('of no elements filters nothing, and measures nothing', async () => {
    using nothing = nd.zeros([0, 3], { dtype: 'int16' })
    nd.saveSync(input, nothing)
    await nd.thresholdFile(input, output, 5, small)
    expect(Buffer.compare(readFileSync(output), nd.toNpy(nothing))).toBe(0)
    await expect(nd.thresholdFile(input, output, 'otsu', small)).rejects.toThrow(nd.ShapeError)
  })

  describe('leaves the output as it was', () => {
    async function fails(act: () => Promise<unknown>, message: RegExp | (new (...parts: never[]) => Error)) {
      const before = folder.names()
      await leavesNothingLater(() => expect(act()).rejects.toThrow(message as RegExp))
      expect(readFileSync(output, 'utf8')).toBe('old')
      expect(folder.names()).toEqual(before)
    }

    it.each(['measure', 'filter'])('when it is aborted: %s', async stage => {
      const controller = new AbortController()
      const onProgress = (progress: nd.ThresholdProgress): void => {
        if (progress.stage === stage && progress.done > progress.total / 3) controller.abort()
      }
      const options = { ...small, onProgress, signal: controller.signal }
      await fails(() => nd.thresholdFile(input, output, 'otsu', options), /abort/i)
      await fails(
        () => nd.thresholdFile(input, output, 5, { signal: AbortSignal.abort(new Error('no')) }),
        /no/,
      )
    })

    it('when the callback throws', async () => {
      const onProgress = (): void => {
        throw new Error('enough')
      }
      await fails(() => nd.thresholdFile(input, output, 5, { ...small, onProgress }), /enough/)
    })

    it('when the input is damaged, another kind of file, or a stream', async () => {
      const bytes = readFileSync(input)
      await fails(() => nd.thresholdFile(bytes.subarray(0, -1), output, 5), nd.FormatError)
      await fails(() => nd.thresholdFile(Buffer.from('PK\x03\x04'), output, 5), nd.FormatError)
      await fails(() => nd.thresholdFile(folder.path('missing.npy'), output, 5), /ENOENT/)
      await fails(() => nd.thresholdFile(Readable.from([bytes]), output, 5), nd.DTypeError)
    })

    it('when an option is impossible', async () => {
      const run = (t: unknown, options: unknown) => () =>
        nd.thresholdFile(input, output, t as number, options as never)
      await fails(run('best', {}), /unknown method "best"/)
      await fails(run(undefined, {}), nd.DTypeError)
      await fails(run(5, { mode: 'none' }), /unknown mode/)
      await fails(run(5, { maxValue: 'many' }), nd.DTypeError)
      await fails(run(5, { maxBytes: 1000 }), nd.DTypeError)
      await fails(run('otsu', { nbins: 0 }), nd.DTypeError)
      await fails(run('li', { tolerance: -1 }), nd.DTypeError)
    })

    it('when it has NaN', async () => {
      using a = nd.full([90_000], 1)
      a.set(NaN, 80_000)
      nd.saveSync(input, a)
      await fails(() => nd.thresholdFile(input, output, 'otsu', small), nd.DTypeError)
    })

    it.runIf(process.platform === 'linux')('when the disk is full, or cannot be written', async () => {
      await fails(() => nd.thresholdFile(input, '/dev/full', 5, small), /ENOSPC/)
      await fails(() => nd.thresholdFile(input, folder.path('no/out.npy'), 5, small), /ENOENT/)
    })
  })
})
