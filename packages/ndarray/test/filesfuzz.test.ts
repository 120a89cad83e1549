import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { fixture, leavesNothingLater } from './files.ts'

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

/** A small generator of its own, since fast-check takes longer than the parsers. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed * 0x9e3779b9 + 0x7f4a7c15
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** Bytes that are of weight where they stand: ends of ranges, and what a header is made of. */
const HEAVY = [0, 1, 0x7f, 0x80, 0xff, ...new TextEncoder().encode('(),:\'{}[]0123456789-<>|LxTF\n"')]

/** A copy with up to four changes: bytes set, inserted, removed, repeated, or cut off. */
function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array<ArrayBuffer> {
  const result = [...bytes]
  // Most of what can go wrong is at the ends: headers, and an archive's directory.
  const place = (): number => {
    const length = Math.max(1, result.length)
    const at = random(3) === 0 ? random(length) : random(Math.min(length, 160))
    return random(2) === 0 ? at : length - 1 - at
  }
  for (let change = random(4); change >= 0; change--) {
    const at = place()
    const byte = random(2) === 0 ? random(256) : (HEAVY[random(HEAVY.length)] as number)
    switch (random(6)) {
      case 0:
        result.splice(at, 0, byte)
        break
      case 1:
        result.splice(at, 1 + random(3))
        break
      case 2:
        result.splice(at, 0, ...result.slice(at, at + random(40)))
        break
      case 3:
        result.length = at
        break
      default:
        result[at] = byte
    }
  }
  return Uint8Array.from(result)
}

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
