import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { subtract } from '../functions/arithmetic.ts'
import { lessEqual } from '../functions/comparison.ts'
import { array } from '../functions/creation.ts'
import { filled, outputFor } from '../functions/output.ts'
import { max, min } from '../functions/reduction.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { all } from '../functions/truth.ts'
import type { Heap, Operand } from '../heap/heap.ts'
import { allocateArray, NDArray } from '../ndarray.ts'
import { broadcastShapes, broadcastStrides, contiguousStrides, type Shape, toShape } from '../shape.ts'
import type { BitGenerator } from './bitgenerator.ts'
import { type IntegerDType, integerInfo } from './integers.ts'
import { type DrawOptions, fillWith } from './result.ts'
import { isValues, toArray, type Values } from './values.ts'
import { toBigInt } from './words.ts'

/** One bound, or several. */
export type Bound = number | bigint | Values

/** How integers between arrays of bounds are drawn. */
export interface BetweenOptions<D extends IntegerDType> extends DrawOptions<D> {
  dtype?: D | undefined
  endpoint?: boolean | undefined
}

/**
 * Integers between bounds of which at least one is an array: each element has bounds of its own, broadcast to
 * the result's shape; `high` undefined means from 0 below `low`.
 * @param masked By RandomState's method instead of Generator's.
 * @throws DTypeError, ShapeError, HeapError, ReleasedError, OutOfMemoryError; nothing is drawn then.
 */
export function integersBetween<D extends IntegerDType>(
  bits: BitGenerator,
  low: Bound,
  high: Bound | undefined,
  { size, dtype, out, endpoint = false }: BetweenOptions<D>,
  masked: boolean,
): NDArray<D> {
  const info = integerInfo((dtype ?? out?.dtype ?? 'int64') as D)
  using temporaries = new Temporaries()
  const [least, greatest] = high === undefined ? [0, low] : [low, high]
  const word = info.name === 'uint64' ? 'uint64' : 'int64'
  const lows = toIntegers('low', least, word, temporaries)
  const bounds = toIntegers('high', greatest, word, temporaries)
  const { heap } = (lows instanceof NDArray ? lows : (bounds as NDArray)).lease
  const open = endpoint ? 0n : 1n
  assertWithin(lows, 0n, info)
  assertWithin(bounds, open, info)
  const first = toWord(lows, 0n, word, heap, temporaries)
  const last = toWord(bounds, open, word, heap, temporaries)
  const common = broadcastShapes(first.shape, last.shape)
  if (!all(temporaries.add(lessEqual(first, last))))
    throw new DTypeError(`low must be ${endpoint ? 'at most' : 'below'} high, for every element`)
  const shape = size === undefined ? (out?.shape ?? common) : toShape(size)
  const operands = [first, last].map(a => a.operand(broadcastStrides(a.shape, a.strides, shape)))
  const result = outputFor(heap, shape, info.name, out)
  return filled(result, out, () =>
    fillWith(bits, result, ({ exports }, byteAddress) => {
      heap.bind(shape, [contiguous(byteAddress, shape, info.bytes), ...operands])
      exports.randomBetween(bits.code, info.code, info.bytes, Number(masked))
    }),
  )
}

function contiguous(byteAddress: number, shape: Shape, itemBytes: number): Operand {
  return { byteAddress, strides: contiguousStrides(shape), itemBytes }
}

/** A bound as a bigint, or as an array of int64 or uint64; `word` is what lists and floats become. */
function toIntegers(
  name: string,
  bound: Bound,
  word: 'int64' | 'uint64',
  temporaries: Temporaries,
): bigint | NDArray {
  if (!isValues(bound)) return toBigInt(name, bound)
  const given = toArray(bound, temporaries, word)
  if (given.info.kind !== 'float')
    return temporaries.readable(given, given.dtype === 'uint64' ? 'uint64' : 'int64')
  const integers = Array.from(given.toTypedArray() as Float64Array, value => toBigInt(name, value))
  return temporaries.add(temporaries.add(array(integers, { dtype: word })).reshape(given.shape))
}

/** Checks that all bounds, less by `open`, fit the dtype. */
function assertWithin(
  bounds: bigint | NDArray,
  open: bigint,
  info: { name: string; min: unknown; max: unknown },
): void {
  if (bounds instanceof NDArray && bounds.size === 0) return
  const isArray = bounds instanceof NDArray
  const least = (isArray ? BigInt(min(bounds) as bigint) : bounds) - open
  const greatest = (isArray ? BigInt(max(bounds) as bigint) : bounds) - open
  for (const value of [least, greatest]) {
    if (value >= BigInt(info.min as number) && value <= BigInt(info.max as number)) continue
    throw new DTypeError(
      `the bound ${value + open} does not fit ${info.name} (${describe(info.min)} to ${describe(info.max)})`,
    )
  }
}

/** The bounds, less by `open`, as words of 64 bits in a heap; what wraps on the way there wraps back. */
function toWord(
  bounds: bigint | NDArray,
  open: bigint,
  word: 'int64' | 'uint64',
  heap: Heap,
  temporaries: Temporaries,
): NDArray {
  if (!(bounds instanceof NDArray)) {
    const single = temporaries.add(allocateArray(heap, [], word, false))
    single.data[0] = bounds - open
    return single
  }
  const words = temporaries.readable(bounds, word)
  return open ? temporaries.add(subtract(words, open)) : words
}
