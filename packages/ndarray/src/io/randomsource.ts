import { type Room, SLAB_BYTES } from './room.ts'

/** A source that is being read, from its first byte on. */
export interface ByteSource {
  /** Bytes in all, where that is known. */
  readonly size: number | undefined
  /** Fills the room, unless the end comes before; how many bytes came. */
  read(room: Room): Promise<number>
  /** The same bytes, to be read at any place. `preamble` is what was read so far. */
  whole(preamble: Uint8Array<ArrayBuffer>): Promise<RandomSource>
  close(): Promise<void>
}

/** A source that can be read at any place. */
export abstract class RandomSource implements ByteSource {
  abstract readonly size: number
  #position = 0

  /** As `read`, from a position on. */
  abstract readAt(position: number, room: Room): Promise<number>

  async read(room: Room): Promise<number> {
    const count = await this.readAt(this.#position, room)
    this.#position += count
    return count
  }

  async whole(): Promise<RandomSource> {
    return this
  }

  async close(): Promise<void> {}
}

/** The bytes that a value is, if it is bytes. */
export function asBytes(from: unknown): Uint8Array | undefined {
  if (from instanceof ArrayBuffer) return new Uint8Array(from)
  return from instanceof Uint8Array ? from : undefined
}

/** Fills a room with bytes from a position on; how many there were. */
export function copyInto(room: Room, bytes: Uint8Array, position: number): number {
  const part = bytes.subarray(position, position + room.length)
  room.bytes().set(part)
  return part.length
}

/** Bytes in memory. */
export class BytesSource extends RandomSource {
  readonly size: number
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super()
    this.#bytes = bytes
    this.size = bytes.length
  }

  async readAt(position: number, room: Room): Promise<number> {
    return copyInto(room, this.#bytes, position)
  }
}

/** Bytes that the platform keeps. */
export class BlobSource extends RandomSource {
  readonly size: number
  readonly #blob: Blob

  constructor(blob: Blob) {
    super()
    this.#blob = blob
    this.size = blob.size
  }

  async readAt(position: number, room: Room): Promise<number> {
    const end = Math.min(position + room.length, this.size)
    for (let at = position; at < end; at += SLAB_BYTES) {
      const part = this.#blob.slice(at, Math.min(at + SLAB_BYTES, end))
      room.bytes(at - position).set(new Uint8Array(await part.arrayBuffer()))
    }
    return Math.max(0, end - position)
  }
}
