import * as nd from '@ebb/ndarray'
import { hash } from '../operands.ts'

/** The dtypes of the images; there is one of each. */
export const IMAGE_DTYPES = ['uint8', 'uint16', 'float32', 'int32'] as const
export type ImageDType = (typeof IMAGE_DTYPES)[number]

/** An image: its shape (`quick` is a small one), and how a level from 400 to 2,120 becomes an element. */
interface Image {
  readonly shape: readonly number[]
  readonly quick: readonly number[]
  /** @param fraction From 0 to 1, for floats. */
  readonly element: (level: number, fraction: number) => number
}

const SQUARE = { shape: [4096, 4096], quick: [512, 512] }

/** int32 is a volume; nothing is negative, since scikit-image makes one more copy of what is. */
const IMAGES: Record<ImageDType, Image> = {
  uint8: { ...SQUARE, element: level => level >> 4 },
  uint16: { ...SQUARE, element: level => level },
  float32: { ...SQUARE, element: (level, fraction) => (level + fraction) / 1024 },
  int32: { shape: [400, 500, 600], quick: [64, 128, 128], element: level => level },
}

export function shapeOf(dtype: ImageDType, quick: boolean): readonly number[] {
  return IMAGES[dtype][quick ? 'quick' : 'shape']
}

/** The values in scope of every text: `t` is between the two bells, `low` and `high` are beside it. */
export function levelsOf(dtype: ImageDType): { t: number; low: number; high: number } {
  const { element } = IMAGES[dtype]
  return { t: element(1280, 0), low: element(1152, 0), high: element(1664, 0) }
}

/** The side of the cells, each of which is background or foreground. */
const CELL = 32

/**
 * Two bells of grey levels that meet: a third of the cells are foreground, in two dimensions or three.
 * @returns An image of the dtype; the caller's.
 */
export function makeImage(dtype: ImageDType, quick: boolean): nd.NDArray {
  const shape = shapeOf(dtype, quick)
  const image = nd.zeros(shape, { dtype })
  const { element } = IMAGES[dtype]
  const width = shape.at(-1) as number
  const elements = image.data as Exclude<typeof image.data, BigInt64Array | BigUint64Array>
  for (let at = 0; at < elements.length; at += width) {
    const cells = cellOf(at / width, shape.slice(0, -1))
    for (let x = 0; x < width; x++) {
      const isForeground = hash(cells + Math.floor(x / CELL), 1) % 3 === 0
      const bits = hash(at + x, 2)
      elements[at + x] = element((isForeground ? 1100 : 400) + bell(bits), bits / 2 ** 32)
    }
  }
  return image
}

/** The number of a row's first cell. */
function cellOf(row: number, lengths: readonly number[]): number {
  let cell = 0
  for (const length of [...lengths].reverse()) {
    cell = (cell + Math.floor((row % length) / CELL)) * 1024
    row = Math.floor(row / length)
  }
  return cell
}

/** The sum of the four bytes: from 0 to 1,020, about 510 most often. */
const bell = (bits: number): number =>
  (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24)
