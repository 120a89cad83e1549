import { type DType, describe } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { floating } from '../functions/elementwise.ts'
import { optionsOf } from '../functions/options.ts'
import { filled, outputFor } from '../functions/output.ts'
import type { MeanDType } from '../functions/reduce.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { BORDERS, type Border, type BorderMode } from './border.ts'
import { assertNamed, assertNumber } from './parameters.ts'
import { boxOf, type Taps, windowMeans } from './windowmeans.ts'
import { type WindowFunction, windowFunction, windowMedians } from './windowranks.ts'
import { type WindowSize, windowSizes } from './windowsizes.ts'

/** What a local threshold is of the window around an element. */
export type LocalMethod = 'gaussian' | 'mean' | 'median' | 'generic'

/** How local thresholds are found. */
export interface LocalOptions<D extends 'float32' | 'float64' = 'float32' | 'float64'> {
  /** The window: odd; for every axis or one for each. Default 3. */
  blockSize?: WindowSize | undefined
  /** A mean weighted by a Gaussian (the default), a mean, a median, or a function of one's own. */
  method?: LocalMethod | undefined
  /** What is subtracted. Default 0. */
  offset?: number | undefined
  /** What lies behind the ends. Default 'reflect'. */
  mode?: BorderMode | undefined
  /**
   * Of 'gaussian': sigma, for every axis or one for each; default (blockSize − 1) / 6. Of 'generic': the
   * function, which gets a window's elements in C order (an array that is used again).
   */
  param?: number | readonly number[] | WindowFunction | undefined
  /** What lies behind the ends in mode 'constant'. Default 0. */
  cval?: number | undefined
  /** An array of the result's shape and dtype; it is returned. */
  out?: NDArray<D> | undefined
}

const METHODS: Readonly<Record<LocalMethod, true>> = {
  gaussian: true,
  mean: true,
  median: true,
  generic: true,
}

const OPTIONS = {
  blockSize: true,
  method: true,
  offset: true,
  mode: true,
  param: true,
  cval: true,
  out: true,
} as const

/**
 * A threshold for each element, from the window around it: scikit-image's `threshold_local`, in any number of
 * dimensions. What is above its threshold is foreground. Each axis is filtered by itself, in float64, and
 * rounded to the result's dtype in between; a volume whose last axis has length 3 is a volume.
 *
 * The cost of a mean does not grow with the window, that of a Gaussian grows with its length along an axis
 * (it reaches 4 sigma, whatever blockSize is), that of the others with its elements. Means need some slabs
 * (all that has one index along the first axis) of float64 beside the result; 'median' and 'generic' a copy
 * of the image with its margins, in the result's dtype. NaN spreads as in the model: in means to all
 * windows behind the first one along an axis; a window with NaN has the median NaN.
 * @returns float32 for float32, else float64, of the image's shape; the caller's, unless it is `out`.
 * @throws ShapeError for an even window, or one that does not go with the axes; DTypeError for an unknown
 * method or mode, or other parameters than the method's; HeapError, ReleasedError, OutOfMemoryError. Nothing
 * is written then, but when a function of one's own throws.
 */
export function thresholdLocal<D extends DType>(
  image: NDArray<D>,
  given?: LocalOptions<MeanDType<D>>,
): NDArray<MeanDType<D>> {
  const options = optionsOf('thresholdLocal', given, OPTIONS)
  assertArray(image)
  const { method = 'gaussian', mode = 'reflect', out } = options
  assertNamed('method', method, METHODS)
  assertNamed('mode', mode, BORDERS)
  const sizes = windowSizes('blockSize', options.blockSize ?? 3, image.shape)
  const border = { mode, cval: assertNumber('cval', options.cval ?? 0) }
  const offset = assertNumber('offset', options.offset ?? 0)
  const run = runnerOf(method, sizes, border, offset, options.param)
  const result = outputFor(image.lease.heap, image.shape, floating(image.dtype) as MeanDType<D>, out)
  if (result.size === 0) return result
  return filled(result, out, () => {
    using temporaries = new Temporaries()
    run(result, temporaries.readable(image, image.dtype, out))
  })
}

/** Checks a method's parameter. @returns What writes the thresholds. */
function runnerOf(
  method: LocalMethod,
  sizes: readonly number[],
  border: Border,
  offset: number,
  param: LocalOptions['param'],
): (result: NDArray, image: NDArray) => void {
  if (method === 'generic') {
    if (typeof param !== 'function') {
      throw new DTypeError(`param of 'generic' is a function, not ${describe(param)}`)
    }
    return (result, image) => windowFunction(result, image, sizes, border, value => param(value) - offset)
  }
  if (method === 'median') return (result, image) => windowMedians(result, image, sizes, border, offset)
  const taps = method === 'mean' ? sizes.map(boxOf) : sigmasOf(sizes, param).map(gaussianOf)
  const filter = { taps, border, finish: 'mean', p: offset } as const
  return (result, image) => windowMeans(result, image, filter)
}

function sigmasOf(sizes: readonly number[], param: LocalOptions['param']): readonly number[] {
  if (param === undefined) return sizes.map(length => (length - 1) / 6)
  const sigmas = Array.isArray(param) ? Array.from(param as number[]) : sizes.map(() => param)
  for (const sigma of sigmas) {
    if (typeof sigma === 'number' && sigma >= 0 && sigma < 2 ** 28) continue
    throw new DTypeError(
      `param of 'gaussian' is a sigma from 0, or one for each axis, not ${describe(sigma)}`,
    )
  }
  if (sigmas.length === sizes.length) return sigmas as number[]
  throw new ShapeError(`param has ${sigmas.length} sigmas; the image has ${sizes.length} axes`)
}

/** A Gaussian's weights from the centre to 4 sigma, which with their reflection have the sum 1. */
function gaussianOf(sigma: number): Taps | undefined {
  if (sigma <= 1e-15) return undefined
  const radius = Math.floor(4 * sigma + 0.5)
  const factor = -0.5 / (sigma * sigma)
  const weights = Array.from({ length: radius + 1 }, (_, i) => Math.exp(factor * i ** 2))
  const sum = weights.reduceRight((total, weight, i) => total + (i === 0 ? 1 : 2) * weight, 0)
  return { weights: weights.map(weight => weight / sum) }
}
