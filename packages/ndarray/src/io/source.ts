import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { FormatError } from '../errors.ts'
import { FileSource, isFileHandle } from './filesource.ts'
import { fileSystem } from './filesystem.ts'
import { asBytes, BlobSource, type ByteSource, BytesSource } from './randomsource.ts'
import { StreamSource } from './streamsource.ts'

/**
 * Where a file is: a path, a URL (a file's, or one to fetch), its bytes, a Blob, a stream of its bytes, or an
 * open file, which is read from its beginning and stays open. Where there is no file system, a path is a URL.
 */
export type Source = SyncSource | Blob | ReadableStream<Uint8Array> | Readable | FileHandle
/** What can be read without waiting. */
export type SyncSource = string | URL | Uint8Array | ArrayBuffer

/**
 * Opens a source.
 * @throws DTypeError for what is none; the system's error when it cannot be opened.
 */
export async function openSource(from: Source): Promise<ByteSource> {
  if (typeof from === 'string' || from instanceof URL) return openLocation(from)
  const bytes = asBytes(from)
  if (bytes) return new BytesSource(bytes)
  if (from instanceof Blob) return new BlobSource(from)
  if (isFileHandle(from)) return FileSource.of(from, false)
  return new StreamSource(from as ReadableStream<Uint8Array> | Readable)
}

async function openLocation(from: string | URL): Promise<ByteSource> {
  const fs = fileSystem()
  if (fs && (typeof from === 'string' || from.protocol === 'file:')) {
    return FileSource.of(await fs.promises.open(from, 'r'), true)
  }
  const response = await fetch(from)
  if (!response.ok || !response.body) {
    throw new FormatError(`${from} cannot be fetched: ${response.status} ${response.statusText}`)
  }
  return new StreamSource(response.body, lengthOf(response))
}

/** How long a response says that its body is; when that was compressed on its way, it means something else. */
function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get('content-length')
  return length && !headers.has('content-encoding') ? Number(length) : undefined
}
