import type { FileHandle } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { FileSink, HandleSink } from './filesink.ts'

/**
 * Where a file goes: a path or a file's URL; an open file, which is written from where it stands and stays
 * open; or a stream, which is closed when all is written.
 */
export type Target = string | URL | FileHandle | WritableStream<Uint8Array> | Writable

/** A target that is being written. */
export interface Sink {
  /** The bytes may change when it is done. */
  write(bytes: Uint8Array): Promise<void>
  /** All is written: only now there is a file under the target's name. */
  close(): Promise<void>
  /** Nothing more comes: what was written goes away, where it can. */
  abort(reason: unknown): Promise<void>
}

/**
 * Has a target written by `fill`; complete, or not at all.
 * @throws DTypeError for what is no target; what `fill` throws; the system's error.
 */
export async function writeTo(target: Target, fill: (sink: Sink) => Promise<void>): Promise<void> {
  const sink = await openTarget(target)
  try {
    await fill(sink)
    await sink.close()
  } catch (error) {
    // Why it failed is what counts, not that it could not be taken back.
    await sink.abort(error).catch(() => {})
    throw error
  }
}

async function openTarget(target: Target): Promise<Sink> {
  if (typeof target === 'string' || target instanceof URL) return FileSink.open(target)
  if (typeof (target as WritableStream | null)?.getWriter === 'function') {
    return new StreamSink(target as WritableStream)
  }
  const { write, stat, pipe } = (target ?? {}) as Partial<FileHandle & Writable>
  if (typeof write === 'function' && typeof stat === 'function') return new HandleSink(target as FileHandle)
  if (typeof write === 'function' && typeof pipe === 'function') {
    const { Writable } = globalThis.process.getBuiltinModule('node:stream')
    return new StreamSink(Writable.toWeb(target as Writable) as WritableStream)
  }
  throw new DTypeError(`cannot save to ${describe(target)}`)
}

/** A stream may keep a chunk for as long as it likes: it gets copies. */
class StreamSink implements Sink {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>

  constructor(stream: WritableStream<Uint8Array>) {
    this.#writer = stream.getWriter()
    // Its failure is told by the next write.
    this.#writer.closed.catch(() => {})
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#writer.ready
    await this.#writer.write(bytes.slice())
  }

  async close(): Promise<void> {
    await this.#writer.close()
  }

  async abort(reason: unknown): Promise<void> {
    await this.#writer.abort(reason)
  }
}
