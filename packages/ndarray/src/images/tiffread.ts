import { describe, dtypes } from '../dtype.ts'
import { DTypeError, FormatError, IndexError } from '../errors.ts'
import { currentHeap } from '../heap/heap.ts'
import { LITTLE_ENDIAN_HOST } from '../io/npyheader.ts'
import { heapRoom, ownRoom, type Room } from '../io/room.ts'
import type { Source } from '../io/source.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides } from '../shape.ts'
import { undoPredictor } from './tiffcompression.ts'
import { TiffFile } from './tiffdirectory.ts'
import { checkAlike, gridOf, isSecondary, type Page, rowBytes, rowsOf, shapeOf, toPage } from './tiffpage.ts'
import { bytesAt, withRandom } from './whole.ts'

/** What of a TIFF file is read. */
export interface TiffOptions {
  /**
   * The image to read, or the images, counted from 0 as they are in the file. Default: all but smaller copies and
   * masks of others.
   */
  pages?: number | readonly number[] | undefined
}

/**
 * Reads a TIFF or BigTIFF file, straight into the heap: samples of 8, 16, 32 and 64 bits, signed, unsigned or
 * floating (not 16), in strips or tiles, together or in planes, plain or packed by LZW, Deflate or PackBits, in either
 * byte order. Samples are as the file has them: a palette's indices stay indices, white may be 0.
 * @returns The array, the caller's. One image is of shape (height, width), or (height, width, samples) when it
 * has several; all images of a file with more are one volume, (images, height, width) or (images, height, width,
 * samples), and so is a list of `pages`. Samples that are stored in planes stay in them: the strides say so.
 * @throws FormatError when the file is damaged or forged (more samples than there are bytes for: nothing is allocated
 * then), when images are not alike, and for other compressions and samples; IndexError for a page that is not there;
 * DTypeError for what is no source or option; OutOfMemoryError; the system's error. Nothing is left in the
 * heap then.
 */
export async function readTiff(source: Source, options: TiffOptions = {}): Promise<NDArray> {
  const { pages } = options
  const wanted = typeof pages === 'number' ? [pages] : pages
  if (wanted !== undefined && !isPages(wanted)) {
    throw new DTypeError(`pages are integers from 0, at least one, not ${describe(pages)}`)
  }
  return withRandom(source, async bytes => {
    const file = await TiffFile.open(bytes)
    const found = await pagesOf(file, wanted)
    checkAlike(found)
    return readPages(file, found, wanted ? typeof pages === 'number' : found.length === 1)
  })
}

function isPages(pages: unknown): boolean {
  return (
    Array.isArray(pages) && pages.length > 0 && pages.every(page => Number.isSafeInteger(page) && page >= 0)
  )
}

async function pagesOf(file: TiffFile, wanted: readonly number[] | undefined): Promise<Page[]> {
  const found = new Map<number, Page>()
  let count = 0
  for await (const directory of file.directories()) {
    if (wanted ? wanted.includes(count) : !isSecondary(directory)) found.set(count, toPage(directory, file))
    count++
  }
  if (found.size === 0 && !wanted) throw new FormatError('the TIFF file has no image')
  if (!wanted) return [...found.values()]
  return wanted.map(index => {
    const page = found.get(index)
    if (!page) throw new IndexError(`page ${index} is not there; the TIFF file has ${count}`)
    return page
  })
}

/** @param single Whether there is no axis of images. */
async function readPages(file: TiffFile, pages: readonly Page[], single: boolean): Promise<NDArray> {
  const page = pages[0] as Page
  const array = arrayFor(page, single ? [] : [pages.length])
  const planeBytes = page.height * page.width * (page.samples / page.planes) * dtypes[page.dtype].bytes
  let complete = false
  try {
    let start = 0
    for (const each of pages) {
      for (let plane = 0; plane < each.planes; plane++, start += planeBytes) {
        await readPlane(file, each, plane, { array, start })
      }
    }
    complete = true
    return array
  } finally {
    if (!complete) array.release()
  }
}

/** The array of images like this one; where their samples are in planes, so are those of the array. */
function arrayFor(page: Page, outer: readonly number[]): NDArray {
  const shape = [...outer, ...shapeOf(page)]
  if (page.planes === 1) return allocateArray(currentHeap(), shape, page.dtype, false)
  const stored = [...outer, page.samples, page.height, page.width]
  const planes = allocateArray(currentHeap(), stored, page.dtype, false)
  const [samples, height, width] = contiguousStrides(stored).slice(-3) as [number, number, number]
  const strides = [...contiguousStrides(stored).slice(0, -3), height, width, samples]
  const view = planes.view({ shape, strides, offset: 0 })
  planes.release()
  return view
}

/** Where a plane goes: an array, and the byte in its block at which the plane starts. */
interface Place {
  readonly array: NDArray
  readonly start: number
}

async function readPlane(file: TiffFile, page: Page, plane: number, place: Place): Promise<void> {
  const { across, down } = gridOf(page)
  const { lease } = place.array
  const widthBytes = (rowBytes(page) / page.blockWidth) * page.width
  const tile = page.tiled ? ownRoom(new Uint8Array(rowBytes(page) * page.blockHeight)) : undefined
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const index = (plane * down + y) * across + x
      const start = lease.address + place.start + y * page.blockHeight * widthBytes
      const room = tile ?? heapRoom(lease.heap, start, rowBytes(page) * rowsOf(page, y))
      await readBlock(file, page, index, room)
      if (tile) copyTile(page, tile, { x, y }, heapRoom(lease.heap, start, rowsLeft(page, y) * widthBytes))
    }
  }
  const { swapBytes } = lease.heap.core.exports
  const from = lease.address + place.start
  const { bytes } = dtypes[page.dtype]
  const swapped = file.littleEndian !== LITTLE_ENDIAN_HOST
  if (swapped && bytes > 1 && page.predictor === 1) swapBytes(from, from + page.height * widthBytes, bytes)
}

/** Rows of the image from a row of blocks on, at most as many as a block has. */
function rowsLeft({ blockHeight, height }: Page, y: number): number {
  return Math.min(blockHeight, height - y * blockHeight)
}

async function readBlock(file: TiffFile, page: Page, index: number, room: Room): Promise<void> {
  const { compression, predictor } = page
  const position = page.offsets[index] as number
  const length = page.byteCounts[index] as number
  const count = compression.unpack
    ? await compression.unpack(await bytesAt(file.source, position, length), room)
    : await file.source.readAt(position, room)
  if (count < room.length) {
    throw new FormatError(
      `TIFF block ${index} ends after ${count} of ${room.length} bytes (${compression.name})`,
    )
  }
  if (predictor === 1) return
  undoPredictor(predictor, room.bytes(), {
    rowBytes: rowBytes(page),
    itemBytes: dtypes[page.dtype].bytes,
    stride: page.samples / page.planes,
    littleEndian: file.littleEndian,
  })
}

/** Copies what of a tile is in the image: a tile may reach beyond its edges. */
function copyTile(page: Page, tile: Room, at: { x: number; y: number }, rows: Room): void {
  const tileRow = rowBytes(page)
  const pixel = tileRow / page.blockWidth
  const left = at.x * tileRow
  const bytes = Math.min(tileRow, page.width * pixel - left)
  const [from, to] = [tile.bytes(), rows.bytes()]
  for (let y = 0; y < rowsLeft(page, at.y); y++) {
    to.set(from.subarray(y * tileRow, y * tileRow + bytes), y * page.width * pixel + left)
  }
}
