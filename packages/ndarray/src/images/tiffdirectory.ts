import { FormatError } from '../errors.ts'
import type { RandomSource } from '../io/randomsource.ts'
import { bytesAt } from './whole.ts'

/** Tags that say where an image's samples are, and what they are. */
const TAGS = {
  newSubfileType: 254,
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
} as const
export type TagName = keyof typeof TAGS
const NAMES = new Map(Object.entries(TAGS).map(([name, tag]) => [tag as number, name as TagName]))

/** The tags of an image that are read, where it has them. */
export type Directory = Readonly<Partial<Record<TagName, readonly number[]>>>

/** Bytes of the types of numbers that those tags have: BYTE, SHORT, LONG, LONG8. */
const TYPE_BYTES: Readonly<Record<number, 1 | 2 | 4 | 8>> = { 1: 1, 3: 2, 4: 4, 16: 8 }

/** What differs between TIFF and BigTIFF: bytes of an offset, of a directory's number of entries, of an entry. */
interface Widths {
  readonly offset: 4 | 8
  readonly entries: 2 | 8
  readonly entry: 12 | 20
}
const TIFF: Widths = { offset: 4, entries: 2, entry: 12 }
const BIG_TIFF: Widths = { offset: 8, entries: 8, entry: 20 }

/** A TIFF or BigTIFF file, looked through from one directory to the next. */
export class TiffFile {
  readonly source: RandomSource
  readonly littleEndian: boolean
  readonly #widths: Widths
  readonly #first: number
  /**
   * Bytes that may still be referred to. In an honest file directories, tables and blocks lie side by side, or
   * share a few; what says the same bytes over and over is forged, and would be read for ever.
   */
  #budget: number

  private constructor(source: RandomSource, littleEndian: boolean, widths: Widths, first: number) {
    this.source = source
    this.littleEndian = littleEndian
    this.#widths = widths
    this.#first = first
    this.#budget = 2 * source.size
  }

  /** @throws FormatError when it is no TIFF file */
  static async open(source: RandomSource): Promise<TiffFile> {
    const start = await bytesAt(source, 0, 16)
    const order = String.fromCharCode(...start.subarray(0, 2))
    if (start.length < 8 || (order !== 'II' && order !== 'MM')) {
      throw new FormatError('not a TIFF file: it does not begin with II or MM')
    }
    const numbers = new Numbers(start, order === 'II')
    const magic = numbers.at(2, 2)
    if (magic === 42) return new TiffFile(source, numbers.littleEndian, TIFF, numbers.at(4, 4))
    if (magic === 43 && start.length === 16 && numbers.at(4, 2) === 8) {
      return new TiffFile(source, numbers.littleEndian, BIG_TIFF, numbers.at(8, 8))
    }
    throw new FormatError(`not a TIFF file: its version is ${magic}, neither 42 nor 43`)
  }

  /** The directories in turn: each is an image. @throws FormatError */
  async *directories(): AsyncGenerator<Directory, void, void> {
    const { entries, entry, offset } = this.#widths
    for (let at = this.#first; at !== 0; ) {
      const count = (await this.#numbers(at, entries)).at(0, entries)
      const body = await this.#numbers(at + entries, count * entry + offset)
      yield await this.#directory(body, count)
      at = body.at(count * entry, offset)
    }
  }

  /** Notes that bytes are referred to. @throws FormatError when they are not in the file, or too many in all */
  claim(position: number, length: number): void {
    this.#budget -= length
    if (position + length > this.source.size || this.#budget < 0) {
      throw new FormatError(
        `the TIFF file of ${this.source.size} bytes refers to ${length} at ${position}, and cannot have them`,
      )
    }
  }

  async #numbers(position: number, length: number): Promise<Numbers> {
    this.claim(position, length)
    const bytes = await bytesAt(this.source, position, length)
    if (bytes.length < length) throw new FormatError('the TIFF file became shorter while it was read')
    return new Numbers(bytes, this.littleEndian)
  }

  async #directory(body: Numbers, count: number): Promise<Directory> {
    const directory: Partial<Record<TagName, readonly number[]>> = {}
    for (let i = 0; i < count; i++) {
      const at = i * this.#widths.entry
      const name = NAMES.get(body.at(at, 2))
      if (!name) continue
      if (directory[name]) throw new FormatError(`a TIFF image has its ${name} twice`)
      directory[name] = await this.#values(body, at, name)
    }
    return directory
  }

  async #values(body: Numbers, at: number, name: TagName): Promise<readonly number[]> {
    const { offset } = this.#widths
    const type = body.at(at + 2, 2)
    const bytes = TYPE_BYTES[type]
    const count = body.at(at + 4, offset)
    if (!bytes || count < 1) throw new FormatError(`${name} of type ${type}, ${count} times, is no TIFF tag`)
    const inside = count * bytes <= offset
    const place = at + 4 + offset
    const numbers = inside ? body : await this.#numbers(body.at(place, offset), count * bytes)
    return Array.from({ length: count }, (_, i) => numbers.at((inside ? place : 0) + i * bytes, bytes))
  }
}

/** Numbers without a sign in bytes. */
class Numbers {
  readonly littleEndian: boolean
  readonly #view: DataView

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.littleEndian = littleEndian
  }

  /** One beyond 2^53 is not exact, and larger than any file all the same. */
  at(position: number, bytes: 1 | 2 | 4 | 8): number {
    if (bytes === 1) return this.#view.getUint8(position)
    if (bytes === 2) return this.#view.getUint16(position, this.littleEndian)
    if (bytes === 4) return this.#view.getUint32(position, this.littleEndian)
    return Number(this.#view.getBigUint64(position, this.littleEndian))
  }
}
