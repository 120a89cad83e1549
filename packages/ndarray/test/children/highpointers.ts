/**
 * Fills the address space with blocks that nobody touches, and uses small and large arrays above 2, 3 and
 * almost 4 GiB. Prints their addresses and what was wrong.
 */
import * as nd from '../../src/index.ts'

const GIB = 2 ** 30
const wrong: string[] = []

function expectEqual(what: string, actual: unknown, expected: unknown): void {
  const [a, b] = [actual, expected].map(value =>
    JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part)),
  )
  if (a !== b) wrong.push(`${what}: ${a} instead of ${b}`)
}

/** Uses arrays of `size` elements; returns the address of the first. */
function use(size: number): number {
  using a = nd.arange(0, size, 1, { dtype: 'int32' })
  expectEqual('arange', [a.get(0), a.get(-1)], [0, size - 1])
  expectEqual('data', a.data[size - 1], size - 1)
  expectEqual('sum', a.sum(), BigInt((size * (size - 1)) / 2))
  a.set(-5, 3)
  expectEqual('set and min', [a.get(3), a.min(), a.max()], [-5, -5, size - 1])
  a.assignWhere('<', 2, 7)
  expectEqual('assignWhere', [a.get(0), a.get(1), a.get(2), a.get(3)], [7, 7, 2, 7])
  using reversed = a.slice('::-1')
  expectEqual('reversed', [reversed.get(0), reversed.get(-1)], [size - 1, 7])
  using mask = nd.equal(a, reversed)
  using same = nd.greaterEqual(reversed, a)
  expectEqual('compare', [mask.sum(), same.get(0), same.get(-1)], [BigInt(size % 2), true, false])
  using floats = reversed.astype('float64')
  expectEqual('astype', [floats.get(0), floats.mean()], [size - 1, a.mean()])
  floats.assign(a, { where: same })
  expectEqual('assign with a mask', [floats.get(0), floats.get(-1)], [7, 7])
  using cut = nd.threshold(floats, 2, { mode: 'trunc' })
  expectEqual('threshold', cut.max(), 2)
  a.assign(reversed)
  expectEqual('assign of a view of itself', [a.get(0), a.get(-1)], [size - 1, 7])
  using square = nd.fromTypedArray(a.toTypedArray().slice(0, 9), [3, 3])
  using column = square.slice(null, 1)
  square.assign(column)
  expectEqual('broadcast', square.get(2, 0), square.get(0, 0))
  useIndices(a)
  return a.data.byteOffset
}

/** Reads and writes through index arrays and masks. */
function useIndices(a: nd.NDArray<'int32'>): void {
  using at = nd.array([a.size - 1, 0, -2], { dtype: 'int32' })
  a.assignAt([at], -9)
  using part = a.slice(at)
  using taken = a.take([-1, -3])
  using mask = nd.equal(a, -9)
  using found = nd.argwhere(mask)
  expectEqual('slice', [part.toArray(), taken.get(0)], [[-9, -9, -9], -9])
  expectEqual('argwhere', found.toArray(), [[0n], [BigInt(a.size - 2)], [BigInt(a.size - 1)]])
  using values = nd.array([1, 2, 3], { dtype: 'int32' })
  nd.place(a, mask, values)
  using packed = a.slice(mask)
  expectEqual('place', packed.toArray(), [1, 2, 3])
}

/** Uses views whose elements are more than 2 GiB apart; the block between them is not touched. */
function useFarApart(): void {
  const STEP = 2.5 * GIB
  using a = nd.empty(3.5 * GIB, { dtype: 'uint8' })
  using ends = a.slice([0, null, STEP])
  using rows = ends.slice(null, nd.newaxis)
  using backwards = ends.slice('::-1')
  expectEqual('shape', [ends.shape, ends.strides], [[2], [STEP]])
  using values = nd.array([3, 200])
  ends.assign(values)
  expectEqual('ends', [ends.toArray(), a.get(0), a.get(STEP), a.data[STEP]], [[3, 200], 3, 200, 200])
  expectEqual('backwards', [backwards.toArray(), backwards.max(), rows.sum()], [[200, 3], 200, 203n])
  using mask = nd.less(ends, backwards)
  expectEqual('compare', mask.toArray(), [true, false])
  rows.assignWhere('>', 100, 9)
  expectEqual('assignWhere', backwards.toArray(), [9, 3])
  backwards.assign(ends)
  expectEqual('assign', ends.toArray(), [9, 3])
  using table = a.slice(nd.newaxis, [STEP - 1, STEP + 3])
  table.assign(7)
  expectEqual('table', [a.get(STEP), table.sum()], [7, 28n])
  using far = a.slice(-1)
  far.assign(5)
  expectEqual('last', a.get(-1), 5)
  useFarIndices(a, ends)
}

/** Reads and writes through indices beyond 2^31, and through a mask whose elements are as far apart. */
function useFarIndices(a: nd.NDArray<'uint8'>, ends: nd.NDArray<'uint8'>): void {
  const far = [3 * GIB + 1, 2 ** 31, 0]
  for (const dtype of ['uint32', 'int64', 'uint64'] as const) {
    using at = nd.array(far, { dtype })
    using values = nd.array([11, 12, 13], { dtype: 'uint8' })
    a.assignAt([at], values)
    using part = a.take(at)
    using backwards = a.slice('::-1')
    using mirrored = backwards.slice(at)
    a.set(77, a.size - 1 - 2 ** 31)
    using again = backwards.take([2 ** 31])
    expectEqual(
      'far indices',
      [part.toArray(), a.get(far[0] as number), mirrored.size],
      [[11, 12, 13], 11, 3],
    )
    expectEqual('far backwards', again.toArray(), [77])
  }
  using low = nd.array([-a.size, -1 - 2 ** 31], { dtype: 'int64' })
  a.assignAt([low], 21)
  expectEqual('far negative', [a.get(0), a.get(a.size - 1 - 2 ** 31)], [21, 21])
  using outside = nd.array([0, a.size], { dtype: 'int64' })
  try {
    a.assignAt([outside], 1)
    wrong.push('an index out of bounds was taken')
  } catch (error) {
    expectEqual('out of bounds', [(error as nd.EbbError).code, a.get(0)], ['EBB_INDEX', 21])
  }
  ends.assign(6)
  using mask = nd.equal(ends, 6)
  using chosen = ends.slice(mask)
  ends.assignAt([mask], 8)
  nd.putmask(ends, mask, chosen)
  using column = ends.slice(null, nd.newaxis)
  using rows = column.slice(mask)
  expectEqual(
    'far mask',
    [chosen.toArray(), ends.toArray(), rows.toArray()],
    [
      [6, 6],
      [6, 6],
      [[6], [6]],
    ],
  )
}

const FILLER_BYTES = GIB / 16

/** Takes all memory, in blocks by ascending address. */
function takeAll(): nd.NDArray<'uint8'>[] {
  const fillers: nd.NDArray<'uint8'>[] = []
  for (let free = nd.memory.heap().largestFree; free > 0; free = nd.memory.heap().largestFree) {
    fillers.push(nd.empty(Math.min(free, FILLER_BYTES), { dtype: 'uint8' }))
  }
  return fillers.sort((a, b) => a.data.byteOffset - b.data.byteOffset)
}

const fillers = takeAll()
const addresses: number[] = []
for (const [at, few] of [
  [2 * GIB, 1001],
  [3 * GIB, 1501],
  [4 * GIB - 2 * FILLER_BYTES, 2001],
] as const) {
  // The only room is where this one was.
  const place = fillers.findIndex(filler => filler.data.byteOffset >= at)
  const [filler] = fillers.splice(place, 1) as [nd.NDArray]
  const low = filler.data.byteOffset
  filler.release()
  const large = use(300_001)
  const small = use(few)
  addresses.push(Math.min(large, small))
  expectEqual('the place', [large >= low, small >= low, large < low + FILLER_BYTES], [true, true, true])
  fillers.push(...takeAll())
}
const released = fillers.every(filler => filler.release() === filler.nbytes)
// Empty pools lie about, and no block can span them.
useFarApart()
nd.memory.check()
expectEqual('blocks', nd.memory.heap().blocks, 0)
console.log(JSON.stringify({ addresses, wrong, released }))
