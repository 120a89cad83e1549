import type { DType } from '../dtype.ts'
import { resolveAxis } from '../functions/axes.ts'
import { lineStep, linesOf, without } from '../functions/axis.ts'
import { copy } from '../functions/creation.ts'
import { optionsOf } from '../functions/options.ts'
import { filled, outputFor } from '../functions/output.ts'
import { take } from '../functions/take.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { currentHeap, type Heap } from '../heap/heap.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { isContiguous, type Shape, toShape } from '../shape.ts'
import type { BitGenerator } from './bitgenerator.ts'
import { withState } from './state.ts'
import { isValues, toArray, type Values } from './values.ts'
import { toBigInt } from './words.ts'

/** What is shuffled. */
export interface ShuffleOptions {
  /** The axis along which parts change places; negative ones count from the end. Default 0. */
  axis?: number | undefined
}

/** What is shuffled, and where to. */
export interface PermutedOptions<D extends DType = DType> {
  /** The axis whose lines are shuffled, each by itself. Default: all elements, as one line. */
  axis?: number | undefined
  /** An array of x's shape and dtype; it may be `x`. Default: a new array. */
  out?: NDArray<D> | undefined
}

/** How the core draws an item (assembly/kernels/random-shuffle.ts). */
export const DRAWING = { masked: 0, lemire: 1 } as const

const AXIS = { axis: true } as const

/** Shuffles the parts of an array along an axis, in place. */
export function shuffle(bits: BitGenerator, x: NDArray, given: ShuffleOptions | undefined): void {
  const { axis = 0 } = optionsOf('shuffle', given, AXIS)
  assertArray(x)
  shuffleParts(bits, x, resolveAxis(axis, x.ndim))
}

function shuffleParts(bits: BitGenerator, x: NDArray, axis: number): void {
  if (x.size === 0) return
  const { heap } = x.lease
  const { exports } = heap.core
  const length = x.shape[axis] as number
  const step = lineStep(x, axis)
  const { shape, bytes } = rowsOf(x, axis)
  if (shape.length === 0) {
    shuffleLines(bits, heap, () => heap.bind([], [x.operand([])]), length, step, bytes)
    return
  }
  using temporaries = new Temporaries()
  const picks = temporaries.add(allocateArray(heap, [length], 'uint32', false))
  withState(heap.core, bits, () => exports.drawPicks(bits.code, length, picks.byteAddress))
  heap.bind(shape, [linesOf(x, axis)])
  exports.shuffleAlike(picks.byteAddress, length, step, bytes)
}

function shuffleLines(
  bits: BitGenerator,
  heap: Heap,
  bind: () => void,
  length: number,
  step: number,
  bytes: number,
): void {
  withState(heap.core, bits, () => {
    bind()
    heap.core.exports.shuffle(bits.code, DRAWING.masked, length, 1, step, bytes)
  })
}

/** The axes but one: those that are contiguous together, as the bytes of a row, and the shape of the others. */
function rowsOf(x: NDArray, axis: number): { shape: Shape; bytes: number } {
  const shape = without(x.shape, axis)
  const strides = without(x.strides, axis)
  let length = 1
  while (shape.length > 0) {
    const last = shape.at(-1) as number
    if (last !== 1 && strides.at(-1) !== length) break
    length *= last
    shape.pop()
    strides.pop()
  }
  return { shape, bytes: length * x.info.bytes }
}

/** A shuffled copy of an array's parts along an axis, or of the integers below a number. */
export function permutation(
  bits: BitGenerator,
  of: Values | number | bigint,
  given: ShuffleOptions | undefined,
): NDArray {
  const { axis = 0 } = optionsOf('permutation', given, AXIS)
  if (!isValues(of)) {
    const count = toBigInt('x', of)
    return shuffled(bits, countUp(currentHeap(), count < 0n ? 0 : Number(count), 'int64'))
  }
  using temporaries = new Temporaries()
  const x = toArray(of, temporaries)
  const along = resolveAxis(axis, x.ndim)
  if (x.ndim === 1) return shuffled(bits, copy(x, x.dtype))
  const order = countUp(x.lease.heap, x.shape[along] as number, 'uint32')
  return take(x, shuffled(bits, temporaries.add(order)), { axis: along })
}

function shuffled(bits: BitGenerator, line: NDArray): NDArray {
  shuffleParts(bits, line, 0)
  return line
}

/**
 * 0, 1, …, length − 1.
 * @throws ShapeError when `length` is no count; OutOfMemoryError
 */
export function countUp<D extends 'int64' | 'uint32'>(heap: Heap, length: number, dtype: D): NDArray<D> {
  const result = allocateArray(heap, toShape(length), dtype, false)
  heap.bind(result.shape, [
    result.operand(),
    heap.scalar(1, 0, result.info, 1),
    heap.scalar(2, 1, result.info, 1),
  ])
  heap.core.exports.range(result.info.code)
  return result
}

/** A copy of an array whose lines along an axis, or all of whose elements, are shuffled. */
export function permuted<D extends DType>(
  bits: BitGenerator,
  x: NDArray<D>,
  given: PermutedOptions<D> | undefined,
): NDArray<D> {
  const { axis, out } = optionsOf('permuted', given, { axis: true, out: true })
  assertArray(x)
  const along = axis === undefined ? undefined : resolveAxis(axis, x.ndim)
  const result = outputFor(x.lease.heap, x.shape, x.dtype, out)
  return filled(result, out, () => {
    if (result !== x) result.assign(x)
    if (along === undefined) shuffleElements(bits, result, isReversed(x, out))
    else shuffleAlong(bits, result, along)
  })
}

function shuffleAlong(bits: BitGenerator, x: NDArray, axis: number): void {
  if (x.size === 0) return
  const { heap } = x.lease
  const lines = without(x.shape, axis)
  const bind = () => heap.bind(lines, [linesOf(x, axis)])
  shuffleLines(bits, heap, bind, x.shape[axis] as number, lineStep(x, axis), x.info.bytes)
}

/** Shuffles all elements as one line: in C order, or in that of axes reversed. */
function shuffleElements(bits: BitGenerator, x: NDArray, reversed: boolean): void {
  if (x.ndim === 1) {
    shuffleParts(bits, x, 0)
    return
  }
  using temporaries = new Temporaries()
  const ordered = reversed ? temporaries.add(x.transpose()) : x
  const packed = ordered.contiguous ? ordered : temporaries.add(copy(ordered, x.dtype))
  const line = { shape: Object.freeze([x.size]), strides: [1], offset: packed.offset }
  shuffleParts(bits, temporaries.add(packed.view(line)), 0)
  if (packed !== ordered) ordered.assign(packed)
}

/**
 * Whether NumPy shuffles elements in the order of reversed axes: an `out` that is contiguous in that order,
 * or, without one, an `x` whose copy would be, since its steps grow from axis to axis.
 */
function isReversed(x: NDArray, out: NDArray | undefined): boolean {
  if (out) return !out.contiguous && isContiguous(out.shape.toReversed(), out.strides.toReversed())
  const steps = x.strides.filter((_, axis) => x.shape[axis] !== 1).map(Math.abs)
  return steps.length > 1 && steps.every((step, k) => k === 0 || step > (steps[k - 1] as number))
}
