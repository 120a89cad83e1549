import { describe } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { keep } from '../heap/scope.ts'
import { optional } from '../io/optional.ts'
import { type Target, writeTo } from '../io/target.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'

/** How a PNG image is written. */
export interface PngOptions {
  /** How hard to compress, from 0 (not at all) to 9. Default 3. */
  level?: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | undefined
}

/**
 * Writes an array as a PNG image, through the package fast-png: uint8 or uint16, of shape (height, width) in grey,
 * or (height, width, channels) with 1 channel for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA. A file gets its
 * name when it is complete. The array may be released, but not changed, before the promise is settled.
 * @throws DTypeError for another dtype, and for what is no array, target or option; ShapeError for another shape, or
 * one without pixels; DependencyError; ReleasedError; the system's error.
 */
export async function writePng(target: Target, a: NDArray, options: PngOptions = {}): Promise<void> {
  const bytes = await toPng(a, options)
  await writeTo(target, sink => sink.write(bytes))
}

/** An array as the bytes of a PNG file, in JavaScript's own memory; see `writePng`. */
export async function toPng(a: NDArray, options: PngOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { level = 3 } = options
  const [height, width, channels = 1] = checkImage(a)
  if (!Number.isInteger(level) || level < 0 || level > 9) {
    throw new DTypeError(`level is an integer from 0 to 9, not ${describe(level)}`)
  }
  using image = keep(a.contiguous ? a.retain() : a.copy())
  const { encode } = await optional('fast-png', 'writing PNG files', () => import('fast-png'))
  const data = image.data.subarray(image.offset, image.offset + image.size) as Uint8Array | Uint16Array
  const depth = a.info.bytes === 1 ? 8 : 16
  return encode({ width, height, channels, depth, data }, { zlib: { level } }) as Uint8Array<ArrayBuffer>
}

/** @throws DTypeError, ReleasedError, ShapeError */
function checkImage(a: NDArray): [number, number, number?] {
  assertArray(a)
  a.assertAlive()
  if (a.dtype !== 'uint8' && a.dtype !== 'uint16') {
    throw new DTypeError(`a PNG image is of uint8 or uint16, not ${a.dtype}; astype or clip it first`)
  }
  const [height, width, channels = 1] = a.shape
  if ((a.ndim !== 2 && a.ndim !== 3) || a.size === 0 || channels > 4) {
    throw new ShapeError(
      `a PNG image is (height, width) or (height, width, 1 to 4), not ${formatShape(a.shape)}`,
    )
  }
  return [height as number, width as number, channels]
}
