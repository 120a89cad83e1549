import { type Shape, sizeOf, toShape } from '../shape.ts'
import { newaxis, type Range, resolveIndex, resolveRange, type Slice, wholeItems } from '../slice.ts'

/** What of an array is wanted. */
export interface Selection {
  /** For each axis of the array what is selected of it. */
  readonly ranges: readonly Range[]
  /** The shape of the result. */
  readonly shape: Shape
  /** For each axis of the array the axis of the result that it becomes; undefined where an integer drops it. */
  readonly axes: readonly (number | undefined)[]
}

/** A stretch of one axis that lies in one chunk. */
export interface Stretch {
  /** Index of the chunk along the axis. */
  readonly chunk: number
  /** Where in the chunk the first element is. */
  readonly inside: number
  /** The distance to the next one; may be negative. */
  readonly step: number
  /** Where in the result the first one belongs. */
  readonly at: number
  /** Elements. */
  readonly length: number
}

/**
 * What the items of a slice mean, as for `NDArray.slice`.
 * @throws IndexError, ShapeError
 */
export function select(shape: Shape, items: readonly Slice[]): Selection {
  const ranges: Range[] = []
  const axes: (number | undefined)[] = []
  const lengths: number[] = []
  for (const item of wholeItems(items, shape)) {
    if (item === newaxis) {
      lengths.push(1)
      continue
    }
    const axis = ranges.length
    const length = shape[axis] as number
    if (typeof item === 'number') {
      ranges.push({ start: resolveIndex(item, length, axis), length: 1, step: 1 })
      axes.push(undefined)
    } else {
      const range = resolveRange(item, length)
      ranges.push(range)
      axes.push(lengths.length)
      lengths.push(range.length)
    }
  }
  return { ranges, axes, shape: toShape(lengths) }
}

/** The parts of a selection that lie in one chunk each: a stretch for every axis. */
export function* pieces(ranges: readonly Range[], chunks: Shape): Generator<Stretch[], void, void> {
  if (sizeOf(ranges.map(({ length }) => length)) > 0) yield* piecesFrom(0, ranges, chunks)
}

function* piecesFrom(
  axis: number,
  ranges: readonly Range[],
  chunks: Shape,
): Generator<Stretch[], void, void> {
  if (axis === ranges.length) {
    yield []
    return
  }
  for (const stretch of stretches(ranges[axis] as Range, chunks[axis] as number)) {
    for (const rest of piecesFrom(axis + 1, ranges, chunks)) yield [stretch, ...rest]
  }
}

function* stretches({ start, length, step }: Range, chunkLength: number): Generator<Stretch, void, void> {
  for (let at = 0; at < length; ) {
    const position = start + at * step
    const chunk = Math.floor(position / chunkLength)
    const inside = position - chunk * chunkLength
    const room = step > 0 ? chunkLength - 1 - inside : inside
    const count = Math.min(length - at, Math.floor(room / Math.abs(step)) + 1)
    yield { chunk, inside, step, at, length: count }
    at += count
  }
}
