import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { fixture, leavesNothingLater } from './files.ts'
import { mutated, randomFrom } from './mutated.ts'

/**
 * Mutated files for every parser: a FormatError, or an array whose elements were in the file. Without
 * EBB_FUZZ, a few seconds' worth; EBB_FUZZ=100000 is that many files in all, and EBB_FUZZ_SEED another run.
 */
const FILES = Number(process.env.EBB_FUZZ ?? 24_000)
const SEED = Number(process.env.EBB_FUZZ_SEED ?? 1)
/** Deflate makes at most so many bytes of one. */
const DEFLATE = 1032
/** Reading an archive takes a hundred times as long as reading a .npy file. */
const ARCHIVES = Math.ceil(FILES / 12)

/** Whether an array can have come from a file, which may have been deflated. */
function plausible(a: nd.NDArray, file: Uint8Array, expansion: number): boolean {
  return a.nbytes <= file.length * expansion && a.data.byteLength === a.nbytes
}

function report(kind: string, file: number, bytes: Uint8Array, error: unknown): Error {
  const text = Buffer.from(bytes).toString('base64')
  return new Error(`${kind} ${file} of seed ${SEED} (${text}) ended in ${String(error)}`, { cause: error })
}

describe('mutated files', () => {
  it('.npy: refused, or read', async () => {
    const random = randomFrom(SEED)
    const originals = [
      'int16-c-v1',
      'float64-fortran-v2',
      'uint32-big-c-v3',
      'bool-c-v1',
      '4d',
      'int8-0d',
    ].map(name => fixture(`npy/${name}.npy`))
    let read = 0
    await leavesNothingLater(async () => {
      for (let i = 0; i < FILES; i++) {
        const bytes = mutated(originals[random(originals.length)] as Uint8Array, random)
        const { allocations } = nd.memory.heap()
        try {
          const a = nd.loadSync(bytes)
          read++
          const good = plausible(a, bytes, 1)
          a.release()
          if (!good) throw new Error(`an array of ${a.nbytes} bytes`)
        } catch (error) {
          if (!(error instanceof nd.FormatError)) throw report('.npy', i, bytes, error)
          // A file that is refused, its size being known, allocates nothing.
          expect(nd.memory.heap().allocations).toBe(allocations)
        }
      }
    })
    expect(read).toBeGreaterThan(FILES / 100)
  }, 600_000)

  it('.npz: refused, or read', async () => {
    const random = randomFrom(SEED + 1)
    const originals = ['list', 'folder', 'names', 'compressed'].map(name => fixture(`npz/${name}.npz`))
    let read = 0
    await leavesNothingLater(async () => {
      for (let i = 0; i < ARCHIVES; i++) {
        const bytes = mutated(originals[random(originals.length)] as Uint8Array, random)
        try {
          const arrays = Object.values(await nd.load<nd.Npz>(bytes))
          read++
          const good = arrays.every(a => plausible(a, bytes, DEFLATE))
          for (const a of arrays) a.release()
          if (!good) throw new Error('more bytes than there can have been')
        } catch (error) {
          if (!(error instanceof nd.FormatError)) throw report('.npz', i, bytes, error)
        }
      }
    })
    expect(read).toBeGreaterThan(ARCHIVES / 100)
  }, 600_000)
})
