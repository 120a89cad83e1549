import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as nd from '../src/index.ts'
import { type Arrangement, arranged, arrangement } from './arrays.ts'
import { type Element, product } from './reference.ts'

/** An item of an index, as tools/fixtures-index.py writes it. */
export type Item =
  | number
  | 'newaxis'
  | '...'
  | [start: number | null, stop: number | null, step: number | null]
  | { array: number[]; shape: number[] }
  | { mask: number[]; shape: number[] }

/** What NumPy made of an index: which elements, counted in C order, and in what shape; or an error. */
export interface IndexFact {
  shape: number[]
  items: Item[]
  error?: true
  result: number[]
  values: number[]
}

export const facts = JSON.parse(
  readFileSync(new URL('./fixtures/index.json', import.meta.url), 'utf8'),
) as IndexFact[]

/** An item that says for each coordinate of its shape how far along the array it leads. */
interface Leader {
  shape: number[]
  fancy: boolean
  /** The element of C order that a coordinate adds. */
  lead: (coordinate: number[]) => number
}

/**
 * What an index with arrays in it means, coordinate by coordinate: the shape of the result, and for each of
 * its elements the place in C order of the one that is meant.
 */
export function meant(
  shape: readonly number[],
  items: readonly Item[],
): { shape: number[]; places: number[] } {
  const leaders = leadersOf(shape, items)
  const arrays = leaders.filter(leader => leader.fancy)
  const others = leaders.filter(leader => !leader.fancy)
  const common = commonShape(arrays.map(leader => leader.shape))
  const first = leaders.findIndex(leader => leader.fancy)
  const together = leaders.slice(first, first + arrays.length).every(leader => leader.fancy)
  const before = together ? first : 0
  const axesBefore = others.slice(0, before).reduce((sum, leader) => sum + leader.shape.length, 0)
  const rest = others.flatMap(leader => leader.shape)
  const result = [...rest.slice(0, axesBefore), ...common, ...rest.slice(axesBefore)]
  const places = coordinates(result).map(coordinate => {
    const at = coordinate.slice(axesBefore, axesBefore + common.length)
    const along = [...coordinate.slice(0, axesBefore), ...coordinate.slice(axesBefore + common.length)]
    let place = 0
    for (const { shape: own, lead } of arrays) {
      place += lead(own.map((length, k) => (length === 1 ? 0 : (at[k + at.length - own.length] as number))))
    }
    for (const { shape: own, lead } of others) place += lead(along.splice(0, own.length))
    return place
  })
  return { shape: result, places }
}

function leadersOf(shape: readonly number[], items: readonly Item[]): Leader[] {
  const named = items.reduce<number>((sum, item) => sum + axesOf(item), 0)
  let axis = 0
  const range = ([start, stop, step]: [number | null, number | null, number | null]): Leader => {
    const length = shape[axis] as number
    const picked = nth(length, start, stop, step ?? 1)
    const unit = product(shape.slice(++axis))
    return { shape: [picked.length], fancy: false, lead: ([i]) => (picked[i as number] as number) * unit }
  }
  const one = (item: Item): Leader[] => {
    if (item === 'newaxis') return [{ shape: [1], fancy: false, lead: () => 0 }]
    if (item === '...') {
      const whole = Array.from({ length: shape.length - named }, () => range([null, null, null]))
      // Even without an axis it stands between its neighbours.
      return whole.length > 0 ? whole : [{ shape: [], fancy: false, lead: () => 0 }]
    }
    if (Array.isArray(item)) return [range(item)]
    const under = shape.slice(axis, axis + axesOf(item))
    axis += under.length
    const unit = product(shape.slice(axis))
    if (typeof item === 'object' && 'mask' in item) {
      const set = item.mask.flatMap((bit, place) => (bit ? [place] : []))
      return [{ shape: [set.length], fancy: true, lead: ([i]) => (set[i as number] as number) * unit }]
    }
    const [own, values] = typeof item === 'number' ? [[], [item]] : [item.shape, item.array]
    const lead = (coordinate: number[]): number => {
      const index = values[placeOf(coordinate, own)] as number
      return (index < 0 ? index + (under[0] as number) : index) * unit
    }
    return [{ shape: own, fancy: true, lead }]
  }
  return (items.includes('...') ? items : [...items, '...' as const]).flatMap(one)
}

function axesOf(item: Item): number {
  if (item === 'newaxis' || item === '...') return 0
  return typeof item === 'object' && 'mask' in item ? item.shape.length : 1
}

function nth(length: number, start: number | null, stop: number | null, step: number): number[] {
  const every = Array.from({ length }, (_, i) => i)
  const clip = (bound: number | null, omitted: number): number => {
    if (bound === null) return omitted
    return Math.max(
      step > 0 ? 0 : -1,
      Math.min(bound < 0 ? bound + length : bound, step > 0 ? length : length - 1),
    )
  }
  const [from, to] =
    step > 0 ? [clip(start, 0), clip(stop, length)] : [clip(start, length - 1), clip(stop, -1)]
  if (step > 0) return every.filter(i => i >= from && i < to && (i - from) % step === 0)
  return every.reverse().filter(i => i <= from && i > to && (from - i) % step === 0)
}

function commonShape(shapes: number[][]): number[] {
  const ndim = Math.max(...shapes.map(shape => shape.length))
  return Array.from({ length: ndim }, (_, axis) => {
    const lengths = shapes.map(shape => shape[axis - ndim + shape.length] ?? 1)
    return lengths.find(length => length !== 1) ?? 1
  })
}

export function coordinates(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, length) => all.flatMap(head => Array.from({ length }, (_, i) => [...head, i])),
    [[]],
  )
}

function placeOf(coordinate: readonly number[], shape: readonly number[]): number {
  return shape.reduce((place, length, axis) => place * length + (coordinate[axis] as number), 0)
}

const INDEX_DTYPES = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'] as const

/** How the arrays of an index lie, and of which dtypes they are. */
export interface Dress {
  how: Arrangement
  dtype: (typeof INDEX_DTYPES)[number]
}

export const dress: fc.Arbitrary<Dress> = fc.record({
  how: arrangement,
  dtype: fc.constantFrom(...INDEX_DTYPES),
})

/** The item as `slice` takes it; arrays are the caller's. */
export function dressed(item: Item, { how, dtype }: Dress): nd.Index {
  if (item === 'newaxis') return nd.newaxis
  if (typeof item !== 'object' || Array.isArray(item)) return item
  if ('mask' in item) return arranged('bool', item.shape, item.mask, how)
  const fits = item.array.every(index => index >= 0) || nd.dtypes[dtype].kind === 'int'
  const own = fits ? dtype : 'int32'
  const convert = nd.dtypes[own].bytes === 8 ? BigInt : Number
  return arranged(
    own,
    item.shape,
    item.array.map((index): Element => convert(index)),
    how,
  )
}

/** Releases the arrays of an index. */
export function releaseItems(items: readonly nd.Index[]): void {
  for (const item of items) if (item instanceof nd.NDArray) item.release()
}

/** A shape and an index of it that has an array; arrays and masks broadcast. */
export const indexed: fc.Arbitrary<{ shape: number[]; items: Item[] }> = fc
  .tuple(
    fc.array(fc.constantFrom(1, 2, 3, 4, 5), { minLength: 1, maxLength: 4 }),
    fc.array(fc.constantFrom(1, 2, 3), { maxLength: 2 }),
    fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
  )
  .map(([shape, common, numbers]) => ({ shape, items: someIndex(shape, common, numbers) }))
  .filter(({ items }) => broadcasts(items))

function broadcasts(items: readonly Item[]): boolean {
  const shapes = items.flatMap(item => {
    if (typeof item !== 'object' || Array.isArray(item)) return []
    return 'mask' in item ? [[item.mask.filter(Boolean).length]] : [item.shape]
  })
  try {
    nd.broadcastShapes(...shapes)
    return true
  } catch {
    return false
  }
}

/** Items by the given random numbers. */
function someIndex(shape: readonly number[], common: readonly number[], numbers: readonly number[]): Item[] {
  let broadcast = common
  let drawn = 0
  const draw = (below: number): number => (numbers[drawn++ % numbers.length] as number) % below
  const items: Item[] = []
  const arrayOf = (length: number): Item => {
    const own = broadcast.slice(draw(broadcast.length + 1)).map(n => (draw(3) === 0 ? 1 : n))
    return { array: coordinates(own).map(() => draw(2 * length) - length), shape: own }
  }
  const makers: ((axis: number) => Item)[] = [
    axis => arrayOf(shape[axis] as number),
    axis => arrayOf(shape[axis] as number),
    axis => draw(2 * (shape[axis] as number)) - (shape[axis] as number),
    () => [
      draw(2) ? null : draw(5) - 2,
      draw(2) ? null : draw(5) - 1,
      ([1, -1, 2, -2, null] as const)[draw(5)] ?? null,
    ],
    () => 'newaxis',
    axis => {
      const under = shape.slice(axis, axis + draw(3))
      return { mask: coordinates(under).map(() => draw(2)), shape: [...under] }
    },
  ]
  // A mask broadcasts with arrays of one element alone, but by chance.
  let kinds = makers.length
  for (let axis = 0; axis < shape.length; ) {
    if (draw(8) === 0) break
    const kind = draw(kinds)
    if (kind === 5) {
      kinds = 5
      broadcast = []
    }
    const item = (makers[kind] as (axis: number) => Item)(axis)
    items.push(item)
    axis += axesOf(item)
    if (items.length > 8) break
  }
  if (draw(3) === 0) items.push('...')
  return items.some(item => typeof item === 'object' && !Array.isArray(item))
    ? items
    : [arrayOf(shape[0] as number)]
}
