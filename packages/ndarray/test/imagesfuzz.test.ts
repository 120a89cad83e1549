import { describe, expect, it, vi } from 'vitest'
import { currentHeap } from '../src/heap/heap.ts'
import { MOST_EXPANSION } from '../src/images/inflate.ts'
import { MOST_LZW_EXPANSION } from '../src/images/lzw.ts'
import * as nd from '../src/index.ts'
import { readNifti } from '../src/nifti.ts'
import { readPng } from '../src/png.ts'
import { readTiff } from '../src/tiff.ts'
import { leavesNothingLater } from './files.ts'
import { fixturesOf, image, resealed } from './images.ts'
import { mutated, randomFrom } from './mutated.ts'

/**
 * Mutated images: a FormatError, or an array that can have been in the file, in time; nothing stays in the heap, and
 * no more was asked of it than the file could hold. Without EBB_FUZZ, a few seconds' worth; EBB_FUZZ=100000 is that many
 * files in all, and EBB_FUZZ_SEED another run.
 */
const ALL = Number(process.env.EBB_FUZZ ?? 12_000)
const SEED = Number(process.env.EBB_FUZZ_SEED ?? 1)
/** Samples of one bit become bytes, and indices become four of them. */
const PALETTE_EXPANSION = 32

interface Kind {
  readonly name: string
  readonly originals: readonly string[]
  /** Bytes that one of a file can become. */
  readonly expansion: number
  read(bytes: Uint8Array<ArrayBuffer>): Promise<nd.NDArray>
  /** What makes more mutations get past the first check. */
  mend?(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>
}

const KINDS: readonly Kind[] = [
  {
    name: 'PNG, as it is',
    originals: fixturesOf('.png'),
    expansion: MOST_EXPANSION * PALETTE_EXPANSION,
    read: readPng,
  },
  {
    name: 'PNG with right checksums',
    originals: fixturesOf('.png'),
    expansion: MOST_EXPANSION * PALETTE_EXPANSION,
    read: readPng,
    mend: resealed,
  },
  {
    name: 'TIFF',
    originals: fixturesOf('.tif'),
    // What pages refer to is at most twice the file.
    expansion: 2 * MOST_LZW_EXPANSION,
    read: readTiff,
  },
  {
    name: 'NIfTI',
    originals: fixturesOf('.nii'),
    expansion: 1,
    read: async bytes => (await readNifti(bytes)).array,
  },
  {
    name: 'NIfTI, packed',
    originals: fixturesOf('.nii.gz'),
    expansion: MOST_EXPANSION,
    read: async bytes => (await readNifti(bytes)).array,
  },
]

const FILES = Math.ceil(ALL / KINDS.length)

describe('mutated images', () => {
  it.each(KINDS)(
    '$name: refused, or read',
    async ({ name, originals, expansion, read, mend }) => {
      const random = randomFrom(SEED)
      const files = originals.map(image)
      const allocate = vi.spyOn(currentHeap(), 'allocate')
      let good = 0
      await leavesNothingLater(async () => {
        for (let i = 0; i < FILES; i++) {
          const changed = mutated(files[random(files.length)] as Uint8Array, random)
          const bytes = mend ? mend(changed) : changed
          const started = performance.now()
          const outcome = await read(bytes).catch((error: unknown) => error)
          const report = `${name} ${i} of seed ${SEED} (${Buffer.from(bytes).toString('base64')})`
          if (outcome instanceof nd.NDArray) {
            good++
            outcome.release()
          } else if (!(outcome instanceof nd.FormatError)) {
            throw new Error(`${report} ended in ${String(outcome)}`, { cause: outcome })
          }
          const asked = Math.max(0, ...allocate.mock.calls.map(([, , size]) => size))
          allocate.mockClear()
          expect(asked, report).toBeLessThanOrEqual(bytes.length * expansion)
          expect(performance.now() - started, report).toBeLessThan(10_000)
        }
      })
      expect(good).toBeGreaterThan(FILES / 200)
    },
    3_600_000,
  )
})
