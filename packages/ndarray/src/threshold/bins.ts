/** Equally wide bins for floats, with the edges that NumPy's histogram gives them, to the last bit. */
import { dtypes } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { counted } from './counts.ts'
import type { Extent } from './extent.ts'
import type { GreyLevels } from './greylevels.ts'

type Floats = Float64Array | Float32Array

/** Equally wide bins: one more edge than bins, and bins per unit. */
export interface Bins {
  readonly edges: Floats
  readonly perUnit: number
}

/**
 * The bins between the least and the greatest element; around a constant one, half a unit to each side.
 * `single`: of a float32 image; the edges are rounded to that dtype, and the width that gives bins per unit.
 * @throws DTypeError when the width is not finite
 */
export function binsBetween(low: number, high: number, nbins: number, single: boolean): Bins {
  if (low === high) return binsFrom(low - 0.5, high + 0.5, nbins, single, high + 0.5 - (low - 0.5))
  const width = high - low
  if (width > (single ? dtypes.float32 : dtypes.float64).max) {
    throw new DTypeError(`elements from ${low} to ${high} are too far apart for bins between them`)
  }
  return binsFrom(low, high, nbins, single, single ? Math.fround(width) : width)
}

function binsFrom(low: number, high: number, nbins: number, single: boolean, width: number): Bins {
  const edges = single ? new Float32Array(nbins + 1) : new Float64Array(nbins + 1)
  const step = (high - low) / nbins
  // A step may be less than the least number above 0.
  for (let i = 0; i < nbins; i++) edges[i] = (step === 0 ? (i / nbins) * (high - low) : i * step) + low
  edges[nbins] = high
  return { edges, perUnit: nbins / width }
}

/** The middle between each two edges. */
export function centersOf(edges: Floats): Floats {
  const sums = edges.slice(1)
  for (let i = 0; i < sums.length; i++) {
    // The sum is rounded to float32 where the edges are.
    sums[i] = (sums[i] as number) + (edges[i] as number)
    sums[i] = (sums[i] as number) / 2
  }
  return sums
}

/** The levels of an image of finite floats. */
export function binLevels(image: NDArray, extent: Extent, nbins: number): GreyLevels {
  const single = image.dtype === 'float32'
  const [low, high] = [Number(extent.low), Number(extent.high)]
  const bins = binsBetween(low, high, nbins, single)
  const levels = { counts: countBins(image, bins), centers: centersOf(bins.edges) }
  return low === high ? { ...levels, constant: low } : levels
}

/** How many elements of an image lie in each bin; all elements lie in one. */
export function countBins(image: NDArray, { edges, perUnit }: Bins): Float64Array {
  const { heap } = image.lease
  const lent = allocateArray(heap, [edges.length], image.dtype as 'float32' | 'float64', false)
  try {
    lent.data.set(edges)
    const nbins = edges.length - 1
    return counted(heap, nbins, (tables, step) => {
      heap.bind(image.shape, [image.operand()])
      heap.core.exports.countBins(image.info.code, lent.byteAddress, nbins, perUnit, tables, step)
    })
  } finally {
    lent.drop(false)
  }
}

/** The levels of a bool image with so many zeros and ones, which is binned as floats of 0 and 1 are. */
export function boolLevels([zeros = 0, ones = 0]: Float64Array, nbins: number): GreyLevels {
  const isConstant = zeros === 0 || ones === 0
  const [low, high] = isConstant ? [Number(ones > 0), Number(ones > 0)] : [0, 1]
  const { edges } = binsBetween(low, high, nbins, false)
  const counts = new Float64Array(nbins)
  if (isConstant) counts[Math.min(Math.floor(nbins / 2), nbins - 1)] = zeros + ones
  else {
    counts[0] = zeros
    ;(counts[nbins - 1] as number) += ones
  }
  const levels = { counts, centers: centersOf(edges) }
  return isConstant ? { ...levels, constant: low } : levels
}
