import type { DecodedPng } from 'fast-png'
import { FormatError } from '../errors.ts'
import { currentHeap } from '../heap/heap.ts'
import { optional } from '../io/optional.ts'
import type { Source } from '../io/source.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { checkPng, type PngFile } from './pngchunks.ts'
import { bytesAt, withRandom } from './whole.ts'

/**
 * Reads a PNG image, through the package fast-png. Samples are as the file has them (a grey or colour that stands
 * for transparent is one like any other); those of 1, 2 or 4 bits are stretched to 0…255, as by OpenCV; a
 * palette's indices become its colours.
 * @returns The array, the caller's; uint8, or uint16 where samples have 16 bits. Grey is of shape (height, width);
 * grey and alpha of (height, width, 2), RGB of (height, width, 3), RGBA of (height, width, 4); a palette is RGB, or
 * RGBA when it has transparent colours.
 * @throws FormatError when the file is damaged or forged (more pixels than there are bytes for: nothing is allocated
 * then), or is interlaced with fewer than 8 bits a sample; DependencyError; DTypeError for what is no source;
 * OutOfMemoryError; the system's error. Nothing is left in the heap then.
 */
export async function readPng(source: Source): Promise<NDArray<'uint8' | 'uint16'>> {
  const { decode } = await optional('fast-png', 'reading PNG files', () => import('fast-png'))
  const file = await withRandom(source, async bytes => checkPng(await bytesAt(bytes, 0, bytes.size)))
  const image = attempt(() => decode(file.bytes, { checkCrc: true }))
  return file.palette ? colours(file, image) : samples(file, image.data)
}

/** @throws FormatError when it throws anything */
function attempt<Result>(act: () => Result): Result {
  try {
    return act()
  } catch (cause) {
    throw new FormatError(`the PNG file cannot be read: ${(cause as Error).message}`, { cause })
  }
}

function samples(file: PngFile, data: DecodedPng['data']): NDArray<'uint8' | 'uint16'> {
  const { width, height, depth, channels } = file
  const shape = channels === 1 ? [height, width] : [height, width, channels]
  const array = allocateArray(currentHeap(), shape, depth === 16 ? 'uint16' : 'uint8', false)
  if (depth >= 8) {
    array.data.set(data)
    return array
  }
  const scale = 255 / (2 ** depth - 1)
  unpack(file, data, (sample, at) => {
    array.data[at] = sample * scale
  })
  return array
}

/** The colours that a palette's indices stand for. */
function colours(file: PngFile, { data, palette = [] }: DecodedPng): NDArray<'uint8'> {
  const channels = palette[0]?.length ?? 3
  const { width, height } = file
  const table = Uint8Array.from(palette.flat())
  unpack(file, data, index => {
    if (index >= palette.length) {
      throw new FormatError(`a pixel has colour ${index} of a palette of ${palette.length}`)
    }
  })
  const array = allocateArray(currentHeap(), [height, width, channels], 'uint8', false)
  const pixels = array.data
  unpack(file, data, (index, at) => {
    for (let k = 0; k < channels; k++) pixels[at * channels + k] = table[index * channels + k] as number
  })
  return array
}

/** Visits samples of up to 8 bits, row by row; a row begins with a byte of its own. */
function unpack(
  { width, height, depth }: PngFile,
  data: DecodedPng['data'],
  visit: (sample: number, at: number) => void,
): void {
  const rowBytes = Math.ceil((width * depth) / 8)
  const mask = 2 ** depth - 1
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const bit = x * depth
      const byte = data[y * rowBytes + (bit >> 3)] as number
      visit((byte >> (8 - depth - (bit & 7))) & mask, at)
    }
  }
}
