import type { FileHandle } from 'node:fs/promises'
import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { needFileSystem } from './filesystem.ts'
import { asBytes, type ByteSource, copyInto, RandomSource } from './randomsource.ts'
import type { Room } from './room.ts'
import { StreamSource } from './streamsource.ts'

/** An open file, read by positions: where the handle itself stands does not matter, and does not change. */
export class FileSource extends RandomSource {
  readonly size: number
  readonly #file: FileHandle
  readonly #own: boolean

  private constructor(file: FileHandle, size: number, own: boolean) {
    super()
    this.#file = file
    this.size = size
    this.#own = own
  }

  /**
   * The source that a file is; a pipe or device is a stream.
   * @param own Whether closing the source closes the file.
   */
  static async of(file: FileHandle, own: boolean): Promise<ByteSource> {
    try {
      const status = await file.stat()
      if (status.isFile() || status.isDirectory()) return new FileSource(file, status.size, own)
      return new StreamSource(file.createReadStream({ autoClose: own }))
    } catch (error) {
      if (own) await file.close()
      throw error
    }
  }

  async readAt(position: number, room: Room): Promise<number> {
    for (let done = 0; ; ) {
      if (done === room.length) return done
      const part = room.bytes(done)
      const { bytesRead } = await this.#file.read(part, 0, part.length, position + done)
      if (bytesRead === 0) return done
      done += bytesRead
    }
  }

  override async close(): Promise<void> {
    if (this.#own) await this.#file.close()
  }
}

export function isFileHandle(value: unknown): value is FileHandle {
  const { read, stat } = (value ?? {}) as Partial<FileHandle>
  return typeof read === 'function' && typeof stat === 'function'
}

/** How bytes come without waiting, and how many there are, where that is known. */
export interface SyncReader {
  readonly size: number | undefined
  read(room: Room): number
}

/**
 * Reads a file, or bytes, without waiting.
 * @throws DTypeError for what can only be waited for, or is no source; the system's error.
 */
export function readSync<Result>(from: unknown, use: (reader: SyncReader) => Result): Result {
  const bytes = asBytes(from)
  if (bytes) return use(bytesReader(bytes))
  if (typeof from !== 'string' && !(from instanceof URL)) {
    throw new DTypeError(
      `cannot load from ${describe(from)} at once: a path or bytes can be, else there is load`,
    )
  }
  const fs = needFileSystem()
  const file = fs.openSync(from, 'r')
  try {
    const status = fs.fstatSync(file)
    return use({
      size: status.isFile() ? status.size : undefined,
      read(room) {
        for (let done = 0; ; ) {
          if (done === room.length) return done
          const count = fs.readSync(file, room.bytes(done))
          if (count === 0) return done
          done += count
        }
      },
    })
  } finally {
    fs.closeSync(file)
  }
}

function bytesReader(bytes: Uint8Array): SyncReader {
  let position = 0
  return {
    size: bytes.length,
    read(room) {
      const count = copyInto(room, bytes, position)
      position += count
      return count
    },
  }
}
