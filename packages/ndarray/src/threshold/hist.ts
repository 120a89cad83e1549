import { DTypeError, ShapeError } from '../errors.ts'
import { assertArray, NDArray } from '../ndarray.ts'
import { formatShape } from '../shape.ts'
import type { GreyLevels } from './greylevels.ts'
import { trimmed } from './integers.ts'

/** Numbers in a row: an array, a typed array or a 1-d NDArray. */
export type Numbers = ArrayLike<number | bigint> | NDArray

/** Counts, whose centers are 0, 1, …; or counts and centers, which ascend. */
export type Hist = Numbers | readonly [counts: Numbers, centers: Numbers]

/**
 * The levels of a given histogram, without levels at both ends that have no elements.
 * @throws ShapeError when counts and centers differ in length or are not 1-d; DTypeError when counts are
 * negative, not finite or all 0, or centers do not ascend; ReleasedError
 */
export function levelsOf(hist: Hist): GreyLevels {
  const [countsGiven, centersGiven] = isPair(hist) ? hist : [hist, undefined]
  const counts = Float64Array.from(numbersOf('counts', countsGiven))
  const centers = centersGiven ? numbersOf('centers', centersGiven) : Float64Array.from(counts, (_, i) => i)
  if (counts.length !== centers.length) {
    throw new ShapeError(`${counts.length} counts do not go with ${centers.length} centers`)
  }
  assertCounts(counts)
  const wrong = centers.findIndex((center, i) => !(i === 0 || center > (centers[i - 1] as number)))
  if (wrong >= 0) throw new DTypeError(`centers ascend; number ${wrong}, ${centers[wrong]}, does not`)
  return trimmed({ counts, centers })
}

function isPair(hist: Hist): hist is readonly [Numbers, Numbers] {
  return Array.isArray(hist) && hist.length === 2 && hist.every(part => typeof part === 'object')
}

function assertCounts(counts: Float64Array): void {
  const wrong = counts.findIndex(count => !(count >= 0 && count < Infinity))
  if (wrong >= 0) throw new DTypeError(`counts are numbers from 0; number ${wrong} is ${counts[wrong]}`)
  if (counts.every(count => count === 0)) throw new DTypeError('a histogram has a count that is not 0')
}

function numbersOf(what: string, values: Numbers): Float64Array | Float32Array {
  if (values instanceof NDArray) {
    assertArray(values)
    if (values.ndim !== 1) throw new ShapeError(`${what} are 1-d, not of shape ${formatShape(values.shape)}`)
    return numbersOf(what, values.toTypedArray() as ArrayLike<number | bigint>)
  }
  if (typeof values !== 'object' || values === null || !Number.isInteger(values.length)) {
    throw new DTypeError(`${what} of a histogram are an array of numbers`)
  }
  return values instanceof Float32Array ? values : Float64Array.from(values as ArrayLike<number>, Number)
}
