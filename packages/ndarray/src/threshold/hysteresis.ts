import { describe, dtypes, isScalar } from '../dtype.ts'
import { DTypeError, ShapeError } from '../errors.ts'
import { minimum } from '../functions/arithmetic.ts'
import { greater } from '../functions/comparison.ts'
import type { Elementwise } from '../functions/elementwise.ts'
import { logicalAnd } from '../functions/logical.ts'
import { optionsOf } from '../functions/options.ts'
import { filled, outputFor } from '../functions/output.ts'
import { roomFor } from '../functions/room.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { assertArray, NDArray } from '../ndarray.ts'
import { broadcastShapes, formatShape, sameShape } from '../shape.ts'
import { countAbove } from './bounds.ts'
import { assertInteger } from './parameters.ts'

/** How regions are connected, and where to write. */
export interface HysteresisOptions {
  /**
   * Along how many axes at once a neighbour may differ: 1, the default, is across faces alone (4 neighbours
   * in an image, 6 in a volume), ndim across corners, too.
   */
  connectivity?: number | undefined
  /** A bool array of the image's shape; it is returned. */
  out?: NDArray<'bool'> | undefined
}

/** The kernel's words, the axes they are about, and the rows beside a row. */
interface Neighbours {
  readonly words: Int32Array
  readonly axes: number
  readonly count: number
}

/** The kernel's code of addition (assembly/kernels/binary.ts). */
const ADD = 0
/** Bytes of the stack on which regions wait; where it is too small, they are looked for again. */
const STACK_BYTES = 1 << 18

/**
 * Where the image is above `low` in a region that is above `high` somewhere: thresholding that follows weak
 * parts from the strong ones. Regions are connected components of what is above `low`, in any number of
 * dimensions. scikit-image's function; a `low` above `high` counts as `high`.
 *
 * Beside the result it needs 256 KiB, and with arrays for thresholds some masks of the image's size. NaN is
 * above nothing, and nothing is above NaN.
 * @param low A value, or an array that broadcasts to the image; so is high.
 * @returns bool, of the image's shape; the caller's, unless it is `out`.
 * @throws DTypeError for other thresholds or an impossible connectivity; ShapeError, HeapError, ReleasedError,
 * OutOfMemoryError; nothing is written then.
 */
export function applyHysteresisThreshold(
  image: NDArray,
  low: Elementwise,
  high: Elementwise,
  options?: HysteresisOptions,
): NDArray<'bool'> {
  const { connectivity = 1, out } = optionsOf('applyHysteresisThreshold', options, {
    connectivity: true,
    out: true,
  })
  assertArray(image)
  assertThreshold(image, 'low', low)
  assertThreshold(image, 'high', high)
  assertInteger('connectivity', connectivity, 1, Math.max(image.ndim, 1))
  const { heap } = image.lease
  const result = outputFor(heap, image.shape, 'bool', out)
  if (result.size === 0) return result
  return filled(result, out, () => {
    const neighbours = neighboursOf(result, connectivity)
    const room = roomFor(heap, neighbours.words.length * 4 + STACK_BYTES)
    try {
      if (markAbove(image, low, high, result)) growMarked(result, room, neighbours)
    } finally {
      room.drop(false)
    }
  })
}

function assertThreshold(image: NDArray, name: string, value: Elementwise): void {
  if (!(value instanceof NDArray)) {
    if (isScalar(value)) return
    throw new DTypeError(`${name} is an array, a number, a bigint or a boolean, not ${describe(value)}`)
  }
  assertArray(value)
  if (sameShape(broadcastShapes(image.shape, value.shape), image.shape)) return
  throw new ShapeError(
    `${name} of shape ${formatShape(value.shape)} does not broadcast to the image's ${formatShape(image.shape)}`,
  )
}

/** Writes how many thresholds each element is above, for growMarked. False when none is above both. */
function markAbove(image: NDArray, low: Elementwise, high: Elementwise, result: NDArray<'bool'>): boolean {
  if (!(low instanceof NDArray) && !(high instanceof NDArray)) {
    // NaN stays NaN.
    const least = low > high ? high : low
    if (countAbove(image, least, high, result)) return true
    result.assign(false)
    return false
  }
  using temporaries = new Temporaries()
  const least = temporaries.add(minimum(low, high))
  const weak = temporaries.add(greater(image, least))
  const strong = temporaries.add(greater(image, high))
  // Where low is NaN, an element above high is in no region either.
  logicalAnd(strong, weak, { out: strong })
  const { heap } = image.lease
  heap.bind(result.shape, [result.operand(), weak.operand(), strong.operand()])
  heap.core.exports.binary(ADD, dtypes.uint8.code)
  return true
}

/**
 * What the growing kernel knows of a mask's layout, in 32-bit words: lengths, steps, room for an index, and
 * the rows beside a row. Axes of length 1 have no neighbours.
 */
function neighboursOf(mask: NDArray, connectivity: number): Neighbours {
  const kept = [...mask.shape.keys()].filter(axis => mask.shape[axis] !== 1)
  if (kept.length === 0) kept.push(0)
  const lengths = kept.map(axis => mask.shape[axis] ?? 1)
  const steps = kept.map(axis => mask.strides[axis] ?? 0)
  const rows = differences(kept.length - 1, connectivity)
  const neighbours = rows.map(row => {
    const axesCrossed = row.filter(Boolean).length
    const bytes = row.reduce((sum, difference, axis) => sum + difference * (steps[axis] as number), 0)
    return [bytes, Number(axesCrossed < connectivity), ...row]
  })
  const words = Int32Array.from([...lengths, ...steps, ...kept.map(() => 0), ...neighbours.flat()])
  return { words, axes: kept.length, count: rows.length }
}

/** The index differences −1, 0, 1 along some axes, from 1 to `most` of which are not 0. */
function differences(axes: number, most: number): number[][] {
  let rows: number[][] = [[]]
  for (let axis = 0; axis < axes; axis++) {
    rows = rows.flatMap(row =>
      row.filter(Boolean).length < most
        ? [
            [...row, -1],
            [...row, 0],
            [...row, 1],
          ]
        : [[...row, 0]],
    )
  }
  return rows.filter(row => row.some(Boolean))
}

/** Keeps, of the elements that are 1 or 2, those connected with a 2. */
function growMarked(mask: NDArray<'bool'>, room: NDArray, { words, axes, count }: Neighbours): void {
  const { core } = mask.lease.heap
  const rows = mask.size / (words[axes - 1] as number)
  new Int32Array(core.memory.buffer, room.byteAddress, words.length).set(words)
  core.exports.growRegions(mask.byteAddress, axes, rows, room.byteAddress, count, STACK_BYTES)
}
