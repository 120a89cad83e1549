import { describe } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { type ElementwiseOptions, OUT } from '../functions/elementwise.ts'
import { optionsOf } from '../functions/options.ts'
import { filled, outputFor } from '../functions/output.ts'
import { roomFor } from '../functions/room.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import { assertNamed, assertNumber } from './parameters.ts'
import { saturate } from './saturate.ts'

/** How a mean around an element is taken. */
export type AdaptiveMethod = 'mean' | 'gaussian'

const METHODS: Readonly<Record<AdaptiveMethod, true>> = { mean: true, gaussian: true }
const MODES = { binary: true, binaryInv: true } as const

/**
 * OpenCV's adaptive threshold of an image, to the last bit: `binary` writes maxValue where an element is
 * above the mean of the window around it less C, and 0 elsewhere; `binaryInv` the other way. The mean is
 * rounded to an integer; C is rounded up for `binary` and down for `binaryInv`. The ends of the image repeat.
 *
 * The cost of 'mean' does not grow with the window; that of 'gaussian' grows with its side. It needs some rows
 * beside the result.
 * @param a uint8, two axes; thresholds of other dtypes and dimensions are those of `thresholdLocal`.
 * @param maxValue Rounded half to even and saturated; 0 if negative.
 * @param blockSize The side of the window: odd, from 3.
 * @param C What is subtracted from the mean.
 * @returns uint8, of the image's shape; the caller's, unless it is `out`, which may be the image.
 * @throws DTypeError for another dtype, method or mode; ShapeError for another number of axes or an impossible
 * window; HeapError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function adaptiveThreshold(
  a: NDArray<'uint8'>,
  maxValue: number,
  method: AdaptiveMethod,
  mode: keyof typeof MODES,
  blockSize: number,
  C: number,
  options?: ElementwiseOptions<'uint8'>,
): NDArray<'uint8'> {
  const { out } = optionsOf('adaptiveThreshold', options, OUT)
  assertArray(a)
  assertImage(a)
  assertNamed('method', method, METHODS)
  assertNamed('mode', mode, MODES)
  if (!Number.isInteger(blockSize) || blockSize < 3 || blockSize % 2 === 0 || blockSize >= MAX_BLOCK) {
    throw new ShapeError(`blockSize is an odd number from 3 to ${MAX_BLOCK - 1}, not ${describe(blockSize)}`)
  }
  const isBinary = mode === 'binary'
  const delta = (isBinary ? Math.ceil : Math.floor)(assertNumber('C', C))
  // Differences of bytes are from −255 to 255.
  const bound = Number.isNaN(delta) ? -256 : Math.min(Math.max(delta, -256), 256)
  const max = Number(saturate(Math.max(assertNumber('maxValue', maxValue), 0), a.info))
  const values = isBinary ? ([max, 0] as const) : ([0, max] as const)
  const result = outputFor(a.lease.heap, a.shape, 'uint8', out)
  if (result.size === 0) return result
  return filled(result, out, () => {
    using temporaries = new Temporaries()
    const weights = method === 'gaussian' ? gaussian(blockSize) : []
    compareWithMeans(result, temporaries.readable(a, 'uint8', out), blockSize, weights, bound, values)
  })
}

/** Sums of a window must fit 32 bits. */
const MAX_BLOCK = 2900

function assertImage(a: NDArray): void {
  if (a.dtype !== 'uint8') throw new DTypeError(`adaptiveThreshold is for uint8, not ${a.dtype}`)
  if (a.ndim === 2) return
  throw new ShapeError(`adaptiveThreshold is for images of two axes, not shape ${formatShape(a.shape)}`)
}

/** The smallest Gaussians' weights, in 256ths, from the centre outward: OpenCV's tables. */
const SMALL: Record<number, readonly number[]> = {
  3: [128, 64],
  5: [96, 64, 16],
  7: [72, 56, 28, 8],
  9: [60, 51, 30, 13, 4],
}

/** A Gaussian's weights from end to end, as float32. */
function gaussian(size: number): number[] {
  const radius = size >> 1
  const places = Array.from({ length: size }, (_, i) => Math.abs(i - radius))
  const small = SMALL[size]
  if (small) return places.map(i => (small[i] as number) / 256)
  const sigma = 0.3 * (radius - 1) + 0.8
  const factor = -0.5 / (sigma * sigma)
  const weights = places.map(i => Math.exp(factor * i * i))
  const scale = 1 / weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map(weight => Math.fround(weight * scale))
}

function compareWithMeans(
  result: NDArray,
  image: NDArray,
  blockSize: number,
  weights: readonly number[],
  delta: number,
  [yes, no]: readonly [number, number],
): void {
  const { heap } = image.lease
  const [height, width] = image.shape as [number, number]
  const padded = 16 * Math.ceil(width / 16)
  const bytes =
    weights.length > 0
      ? 8 * (padded + blockSize) + 4 * (blockSize * padded + blockSize + 1)
      : 4 * (2 * padded + blockSize)
  const room = roomFor(heap, 8 * weights.length + 3 * padded + bytes)
  try {
    new Float64Array(heap.core.memory.buffer, room.byteAddress, weights.length).set(weights)
    heap.core.exports.adaptive(
      image.byteAddress,
      ...(image.strides as [number, number]),
      result.byteAddress,
      ...(result.strides as [number, number]),
      height,
      width,
      blockSize,
      weights.length > 0 ? room.byteAddress : 0,
      room.byteAddress + 8 * weights.length,
      delta,
      yes,
      no,
    )
  } finally {
    room.drop(false)
  }
}
