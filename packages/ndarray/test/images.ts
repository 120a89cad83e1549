import { crc32 } from 'node:zlib'
import { expect } from 'vitest'
import * as nd from '../src/index.ts'
import { fixture } from './files.ts'

/** What is in each image and volume, as NumPy has it. */
export const expected = await nd.load<nd.Npz>(fixture('images/expected.npz'))

/** Names of the fixtures of a kind. */
export function fixturesOf(suffix: string): string[] {
  return Object.keys(expected).filter(name => name.endsWith(suffix))
}

/** Bytes of an image. */
export function image(name: string): Uint8Array<ArrayBuffer> {
  return fixture(`images/${name}`)
}

/** The array must have the dtype, the shape and the elements that NumPy found; then it is released. */
export function expectImage(a: nd.NDArray, name: string): void {
  const right = expected[name] as nd.NDArray
  expect([a.dtype, a.shape]).toEqual([right.dtype, right.shape])
  expect(a.toArray()).toEqual(right.toArray())
  a.release()
}

/** Where some bytes are, the first time. */
export function find(bytes: Uint8Array, what: string): number {
  const at = Buffer.from(bytes).indexOf(what, 0, 'latin1')
  expect(at).toBeGreaterThanOrEqual(0)
  return at
}

/** A copy with other bytes at a place. */
export function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice() as Uint8Array<ArrayBuffer>
  copy.set(values, at)
  return copy
}

/** Bytes are refused, and nothing was allocated for them. */
export async function refused(
  read: (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>,
  bytes: Uint8Array<ArrayBuffer>,
  message: RegExp,
): Promise<void> {
  const { allocations } = nd.memory.heap()
  await expect(read(bytes)).rejects.toThrow(message)
  await expect(read(bytes)).rejects.toBeInstanceOf(nd.FormatError)
  expect(nd.memory.heap().allocations).toBe(allocations)
}

/** A copy of a PNG file, or of what is left of one, whose chunks have right checksums. */
export function resealed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Buffer.from(bytes)
  for (let at = 8; at + 12 <= copy.length; ) {
    const end = at + 8 + copy.readUInt32BE(at)
    if (end + 4 > copy.length) break
    copy.writeUInt32BE(crc32(copy.subarray(at + 4, end)), end)
    at = end + 4
  }
  return new Uint8Array(copy)
}
