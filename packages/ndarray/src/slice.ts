import { MAX_DIMS } from '@ebb/core'
import { describe } from './dtype.ts'
import { IndexError } from './errors.ts'
import type { Layout, NDArray } from './ndarray.ts'
import { formatShape, type Shape } from './shape.ts'

/** Inserts an axis of length 1 in a slice. */
export const newaxis: unique symbol = Symbol('newaxis')

/** What may stand for an axis in a slice. */
export type Slice =
  | number
  | string
  | null
  | typeof newaxis
  | readonly [start?: number | null, stop?: number | null, step?: number | null]

/**
 * What may stand for an axis where index arrays are possible, too: an array of integers for an axis, a bool
 * array for as many axes as it has.
 */
export type Index = Slice | NDArray

/** The part of an axis that a range selects. */
export interface Range {
  readonly start: number
  readonly length: number
  readonly step: number
}

/**
 * The layout of a view: lengths, steps and first element.
 * @throws IndexError for an index out of bounds, a step of 0, too many items or axes, or text that is no
 * range.
 */
export function sliceLayout(from: Layout, items: readonly Slice[]): Layout {
  const shape: number[] = []
  const strides: number[] = []
  let { offset } = from
  let axis = 0
  for (const item of wholeItems(items, from.shape)) {
    if (item === newaxis) {
      shape.push(1)
      strides.push(0)
      continue
    }
    const length = from.shape[axis] as number
    const stride = from.strides[axis] as number
    if (typeof item === 'number') {
      offset += resolveIndex(item, length, axis) * stride
    } else {
      const range = resolveRange(item, length)
      if (range.length > 0) offset += range.start * stride
      shape.push(range.length)
      strides.push(stride * range.step)
    }
    axis++
  }
  if (shape.length > MAX_DIMS)
    throw new IndexError(`a view of ${shape.length} axes has too many; ${MAX_DIMS} are possible`)
  return { shape: Object.freeze(shape), strides, offset }
}

/** Items for every axis: '...' (or the end) stands for whole axes. */
export function wholeItems(items: readonly Slice[], shape: Shape): Slice[] {
  const ndim = shape.length
  const named = items.filter(item => item !== newaxis && item !== '...').length
  if (named > ndim) throw new IndexError(`${named} indices are too many for shape ${formatShape(shape)}`)
  const whole = new Array<Slice>(ndim - named).fill(null)
  const at = items.indexOf('...')
  if (at < 0) return [...items, ...whole]
  if (items.indexOf('...', at + 1) >= 0) throw new IndexError("a slice has at most one '...'")
  return [...items.slice(0, at), ...whole, ...items.slice(at + 1)]
}

export function resolveIndex(index: number, length: number, axis: number): number {
  if (!Number.isInteger(index) || index < -length || index >= length) {
    throw new IndexError(`index ${index} is out of bounds for axis ${axis} of length ${length}`)
  }
  return index < 0 ? index + length : index
}

export function resolveRange(item: Exclude<Slice, number | typeof newaxis>, length: number): Range {
  const [start, stop, step] = toParts(item)
  return clip(start, stop, step ?? 1, length)
}

type Parts = [
  start?: number | null | undefined,
  stop?: number | null | undefined,
  step?: number | null | undefined,
]

function toParts(item: unknown): Parts {
  if (item === null) return []
  const parts = typeof item === 'string' ? parseRange(item) : item
  if (!Array.isArray(parts) || parts.length > 3) {
    throw new IndexError(
      `${describe(item)} is no index; use an integer, 'start:stop:step', [start, stop, step] or null`,
    )
  }
  for (const part of parts) {
    if (part !== null && part !== undefined && !Number.isSafeInteger(part)) {
      throw new IndexError(`${describe(part)} in a slice is not an integer`)
    }
  }
  return parts as Parts
}

const RANGE = /^\s*(-?\d{1,16})?\s*:\s*(-?\d{1,16})?\s*(?::\s*(-?\d{1,16})?\s*)?$/

function parseRange(text: string): Parts {
  const match = RANGE.exec(text)
  if (!match) throw new IndexError(`${describe(text)} is not 'start:stop:step'`)
  return [match[1], match[2], match[3]].map(part => (part === undefined ? undefined : Number(part))) as Parts
}

/** Python's rule: bounds beyond the axis are moved to its ends. */
function clip(start: Parts[0], stop: Parts[1], step: number, length: number): Range {
  if (step === 0) throw new IndexError('the step of a slice cannot be 0')
  const low = step > 0 ? 0 : -1
  const high = step > 0 ? length : length - 1
  const bound = (value: number | null | undefined, omitted: number): number => {
    if (value === null || value === undefined) return omitted
    return Math.min(Math.max(value < 0 ? value + length : value, low), high)
  }
  const first = bound(start, step > 0 ? low : high)
  const end = bound(stop, step > 0 ? high : low)
  return { start: first, length: Math.max(0, Math.ceil((end - first) / step)), step }
}
