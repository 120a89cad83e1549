import { type DType, describe, isScalar } from '../dtype.ts'
import { ShapeError } from '../errors.ts'
import { allocateArray, assertArray, type NDArray } from '../ndarray.ts'
import { assign } from './assign.ts'
import { resolveAxis } from './axes.ts'
import { subtract } from './combine.ts'
import { notEqual } from './comparison.ts'
import { copy } from './creation.ts'
import { commonDType, type Elementwise } from './elementwise.ts'
import { concat } from './join.ts'
import { stretch } from './move.ts'
import { optionsOf } from './options.ts'
import { filled, outputFor } from './output.ts'
import { sharesMemory } from './overlap.ts'
import type { Bounded } from './promote.ts'
import { Temporaries } from './temporaries.ts'

/** What comes before or behind an array: an array, one value all along the other axes, or nothing. */
type Extension = Elementwise | undefined

/** How differences are taken. */
export interface DiffOptions<
  R extends DType = DType,
  Before extends Extension = Extension,
  Behind extends Extension = Extension,
> {
  /** Default −1. */
  axis?: number | undefined
  /** How many times. Default 1. */
  n?: number | undefined
  /** What comes before or behind the array along the axis, before differences are taken. */
  prepend?: Before
  append?: Behind
  /** An array of the result's shape and dtype; it is returned. May overlap the input. */
  out?: NDArray<R> | undefined
}

/**
 * Differences of neighbours along an axis: a[i + 1] − a[i], n times over. Integers wrap; of bools it is
 * whether they differ.
 * @returns An array of the common dtype of a, prepend and append, the axis shorter by n (not below 0); the
 * caller's, unless it is `out`.
 * @throws ShapeError when prepend or append do not fit, or n is not an integer from 0; IndexError,
 * DTypeError, HeapError, ReleasedError, OutOfMemoryError; nothing is written then.
 */
export function diff<
  D extends DType,
  Before extends Extension = undefined,
  Behind extends Extension = undefined,
>(
  a: NDArray<D>,
  options?: DiffOptions<Bounded<D, Before, Behind>, Before, Behind>,
): NDArray<Bounded<D, Before, Behind>>
export function diff(a: NDArray, given?: DiffOptions): NDArray {
  assertArray(a)
  const options = optionsOf('diff', given, { axis: true, n: true, prepend: true, append: true, out: true })
  const { n = 1, prepend, append, out } = options
  if (!Number.isInteger(n) || n < 0) throw new ShapeError(`n is an integer from 0, not ${describe(n)}`)
  const axis = resolveAxis(options.axis ?? -1, a.ndim)
  using temporaries = new Temporaries()
  const whole = extended(a, [prepend, append], axis, temporaries)
  const shape = whole.shape.with(axis, Math.max((whole.shape[axis] as number) - n, 0))
  const result = outputFor(a.lease.heap, shape, whole.dtype, out)
  return filled(result, out, () => {
    if (result.size > 0) differences(result, whole, axis, n, temporaries)
  })
}

/** Writes the n-fold differences; those between lie in one array, each over the one before. */
function differences(result: NDArray, a: NDArray, axis: number, n: number, temporaries: Temporaries): void {
  if (n === 0) {
    assign(result, a)
    return
  }
  const part = (of: NDArray, start: number, length: number): NDArray =>
    temporaries.add(of.view(stretch(of, axis, start, length)))
  let length = (a.shape[axis] as number) - 1
  let from = n === 1 && sharesMemory(result, a) ? temporaries.add(copy(a, a.dtype)) : a
  if (n > 1) {
    const between = temporaries.add(allocateArray(a.lease.heap, a.shape.with(axis, length), a.dtype, false))
    for (let round = 1; round < n; round++, length--) {
      subtractInto(part(between, 0, length), part(from, 1, length), part(from, 0, length))
      from = between
    }
  }
  subtractInto(result, part(from, 1, length), part(from, 0, length))
}

/** out = a − b; out may be b, which begins one element before a. */
function subtractInto(out: NDArray, a: NDArray, b: NDArray): void {
  if (out.dtype === 'bool') notEqual(a, b, { out: out as NDArray<'bool'> })
  else subtract(out, a, b)
}

/** The array with what comes before and behind it along the axis, in their common dtype; itself without. */
function extended(
  a: NDArray,
  [before, behind]: readonly [Extension, Extension],
  axis: number,
  temporaries: Temporaries,
): NDArray {
  const given = [before, a, behind].filter(part => part !== undefined)
  if (given.length === 1) return a
  const dtype = commonDType('diff', given)
  const parts = given.map(part => {
    if (!isScalar(part)) return part
    const one = temporaries.add(allocateArray(a.lease.heap, a.shape.with(axis, 1), dtype, false))
    return one.assign(part)
  })
  return temporaries.add(concat(parts, { axis }))
}
