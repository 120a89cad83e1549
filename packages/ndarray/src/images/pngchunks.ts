import { describe } from '../dtype.ts'
import { FormatError } from '../errors.ts'
import { inflate, MOST_EXPANSION } from './inflate.ts'

/** What a PNG file says about its image. */
export interface PngHeader {
  readonly width: number
  readonly height: number
  /** Bits of a sample. */
  readonly depth: number
  /** Samples of a pixel as they are in the file; 1 for a palette's index. */
  readonly channels: number
  readonly palette: boolean
}

/** A PNG file whose structure holds. */
export interface PngFile extends PngHeader {
  /** The file without all that the image does not need. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

interface Chunk {
  readonly type: string
  /** With length, type and checksum. */
  readonly bytes: Uint8Array
  readonly data: Uint8Array
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Bytes of a chunk's length and type, and of its checksum. */
const CHUNK_START = 8
const CHUNK_END = 4
const MOST_LENGTH = 2 ** 31 - 1

/** What the kinds of colour mean: samples, and the bits that they can have. */
const COLOURS: Readonly<Record<number, { channels: number; depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
}
const PALETTE = 3

/** Where the seven passes of an interlaced image begin, and their steps: x, y, x, y. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/**
 * Checks a file's structure, and that there are as many bytes of pixels as its header says: compressed ones are
 * counted as they come out, and not kept.
 * @throws FormatError
 */
export async function checkPng(file: Uint8Array): Promise<PngFile> {
  const chunks = [...chunksOf(file)]
  const first = chunks[0]
  if (first?.type !== 'IHDR' || first.data.length !== 13) {
    throw new FormatError('a PNG file begins with an IHDR chunk of 13 bytes')
  }
  const { header, expected } = parseHeader(first.data)
  const needed = chunks.filter(({ type }) => isNeeded(type, header))
  const packed = needed.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
  checkOrder(needed, header)
  const most = packed.reduce((sum, { length }) => sum + length, 0) * MOST_EXPANSION
  if (expected > most) throw new FormatError(`${describeSize(header)} cannot be in ${file.length} bytes`)
  await checkPixels(packed, expected)
  return { ...header, bytes: join(needed) }
}

function* chunksOf(file: Uint8Array): Generator<Chunk> {
  if (SIGNATURE.some((byte, i) => file[i] !== byte)) {
    throw new FormatError('not a PNG file: it does not begin with \\x89PNG')
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  for (let at = SIGNATURE.length, type = ''; type !== 'IEND'; ) {
    const start = at + CHUNK_START
    if (start > file.length) throw new FormatError('the PNG file ends before its IEND chunk')
    const length = view.getUint32(at)
    type = String.fromCharCode(...file.subarray(at + 4, start))
    const end = start + length + CHUNK_END
    if (length > MOST_LENGTH || end > file.length) {
      throw new FormatError(`a chunk ${describe(type)} of ${length} bytes does not fit the PNG file`)
    }
    yield { type, bytes: file.subarray(at, end), data: file.subarray(start, start + length) }
    at = end
  }
}

function parseHeader(data: Uint8Array): { header: PngHeader; expected: number } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [depth, colour, compression, filter, interlace] = data.subarray(8) as unknown as number[]
  const kind = COLOURS[colour as number]
  if (width < 1 || height < 1 || width > MOST_LENGTH || height > MOST_LENGTH) {
    throw new FormatError(`a PNG image cannot be ${width}×${height}`)
  }
  if (!kind?.depths.includes(depth as number)) {
    throw new FormatError(`a PNG file has no ${depth} bits of colour type ${colour}`)
  }
  if (compression !== 0 || filter !== 0 || (interlace as number) > 1) {
    throw new FormatError(
      `PNG compression ${compression}, filter ${filter} and interlace ${interlace} are not read`,
    )
  }
  const { channels } = kind
  const header = { width, height, depth: depth as number, channels, palette: colour === PALETTE }
  if (interlace === 1 && header.depth < 8) {
    throw new FormatError(`interlaced PNG images of ${depth} bits a sample are not read`)
  }
  return { header, expected: interlace === 1 ? interlacedBytes(header) : plainBytes(header) }
}

/** Bytes of pixels when they are unpacked; before each row there is one for its filter. */
function plainBytes({ width, height, depth, channels }: PngHeader): number {
  return height * (1 + Math.ceil((width * channels * depth) / 8))
}

function interlacedBytes(header: PngHeader): number {
  return PASSES.reduce((sum, [x, y, stepX, stepY]) => {
    const width = Math.ceil((header.width - x) / stepX)
    const height = Math.ceil((header.height - y) / stepY)
    return width > 0 && height > 0 ? sum + plainBytes({ ...header, width, height }) : sum
  }, 0)
}

/** Whether the image needs a chunk. @throws FormatError for one that it needs and that is unknown */
function isNeeded(type: string, { palette }: PngHeader): boolean {
  if (['IHDR', 'IDAT', 'IEND'].includes(type)) return true
  if (type === 'PLTE' || type === 'tRNS') return palette
  // A small first letter: whoever does not know it may leave it out.
  if (/^[a-z][a-zA-Z]{3}$/.test(type)) return false
  throw new FormatError(`the PNG file has an unknown chunk ${describe(type)}`)
}

function checkOrder(chunks: readonly Chunk[], { palette }: PngHeader): void {
  const order = chunks.map(({ type }) => type).join(' ')
  const right = palette ? /^IHDR PLTE (tRNS )?(IDAT )+IEND$/ : /^IHDR (IDAT )+IEND$/
  if (!right.test(order)) throw new FormatError(`the PNG file's chunks are not in order: ${describe(order)}`)
}

async function checkPixels(packed: readonly Uint8Array[], expected: number): Promise<void> {
  let count = 0
  for await (const { length } of inflate(packed, 'deflate')) {
    count += length
    if (count > expected) break
  }
  if (count !== expected) {
    const has = count > expected ? `more than ${expected}` : `${count} of ${expected}`
    throw new FormatError(`the PNG file has ${has} bytes of pixels`)
  }
}

function join(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const parts = [Uint8Array.from(SIGNATURE), ...chunks.map(({ bytes }) => bytes)]
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

function describeSize({ width, height, depth, channels }: PngHeader): string {
  return `an image of ${width}×${height} pixels of ${channels} times ${depth} bits`
}
