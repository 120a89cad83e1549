import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { asBytes, BlobSource, type ByteSource, type RandomSource } from './randomsource.ts'
import type { Room } from './room.ts'

/** A stream of bytes: the web's, Node's, or anything else whose chunks come in turn. */
export class StreamSource implements ByteSource {
  readonly size: number | undefined
  readonly #chunks: AsyncIterator<unknown>
  /** What is left of the last chunk. */
  #rest: Uint8Array = new Uint8Array()

  /** @throws DTypeError for what is no stream */
  constructor(from: ReadableStream<Uint8Array> | AsyncIterable<unknown>, size?: number) {
    this.#chunks = chunksOf(from)
    this.size = size
  }

  async read(room: Room): Promise<number> {
    let done = 0
    while (done < room.length && (await this.#refill())) {
      const part = this.#rest.subarray(0, room.length - done)
      room.bytes(done).set(part)
      this.#rest = this.#rest.subarray(part.length)
      done += part.length
    }
    return done
  }

  /** Gets the next chunk when nothing is left of the last one; false at the end. */
  async #refill(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#chunks.next()
      if (done) return false
      const bytes = asBytes(value)
      if (!bytes) throw new DTypeError(`a stream to load from has bytes, not ${describe(value)}`)
      this.#rest = bytes
    }
    return true
  }

  /** Collects what is to come in a Blob, whose bytes are not in JavaScript's heap. */
  async whole(preamble: Uint8Array<ArrayBuffer>): Promise<RandomSource> {
    const parts = [new Blob([preamble])]
    while (await this.#refill()) {
      parts.push(new Blob([this.#rest as Uint8Array<ArrayBuffer>]))
      this.#rest = new Uint8Array()
    }
    return new BlobSource(new Blob(parts))
  }

  /** Cancels what was not read. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}

function chunksOf(from: ReadableStream<Uint8Array> | AsyncIterable<unknown>): AsyncIterator<unknown> {
  if (isWebStream(from)) return webChunks(from.getReader())
  if (typeof from?.[Symbol.asyncIterator] === 'function') return from[Symbol.asyncIterator]()
  throw new DTypeError(`cannot load from ${describe(from)}`)
}

function isWebStream(from: unknown): from is ReadableStream<Uint8Array> {
  return typeof (from as ReadableStream | null)?.getReader === 'function'
}

/** Not every browser can iterate over a stream. */
function webChunks(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncIterator<unknown> {
  return {
    next: () => reader.read() as Promise<IteratorResult<unknown>>,
    async return() {
      await reader.cancel()
      reader.releaseLock()
      return { done: true, value: undefined }
    },
  }
}
