import type { FileEntry, ZipReader } from '@zip.js/zip.js'
import { describe } from '../dtype.ts'
import { DTypeError, EbbError, FormatError } from '../errors.ts'
import { keep } from '../heap/scope.ts'
import { assertArray, NDArray } from '../ndarray.ts'
import { checkNpyOptions, type NpyOptions } from './npyformat.ts'
import { readArray, readPreamble } from './npyread.ts'
import { headerOf, type Pieces, writeArray } from './npywrite.ts'
import type { RandomSource } from './randomsource.ts'
import { PushedReading, type Reading } from './reading.ts'
import { ownRoom } from './room.ts'
import type { Sink } from './target.ts'

/** The arrays of an .npz archive by their names. The object has no prototype: a name is only a name. */
export type Npz = Record<string, NDArray>

/** What of an archive is read. */
export interface LoadOptions {
  /** Of an .npz archive only these members. Default: all, and each must be an array. */
  names?: readonly string[] | undefined
}

/** How an .npz archive is written. */
export interface NpzOptions extends NpyOptions {
  /** Whether members are deflated, as by NumPy's savez_compressed. Default false. */
  compressed?: boolean | undefined
}

const SUFFIX = '.npy'
/** Deflate makes 258 bytes of two bits at best: what a directory says beyond that is forged. */
const MOST_EXPANSION = 1032
/** What NumPy writes as the date of a member: the same arrays make the same archive. */
const DATE = new Date(1980, 0, 1)

/** Whether a file begins as a zip archive does: with a member, or, when it has none, with its directory's end. */
export function isZip([p, k, a, b]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6))
}

/** The zip library comes when it is needed: most programs never do. */
const openZip = () => import('@zip.js/zip.js')

/**
 * Reads the members of an archive, one after the other, each straight into the heap.
 * @throws FormatError, OutOfMemoryError; the source's error. No array is left then.
 */
export async function readNpz(source: RandomSource, { names }: LoadOptions): Promise<Npz> {
  const arrays: Npz = Object.create(null)
  const wanted = names && new Set(names)
  let failure: unknown
  const reader = await openReader(source, error => {
    failure = error
  })
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      const name = nameOf(entry.filename)
      if (entry.directory || (wanted && !wanted.delete(name))) continue
      if (Object.hasOwn(arrays, name)) throw new FormatError(`the archive has ${describe(name)} twice`)
      arrays[name] = await readMember(entry)
    }
    if (wanted?.size) throw new FormatError(`the archive has no ${[...wanted].map(describe).join(', ')}`)
    return arrays
  } catch (error) {
    for (const array of Object.values(arrays)) array.release()
    if (failure ?? error instanceof EbbError) throw failure ?? error
    throw new FormatError(`the .npz archive cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

/** @param onFailure Hears why the source could not be read: that is no fault of the archive. */
async function openReader(
  source: RandomSource,
  onFailure: (error: unknown) => void,
): Promise<ZipReader<unknown>> {
  const { Reader, ZipReader } = await openZip()
  class SourceReader extends Reader<RandomSource> {
    override size = source.size
    override async readUint8Array(position: number, length: number): Promise<Uint8Array> {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, source.size - position)))
      try {
        return bytes.subarray(0, await source.readAt(position, ownRoom(bytes)))
      } catch (error) {
        onFailure(error)
        throw error
      }
    }
  }
  return new ZipReader(new SourceReader(source), {
    useWebWorkers: false,
    checkCrc32: true,
    checkOverlappingEntry: true,
    // A name is a key here, never a path.
    filenameValidation: 'tolerant',
  })
}

async function readMember(entry: FileEntry): Promise<NDArray> {
  const { filename, encrypted, compressedSize, uncompressedSize } = entry
  if (encrypted) throw new FormatError(`${describe(filename)} is encrypted`)
  if (uncompressedSize > compressedSize * MOST_EXPANSION) {
    throw new FormatError(`${describe(filename)} cannot have ${uncompressedSize} bytes in ${compressedSize}`)
  }
  const reading = new PushedReading(readMemberArray(uncompressedSize))
  try {
    await entry.getData(new WritableStream({ write: chunk => reading.push(chunk) }))
    return reading.finish()
  } catch (error) {
    reading.abandon()
    if (error instanceof FormatError) throw new FormatError(`${describe(filename)}: ${error.message}`)
    throw error
  }
}

function* readMemberArray(size: number): Reading<NDArray> {
  return yield* readArray(yield* readPreamble(), size)
}

function nameOf(filename: string): string {
  return filename.endsWith(SUFFIX) ? filename.slice(0, -SUFFIX.length) : filename
}

/** The arrays to write, by their names. They are held: releasing them meanwhile takes nothing away. */
export class Members implements Disposable {
  readonly entries: readonly (readonly [string, NDArray])[]

  /** @throws DTypeError for what are no arrays or options; ReleasedError */
  constructor(arrays: Readonly<Record<string, NDArray>> | readonly NDArray[], options: NpzOptions) {
    checkNpyOptions(options)
    if (typeof arrays !== 'object' || arrays === null || arrays instanceof NDArray) {
      throw new DTypeError(`expected an object or a list of arrays, not ${describe(arrays)}`)
    }
    const isList = Array.isArray(arrays)
    const entries = Object.entries(arrays).map(
      ([key, array]) => [isList ? `arr_${key}` : key, array] as const,
    )
    for (const [, array] of entries) assertArray(array)
    this.entries = entries.map(([name, array]) => [name, keep(array.retain())])
  }

  [Symbol.dispose](): void {
    for (const [, array] of this.entries) array.release()
  }
}

/** Writes an archive of arrays. */
export async function writeNpz(
  sink: Pick<Sink, 'write'>,
  { entries }: Members,
  options: NpzOptions,
): Promise<void> {
  const members = entries.map(([name, array]) => ({
    name: name + SUFFIX,
    size: headerOf(array, options).length + array.nbytes,
    pieces: writeArray(array, options),
  }))
  const { ZipWriter } = await openZip()
  const writer = new ZipWriter(new WritableStream<Uint8Array>({ write: chunk => sink.write(chunk) }), {
    useWebWorkers: false,
    level: options.compressed ? 6 : 0,
    extendedTimestamp: false,
    lastModDate: DATE,
  })
  try {
    for (const { name, size, pieces } of members) {
      await writer.add(name, streamOf(pieces), { uncompressedSize: size })
    }
    await writer.close()
  } finally {
    for (const { pieces } of members) pieces.return()
  }
}

/** A stream may keep a chunk for as long as it likes: it gets copies. */
function streamOf(pieces: Pieces): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const { done, value } = pieces.next()
      if (done) controller.close()
      else controller.enqueue(value.slice())
    },
  })
}
