import { MAX_DIMS } from '@ebb/core'
import { type DType, describe } from '../dtype.ts'
import { IndexError, ShapeError } from '../errors.ts'
import { assertSameHeap } from '../heap/sameheap.ts'
import { assertArray, type Layout, type NDArray } from '../ndarray.ts'
import { contiguousStrides, formatShape, type Shape, sameShape, toShape } from '../shape.ts'
import { resolveAxis } from './axes.ts'
import { move, stretch } from './move.ts'
import { optionsOf } from './options.ts'
import { outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import type { ResultType } from './promote.ts'
import { resultType } from './promotion.ts'

/** How arrays are joined. */
export interface JoinOptions<D extends DType> {
  /** An array of the result's shape and dtype, which is returned. Default: a new one. */
  out?: NDArray<D>
}

/** How `concat` joins. */
export interface ConcatOptions<D extends DType> extends JoinOptions<D> {
  /** The axis along which the arrays follow each other; null flattens them first. Default 0. */
  axis?: number | null
}

/** How `stack` joins. */
export interface StackOptions<D extends DType> extends JoinOptions<D> {
  /** Where the new axis stands in the result; default 0. */
  axis?: number
}

/** Where an array goes in the result. */
type Place = (out: Layout, index: number) => Layout

/**
 * The arrays one behind the other along an axis; they agree in all other lengths.
 * @returns The dtype is that of all together; the caller's, unless it is `out`.
 * @throws ShapeError when there is none or the shapes differ, IndexError for an axis out of bounds;
 * DTypeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function concat<const Arrays extends readonly NDArray[]>(
  arrays: Arrays,
  given?: ConcatOptions<ResultType<Arrays>>,
): NDArray<ResultType<Arrays>> {
  const options = optionsOf('concat', given, { axis: true, out: true })
  const first = assertArrays(arrays)
  if (options.axis === null) return concatFlat(arrays, options.out)
  const axis = resolveAxis(options.axis ?? 0, first.ndim)
  const starts: number[] = []
  let length = 0
  for (const a of arrays) {
    if (a.ndim !== first.ndim || a.shape.some((n, at) => at !== axis && n !== first.shape[at])) {
      throw new ShapeError(
        `cannot concatenate ${formatShape(first.shape)} with ${formatShape(a.shape)} along axis ${axis}`,
      )
    }
    starts.push(length)
    length += a.shape[axis] as number
  }
  return join(arrays, first.shape.with(axis, length), options.out, (out, i) =>
    stretch(out, axis, starts[i] as number, (arrays[i] as NDArray).shape[axis] as number),
  )
}

function concatFlat<const Arrays extends readonly NDArray[]>(
  arrays: Arrays,
  out: NDArray<ResultType<Arrays>> | undefined,
): NDArray<ResultType<Arrays>> {
  const starts: number[] = []
  let length = 0
  for (const a of arrays) {
    starts.push(length)
    length += a.size
  }
  return join(arrays, [length], out, (line, i) => {
    const { shape } = arrays[i] as NDArray
    const step = line.strides[0] as number
    return {
      shape,
      strides: contiguousStrides(shape).map(stride => stride * step),
      offset: line.offset + (starts[i] as number) * step,
    }
  })
}

/**
 * The arrays along a new axis; they have one shape.
 * @returns The dtype is that of all together; the caller's, unless it is `out`.
 * @throws ShapeError when there is none or the shapes differ, IndexError for an axis out of bounds;
 * DTypeError, HeapError, ReleasedError, OutOfMemoryError
 */
export function stack<const Arrays extends readonly NDArray[]>(
  arrays: Arrays,
  given?: StackOptions<ResultType<Arrays>>,
): NDArray<ResultType<Arrays>> {
  const options = optionsOf('stack', given, { axis: true, out: true })
  const { shape } = assertArrays(arrays)
  const axis = resolveAxis(options.axis ?? 0, shape.length + 1)
  if (shape.length === MAX_DIMS) throw new ShapeError(`no axis can be added to ${MAX_DIMS}`)
  for (const a of arrays) {
    if (!sameShape(a.shape, shape))
      throw new ShapeError(`cannot stack ${formatShape(shape)} with ${formatShape(a.shape)}`)
  }
  return join(arrays, shape.toSpliced(axis, 0, arrays.length), options.out, (out, i) => layer(out, axis, i))
}

/** What lies at one index of an axis. */
function layer(from: Layout, axis: number, index: number): Layout {
  return {
    shape: Object.freeze(from.shape.toSpliced(axis, 1)),
    strides: from.strides.toSpliced(axis, 1),
    offset: from.offset + index * (from.strides[axis] as number),
  }
}

/** Writes each array to its place in the result. */
function join<const Arrays extends readonly NDArray[]>(
  arrays: Arrays,
  lengths: Shape,
  out: NDArray<ResultType<Arrays>> | undefined,
  place: Place,
): NDArray<ResultType<Arrays>> {
  const { heap } = (arrays[0] as NDArray).lease
  const shape = toShape(lengths)
  const result = outputFor(heap, shape, resultType(...arrays) as ResultType<Arrays>, out)
  if (out && arrays.some(a => sharesMemory(a, out))) {
    // Writing one part could change another that is still to be read.
    using fresh = join(arrays, shape, undefined, place)
    move(out, out, fresh, fresh)
    return out
  }
  arrays.forEach((a, i) => {
    move(result, place(result, i), a, a)
  })
  return result
}

/** @throws ShapeError when there is none; DTypeError, HeapError, ReleasedError. Returns the first. */
function assertArrays(arrays: readonly NDArray[]): NDArray {
  if (!Array.isArray(arrays)) throw new ShapeError(`expected an array of arrays, not ${describe(arrays)}`)
  const [first] = arrays as NDArray[]
  if (first === undefined) throw new ShapeError('there must be at least one array to join')
  for (const a of arrays as NDArray[]) {
    assertArray(a)
    assertSameHeap(first, a)
  }
  return first
}

/**
 * Views of what lies at each index of an axis, without that axis.
 * @param options `axis`: default 0.
 * @throws IndexError for an axis out of bounds; ReleasedError
 */
export function unstack<D extends DType>(a: NDArray<D>, given?: { axis?: number }): NDArray<D>[] {
  const options = optionsOf('unstack', given, { axis: true })
  assertArray(a)
  const axis = resolveAxis(options.axis ?? 0, a.ndim)
  return Array.from({ length: a.shape[axis] as number }, (_, i) => a.view(layer(a, axis, i)))
}

/**
 * Views of parts along an axis.
 * @param parts How many of equal length, or the indices at which each but the first begins.
 * @param options `axis`: default 0.
 * @throws ShapeError when the axis cannot be divided into so many parts; IndexError for an axis out of bounds
 * or an index that is no integer; ReleasedError
 */
export function split<D extends DType>(
  a: NDArray<D>,
  parts: number | readonly number[],
  given?: { axis?: number },
): NDArray<D>[] {
  const options = optionsOf('split', given, { axis: true })
  assertArray(a)
  const axis = resolveAxis(options.axis ?? 0, a.ndim)
  const length = a.shape[axis] as number
  if (typeof parts === 'number' && parts > 0 && length % parts !== 0) {
    throw new ShapeError(`axis ${axis} of length ${length} does not divide into ${parts} equal parts`)
  }
  return arraySplit(a, parts, options)
}

/** As `split`; where the parts cannot be equal, the first ones are longer by one. */
export function arraySplit<D extends DType>(
  a: NDArray<D>,
  parts: number | readonly number[],
  given?: { axis?: number },
): NDArray<D>[] {
  const options = optionsOf('arraySplit', given, { axis: true })
  assertArray(a)
  const axis = resolveAxis(options.axis ?? 0, a.ndim)
  const length = a.shape[axis] as number
  const bounds = typeof parts === 'number' ? equalBounds(length, parts) : givenBounds(length, parts)
  return bounds.slice(0, -1).map((start, i) => {
    const part = stretch(a, axis, start, Math.max(0, (bounds[i + 1] as number) - start))
    return a.view({ ...part, shape: Object.freeze([...part.shape]) })
  })
}

function equalBounds(length: number, parts: number): number[] {
  if (!Number.isSafeInteger(parts) || parts < 1)
    throw new ShapeError(`cannot split into ${describe(parts)} parts; it must be an integer from 1`)
  const longer = length % parts
  const size = (length - longer) / parts
  return Array.from({ length: parts + 1 }, (_, i) => i * size + Math.min(i, longer))
}

function givenBounds(length: number, indices: readonly number[]): number[] {
  if (!Array.isArray(indices)) throw new IndexError(`expected indices, not ${describe(indices)}`)
  const inner = Array.from(indices as number[], index => {
    if (!Number.isSafeInteger(index)) throw new IndexError(`${describe(index)} is no index to split at`)
    return Math.min(Math.max(index < 0 ? index + length : index, 0), length)
  })
  return [0, ...inner, length]
}
