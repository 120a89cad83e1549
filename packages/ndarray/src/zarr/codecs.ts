import type { CodecMetadata } from 'zarrita'
import { type DTypeInfo, describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'

/**
 * A step between elements and the bytes of a chunk, as in the metadata of version 3: its name, or its name
 * and configuration.
 */
export type ZarrCodec = string | { readonly name: string; readonly configuration?: Record<string, unknown> }

/** A compressor that the library only undoes, and the platform does. */
const GZIP = 'gzip'

/** Codecs that can make what they read. */
const WRITTEN = new Set(['bytes', 'transpose', 'zstd', 'blosc', GZIP])

/** How the blosc library numbers its filters. */
const BLOSC_FILTERS = ['noshuffle', 'shuffle', 'bitshuffle']

/** What a codec has for a configuration when only its name is given. */
function defaultsOf(name: string, { bytes }: DTypeInfo): Record<string, unknown> | undefined {
  switch (name) {
    case 'bytes':
      return { endian: 'little' }
    case 'gzip':
      return { level: 6 }
    case 'zstd':
      return { level: 0, checksum: false }
    case 'blosc':
      return { cname: 'lz4', clevel: 5, shuffle: 'shuffle', typesize: bytes, blocksize: 0 }
    default:
      return undefined
  }
}

/** The codecs of a new array. */
export interface Codecs {
  /** As the metadata name them. */
  readonly metadata: CodecMetadata[]
  /** As the library takes them. */
  readonly encoders: CodecMetadata[]
  /** Whether the bytes that the library makes are to be compressed by gzip yet. */
  readonly gzipped: boolean
}

/**
 * Codecs in their order. The one that makes bytes of elements is put in where it is missing: behind those
 * that leave elements, before those that take bytes.
 * @throws DTypeError for a codec that is unknown, or that only reading has
 */
export function codecsOf(given: readonly ZarrCodec[], info: DTypeInfo): Codecs {
  if (!Array.isArray(given)) throw new DTypeError(`codecs are a list, not ${describe(given)}`)
  const metadata = given.map(codec => complete(codec, info))
  if (!metadata.some(({ name }) => name === 'bytes')) {
    const behind = metadata.findLastIndex(({ name }) => name === 'transpose') + 1
    metadata.splice(behind, 0, complete('bytes', info))
  }
  const at = metadata.findIndex(({ name }) => name === GZIP)
  if (at >= 0 && at < metadata.length - 1) throw new DTypeError('gzip is the last codec, or none')
  return { metadata, encoders: metadata.filter((_, i) => i !== at).map(encoderOf), gzipped: at >= 0 }
}

function complete(codec: ZarrCodec, info: DTypeInfo): CodecMetadata {
  const { name, configuration } = typeof codec === 'string' ? { name: codec } : (codec ?? {})
  if (name === undefined || !WRITTEN.has(name)) {
    throw new DTypeError(`codec ${describe(name)} is not written; ${[...WRITTEN].join(', ')} are`)
  }
  const defaults = defaultsOf(name, info)
  // Single bytes have no order, but the library would turn around those of bool.
  if (name === 'bytes' && info.bytes === 1) return { name, configuration: { ...configuration, ...defaults } }
  return { name, configuration: { ...defaults, ...configuration } }
}

function encoderOf({ name, configuration }: CodecMetadata): CodecMetadata {
  if (name !== 'blosc') return { name, configuration }
  const shuffle = BLOSC_FILTERS.indexOf(configuration.shuffle as string)
  if (shuffle < 0) {
    throw new DTypeError(
      `blosc filters are ${BLOSC_FILTERS.join(', ')}, not ${describe(configuration.shuffle)}`,
    )
  }
  return { name, configuration: { ...configuration, shuffle } }
}
