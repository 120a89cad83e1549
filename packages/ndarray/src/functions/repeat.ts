import { MAX_DIMS } from '@ebb/core'
import { type DType, describe } from '../dtype.ts'
import { ShapeError } from '../errors.ts'
import { allocateArray, assertArray, type Layout, NDArray } from '../ndarray.ts'
import { formatShape, type Shape, toShape } from '../shape.ts'
import { listOf, resolveAxis } from './axes.ts'
import { copy } from './creation.ts'
import { move, stretch } from './move.ts'
import { optionsOf } from './options.ts'
import { reshape } from './reshape.ts'

/**
 * Each element (or part along an axis) several times in a row.
 * @param repeats How often: one number for all, or one for each index of the axis; numbers or an array of
 * integers.
 * @param options `axis`: by default the array is flattened first.
 * @returns A contiguous array of a's dtype; the caller's.
 * @throws ShapeError when a count is negative or no integer, or when there are not as many as the axis is
 * long; IndexError for an axis out of bounds; ReleasedError, OutOfMemoryError
 */
export function repeat<D extends DType>(
  a: NDArray<D>,
  repeats: number | readonly number[] | NDArray,
  given?: { axis?: number | null },
): NDArray<D> {
  const options = optionsOf('repeat', given, { axis: true })
  assertArray(a)
  const counts = countsOf(repeats)
  if (options.axis != null) return repeatAlong(a, counts, resolveAxis(options.axis, a.ndim))
  using flat = reshape(a, -1)
  return repeatAlong(flat, counts, 0)
}

function repeatAlong<D extends DType>(a: NDArray<D>, counts: Uint32Array, axis: number): NDArray<D> {
  const length = a.shape[axis] as number
  if (counts.length !== 1 && counts.length !== length) {
    throw new ShapeError(
      `${counts.length} repeats do not fit axis ${axis} of length ${length} in shape ${formatShape(a.shape)}`,
    )
  }
  if (a.ndim === MAX_DIMS) throw new ShapeError(`repeat takes at most ${MAX_DIMS - 1} axes`)
  const total = counts.length === 1 ? length * (counts[0] as number) : counts.reduce((sum, n) => sum + n, 0)
  const shape = toShape(a.shape.with(axis, total))
  if (a.ndim === 1) return repeatLine(a, counts, shape)
  const runs = runsOf(counts, length)
  const result = allocateArray(a.lease.heap, shape, a.dtype, false)
  let at = 0
  for (const { start, length: many, count } of runs) {
    if (count === 0) continue
    const from = divided(stretch(a, axis, start, many), axis, many, 1)
    const to = divided(stretch(result, axis, at, many * count), axis, many, count)
    move(result, to, a, { ...from, shape: to.shape, strides: from.strides.with(axis + 1, 0) })
    at += many * count
  }
  return result
}

/** Along the only axis a kernel does it: moving run by run would be slow where counts differ. */
function repeatLine<D extends DType>(a: NDArray<D>, counts: Uint32Array, shape: Shape): NDArray<D> {
  const { heap } = a.lease
  using times = allocateArray(heap, [counts.length], 'uint32', false)
  times.data.set(counts)
  const result = allocateArray(heap, shape, a.dtype, false)
  heap.bind(a.shape, [times.operand([counts.length === 1 ? 0 : 1]), a.operand()])
  heap.core.exports.repeat(result.byteAddress, a.info.bytes)
  return result
}

/** An axis of length `outer * inner` as two. */
function divided(from: Layout, axis: number, outer: number, inner: number): Layout {
  const step = from.strides[axis] as number
  return {
    shape: from.shape.toSpliced(axis, 1, outer, inner),
    strides: from.strides.toSpliced(axis, 1, step * inner, step),
    offset: from.offset,
  }
}

/** Neighbours with one count. */
function runsOf(counts: Uint32Array, length: number): { start: number; length: number; count: number }[] {
  if (counts.length === 1) return [{ start: 0, length, count: counts[0] as number }]
  const runs: { start: number; length: number; count: number }[] = []
  counts.forEach((count, start) => {
    const last = runs.at(-1)
    if (last?.count === count) last.length++
    else runs.push({ start, length: 1, count })
  })
  return runs
}

function countsOf(repeats: number | readonly number[] | NDArray): Uint32Array {
  if (!(repeats instanceof NDArray)) return Uint32Array.from(listOf(repeats), assertCount)
  repeats.assertAlive()
  if (repeats.ndim > 1 || repeats.info.kind === 'float') {
    throw new ShapeError(
      `repeats are integers along one axis, not ${repeats.dtype} of shape ${formatShape(repeats.shape)}`,
    )
  }
  using given = copy(repeats, 'float64')
  const { data } = given
  const counts = new Uint32Array(data.length)
  for (let i = 0; i < counts.length; i++) counts[i] = assertCount(data[i] as number)
  return counts
}

/** Counts beyond 32 bits could only give arrays that do not fit; of an empty axis they would not matter. */
function assertCount(count: number): number {
  if (Number.isSafeInteger(count) && count >= 0 && count < 2 ** 32) return count
  throw new ShapeError(`cannot repeat ${describe(count)} times; it must be an integer from 0 to 2^32 - 1`)
}

/**
 * The array laid side by side, so often along each axis. Axes that the array or the repetitions lack are 1.
 * @returns A contiguous array of a's dtype; the caller's.
 * @throws ShapeError when a count is negative or no integer; ReleasedError, OutOfMemoryError
 */
export function tile<D extends DType>(a: NDArray<D>, repetitions: number | readonly number[]): NDArray<D> {
  assertArray(a)
  const counts = listOf(repetitions).map(assertCount)
  const ndim = Math.max(a.ndim, counts.length)
  const reps = [...Array<number>(ndim - counts.length).fill(1), ...counts]
  const lengths: Shape = [...Array<number>(ndim - a.ndim).fill(1), ...a.shape]
  const steps = [...Array<number>(ndim - a.ndim).fill(0), ...a.strides]
  const shape = toShape(lengths.map((length, axis) => length * (reps[axis] as number)))
  const result = allocateArray(a.lease.heap, shape, a.dtype, false)
  if (result.size === 0) return result
  // An axis is walked tile by tile; axes of length 1 need no step.
  const to: Walk[] = []
  const from: Walk[] = []
  for (let axis = 0; axis < ndim; axis++) {
    const [length, count] = [lengths[axis] as number, reps[axis] as number]
    const step = result.strides[axis] as number
    walk(to, from, count, step * length, 0)
    walk(to, from, length, step, steps[axis] as number)
  }
  if (to.length > MAX_DIMS) {
    result.release()
    throw new ShapeError(`tiles along so many axes need ${to.length} loops; ${MAX_DIMS} are possible`)
  }
  move(result, layoutOf(to, result.offset), a, layoutOf(from, a.offset))
  return result
}

/** A loop: how often, and how far each time. */
type Walk = readonly [length: number, step: number]

function walk(to: Walk[], from: Walk[], length: number, stepTo: number, stepFrom: number): void {
  if (length === 1) return
  to.push([length, stepTo])
  from.push([length, stepFrom])
}

function layoutOf(walks: readonly Walk[], offset: number): Layout {
  return { shape: walks.map(([length]) => length), strides: walks.map(([, step]) => step), offset }
}
