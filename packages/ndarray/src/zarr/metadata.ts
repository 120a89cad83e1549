import type { DataType, Readable, Array as StoredArray } from 'zarrita'
import { type DType, type DTypeInfo, describe, dtypes, type Scalar, toElement } from '../dtype.ts'
import { EbbError, FormatError } from '../errors.ts'
import { formatShape, nbytes, type Shape, toShape } from '../shape.ts'
import { zarrita } from './zarrita.ts'

/** What the metadata of an array say. */
export interface ZarrMetadata {
  /** Lengths along the axes. */
  readonly shape: Shape
  /** The elements' dtype. */
  readonly dtype: DType
  /** Lengths of a chunk along the axes: what is read at once (of a sharded array: the inner chunks). */
  readonly chunks: Shape
  /** What elements are that were never written. */
  readonly fillValue: Scalar
  /** Names of the axes, where they have any. */
  readonly dimensionNames: readonly (string | null)[] | undefined
  /** What else the writer wanted to say. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Chunks from this size on are not read: no codec makes them. */
const MOST_CHUNK_BYTES = 2 ** 31

/** The parts of the document that the library takes on trust. */
interface Document {
  readonly zarr_format?: unknown
  readonly fill_value?: unknown
  readonly chunk_grid?: { readonly name?: unknown }
  readonly chunk_key_encoding?: { readonly configuration?: { readonly separator?: unknown } }
  readonly dimension_separator?: unknown
  readonly codecs?: unknown
  readonly compressor?: unknown
  readonly filters?: unknown
}

/**
 * The metadata of an array, verified.
 * @param text The document that the library read them from.
 * @throws FormatError, ShapeError
 */
export function metadataOf(array: StoredArray<DataType, Readable>, text: string): ZarrMetadata {
  const document = JSON.parse(text) as Document
  if (document.zarr_format === 2) checkOlder(document)
  else checkCurrent(document)
  const { dtype, attrs, dimensionNames } = array
  if (dtype === 'bool') assertNotTurned(document.codecs ?? [])
  if (typeof dtype !== 'string' || !Object.hasOwn(dtypes, dtype)) {
    throw new FormatError(
      `elements of ${describe(dtype)} are not read; ${Object.keys(dtypes).join(', ')} are`,
    )
  }
  const info: DTypeInfo = dtypes[dtype as DType]
  const shape = lengthsOf(array.shape)
  return {
    shape,
    dtype: info.name,
    chunks: chunksOf(array.chunks, shape, info.name),
    fillValue: fillValueOf(document.fill_value, text, info),
    dimensionNames,
    attributes: attrs ?? {},
  }
}

function checkCurrent({ chunk_grid, chunk_key_encoding, codecs }: Document): void {
  if (chunk_grid?.name !== 'regular') {
    throw new FormatError(`a chunk grid of kind ${describe(chunk_grid?.name)} is not read; regular ones are`)
  }
  checkSeparator(chunk_key_encoding?.configuration?.separator)
  checkCodecs(codecs)
}

function checkOlder({ dimension_separator, compressor, filters }: Document): void {
  checkSeparator(dimension_separator)
  const steps = listOf(filters ?? [])
  for (const step of compressor ? [...steps, compressor] : steps) {
    const id = (step as { id?: unknown } | null)?.id
    // The library reads this one, too, as two others.
    if (id !== 'fixedscaleoffset') checkCodec(`numcodecs.${id}`)
  }
}

/** Keys are paths: what stands between their numbers must not lead elsewhere. */
function checkSeparator(separator: unknown): void {
  if (separator !== undefined && separator !== '.' && separator !== '/') {
    throw new FormatError(`keys of chunks are separated by '.' or '/', not ${describe(separator)}`)
  }
}

function checkCodecs(codecs: unknown): void {
  for (const codec of listOf(codecs)) {
    const { name, configuration } = (codec ?? {}) as {
      name?: unknown
      configuration?: { codecs?: unknown; index_codecs?: unknown }
    }
    if (name === 'sharding_indexed') {
      checkCodecs(configuration?.codecs)
      checkCodecs(configuration?.index_codecs)
    } else checkCodec(name)
  }
}

/** Bools are single bytes, which have no order; the library would turn them around four by four. */
function assertNotTurned(codecs: unknown): void {
  for (const codec of listOf(codecs)) {
    const { configuration } = (codec ?? {}) as { configuration?: { endian?: unknown; codecs?: unknown } }
    if (configuration?.endian === 'big') throw new FormatError('bool has no byte order, so none that is big')
    if (configuration?.codecs !== undefined) assertNotTurned(configuration.codecs)
  }
}

/** (The library notices, too; but of several such it lets all but one reject with nobody there to hear it.) */
function checkCodec(name: unknown): void {
  if (!zarrita.registry.has(name as string)) throw new FormatError(`codec ${describe(name)} is unknown`)
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new FormatError(`codecs are a list, not ${describe(value)}`)
  return value
}

/** A number alone is a shape to us, and none in metadata. */
function lengthsOf(given: unknown): Shape {
  if (!Array.isArray(given)) throw new FormatError(`lengths along axes are a list, not ${describe(given)}`)
  return toShape(given)
}

function chunksOf(given: number[], shape: Shape, dtype: DType): Shape {
  const chunks = lengthsOf(given)
  if (chunks.length !== shape.length || chunks.includes(0)) {
    throw new FormatError(`chunks of ${formatShape(chunks)} do not tile shape ${formatShape(shape)}`)
  }
  const bytes = nbytes(chunks, dtype)
  if (bytes >= MOST_CHUNK_BYTES) throw new FormatError(`chunks of ${bytes} bytes are too large to be read`)
  return chunks
}

function fillValueOf(given: unknown, text: string, info: DTypeInfo): Scalar {
  // Version 2 leaves it open by null.
  if (given === null || given === undefined) return info.kind === 'bool' ? false : 0
  try {
    const value = toElement(scalarOf(given, text, info), info.name)
    return info.kind === 'bool' ? value !== 0 : value
  } catch (error) {
    if (error instanceof EbbError) throw new FormatError(`the fill value: ${error.message}`)
    throw error
  }
}

function scalarOf(given: unknown, text: string, info: DTypeInfo): Scalar {
  if (info.kind === 'float' && typeof given === 'string') return floatOf(given, info.bytes)
  if (info.bytes < 8 || info.kind === 'float' || Number.isSafeInteger(given)) return given as Scalar
  return exactInteger(given, text)
}

/** An integer that a JavaScript number cannot hold, as it is written. */
function exactInteger(rounded: unknown, text: string): Scalar {
  for (const [, digits] of text.matchAll(/"fill_value"\s*:\s*(-?\d+)(?![\d.eE])/g)) {
    if (Number(digits) === rounded) return BigInt(digits as string)
  }
  return rounded as Scalar
}

const NAMED_FLOATS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity }

/** A float as text: by its name, or by its bits in hexadecimal, the highest first. */
function floatOf(text: string, bytes: number): Scalar {
  if (Object.hasOwn(NAMED_FLOATS, text)) return NAMED_FLOATS[text] as number
  const digits = /^0x([\da-f]+)$/i.exec(text)?.[1]
  if (digits?.length !== bytes * 2) throw new FormatError(`${describe(text)} is no float of ${bytes} bytes`)
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${digits.padEnd(16, '0')}`))
  return bytes === 4 ? view.getFloat32(0) : view.getFloat64(0)
}
