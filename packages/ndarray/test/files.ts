import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import * as nd from '../src/index.ts'

/** A folder of the test's own, removed at its end. Paths in it by name; what is in it now. */
export function temporaryFolder(): { path(name: string): string; names(): string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'ebb-files-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return { path: name => join(folder, name), names: () => readdirSync(folder).sort() }
}

/** The bytes of a fixture. */
export function fixture(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`fixtures/${path}`, import.meta.url)))
}

/** Waits for `act`; then the heap must be whole, and hold as many blocks as before. */
export async function leavesNothingLater<Result>(act: () => Promise<Result>): Promise<Result> {
  const before = nd.memory.heap().blocks
  const result = await act()
  expect(nd.memory.heap().blocks, 'blocks in the heap').toBe(before)
  nd.memory.check()
  return result
}

/** Bytes in chunks of the given lengths, over and over; empty ones among them. */
export function* chunks(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] as number
    yield bytes.slice(at, at + length)
    at += length
  }
}

/** A stream that keeps what it gets. */
export function collector(): { stream: WritableStream<Uint8Array>; bytes(): Uint8Array; ended(): string } {
  const parts: Uint8Array[] = []
  let end = 'open'
  const stream = new WritableStream<Uint8Array>({
    write(chunk) {
      parts.push(chunk)
    },
    close() {
      end = 'closed'
    },
    abort(reason) {
      end = `aborted: ${(reason as Error).message}`
    },
  })
  return { stream, bytes: () => new Uint8Array(Buffer.concat(parts)), ended: () => end }
}
