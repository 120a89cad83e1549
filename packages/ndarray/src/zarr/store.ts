import type { AsyncReadable, AsyncWritable, GetOptions, RangeQuery, Readable, Writable } from 'zarrita'
import { describe } from '../dtype.ts'
import { DTypeError, FormatError } from '../errors.ts'
import { fileSystem, needFileSystem } from '../io/filesystem.ts'
import { zarrita } from './zarrita.ts'

/**
 * Where a Zarr hierarchy is: the path of a folder, a URL (a folder's, or one to fetch from), or any store of
 * zarrita's, a Map among them.
 */
export type ZarrSource = string | URL | Readable
/** Where a Zarr array goes: a folder, or any store of zarrita's that can be written, a Map among them. */
export type ZarrTarget = string | URL | Writable

/** A key of a store; it begins with a slash. */
type Key = `/${string}`

/** @throws DTypeError for what is no source */
export function openStore(source: ZarrSource): Readable {
  if (typeof source === 'string' || source instanceof URL) {
    const isRemote = /^https?:/.test(String(source)) || !fileSystem()
    return isRemote ? new zarrita.FetchStore(source) : new FolderStore(source)
  }
  if (typeof (source as Readable | null)?.get === 'function') return source
  throw new DTypeError(`expected a folder, a URL or a store to read from, not ${describe(source)}`)
}

/** @throws DTypeError for what cannot be written */
export function openTarget(target: ZarrTarget): Writable {
  if (typeof target === 'string' || target instanceof URL) {
    if (!/^https?:/.test(String(target))) return new FolderStore(target)
  } else if (typeof (target as Writable | null)?.set === 'function') return target
  throw new DTypeError(`expected a folder or a store to write to, not ${describe(target)}`)
}

/** A folder whose files are the values. */
class FolderStore implements AsyncReadable, AsyncWritable {
  readonly #files: typeof import('node:fs/promises')
  readonly #root: string

  constructor(root: string | URL) {
    this.#files = needFileSystem().promises
    const isPath = typeof root === 'string' && !root.startsWith('file:')
    this.#root = isPath ? root : globalThis.process.getBuiltinModule('node:url').fileURLToPath(root)
  }

  async get(key: Key): Promise<Uint8Array | undefined> {
    return orMissing(this.#files.readFile(this.#place(key)))
  }

  async getRange(key: Key, range: RangeQuery): Promise<Uint8Array | undefined> {
    const file = await orMissing(this.#files.open(this.#place(key), 'r'))
    if (!file) return undefined
    try {
      const { size } = await file.stat()
      const start = 'offset' in range ? range.offset : Math.max(0, size - range.suffixLength)
      const end = 'offset' in range ? Math.min(size, start + range.length) : size
      const bytes = new Uint8Array(Math.max(0, end - start))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
      return bytes.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  async set(key: Key, value: Uint8Array): Promise<void> {
    const place = this.#place(key)
    const { dirname } = globalThis.process.getBuiltinModule('node:path')
    await this.#files.mkdir(dirname(place), { recursive: true })
    await this.#files.writeFile(place, value)
  }

  /** @throws FormatError for a key that leads out of the folder */
  #place(key: Key): string {
    if (/(^|[\\/])\.\.([\\/]|$)/.test(key)) throw new FormatError(`${describe(key)} leads out of the folder`)
    return globalThis.process.getBuiltinModule('node:path').join(this.#root, key)
  }
}

/** What is read, or undefined when there is no such file. */
async function orMissing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

/** A chunk that the store does not have: its elements are the fill value. */
export class MissingChunk extends Error {}

/**
 * A store as the library sees it. What the library does with a chunk that is missing, we do better, in the
 * heap; and what the store itself fails with is no fault of the format.
 */
export class WatchedStore implements AsyncReadable {
  /** The metadata that was read last, as text. */
  document: string | undefined
  /** Whether chunks are read now. */
  chunks = false
  readonly getRange?: (key: Key, range: RangeQuery, options?: GetOptions) => Promise<Uint8Array | undefined>
  readonly #store: Readable
  readonly #failures = new WeakSet<object>()

  constructor(store: Readable) {
    this.#store = store
    if (store.getRange) {
      this.getRange = (key, range, options) => this.#watch(async () => store.getRange?.(key, range, options))
    }
  }

  async get(key: Key, options?: GetOptions): Promise<Uint8Array | undefined> {
    const bytes = await this.#watch(async () => this.#store.get(key, options))
    if (bytes && /\/(zarr\.json|\.zarray)$/.test(key)) this.document = new TextDecoder().decode(bytes)
    return bytes
  }

  async #watch(read: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
    let bytes: Uint8Array | undefined
    try {
      bytes = await read()
    } catch (error) {
      if (typeof error === 'object' && error !== null) this.#failures.add(error)
      throw error
    }
    if (!bytes && this.chunks) throw new MissingChunk()
    return bytes
  }

  /** Whether an error is the store's own. */
  failedWith(error: unknown): boolean {
    return typeof error === 'object' && error !== null && this.#failures.has(error)
  }
}
