import type { RandomSource } from '../io/randomsource.ts'
import { ownRoom } from '../io/room.ts'
import { openSource, type Source } from '../io/source.ts'

/** Opens a source to be read at any place, and closes it; a stream is collected first, in a Blob. */
export async function withRandom<Result>(
  from: Source,
  use: (source: RandomSource) => Promise<Result>,
): Promise<Result> {
  const source = await openSource(from)
  try {
    return await use(await source.whole(new Uint8Array()))
  } finally {
    await source.close()
  }
}

/** Bytes from a position on; fewer than asked for only at the end. */
export async function bytesAt(
  source: RandomSource,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, source.size - position)))
  return bytes.subarray(0, await source.readAt(position, ownRoom(bytes)))
}
