import type { DataType, Readable, Array as StoredArray } from 'zarrita'
import { type DType, describe, dtypes, type Scalar } from '../dtype.ts'
import { EbbError, FormatError } from '../errors.ts'
import { fill } from '../functions/move.ts'
import { optionsOf } from '../functions/options.ts'
import { outputFor } from '../functions/output.ts'
import { currentHeap } from '../heap/heap.ts'
import { keep } from '../heap/scope.ts'
import type { Layout, NDArray } from '../ndarray.ts'
import { nbytes, type Shape } from '../shape.ts'
import type { Slice } from '../slice.ts'
import { chunkOf, type DecodedChunk, moveIn } from './chunk.ts'
import { metadataOf, type ZarrMetadata } from './metadata.ts'
import { CONCURRENCY, checkConcurrency, each, workersFor } from './pool.ts'
import { pieces, type Selection, type Stretch, select } from './selection.ts'
import { MissingChunk, openStore, WatchedStore, type ZarrSource } from './store.ts'
import { zarrita } from './zarrita.ts'

/** Which array of a hierarchy is meant. */
export interface ZarrOpenOptions {
  /** Where in the hierarchy the array is, as 'group/array'. Default: at its root. */
  path?: string | undefined
  /** Ends it: the promise is rejected with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** What of an array is read, and how. */
export interface ZarrReadOptions<D extends DType = DType> {
  /** What is read: one item per axis, as for `NDArray.slice`. Default: all. Only chunks that it meets are read. */
  slice?: readonly Slice[] | undefined
  /** An array to read into. Default: a new one. */
  out?: NDArray<D> | undefined
  /** Chunks under way at once; fewer where they are large (256 MiB in all). Default 8. */
  concurrency?: number | undefined
  /** Ends it: the promise is rejected with the signal's reason. */
  signal?: AbortSignal | undefined
}

/**
 * Opens an array of a Zarr hierarchy, of version 3 or 2: reads its metadata, and no elements yet.
 * @throws FormatError when there is none, or it is damaged, forged or of a kind that is not read; ShapeError
 * for a shape that cannot be; DTypeError for what is no source; the store's error.
 */
export async function openZarr(source: ZarrSource, given?: ZarrOpenOptions): Promise<ZarrArray> {
  const { path = '', signal } = optionsOf('openZarr', given, { path: true, signal: true })
  const store = new WatchedStore(openStore(source))
  try {
    const root = zarrita.root(store)
    const location = path ? root.resolve(path.replace(/^\/+/, '')) : root
    const array = await zarrita.open(location, { kind: 'array', ...(signal && { signal }) })
    return new ZarrArray(store, array, metadataOf(array, store.document as string))
  } catch (error) {
    throw asFormatError(store, error, signal, `no Zarr array can be opened${path && ` at ${describe(path)}`}`)
  }
}

/**
 * Reads an array of a Zarr hierarchy, of version 3 or 2, or a slice of it, straight into the heap: see
 * `openZarr` and `ZarrArray.read`.
 * @throws As both; no array is left then.
 */
export async function readZarr<D extends DType = DType>(
  source: ZarrSource,
  given?: ZarrOpenOptions & ZarrReadOptions<D>,
): Promise<NDArray<D>> {
  const { path, ...options } = optionsOf('readZarr', given, { path: true, ...READ_OPTIONS })
  const array = await openZarr(source, { path, signal: options.signal })
  return (await array.read(options)) as NDArray<D>
}

const READ_OPTIONS = { slice: true, out: true, concurrency: true, signal: true } as const

/** An array in a Zarr hierarchy: what it is, and its elements where they are wanted. */
export class ZarrArray implements ZarrMetadata {
  readonly shape: Shape
  readonly dtype: DType
  readonly chunks: Shape
  readonly fillValue: Scalar
  readonly dimensionNames: readonly (string | null)[] | undefined
  readonly attributes: Readonly<Record<string, unknown>>
  readonly #store: WatchedStore
  readonly #array: StoredArray<DataType, Readable>

  /** @internal Use `openZarr`. */
  constructor(store: WatchedStore, array: StoredArray<DataType, Readable>, metadata: ZarrMetadata) {
    this.#store = store
    this.#array = array
    this.shape = metadata.shape
    this.dtype = metadata.dtype
    this.chunks = metadata.chunks
    this.fillValue = metadata.fillValue
    this.dimensionNames = metadata.dimensionNames
    this.attributes = metadata.attributes
    store.chunks = true
  }

  /** Bytes of all elements. */
  get nbytes(): number {
    return nbytes(this.shape, this.dtype)
  }

  /**
   * Reads the elements, or a slice of them. Chunks that it does not meet are not read; of those that it
   * meets only a few are in JavaScript's memory at a time. The array is made when the first one is there, so
   * that a damaged store costs nothing.
   * @returns The array, the caller's, in C order; or `out`, which must not be changed meanwhile.
   * @throws IndexError as `NDArray.slice`; FormatError for a damaged chunk; DTypeError, ShapeError for options
   * and an `out` that do not fit; OutOfMemoryError; the signal's reason; the store's error. No array is left
   * then; `out` may have been written in part.
   */
  async read(given?: ZarrReadOptions): Promise<NDArray> {
    const options = optionsOf('read', given, READ_OPTIONS)
    const { slice = [], concurrency = CONCURRENCY, signal } = options
    checkConcurrency(concurrency)
    const selection = select(this.shape, slice)
    const { heap } = options.out?.lease ?? { heap: currentHeap() }
    const make = () => outputFor(heap, selection.shape, this.dtype, options.out)
    // Neither a scope's end nor a release takes it away while it is written.
    let result = options.out && keep(make().retain())
    try {
      await each(
        pieces(selection.ranges, this.chunks),
        workersFor(nbytes(this.chunks, this.dtype), concurrency),
        async piece => {
          signal?.throwIfAborted()
          const chunk = await this.#chunk(piece, signal)
          result ??= keep(make())
          this.#put(result, selection, piece, chunk)
        },
      )
      result ??= keep(make())
      return options.out ?? result.retain()
    } finally {
      result?.release()
    }
  }

  /** A chunk's elements; undefined when it is missing. */
  async #chunk(piece: readonly Stretch[], signal?: AbortSignal): Promise<DecodedChunk | undefined> {
    const place = piece.map(({ chunk }) => chunk)
    try {
      return chunkOf(await this.#array.getChunk(place, signal && { signal }), this.chunks, dtypes[this.dtype])
    } catch (error) {
      if (error instanceof MissingChunk) return undefined
      throw asFormatError(this.#store, error, signal, `chunk (${place.join(', ')}) cannot be read`)
    }
  }

  #put(result: NDArray, { axes }: Selection, piece: readonly Stretch[], chunk?: DecodedChunk): void {
    const strides = axes.map(axis => (axis === undefined ? 0 : (result.strides[axis] as number)))
    const to: Layout = {
      shape: piece.map(({ length }) => length),
      strides,
      offset: piece.reduce((sum, { at }, axis) => sum + at * (strides[axis] as number), result.offset),
    }
    if (chunk) moveIn(result, to, chunk, piece)
    else fill(result, to, this.fillValue)
  }
}

/** What an error of the library says of the format; errors of the store, of ours and of a signal stay what they are. */
function asFormatError(
  store: WatchedStore,
  error: unknown,
  signal: AbortSignal | undefined,
  what: string,
): unknown {
  if (error instanceof EbbError || signal?.aborted || store.failedWith(error)) return error
  const { message, cause } = error as Error
  const why = cause instanceof Error ? `${message} (${cause.message})` : message
  return new FormatError(`${what}: ${why}`, { cause: error })
}
