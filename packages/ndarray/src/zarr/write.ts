import type { DataType, Mutable, Array as StoredArray, Writable } from 'zarrita'
import { type DType, type DTypeInfo, describe, dtypeInfo, type Scalar, toElement } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { fill, move } from '../functions/move.ts'
import { optionsOf } from '../functions/options.ts'
import { keep } from '../heap/scope.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides, formatShape, nbytes, type Shape, sizeOf, toShape } from '../shape.ts'
import { type Codecs, codecsOf, type ZarrCodec } from './codecs.ts'
import { CONCURRENCY, checkConcurrency, each, workersFor } from './pool.ts'
import { pieces, type Stretch } from './selection.ts'
import { openTarget, type ZarrTarget } from './store.ts'
import { zarrita } from './zarrita.ts'

/** How an array is written. */
export interface ZarrWriteOptions {
  /** Where in the hierarchy the array goes, as 'group/array'. Default: at its root. */
  path?: string | undefined
  /** Lengths of a chunk along the axes; a number for all. Default: the array's, halved until they take 4 MiB. */
  chunks?: number | Shape | undefined
  /**
   * What is done to a chunk, in order: 'transpose', 'bytes', then 'zstd', 'blosc' or 'gzip', each by its name
   * or as {name, configuration} as the metadata of version 3 have it. 'bytes' (little-endian) is put in
   * where it is missing. Default ['zstd'].
   */
  codecs?: readonly ZarrCodec[] | undefined
  /** The dtype of the elements in the store, converted as C converts. Default: the array's. */
  dtype?: DType | undefined
  /** What a reader takes for chunks that are missing (none is), and what edge chunks are filled up with. Default 0. */
  fillValue?: Scalar | undefined
  /** Names of the axes. */
  dimensionNames?: readonly (string | null)[] | undefined
  /** What else is to be said of the array, as JSON. */
  attributes?: Readonly<Record<string, unknown>> | undefined
  /** Chunks under way at once; fewer where they are large (256 MiB in all). Default 8. */
  concurrency?: number | undefined
  /** Ends it: the promise is rejected with the signal's reason, and no metadata is written. */
  signal?: AbortSignal | undefined
}

const WRITE_OPTIONS = {
  path: true,
  chunks: true,
  codecs: true,
  dtype: true,
  fillValue: true,
  dimensionNames: true,
  attributes: true,
  concurrency: true,
  signal: true,
} as const

/** Bytes of a chunk, at most, unless told otherwise. */
const CHUNK_BYTES = 4 * 2 ** 20

/**
 * Writes an array to a Zarr hierarchy, in version 3: chunk by chunk, and the metadata last, so that there is an
 * array only when all of it is there. What the store has already under the keys of the array's chunks is
 * overwritten. Groups above it are not made. The array may be released, but not changed, before the promise is
 * settled.
 * @throws DTypeError for what is no array, target or option; ShapeError for chunks that do not fit it;
 * ReleasedError, OutOfMemoryError; the signal's reason; the store's error.
 */
export async function writeZarr(target: ZarrTarget, a: NDArray, given?: ZarrWriteOptions): Promise<void> {
  assertArray(a)
  const options = optionsOf('writeZarr', given, WRITE_OPTIONS)
  const { concurrency = CONCURRENCY, signal } = options
  checkConcurrency(concurrency)
  const plan = planFor(a, options)
  const store = openTarget(target)
  const stored = storedArray(store, plan)
  using array = keep(a.retain())
  const ranges = a.shape.map(length => ({ start: 0, length, step: 1 }))
  const workers = workersFor(nbytes(plan.chunks, plan.info.name), concurrency)
  await each(pieces(ranges, plan.chunks), workers, async piece => {
    signal?.throwIfAborted()
    await writeChunk(stored, array, plan, piece)
  })
  signal?.throwIfAborted()
  await store.set(`${plan.path}/zarr.json`, new TextEncoder().encode(documentOf(plan)))
}

/** What is written, verified. */
interface Plan {
  /** Key of the array in the store: empty at its root. */
  readonly path: `/${string}` | ''
  readonly shape: Shape
  readonly info: DTypeInfo
  readonly chunks: Shape
  readonly fillValue: Scalar
  readonly codecs: Codecs
  readonly dimensionNames: readonly (string | null)[] | undefined
  readonly attributes: Readonly<Record<string, unknown>>
}

function planFor({ shape, dtype: own }: NDArray, options: ZarrWriteOptions): Plan {
  const { dtype = own, fillValue = 0, codecs = ['zstd'], dimensionNames, attributes = {} } = options
  const info = dtypeInfo(dtype)
  toElement(fillValue, dtype)
  if (dimensionNames !== undefined && dimensionNames.length !== shape.length) {
    throw new ShapeError(`${dimensionNames.length} names are not those of the axes of ${formatShape(shape)}`)
  }
  return {
    path: pathOf(options.path ?? ''),
    shape,
    info,
    chunks: chunksFor(shape, info, options.chunks),
    fillValue,
    codecs: codecsOf(codecs, info),
    dimensionNames,
    attributes,
  }
}

function pathOf(path: string): Plan['path'] {
  const names = path.split('/').filter(name => name !== '')
  const wrong = names.find(name => /^\.+$|^__/.test(name))
  if (wrong !== undefined) throw new DTypeError(`${describe(wrong)} is no name in a Zarr hierarchy`)
  return names.length === 0 ? '' : `/${names.join('/')}`
}

function chunksFor(shape: Shape, info: DTypeInfo, given: number | Shape | undefined): Shape {
  if (given === undefined) return chunksThatFit(shape, info.bytes)
  const chunks = toShape(typeof given === 'number' ? shape.map(() => given) : given)
  if (chunks.length !== shape.length || chunks.includes(0)) {
    throw new ShapeError(`chunks of ${formatShape(chunks)} do not tile shape ${formatShape(shape)}`)
  }
  return chunks
}

/** The longest axis is halved until a chunk is small enough. */
function chunksThatFit(shape: Shape, itemBytes: number): Shape {
  const chunks = shape.map(length => Math.max(1, length))
  while (sizeOf(chunks) * itemBytes > CHUNK_BYTES) {
    const longest = chunks.indexOf(Math.max(...chunks))
    chunks[longest] = Math.ceil((chunks[longest] as number) / 2)
  }
  return toShape(chunks)
}

/**
 * The array as the library is to know it: all of its chunks are whole ones, so that none is ever read. (The
 * library would fill up an edge chunk with what an older array has in its place.)
 */
function storedArray(store: Writable, plan: Plan): StoredArray<DataType, Mutable> {
  const { codecs, shape, chunks, path } = plan
  const watched: Mutable = {
    get: async () => undefined,
    set: async (key, bytes) => store.set(key, codecs.gzipped ? await gzip(bytes) : bytes),
  }
  return new zarrita.Array(watched, path || '/', {
    zarr_format: 3,
    node_type: 'array',
    shape: shape.map((length, axis) => wholeChunks(length, chunks[axis] as number)),
    data_type: plan.info.name,
    chunk_grid: gridOf(plan),
    chunk_key_encoding: KEYS,
    codecs: codecs.encoders,
    fill_value: null,
    attributes: {},
  })
}

function wholeChunks(length: number, chunk: number): number {
  return Math.ceil(length / chunk) * chunk
}

const KEYS = { name: 'default', configuration: { separator: '/' } } as const

function gridOf({ chunks }: Plan): { name: 'regular'; configuration: { chunk_shape: number[] } } {
  return { name: 'regular', configuration: { chunk_shape: [...chunks] } }
}

/** The document that describes the array. */
function documentOf(plan: Plan): string {
  const { shape, info, codecs, dimensionNames, attributes } = plan
  const document = JSON.stringify({
    zarr_format: 3,
    node_type: 'array',
    shape,
    data_type: info.name,
    chunk_grid: gridOf(plan),
    chunk_key_encoding: KEYS,
    codecs: codecs.metadata,
    dimension_names: dimensionNames,
    attributes,
  })
  return `${document.slice(0, -1)},"fill_value":${fillText(plan)}}`
}

/** The fill value in JSON, which has no NaN, and integers of any length. */
function fillText({ fillValue, info }: Plan): string {
  if (info.kind === 'bool') return String(Boolean(fillValue))
  const value = toElement(fillValue, info.name)
  return Number.isFinite(Number(value)) ? String(value) : `"${value}"`
}

/** Writes the part of an array that a chunk has. */
async function writeChunk(
  stored: StoredArray<DataType, Mutable>,
  a: NDArray,
  plan: Plan,
  piece: readonly Stretch[],
): Promise<void> {
  const data = copyOut(a, plan, piece)
  const { chunks } = plan
  if (chunks.length === 0) {
    const value = plan.info.kind === 'bool' ? data[0] !== 0 : data[0]
    await zarrita.set(stored, null, value as never)
    return
  }
  const place = piece.map(({ chunk }, axis) => {
    const length = chunks[axis] as number
    return zarrita.slice(chunk * length, (chunk + 1) * length)
  })
  await zarrita.set(stored, place, { data, shape: [...chunks], stride: contiguousStrides(chunks) } as never)
}

/** A chunk's elements, in JavaScript's memory for as long as the library needs them. */
function copyOut(a: NDArray, { chunks, info, fillValue }: Plan, piece: readonly Stretch[]): NDArray['data'] {
  const scratch = keep(allocateArray(a.lease.heap, chunks, info.name, false))
  try {
    const shape = piece.map(({ length }) => length)
    const start = piece.reduce(
      (sum, { chunk }, axis) => sum + chunk * (chunks[axis] as number) * (a.strides[axis] as number),
      a.offset,
    )
    if (sizeOf(shape) < scratch.size) fill(scratch, scratch, fillValue)
    move(scratch, { shape, strides: scratch.strides, offset: 0 }, a, {
      shape,
      strides: a.strides,
      offset: start,
    })
    return scratch.data.slice(0, scratch.size)
  } finally {
    scratch.drop(false)
  }
}

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()
  return new Uint8Array(await new Response(stream.pipeThrough(new CompressionStream('gzip'))).arrayBuffer())
}
