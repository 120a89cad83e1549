/** How often each grey level occurs in an image: all that a global method looks at. */

import { DTypeError, ShapeError } from '../errors.ts'
import type { NDArray } from '../ndarray.ts'
import { formatShape, type Shape, sizeOf } from '../shape.ts'
import { binLevels, boolLevels } from './bins.ts'
import { type Extent, extentOf } from './extent.ts'
import { denseLevels, narrowLevels } from './integers.ts'
import { assertInteger } from './parameters.ts'
import { sparseLevels } from './sparse.ts'

/** A histogram: `counts[i]` elements have the grey level `centers[i]`, or lie in the bin around it. */
export interface GreyLevels {
  readonly counts: Float64Array
  /** Ascending; float32 where the methods are to calculate in it, as they do for images of that dtype. */
  readonly centers: Float64Array | Float32Array
  /** Whether integers that no element has are left out between the centers. Default false. */
  readonly sparse?: boolean
  /** The one value of a constant image of floats, whose bins lie around it. */
  readonly constant?: number
}

/** From how many integers in a range on only those that occur are kept. */
export const MOST_DENSE = 2 ** 18

/**
 * The grey levels of an image, as scikit-image takes them: every integer from the least to the greatest
 * element is one; floats (and bools) are in `nbins` equally wide bins between them. Integers that spread over
 * more than MOST_DENSE values are kept sparse: up to MOST_DENSE distinct ones with a few MiB in one pass; more
 * by sorting a copy of an image up to 16 MiB, and of a larger one in some passes for each MOST_DENSE of them. `takesInfinity`: an image of one infinity only has levels, too.
 * @throws ShapeError for no elements; DTypeError for NaN or infinite elements, or impossible nbins;
 * ReleasedError, OutOfMemoryError
 */
export function greyLevels(image: NDArray, nbins = 256, takesInfinity = false): GreyLevels {
  checkHistogram(image.shape, nbins)
  if (image.info.kind === 'bool') return boolLevels(denseLevels(image, 0, 2).counts, nbins)
  if (image.info.kind !== 'float') return integerLevels(image)
  const extent = extentOf(image)
  const only = onlyInfinity(extent)
  if (takesInfinity && only !== undefined) {
    return { counts: Float64Array.of(image.size), centers: Float64Array.of(only), constant: only }
  }
  assertFinite(extent)
  return binLevels(image, extent, nbins)
}

/** @throws ShapeError for no elements, DTypeError for impossible nbins */
export function checkHistogram(shape: Shape, nbins: number): void {
  assertInteger('nbins', nbins, 1, 2 ** 24)
  if (sizeOf(shape) === 0) {
    throw new ShapeError(`an image without elements (shape ${formatShape(shape)}) has no grey levels`)
  }
}

/** The levels of an image of integers, or of bools as 0 and 1; of one element at least. */
export function integerLevels(image: NDArray): GreyLevels {
  if (image.info.bytes < 4) return narrowLevels(image)
  const { low, high } = extentOf(image)
  const [least, greatest] = [BigInt(low), BigInt(high)]
  const bins = greatest - least + 1n
  return bins <= MOST_DENSE ? denseLevels(image, low, Number(bins)) : sparseLevels(image, least, greatest)
}

/** The infinity that all elements are. */
export function onlyInfinity({ low, high, hasNaN, infinities }: Extent): number | undefined {
  return low > high && !hasNaN && infinities.length === 1 ? infinities[0] : undefined
}

/** @throws DTypeError for NaN or infinite elements */
export function assertFinite({ low, high, hasNaN, infinities }: Extent): void {
  if (!hasNaN && infinities.length === 0) return
  const what = hasNaN ? 'NaN' : infinities.join(' and ')
  const finite = low <= high ? ` beside finite ones from ${low} to ${high}` : ''
  throw new DTypeError(`a histogram is of finite elements; there is ${what}${finite}`)
}
