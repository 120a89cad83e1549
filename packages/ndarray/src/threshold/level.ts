import { DTypeError } from '../errors.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { denseLevels } from './integers.ts'
import { assertNamed } from './parameters.ts'

/** How OpenCV's `threshold` may choose its level. */
export type LevelMethod = 'otsu' | 'triangle'

const METHODS: Record<LevelMethod, (counts: Float64Array, size: number) => number> = {
  otsu: otsuLevel,
  triangle: triangleLevel,
}

/** Whether a value names one of OpenCV's methods. */
export function isLevelMethod(value: unknown): value is LevelMethod {
  return typeof value === 'string' && Object.hasOwn(METHODS, value)
}

/**
 * The level that `threshold(a, method)` chooses: OpenCV's, over the 256 or 65,536 grey levels of the dtype.
 * It differs from scikit-image's methods (`thresholdOtsu`, `thresholdTriangle`), which are for every dtype:
 * where there is only one level v, otsu chooses 0 and triangle v − 1, so v is above it.
 * @param method 'otsu': where the variance between the two classes is largest, the lowest such level;
 * 'triangle': the bin furthest from the line between the peak of the histogram and its farther end.
 * @returns An integer; 0 when there are no elements.
 * @throws DTypeError for another dtype than uint8 and uint16, or an unknown method; ReleasedError,
 * OutOfMemoryError
 */
export function thresholdValue(a: NDArray, method: LevelMethod): number {
  assertArray(a)
  assertNamed('method', method, METHODS)
  if (a.dtype !== 'uint8' && a.dtype !== 'uint16') {
    throw new DTypeError(`${method} chooses among the levels of uint8 and uint16, not of ${a.dtype}`)
  }
  return a.size === 0 ? 0 : METHODS[method](denseLevels(a, 0, 2 ** (8 * a.info.bytes)).counts, a.size)
}

/** A class with fewer elements than this share is none: OpenCV's FLT_EPSILON. */
const LEAST_SHARE = 2 ** -23

/** Otsu's level, the classes' shares and means carried along from level to level in OpenCV's order. */
function otsuLevel(counts: Float64Array, size: number): number {
  const scale = 1 / size
  let mean = 0
  for (let level = 0; level < counts.length; level++) mean += level * (counts[level] as number)
  mean *= scale
  let [share, below, largest, best] = [0, 0, 0, 0]
  for (let level = 0; level < counts.length; level++) {
    const part = (counts[level] as number) * scale
    const moment = below * share
    share += part
    const rest = 1 - share
    below = moment
    if (Math.min(share, rest) < LEAST_SHARE || Math.max(share, rest) > 1 - LEAST_SHARE) continue
    below = (moment + level * part) / share
    const above = (mean - share * below) / rest
    const variance = share * rest * (below - above) * (below - above)
    if (variance > largest) [largest, best] = [variance, level]
  }
  return best
}

/** The triangle's level; the histogram is turned so that the longer slope lies before the peak. */
function triangleLevel(counts: Float64Array): number {
  const last = counts.length - 1
  let left = Math.max(counts.findIndex(count => count > 0) - 1, 0)
  const right = Math.min(
    Math.max(
      counts.findLastIndex(count => count > 0),
      0,
    ) + 1,
    last,
  )
  let peak = 0
  for (let level = 1; level <= last; level++) {
    if ((counts[level] as number) > (counts[peak] as number)) peak = level
  }
  const turned = peak - left < right - peak
  const height = counts[peak] as number
  if (turned) [left, peak] = [last - right, last - peak]
  const width = left - peak
  let [longest, level] = [0, left]
  for (let at = left + 1; at <= peak; at++) {
    const distance = height * at + width * (counts[turned ? last - at : at] as number)
    if (distance > longest) [longest, level] = [distance, at]
  }
  return turned ? last - level + 1 : level - 1
}
