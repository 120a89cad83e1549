import type { FileHandle } from 'node:fs/promises'
import { needFileSystem } from './filesystem.ts'
import type { Sink } from './target.ts'

/** An open file of somebody else. */
export class HandleSink implements Sink {
  protected readonly file: FileHandle

  constructor(file: FileHandle) {
    this.file = file
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      done += (await this.file.write(bytes, done, bytes.length - done)).bytesWritten
    }
  }

  async close(): Promise<void> {}

  async abort(): Promise<void> {}
}

/** A file that is written under another name, and gets its own when it is complete. */
export class FileSink extends HandleSink {
  readonly #place: Place

  private constructor(file: FileHandle, place: Place) {
    super(file)
    this.#place = place
  }

  static async open(path: string | URL): Promise<FileSink> {
    const place = placeOf(path)
    return new FileSink(await needFileSystem().promises.open(place.written, place.flags, place.mode), place)
  }

  override async close(): Promise<void> {
    await this.file.close()
    const { written, final } = this.#place
    if (written !== final) await needFileSystem().promises.rename(written, final)
  }

  override async abort(): Promise<void> {
    await this.file.close()
    const { written, final } = this.#place
    if (written !== final) await needFileSystem().promises.unlink(written)
  }
}

/** Writes a file under another name, and gives it its own when it is complete. */
export function writeFileSync(path: string | URL, pieces: Iterable<Uint8Array>): void {
  const fs = needFileSystem()
  const { written, final, flags, mode } = placeOf(path)
  const file = fs.openSync(written, flags, mode)
  let complete = false
  try {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length; ) done += fs.writeSync(file, piece, done)
    }
    complete = true
  } finally {
    fs.closeSync(file)
    if (written !== final) {
      if (complete) fs.renameSync(written, final)
      else fs.unlinkSync(written)
    }
  }
}

/** Where a file is written, and where it is in the end. */
interface Place {
  readonly written: string
  readonly final: string
  readonly flags: 'w' | 'wx'
  /** Permissions of a new file: those of the one that it replaces. */
  readonly mode: number
}

/** What is no regular file (a pipe, a device) is written itself; a link stays one, and its file is replaced. */
function placeOf(path: string | URL): Place {
  const fs = needFileSystem()
  const { process } = globalThis
  const { dirname, join } = process.getBuiltinModule('node:path')
  const name = typeof path === 'string' ? path : process.getBuiltinModule('node:url').fileURLToPath(path)
  const status = fs.statSync(name, { throwIfNoEntry: false })
  if (status && !status.isFile()) return { written: name, final: name, flags: 'w', mode: 0o666 }
  const final = status ? fs.realpathSync(name) : name
  const written = join(dirname(final), `.${crypto.randomUUID()}.tmp`)
  return { written, final, flags: 'wx', mode: status ? status.mode & 0o777 : 0o666 }
}
