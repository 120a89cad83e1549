/**
 * The global methods of scikit-image 0.19, under its names: one threshold for a whole image, of any dtype,
 * shape and strides; what lies above it is foreground. The image is only read, and not copied.
 */
import { DTypeError } from '../errors.ts'
import { optionsOf } from '../functions/options.ts'
import { mean } from '../functions/reduction.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { type GreyLevels, greyLevels, integerLevels } from './greylevels.ts'
import { type Guess, guessOf } from './guess.ts'
import { type Hist, levelsOf } from './hist.ts'
import { isodata, isodataAll } from './isodata.ts'
import { type LiIteration, li } from './li.ts'
import { liOfFloats } from './lifloats.ts'
import { meanLevel } from './mean.ts'
import { minimum } from './minimum.ts'
import { multiotsu } from './multiotsu.ts'
import { otsu } from './otsu.ts'
import { assertInteger } from './parameters.ts'
import { triangle } from './triangle.ts'
import { yen } from './yen.ts'

/** A histogram instead of the image. */
export interface GivenHistogram {
  /**
   * Counts, of the levels 0, 1, …; or counts and ascending levels: arrays, typed arrays or 1-d NDArrays. The
   * image is not looked at then.
   */
  hist?: Hist | undefined
}

/** How grey levels are counted. */
export interface GlobalOptions extends GivenHistogram {
  /** Bins for floats and bools; integers have one for each value. Default 256. */
  nbins?: number | undefined
}

/** An image; null when a histogram is given. */
export type ImageOrNull = NDArray | null | undefined

const HISTOGRAM = { hist: true, nbins: true } as const
const LI = { tolerance: true, initialGuess: true, iterCallback: true, hist: true } as const

function assertImage(image: ImageOrNull): NDArray {
  if (image === null || image === undefined) throw new DTypeError('there is neither an image nor a hist')
  assertArray(image)
  return image
}

function levels(image: ImageOrNull, { hist, nbins }: GlobalOptions, infinite = false): GreyLevels {
  return hist ? levelsOf(hist) : greyLevels(assertImage(image), nbins, infinite)
}

/**
 * Otsu's threshold: the variance between the means of the two classes is greatest. The value of a constant
 * image, also an infinite one (of a constant histogram, too, where scikit-image fails).
 * Bins of float32 so narrow that the first one is empty make scikit-image return it; here they do not.
 *
 * A few MiB beside the image are enough unless more than 2^18 different 32-bit or 64-bit integers occur: then
 * each of these takes some 16 to 50 bytes, in every method, and the image is passed over several times for
 * each 2^18 of them, or, if it has no more than 16 MiB, copied and sorted.
 * @returns A grey level: an integer, or the middle of a bin; a 64-bit one above 2^53 as the nearest number.
 * @throws ShapeError without elements; DTypeError for NaN, infinities beside other values, impossible options
 * or histograms; ReleasedError, OutOfMemoryError
 */
export function thresholdOtsu(image: ImageOrNull, options?: GlobalOptions): number {
  return otsu(levels(image, optionsOf('thresholdOtsu', options, HISTOGRAM), true))
}

/**
 * Yen's threshold: the entropic correlation of the two classes is greatest. Of constant floats the first bin,
 * half a unit below the value, as in scikit-image.
 * @returns As `thresholdOtsu`.
 * @throws As `thresholdOtsu`, for every infinity
 */
export function thresholdYen(image: ImageOrNull, options?: GlobalOptions): number {
  return yen(levels(image, optionsOf('thresholdYen', options, HISTOGRAM)))
}

/** Which thresholds are returned. */
export interface IsodataOptions extends GlobalOptions {
  /** All that there are, ascending, instead of the lowest. Default false. */
  returnAll?: boolean | undefined
}

/**
 * The threshold of Ridler and Calvard: midway, to within a bin, between the means of the two classes. The
 * value of a constant image (of floats, too, where scikit-image fails).
 * @returns As `thresholdOtsu`; with returnAll an array.
 * @throws As `thresholdOtsu`, for every infinity; ThresholdError when there is no such level
 */
export function thresholdIsodata(
  image: ImageOrNull,
  options?: IsodataOptions & { returnAll?: false | undefined },
): number
export function thresholdIsodata(image: ImageOrNull, options: IsodataOptions & { returnAll: true }): number[]
export function thresholdIsodata(image: ImageOrNull, options: IsodataOptions): number | number[]
export function thresholdIsodata(image: ImageOrNull, given?: IsodataOptions): number | number[] {
  const options = optionsOf('thresholdIsodata', given, { ...HISTOGRAM, returnAll: true })
  return (options.returnAll ? isodataAll : isodata)(levels(image, options))
}

/**
 * The triangle threshold: where the histogram is farthest below the line from its peak to the end of its
 * longer tail. The value of a constant image, where scikit-image fails, as it does for a histogram.
 * @returns As `thresholdOtsu`.
 * @throws As `thresholdOtsu`, for every infinity
 */
export function thresholdTriangle(image: ImageOrNull, options?: GlobalOptions): number {
  return triangle(levels(image, optionsOf('thresholdTriangle', options, HISTOGRAM)))
}

/** How long the histogram is smoothed. */
export interface MinimumOptions extends GlobalOptions {
  /** Rounds at most; the last one must not be needed. Default 10,000. */
  maxNumIter?: number | undefined
}

/**
 * The minimum between two peaks: the histogram is smoothed until it has no more.
 * @returns As `thresholdOtsu`.
 * @throws As `thresholdOtsu`, for every infinity; ThresholdError when two peaks are not what is left (a
 * constant image has none), or too many levels
 */
export function thresholdMinimum(image: ImageOrNull, given?: MinimumOptions): number {
  const options = optionsOf('thresholdMinimum', given, { ...HISTOGRAM, maxNumIter: true })
  const { maxNumIter = 10000 } = options
  assertInteger('maxNumIter', maxNumIter, 1)
  return minimum(levels(image, options), maxNumIter)
}

/**
 * The mean as a threshold; NaN when an element is NaN, and of no elements.
 * @returns A number; of float32 images rounded to float32.
 * @throws DTypeError for impossible histograms; ReleasedError, OutOfMemoryError
 */
export function thresholdMean(image: ImageOrNull, options?: GivenHistogram): number {
  const { hist } = optionsOf('thresholdMean', options, { hist: true })
  return hist ? meanLevel(levelsOf(hist)) : mean(assertImage(image))
}

/** How many classes there are. */
export interface MultiotsuOptions extends GlobalOptions {
  /** One more than thresholds. Default 3. */
  classes?: number | undefined
}

/**
 * Otsu's thresholds between several classes: the variance between their means is greatest. When exactly so
 * many values occur, all but the last of them. The time grows with the square of the levels up to 1,024 of
 * them, and from there on with their number (times its logarithm), ends of classes being sought between those
 * of their neighbours. Of several divisions as good but for rounding in float32, scikit-image's is found; not
 * with more than three classes and 4,096 levels that occur, where it is one of them.
 * @returns `classes` − 1 grey levels, ascending; as those of `thresholdOtsu`.
 * @throws As `thresholdOtsu`, for every infinity; ThresholdError when fewer values than classes occur
 */
export function thresholdMultiotsu(image: ImageOrNull, given?: MultiotsuOptions): number[] {
  const options = optionsOf('thresholdMultiotsu', given, { ...HISTOGRAM, classes: true })
  return multiotsu(levels(image, options), options.classes, !options.hist)
}

/** How Li's method iterates. */
export interface LiOptions extends Omit<LiIteration, 'initialGuess'>, GivenHistogram {
  /**
   * Where to begin: a value between the least and the greatest element, or a function that gets the finite
   * elements less the least of them (1-d, dropped afterwards) and returns a value among those. Default: the
   * mean. A function costs a copy of the image, and needs one.
   */
  initialGuess?: number | Guess | undefined
}

/**
 * Li's threshold: the cross entropy between the image and its two classes is least, found by iteration. NaN
 * and infinities do not count; the value of a constant image (where some elements are not finite, too; there
 * scikit-image fails), NaN of no numbers, 0 of both infinities alone. Integers do not overflow, as signed
 * ones do in scikit-image when they span more than their dtype's greatest value; those of 64 bits above 2^53
 * count as the nearest float64.
 *
 * Floats are passed over once an iteration. When more than 2^18 distinct ones occur, the default tolerance is
 * 2^-37 of their range.
 * @returns A number; of float32 images rounded to float32.
 * @throws DTypeError for a guess that is not inside, an impossible tolerance or histogram; ReleasedError,
 * OutOfMemoryError
 */
export function thresholdLi(image: ImageOrNull, options?: LiOptions): number {
  const { initialGuess, hist, ...rest } = optionsOf('thresholdLi', options, LI)
  const isFunction = typeof initialGuess === 'function'
  if (hist) {
    if (isFunction) throw new DTypeError('initialGuess of a histogram is a number; functions get an image')
    return li(levelsOf(hist), { ...rest, initialGuess })
  }
  const array = assertImage(image)
  if (array.size === 0) return NaN
  const guess = (low: number | bigint): number | undefined =>
    isFunction ? guessOf(initialGuess, array, low) : initialGuess
  if (array.info.kind === 'float') return liOfFloats(array, rest, guess)
  const integers = integerLevels(array)
  return li(integers, { ...rest, initialGuess: guess(integers.centers[0] as number) })
}
