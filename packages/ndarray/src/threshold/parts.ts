/** The global methods on an image that is looked at in parts, one after the other, because it is too large. */
import { type DType, dtypes } from '../dtype.ts'
import { ThresholdError } from '../errors.ts'
import { sum } from '../functions/reduction.ts'
import { currentHeap } from '../heap/heap.ts'
import type { NDArray } from '../ndarray.ts'
import { binsBetween, boolLevels, centersOf, countBins } from './bins.ts'
import { type Extent, extentOf } from './extent.ts'
import { assertFinite, type GreyLevels, MOST_DENSE, onlyInfinity } from './greylevels.ts'
import { denseLevels, trimmed } from './integers.ts'
import { iterateLi } from './li.ts'
import { liOfNoneFinite, meansOfSums, partSums, rounding, smallestStepOf } from './lifloats.ts'
import { type GlobalMethod, type MethodOptions, thresholdOf } from './methods.ts'
import { DistinctTable, distinctElements } from './sparse.ts'

/** Runs over all parts of an image, as often as it is called. A part is 1-d, and gone when the next one comes. */
export type Pass = (visit: (part: NDArray) => void) => Promise<void>

/** An image in parts, of one element at least. */
export interface ImageInParts {
  readonly dtype: DType
  readonly pass: Pass
  /** How many distinct 32-bit or 64-bit integers there is room for. */
  readonly mostDistinct: number
}

/**
 * The threshold that a method finds in an image, the same as in the whole of it (but for the rounding of sums
 * of floats).
 * @throws As the method; ThresholdError when there is no room for all integers that occur
 */
export async function thresholdInParts(
  method: GlobalMethod,
  image: ImageInParts,
  nbins: number,
  options: MethodOptions,
): Promise<number> {
  const { kind } = dtypes[image.dtype]
  if (method === 'mean') return meanInParts(image)
  if (method !== 'li')
    return thresholdOf(method, await levelsInParts(image, nbins, method === 'otsu'), options)
  return kind === 'float' ? liInParts(image, options) : thresholdOf('li', await integerLevels(image), options)
}

function levelsInParts(image: ImageInParts, nbins: number, takesInfinity: boolean): Promise<GreyLevels> {
  const { kind } = dtypes[image.dtype]
  if (kind === 'float') return floatLevels(image, nbins, takesInfinity)
  return kind === 'bool' ? countedBools(image, nbins) : integerLevels(image)
}

async function countedBools({ pass }: ImageInParts, nbins: number): Promise<GreyLevels> {
  return boolLevels((await countedLevels(pass, 0, 2)).counts, nbins)
}

async function integerLevels(image: ImageInParts): Promise<GreyLevels> {
  const { dtype, pass } = image
  const { bytes, min, max } = dtypes[dtype]
  if (bytes < 4) return trimmed(await countedLevels(pass, Number(min), Number(max) - Number(min) + 1))
  const { low, high } = await extentInParts(pass)
  const bins = BigInt(high) - BigInt(low) + 1n
  return bins <= MOST_DENSE ? countedLevels(pass, low, Number(bins)) : sparseLevels(image)
}

async function countedLevels(pass: Pass, low: number | bigint, bins: number): Promise<GreyLevels> {
  const counts = new Float64Array(bins)
  await pass(part => addTo(counts, denseLevels(part, low, bins).counts))
  return { counts, centers: Float64Array.from(counts, (_, i) => Number(low) + i) }
}

async function floatLevels(
  { dtype, pass }: ImageInParts,
  nbins: number,
  takesInfinity: boolean,
): Promise<GreyLevels> {
  const extent = await extentInParts(pass)
  const only = onlyInfinity(extent)
  if (takesInfinity && only !== undefined)
    return { counts: Float64Array.of(1), centers: Float64Array.of(only), constant: only }
  assertFinite(extent)
  const [low, high] = [Number(extent.low), Number(extent.high)]
  const bins = binsBetween(low, high, nbins, dtype === 'float32')
  const counts = new Float64Array(nbins)
  await pass(part => addTo(counts, countBins(part, bins)))
  const levels = { counts, centers: centersOf(bins.edges) }
  return low === high ? { ...levels, constant: low } : levels
}

function addTo(sums: Float64Array, counts: Float64Array): void {
  for (let i = 0; i < sums.length; i++) (sums[i] as number) += counts[i] as number
}

/** The extent of all parts together. */
async function extentInParts(pass: Pass): Promise<Extent> {
  const all = { low: Infinity as number | bigint, high: -Infinity as number | bigint, hasNaN: false }
  const infinities = new Set<number>()
  await pass(part => {
    const extent = extentOf(part)
    if (extent.low < all.low) all.low = extent.low
    if (extent.high > all.high) all.high = extent.high
    all.hasNaN ||= extent.hasNaN
    for (const infinity of extent.infinities) infinities.add(infinity)
  })
  return { ...all, infinities: [...infinities].sort() }
}

/** The integers that occur. @throws ThresholdError when there is no room for them */
async function sparseLevels(image: ImageInParts): Promise<GreyLevels> {
  const few = await distinctInParts(image)
  if (few) return few
  let levels: GreyLevels = { counts: new Float64Array(), centers: new Float64Array(), sparse: true }
  await image.pass(part => {
    for (const found of distinctIn(part)) levels = merged(levels, found)
    if (levels.counts.length > image.mostDistinct) {
      throw new ThresholdError(
        `more than ${image.mostDistinct} distinct integers occur; a larger maxBytes has room for more, and a narrower dtype has fewer`,
      )
    }
  })
  return levels
}

/** The distinct elements, unless they are too many for a small hash table. */
async function distinctInParts({ dtype, pass }: ImageInParts): Promise<GreyLevels | undefined> {
  using table = new DistinctTable(currentHeap(), dtypes[dtype])
  let fits = true
  await pass(part => {
    fits &&= table.add(part)
  })
  return fits ? table.levels() : undefined
}

/** The levels of a part, in pieces that are small enough to have few. */
function* distinctIn(part: NDArray): Generator<GreyLevels> {
  const levels = distinctElements(part)
  if (levels) {
    yield levels
    return
  }
  for (let start = 0; start < part.size; start += MOST_DENSE) {
    using piece = part.slice([start, start + MOST_DENSE])
    yield distinctElements(piece) as GreyLevels
  }
}

/** The levels of two images together. */
function merged(a: GreyLevels, b: GreyLevels): GreyLevels {
  const room = a.counts.length + b.counts.length
  const [counts, centers] = [new Float64Array(room), new Float64Array(room)]
  let length = 0
  for (let i = 0, j = 0; i < a.counts.length || j < b.counts.length; length++) {
    const [left, right] = [a.centers[i] ?? Infinity, b.centers[j] ?? Infinity]
    centers[length] = Math.min(left, right)
    if (left <= right) counts[length] = a.counts[i++] as number
    if (right <= left) (counts[length] as number) += b.counts[j++] as number
  }
  return { counts: counts.slice(0, length), centers: centers.slice(0, length), sparse: true }
}

/** The mean; integers are summed exactly up to 32 bits, as `mean` does. */
async function meanInParts({ dtype, pass }: ImageInParts): Promise<number> {
  const { kind, bytes } = dtypes[dtype]
  let [exact, rounded, size] = [0n, 0, 0]
  await pass(part => {
    if (kind === 'float' || bytes === 8) rounded += sum(part, { dtype: 'float64' })
    else exact += BigInt(sum(part))
    size += part.size
  })
  return rounding(dtype)((Number(exact) + rounded) / size)
}

/** Li's method over floats themselves: a pass for the extent, and one for each iteration. */
async function liInParts(image: ImageInParts, options: MethodOptions): Promise<number> {
  const { dtype, pass } = image
  const extent = await extentInParts(pass)
  const [low, high] = [Number(extent.low), Number(extent.high)]
  if (low > high) return liOfNoneFinite(extent)
  const round = rounding(dtype)
  const step = options.tolerance ? 0 : smallestStepOf(await distinctInParts(image), low, high, round)
  const iteration = iterateLi({ low, high, smallestStep: () => step, round }, options)
  let next = iteration.next()
  while (!next.done) {
    const sums = new Float64Array(4)
    const t = next.value
    await pass(part => addTo(sums, partSums(part, low, t)))
    next = iteration.next(meansOfSums(sums, round))
  }
  return next.value
}
