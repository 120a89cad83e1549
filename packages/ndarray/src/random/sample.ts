import { move } from '../functions/move.ts'
import { Temporaries } from '../functions/temporaries.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides } from '../shape.ts'
import type { BitGenerator } from './bitgenerator.ts'
import { countUp, DRAWING } from './shuffle.ts'
import { withState } from './state.ts'

/** Populations up to it are sampled by Floyd's method, however large the sample is. */
const SMALL = 10_000n

/**
 * Writes different integers from 0 below `population` to `out`, contiguous, as NumPy's Generator.choice
 * samples without replacement; without `shuffled`, in an order that is not random.
 * @throws OutOfMemoryError; nothing is drawn then.
 */
export function drawSample(
  bits: BitGenerator,
  population: bigint,
  out: NDArray<'int64'>,
  shuffled: boolean,
): void {
  const isLarge = BigInt(out.size) > population / (shuffled ? 50n : 20n)
  if (population > SMALL && isLarge) drawTail(bits, Number(population), out)
  else drawByFloyd(bits, population, out, shuffled)
}

/** The last of all integers, shuffled as far as they reach. */
function drawTail(bits: BitGenerator, population: number, out: NDArray<'int64'>): void {
  const first = population - out.size
  drawPart(bits, population, out, first, DRAWING.lemire, Math.max(first, 1))
}

/**
 * Writes the first of a permutation of all integers from 0 below `population` to `out`, contiguous, as NumPy's
 * RandomState.choice samples without replacement: the draws are those of the permutation.
 * @throws OutOfMemoryError; nothing is drawn then.
 */
export function drawHead(bits: BitGenerator, population: bigint, out: NDArray<'int64'>): void {
  if (population > 0n) drawPart(bits, Number(population), out, 0, DRAWING.masked, 1)
}

/** Shuffles all integers down to one of them, and takes a part from another on. */
function drawPart(
  bits: BitGenerator,
  population: number,
  out: NDArray<'int64'>,
  offset: number,
  drawing: number,
  downTo: number,
): void {
  const { heap } = out.lease
  using temporaries = new Temporaries()
  const all = temporaries.add(countUp(heap, population, 'uint32'))
  withState(heap.core, bits, () => {
    heap.bind([], [all.operand([])])
    heap.core.exports.shuffle(bits.code, drawing, population, downTo, 4, 4)
  })
  const { shape } = out
  move(out, out, all, { shape, strides: contiguousStrides(shape), offset })
}

function drawByFloyd(bits: BitGenerator, population: bigint, out: NDArray<'int64'>, shuffled: boolean): void {
  const { heap } = out.lease
  const { exports } = heap.core
  const count = out.size
  if (count === 0) return
  using temporaries = new Temporaries()
  // At most half full, so that searches are short.
  const slots = 2 ** Math.ceil(Math.log2(2 * count))
  const table = temporaries.add(allocateArray(heap, [slots], 'uint64', true))
  withState(heap.core, bits, () => {
    exports.floyd(bits.code, out.byteAddress, count, population, table.byteAddress, slots)
    if (!shuffled) return
    heap.bind([], [out.operand([])])
    exports.shuffle(bits.code, DRAWING.lemire, count, 1, 8, 8)
  })
}
