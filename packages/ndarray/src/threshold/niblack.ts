import { type DType, type DTypeInfo, describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { floating } from '../functions/elementwise.ts'
import { filled, outputFor } from '../functions/output.ts'
import type { MeanDType } from '../functions/reduce.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { type WindowMeans, windowMeans } from './windowmeans.ts'
import { type WindowSize, windowSizes } from './windowsizes.ts'

/** Niblack's parameters. */
export interface NiblackOptions<D extends 'float32' | 'float64' = 'float32' | 'float64'> {
  /** Odd; for every axis or one for each. Default 15. */
  windowSize?: WindowSize
  /** How many deviations below the mean. Default 0.2. */
  k?: number
  /** An array of the result's shape and dtype; it is returned. */
  out?: NDArray<D>
}

/** Sauvola's parameters. */
export interface SauvolaOptions<D extends 'float32' | 'float64' = 'float32' | 'float64'>
  extends NiblackOptions<D> {
  /** The largest deviation. Default: half the range of an integer dtype, ½ for bool, 1 for floats. */
  r?: number
}

/**
 * Niblack's local threshold: `mean − k × deviation` of the window around each element; what is above it is
 * foreground. In any number of dimensions; the image is mirrored at its ends without repeating them.
 *
 * The sums run along with the window, in float64: cost does not grow with it. Beside the result it needs
 * some slabs (all that has one index along the first axis) of float64. NaN and infinities spread to
 * all windows behind the first one that has them along each axis, as in scikit-image's running totals.
 * @returns float32 for float32, else float64, of the image's shape; the caller's, unless it is `out`.
 * @throws ShapeError for an even window or one that does not go with the axes; DTypeError for parameters that
 * are no numbers; HeapError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function thresholdNiblack<D extends DType>(
  image: NDArray<D>,
  options: NiblackOptions<MeanDType<D>> = {},
): NDArray<MeanDType<D>> {
  const p = assertNumber('k', options.k ?? 0.2)
  return localMoments(image, options, { finish: 'niblack', p }) as NDArray<MeanDType<D>>
}

/**
 * Sauvola's local threshold: `mean × (1 + k × (deviation / r − 1))`; all else as `thresholdNiblack`.
 * @returns As `thresholdNiblack`.
 * @throws As `thresholdNiblack`.
 */
export function thresholdSauvola<D extends DType>(
  image: NDArray<D>,
  options: SauvolaOptions<MeanDType<D>> = {},
): NDArray<MeanDType<D>> {
  assertArray(image)
  const p = assertNumber('k', options.k ?? 0.2)
  const q = assertNumber('r', options.r ?? halfRange(image.info))
  return localMoments(image, options, { finish: 'sauvola', p, q }) as NDArray<MeanDType<D>>
}

/** @throws DTypeError for anything but a number. */
export function assertNumber(name: string, value: unknown): number {
  if (typeof value === 'number') return value
  throw new DTypeError(`${name} is a number, not ${describe(value)}`)
}

function halfRange({ kind, min, max }: DTypeInfo): number {
  return kind === 'float' ? 1 : 0.5 * (Number(max) - Number(min))
}

function localMoments(
  image: NDArray,
  options: NiblackOptions,
  finish: Pick<WindowMeans, 'finish' | 'p' | 'q'>,
): NDArray {
  assertArray(image)
  const { out, windowSize = 15 } = options
  const taps = windowSizes('windowSize', windowSize, image.shape).map(length => ({ length }))
  const result = outputFor(
    image.lease.heap,
    image.shape,
    floating(image.dtype) as 'float64',
    out as NDArray<'float64'>,
  )
  return filled(result, out, () => {
    using temporaries = new Temporaries()
    const from = temporaries.readable(image, image.dtype, out)
    windowMeans(result, from, { taps, border: 'mirror', ...finish })
  })
}
