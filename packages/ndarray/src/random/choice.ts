import type { ElementOf, Scalar } from '../dtype.ts'
import { ShapeError } from '../errors.ts'
import { resolveAxis } from '../functions/axes.ts'
import { filled } from '../functions/output.ts'
import { take } from '../functions/take.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { currentHeap } from '../heap/heap.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { type Shape, sizeOf, toShape } from '../shape.ts'
import { indicesOf, toProbabilities } from './probabilities.ts'
import { isValues, toArray, type Values } from './values.ts'
import { toBigInt } from './words.ts'

/** What is chosen from: the integers below a number, or the parts of an array along an axis. */
export type Population = number | bigint | Values

/** How to choose. */
export interface ChoiceOptions {
  /** Shape of the sample; without it, one value is chosen. */
  size?: number | Shape | undefined
  /** Whether the same may be chosen again. Default true. */
  replace?: boolean | undefined
  /** The probability of each; their sum is 1. Default: all the same. */
  p?: Values | undefined
  /** The axis of the array whose parts are chosen from. Default 0. */
  axis?: number | undefined
  /** Whether the order of a sample without replacement and without `p` is random; default true. */
  shuffle?: boolean | undefined
}

/** What a choice gives: an array when a size is asked for, else one value (or a part of an array). */
export type Chosen<A extends Population, O extends ChoiceOptions> = A extends number | bigint
  ? O extends { size: number | Shape }
    ? NDArray<'int64'>
    : bigint
  : A extends NDArray<infer D>
    ? O extends { size: number | Shape }
      ? NDArray<D>
      : NDArray<D> | ElementOf<D>
    : O extends { size: number | Shape }
      ? NDArray
      : NDArray | Scalar

/** The draws of a Generator, or of a RandomState; each fills `out`. */
export interface ChoiceSource {
  random(out: NDArray<'float64'>): unknown
  integers(population: bigint, out: NDArray<'int64'>): unknown
  sample(population: bigint, out: NDArray<'int64'>, shuffle: boolean): unknown
}

export const CHOOSING = { size: true, replace: true, p: true, axis: true, shuffle: true } as const

/** Chooses as the options say. */
export function choice(
  source: ChoiceSource,
  from: Population,
  { size, replace = true, p, axis = 0, shuffle = true }: ChoiceOptions,
): NDArray | Scalar {
  using temporaries = new Temporaries()
  const parts = isValues(from) ? toArray(from, temporaries) : undefined
  const along = parts === undefined ? 0 : resolveAxis(axis, parts.ndim)
  const population = parts === undefined ? toBigInt('a', from) : BigInt(parts.shape[along] as number)
  const shape = size === undefined ? [] : toShape(size)
  const count = sizeOf(shape)
  if (population < 1n && count > 0) throw new ShapeError(`there are ${population} to choose from`)
  if (!replace && BigInt(count) > population)
    throw new ShapeError(`${count} of ${population} cannot be chosen without replacement`)
  const heap = parts?.lease.heap ?? currentHeap()
  const chances = p === undefined ? undefined : temporaries.add(toProbabilities(p, population, heap))
  if (chances && !replace) assertEnough(chances, count)
  const indices = allocateArray(heap, shape, 'int64', false)
  filled(indices, undefined, () => {
    if (!replace && !chances) source.sample(population, indices, shuffle)
    else if (count === 0) return
    else if (!chances) source.integers(population, indices)
    else (replace ? drawByChance : drawEachOnce)(source, chances, indices)
  })
  if (parts === undefined && size !== undefined) return indices
  temporaries.add(indices)
  if (parts === undefined) return indices.item()
  const chosen = take(parts, indices, { axis: along })
  if (size !== undefined || parts.ndim > 1) return chosen
  return temporaries.add(chosen).item()
}

function assertEnough(chances: NDArray<'float64'>, count: number): void {
  const possible = chances.data.reduce((sum, value) => sum + Number(value > 0), 0)
  if (possible < count)
    throw new ShapeError(`${count} cannot be chosen without replacement: p leaves only ${possible} possible`)
}

function drawByChance(source: ChoiceSource, chances: NDArray<'float64'>, indices: NDArray<'int64'>): void {
  using temporaries = new Temporaries()
  const uniform = temporaries.add(allocateArray(indices.lease.heap, indices.shape, 'float64', false))
  source.random(uniform)
  indicesOf(uniform, chances, indices)
}

/** Draws as many as are missing until there are enough; those that were drawn have no chance any more. */
function drawEachOnce(source: ChoiceSource, chances: NDArray<'float64'>, indices: NDArray<'int64'>): void {
  for (let found = 0; found < indices.size; ) {
    using temporaries = new Temporaries()
    const missing = toShape(indices.size - found)
    const uniform = temporaries.add(allocateArray(indices.lease.heap, missing, 'float64', false))
    source.random(uniform)
    for (const index of temporaries.add(indicesOf(uniform, chances)).data) {
      if (chances.data[Number(index)] === 0) continue
      chances.data[Number(index)] = 0
      indices.data[found++] = index
    }
  }
}
