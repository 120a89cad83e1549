import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { npyFile } from './arrays.ts'
import { runChild } from './child.ts'

const GIB = 2 ** 30
const KIB = 1024

function outOfMemory(act: () => unknown): nd.OutOfMemoryError {
  const before = nd.memory.heap().blocks
  try {
    act()
  } catch (error) {
    expect(nd.memory.heap().blocks).toBe(before)
    expect(error).toBeInstanceOf(nd.OutOfMemoryError)
    return error as nd.OutOfMemoryError
  }
  throw new Error('expected an OutOfMemoryError')
}

describe('an array that does not fit', () => {
  it.each([
    [[4 * GIB], 'uint8', 4 * GIB],
    [[8 * GIB], 'uint8', 8 * GIB],
    [[2 ** 26, 2 ** 26], 'float64', 2 ** 55],
    [[2 ** 32], 'int64', 2 ** 35],
    [[4 * GIB - 1], 'int8', 4 * GIB - 1],
  ] as const)('of shape %j and %s is refused, and named with %d bytes', (shape, dtype, asked) => {
    for (const make of [nd.zeros, nd.empty, nd.ones]) {
      const error = outOfMemory(() => make(shape, { dtype }))
      expect(error.asked).toBe(asked)
      expect(error.code).toBe('EBB_OUT_OF_MEMORY')
      expect(error.message).toContain(String(asked))
      expect(error.message).toContain(String(error.free))
      expect(error.message).toContain(String(error.largest))
      expect(error.largest).toBeLessThanOrEqual(error.free)
      expect(error.free).toBeLessThan(4 * GIB)
    }
  })

  it('leaves a heap in which the largest run it names can be had', () => {
    using small = nd.zeros(10)
    const { largest } = outOfMemory(() => nd.empty(4 * GIB - 1, { dtype: 'uint8' }))
    expect(largest).toBe(nd.memory.heap().largestFree)
    const error = outOfMemory(() => nd.empty(largest + 1, { dtype: 'uint8' }))
    expect(error.asked).toBe(largest + 1)
    const a = nd.empty(largest, { dtype: 'uint8' })
    a.set(7, -1)
    expect(a.get(-1)).toBe(7)
    expect(small.sum()).toBe(0)
    expect(a.release()).toBe(largest)
    expect(nd.memory.heap().largestFree).toBe(largest)
  })
})

describe('memory that ends in the middle of', () => {
  // So many that even a mask is a run of pages of its own.
  const N = 300_000
  const int32 = nd.arange(0, N, 1, { dtype: 'int32' })
  const float64 = nd.arange(N)
  const mask = nd.less(float64, 500)
  const reversed = int32.slice('::-1')
  const values = new Int32Array(N)
  const file = npyFile('int32', [2, N / 2], new Uint8Array(4 * N), { fortran: true })
  const calls: Record<string, () => nd.NDArray | unknown> = {
    zeros: () => nd.zeros(N),
    full: () => nd.full(N, 1),
    arange: () => nd.arange(N),
    array: () => nd.array([...values]),
    'array of an array': () => nd.array(int32),
    fromTypedArray: () => nd.fromTypedArray(values),
    copy: () => int32.copy(),
    astype: () => int32.astype('float64'),
    'comparison of two dtypes': () => nd.less(int32, float64),
    'comparison with an out that overlaps': () => nd.equal(mask, true, { out: mask.slice('::-1') }),
    'comparison of arrays with such an out': () => nd.less(int32, float64, { out: mask.slice('::-1') }),
    'comparison with a value': () => nd.less(int32, 5),
    'assign to an overlapping view': () => int32.assign(reversed),
    'assign with a mask and a conversion': () => int32.assign(float64, { where: mask }),
    'assign of an overlapping view with a mask': () => int32.assign(reversed, { where: mask }),
    threshold: () => nd.threshold(int32, 5),
    'threshold into an overlapping view': () => nd.threshold(int32, 5, { out: reversed }),
    'toTypedArray of a view': () => reversed.toTypedArray(),
    'toArray of a view': () => reversed.toArray(),
    loadSync: () => nd.loadSync(file),
  }
  /** What a call may return without having made it. */
  const kept: unknown[] = [int32, float64, mask, reversed]

  it.each(Object.keys(calls))('%s loses nothing', name => {
    const call = calls[name] as () => unknown
    const failed: boolean[] = []
    for (let room = 0; room <= 8192 * KIB; room += 256 * KIB) {
      // What temporaries left for reuse would be room, too.
      nd.memory.trim()
      const hog = nd.empty(nd.memory.heap().largestFree - room, { dtype: 'uint8' })
      const before = nd.memory.heap().blocks
      try {
        const result = call()
        failed.push(false)
        if (result instanceof nd.NDArray && !kept.includes(result)) result.release()
      } catch (error) {
        failed.push(true)
        expect(error).toBeInstanceOf(nd.OutOfMemoryError)
      }
      expect(nd.memory.heap().blocks).toBe(before)
      hog.release()
    }
    expect(failed[0]).toBe(true)
    expect(failed.at(-1)).toBe(false)
  })
})

describe('pointers above 2 GiB', () => {
  interface Report {
    addresses: number[]
    wrong: string[]
    released: boolean
  }
  it('are right in everything', () => {
    const { addresses, wrong, released } = runChild<Report>('highpointers.ts')
    expect(wrong).toEqual([])
    expect(addresses[0]).toBeGreaterThanOrEqual(2 * GIB)
    expect(addresses[1]).toBeGreaterThanOrEqual(3 * GIB)
    expect(addresses[2]).toBeGreaterThan(3.8 * GIB)
    expect(released).toBe(true)
  })
})
