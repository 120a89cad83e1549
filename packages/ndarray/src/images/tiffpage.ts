import { type DType, dtypes } from '../dtype.ts'
import { FormatError } from '../errors.ts'
import type { Shape } from '../shape.ts'
import { formatShape } from '../shape.ts'
import { COMPRESSIONS, type Compression } from './tiffcompression.ts'
import type { Directory, TagName, TiffFile } from './tiffdirectory.ts'

/** An image of a TIFF file: what its samples are, and the blocks (strips or tiles) that they come in. */
export interface Page {
  readonly dtype: DType
  readonly height: number
  readonly width: number
  readonly samples: number
  /** Planes that are stored one behind the other: as many as samples, or 1 where these lie together. */
  readonly planes: number
  readonly compression: Compression
  readonly predictor: 1 | 2 | 3
  /** A tile is as large at the image's edges as elsewhere; a strip ends there. */
  readonly tiled: boolean
  readonly blockHeight: number
  readonly blockWidth: number
  /** Where the blocks are, row by row, plane by plane. */
  readonly offsets: readonly number[]
  readonly byteCounts: readonly number[]
}

/** Dtypes by the format of samples (unsigned, signed, floating, unknown) and their bits. */
const DTYPES: Readonly<Record<number, Readonly<Record<number, DType>>>> = {
  1: { 8: 'uint8', 16: 'uint16', 32: 'uint32', 64: 'uint64' },
  2: { 8: 'int8', 16: 'int16', 32: 'int32', 64: 'int64' },
  3: { 32: 'float32', 64: 'float64' },
  4: { 8: 'uint8', 16: 'uint16', 32: 'uint32', 64: 'uint64' },
}
/** Kinds of colour whose samples are not simply there: subsampled YCbCr. */
const YCBCR = 6
/** Bits of newSubfileType: a smaller copy of another image, and a mask of one. */
const REDUCED_OR_MASK = 0b101

/** Whether an image is a smaller copy or a mask of another one. */
export function isSecondary({ newSubfileType }: Directory): boolean {
  return ((newSubfileType?.[0] ?? 0) & REDUCED_OR_MASK) !== 0
}

/**
 * The image that a directory describes.
 * @throws FormatError when that is impossible, not in the file, or not read.
 */
export function toPage(directory: Directory, file: TiffFile): Page {
  const get = (name: TagName, otherwise?: number): number => tagValue(directory, name, otherwise)
  const [width, height, samples] = [get('imageWidth'), get('imageLength'), get('samplesPerPixel', 1)]
  if (width < 1 || height < 1 || samples < 1) {
    throw new FormatError(`a TIFF image cannot be ${width}×${height} with ${samples} samples`)
  }
  if (get('photometric', 1) === YCBCR) throw new FormatError('TIFF images in YCbCr are not read')
  const planar = get('planarConfiguration', 1) === 2
  const page: Page = {
    dtype: dtypeOf(directory, samples),
    ...{ width, height, samples },
    planes: planar ? samples : 1,
    compression: compressionOf(get('compression', 1)),
    predictor: get('predictor', 1) as 1 | 2 | 3,
    ...blocksOf(directory, width, height),
  }
  if (page.predictor < 1 || page.predictor > 3 || (page.predictor === 3 && !page.dtype.startsWith('float'))) {
    throw new FormatError(`TIFF predictor ${page.predictor} of ${page.dtype} is unknown`)
  }
  checkBlocks(page, file)
  return page
}

function tagValue(directory: Directory, name: TagName, otherwise?: number): number {
  const value = directory[name]?.[0] ?? otherwise
  if (value === undefined) throw new FormatError(`a TIFF image has no ${name}`)
  return value
}

function dtypeOf({ bitsPerSample = [1], sampleFormat = [1] }: Directory, samples: number): DType {
  const bits = bitsPerSample[0] as number
  const format = sampleFormat[0] as number
  const dtype = DTYPES[format]?.[bits]
  const alike = bitsPerSample.every(other => other === bits) && sampleFormat.every(other => other === format)
  if (dtype && alike) return dtype
  throw new FormatError(
    `${samples} TIFF samples of format ${sampleFormat} and ${bitsPerSample} bits are not read; integers of 8, 16, 32 and 64 bits are, and floats of 32 and 64`,
  )
}

function compressionOf(code: number): Compression {
  const compression = COMPRESSIONS[code]
  if (compression) return compression
  const known = Object.entries(COMPRESSIONS).map(([number, { name }]) => `${number} (${name})`)
  throw new FormatError(`TIFF compression ${code} is not read; there are ${known.join(', ')}`)
}

type Blocks = Pick<Page, 'tiled' | 'blockHeight' | 'blockWidth' | 'offsets' | 'byteCounts'>

function blocksOf(directory: Directory, width: number, height: number): Blocks {
  const tiled = directory.tileWidth !== undefined
  const offsets = directory[tiled ? 'tileOffsets' : 'stripOffsets'] ?? []
  const byteCounts = directory[tiled ? 'tileByteCounts' : 'stripByteCounts'] ?? []
  const blockHeight = tiled
    ? tagValue(directory, 'tileLength')
    : Math.min(tagValue(directory, 'rowsPerStrip', height), height)
  const blockWidth = tiled ? tagValue(directory, 'tileWidth') : width
  if (blockHeight < 1 || blockWidth < 1) {
    throw new FormatError(`TIFF blocks cannot be ${blockWidth}×${blockHeight}`)
  }
  return { tiled, blockHeight, blockWidth, offsets, byteCounts }
}

/** Bytes of a row of a block. */
export function rowBytes({ blockWidth, samples, planes, dtype }: Page): number {
  return blockWidth * (samples / planes) * dtypes[dtype].bytes
}

/** Rows that the block at a place down the image has: strips end where it does. */
export function rowsOf({ tiled, blockHeight, height }: Page, down: number): number {
  return tiled ? blockHeight : Math.min(blockHeight, height - down * blockHeight)
}

/** How many blocks lie along and down a plane. */
export function gridOf({ width, height, blockWidth, blockHeight }: Page): { across: number; down: number } {
  return { across: Math.ceil(width / blockWidth), down: Math.ceil(height / blockHeight) }
}

/** Each block must be in the file, and large enough to become what it stands for. */
function checkBlocks(page: Page, file: TiffFile): void {
  const { offsets, byteCounts, planes, compression } = page
  const { across, down } = gridOf(page)
  const count = across * down * planes
  if (offsets.length !== count || byteCounts.length !== count) {
    throw new FormatError(
      `${count} TIFF blocks are needed; there are ${offsets.length} places and ${byteCounts.length} sizes`,
    )
  }
  for (let i = 0; i < count; i++) {
    const bytes = byteCounts[i] as number
    file.claim(offsets[i] as number, bytes)
    const needed = rowBytes(page) * rowsOf(page, Math.floor(i / across) % down)
    if (needed > bytes * compression.expansion) {
      throw new FormatError(
        `a TIFF block of ${needed} bytes cannot be in ${bytes} bytes (${compression.name})`,
      )
    }
  }
}

/** (height, width), or (height, width, samples). */
export function shapeOf({ height, width, samples }: Page): Shape {
  return samples === 1 ? [height, width] : [height, width, samples]
}

/** @throws FormatError when images do not make one array */
export function checkAlike(pages: readonly Page[]): void {
  const [first, ...others] = pages as readonly [Page, ...Page[]]
  const describe = (page: Page) =>
    `${page.dtype} of shape ${formatShape(shapeOf(page))}${page.planes > 1 ? ' in planes' : ''}`
  others.forEach((page, i) => {
    if (describe(page) !== describe(first)) {
      throw new FormatError(
        `image ${i + 1} is ${describe(page)}, image 0 ${describe(first)}: choose \`pages\` that are alike`,
      )
    }
  })
}
