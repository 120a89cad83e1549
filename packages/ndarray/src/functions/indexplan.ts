import { MAX_DIMS } from '@ebb/core'
import { describe } from '../dtype.ts'
import { IndexError } from '../errors.ts'
import { NDArray } from '../ndarray.ts'
import { formatShape, type Shape } from '../shape.ts'
import { type Index, newaxis, resolveIndex, resolveRange } from '../slice.ts'

/** Index arrays and masks in the place of axes: their elements say which positions are meant. */
export interface ArrayItem {
  /** Of integers for one axis, or of bools for as many axes as it has. */
  readonly array: NDArray
  /** The first axis that it stands for. */
  readonly axis: number
  /** Lengths and steps, in elements, of the axes that it stands for. */
  readonly lengths: Shape
  readonly strides: readonly number[]
}

/** What an index with arrays in it means. */
export interface IndexPlan {
  /** Index in `data` of the element that integers and the begins of ranges lead to. */
  readonly offset: number
  /** The axes that stay. */
  readonly lengths: readonly number[]
  readonly strides: readonly number[]
  /** How many of them come before the axes of the arrays' common shape. */
  readonly before: number
  readonly arrays: readonly ArrayItem[]
}

/** Whether an index reads or writes a copy: one array is enough. */
export function hasArrays(items: readonly Index[]): boolean {
  return items.some(item => item instanceof NDArray)
}

/**
 * Sorts the items of an index that has arrays. Integers count among the arrays: while those stand side by
 * side, the axes of their common shape take their place; else these come first. Ranges, newaxis and '...',
 * even one that stands for no axis, come between.
 * @throws IndexError
 */
export function planIndex(from: NDArray, items: readonly Index[]): IndexPlan {
  const rest = from.ndim - namedAxes(from, items)
  const lengths: number[] = []
  const strides: number[] = []
  const arrays: ArrayItem[] = []
  const groups = new Groups()
  let { offset } = from
  let axis = 0
  const keep = (item: Exclude<Index, number | NDArray | typeof newaxis>): void => {
    const range = resolveRange(item, from.shape[axis] as number)
    const stride = from.strides[axis++] as number
    if (range.length > 0) offset += range.start * stride
    lengths.push(range.length)
    strides.push(stride * range.step)
  }
  for (const item of items.includes('...') ? items : [...items, '...']) {
    if (item instanceof NDArray) {
      const end = axis + axesOf(item)
      const [under, steps] = [from.shape.slice(axis, end), from.strides.slice(axis, end)]
      arrays.push(checked({ array: item, axis, lengths: under, strides: steps }, from))
      groups.fancy(lengths.length)
      axis = end
    } else if (typeof item === 'number') {
      offset += resolveIndex(item, from.shape[axis] as number, axis) * (from.strides[axis] as number)
      groups.fancy(lengths.length)
      axis++
    } else {
      groups.basic()
      if (item === newaxis) {
        lengths.push(1)
        strides.push(0)
      } else if (item === '...') {
        for (let k = 0; k < rest; k++) keep(null)
      } else keep(item)
    }
  }
  return { offset, lengths, strides, before: groups.before, arrays }
}

/** Finds where the arrays (and integers) of an index stand. */
class Groups {
  /** Axes before the only group; 0 when there are several. */
  before = 0
  #state: 'none yet' | 'in the first' | 'behind it' | 'several' = 'none yet'

  fancy(axes: number): void {
    if (this.#state === 'none yet') {
      this.before = axes
      this.#state = 'in the first'
    } else if (this.#state === 'behind it') {
      this.before = 0
      this.#state = 'several'
    }
  }

  basic(): void {
    if (this.#state === 'in the first') this.#state = 'behind it'
  }
}

/** Axes that the items name. */
function namedAxes(from: NDArray, items: readonly Index[]): number {
  if (items.filter(item => item === '...').length > 1) throw new IndexError("a slice has at most one '...'")
  const named = items.reduce<number>((sum, item) => sum + axesOf(item), 0)
  if (named > from.ndim)
    throw new IndexError(`${named} indices are too many for shape ${formatShape(from.shape)}`)
  return named
}

function axesOf(item: Index): number {
  if (item === newaxis || item === '...') return 0
  return item instanceof NDArray && item.dtype === 'bool' ? item.ndim : 1
}

/** A mask has the lengths of the axes that it stands for; where it has 0 instead, it means no element. */
function checked(item: ArrayItem, from: NDArray): ArrayItem {
  const { array, axis, lengths } = item
  assertIndexArray(array)
  if (array.dtype !== 'bool') return item
  if (array.shape.every((length, k) => length === lengths[k] || length === 0)) return item
  throw new IndexError(
    `a mask of shape ${formatShape(array.shape)} does not fit shape ${formatShape(from.shape)} at axis ${axis}`,
  )
}

/** @throws IndexError for a dtype that is neither integer nor bool; ReleasedError */
export function assertIndexArray(array: NDArray): void {
  array.assertAlive()
  if (array.info.kind === 'float') {
    throw new IndexError(`an index array has an integer dtype or is bool, not ${describe(array.dtype)}`)
  }
}

/** The shape of the result: the axes that stay, and in their midst those of the arrays' common shape. */
export function resultShape(plan: IndexPlan, common: Shape): number[] {
  const { lengths, before } = plan
  const shape = [...lengths.slice(0, before), ...common, ...lengths.slice(before)]
  if (shape.length > MAX_DIMS)
    throw new IndexError(`a result of ${shape.length} axes has too many; ${MAX_DIMS} are possible`)
  return shape
}
