import type { DType, DTypeInfo } from '../dtype.ts'
import { floating } from '../functions/elementwise.ts'
import { optionsOf } from '../functions/options.ts'
import { filled, outputFor } from '../functions/output.ts'
import type { MeanDType } from '../functions/reduce.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { assertNumber } from './parameters.ts'
import { boxOf, type WindowMeans, windowMeans } from './windowmeans.ts'
import { type WindowSize, windowSizes } from './windowsizes.ts'

/** Niblack's parameters. */
export interface NiblackOptions<D extends 'float32' | 'float64' = 'float32' | 'float64'> {
  /** Odd; for every axis or one for each. Default 15. */
  windowSize?: WindowSize | undefined
  /** How many deviations below the mean. Default 0.2. */
  k?: number | undefined
  /** An array of the result's shape and dtype; it is returned. */
  out?: NDArray<D> | undefined
}

/** Sauvola's parameters. */
export interface SauvolaOptions<D extends 'float32' | 'float64' = 'float32' | 'float64'>
  extends NiblackOptions<D> {
  /** The largest deviation. Default: half the range of an integer dtype, ½ for bool, 1 for floats. */
  r?: number | undefined
}

const NIBLACK = { windowSize: true, k: true, out: true } as const

/**
 * Niblack's local threshold: `mean − k × deviation` of the window around each element; what is above it is
 * foreground. In any number of dimensions; the image is mirrored at its ends without repeating them.
 *
 * The sums run along with the window, in float64: cost does not grow with it. Beside the result it needs
 * some slabs (all that has one index along the first axis) of float64. NaN and infinities spread to all
 * windows behind the first one that has them along each axis where the window is longer than 1, as in
 * scikit-image's running totals. Unlike there, the deviation of equal elements is 0: one below 2^-22 of their
 * size counts as rounding in float64 images, one below 2^-11 in float32 ones.
 * @returns float32 for float32, else float64, of the image's shape; the caller's, unless it is `out`.
 * @throws ShapeError for an even window or one that does not go with the axes; DTypeError for parameters that
 * are no numbers; HeapError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function thresholdNiblack<D extends DType>(
  image: NDArray<D>,
  given?: NiblackOptions<MeanDType<D>>,
): NDArray<MeanDType<D>> {
  const options = optionsOf('thresholdNiblack', given, NIBLACK)
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
  given?: SauvolaOptions<MeanDType<D>>,
): NDArray<MeanDType<D>> {
  const options = optionsOf('thresholdSauvola', given, { ...NIBLACK, r: true })
  assertArray(image)
  const p = assertNumber('k', options.k ?? 0.2)
  const q = assertNumber('r', options.r ?? halfRange(image.info))
  return localMoments(image, options, { finish: 'sauvola', p, q }) as NDArray<MeanDType<D>>
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
  const taps = windowSizes('windowSize', windowSize, image.shape).map(boxOf)
  const result = outputFor(
    image.lease.heap,
    image.shape,
    floating(image.dtype) as 'float64',
    out as NDArray<'float64'>,
  )
  return filled(result, out, () => {
    using temporaries = new Temporaries()
    const from = temporaries.readable(image, image.dtype, out)
    windowMeans(result, from, { taps, border: { mode: 'mirror', cval: 0 }, ...finish })
  })
}
