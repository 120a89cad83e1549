import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { npyFile } from './arrays.ts'
import { runChild } from './child.ts'
import { leavesNothing, refuses } from './heap.ts'
import { DTYPES } from './reference.ts'

const MIB = 2 ** 20

describe('release', () => {
  it.each(DTYPES)('returns the bytes of a block of %s, and 0 for a second call', dtype => {
    for (const size of [1, 7, 1000, 300_000]) {
      leavesNothing(() => {
        const a = nd.zeros(size, { dtype })
        expect(a.released).toBe(false)
        expect(a.release()).toBe(size * nd.dtypes[dtype].bytes)
        expect(a.released).toBe(true)
        expect(a.release()).toBe(0)
      })
    }
  })

  it('of an empty array returns 0, and frees its block', () => {
    leavesNothing(() => expect(nd.zeros([0, 5]).release()).toBe(0))
  })

  it('frees a block only when the last array over it is released, in any order', () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [0, 2, 1],
    ]) {
      const before = nd.memory.heap().blocks
      const a = nd.arange(1000, undefined, 1, { dtype: 'int32' })
      const b = a.slice('::2')
      const arrays = [a, b, b.slice('::2')]
      const freed = order.map(which => {
        const bytes = (arrays[which] as nd.NDArray).release()
        for (const array of arrays) if (!array.released) expect(Number(array.get(-1))).toBeGreaterThan(990)
        return bytes
      })
      expect(freed).toEqual([0, 0, 4000])
      expect(nd.memory.heap().blocks).toBe(before)
    }
    nd.memory.check()
  })

  it('a second release of one array does not take the reference of another', () => {
    const a = nd.ones(10)
    using view = a.slice(null)
    a.release()
    a.release()
    expect(view.sum()).toBe(10)
  })

  it('using releases at the end of a scope, and when it throws', () => {
    leavesNothing(() => {
      {
        using a = nd.zeros(10)
        expect(a.sum()).toBe(0)
      }
      expect(() => {
        using a = nd.zeros(10)
        a.get(10)
      }).toThrow(nd.IndexError)
    })
  })

  it('gives memory that is used again', () => {
    const places = new Set<number>()
    for (let i = 0; i < 100; i++) {
      const a = nd.zeros(1000)
      places.add(a.data.byteOffset)
      a.release()
    }
    expect(places.size).toBe(1)
  })

  it('of many arrays in any order leaves the heap whole', () => {
    leavesNothing(() => {
      const arrays = Array.from({ length: 500 }, (_, i) => nd.full((i * 7919) % 40_000, i % 100))
      for (let i = 0; i < arrays.length; i++) {
        const at = (i * 211) % 500
        const array = arrays[at] as nd.NDArray
        expect(array.sum()).toBe((at % 100) * array.size)
        array.release()
      }
    })
  })
})

/** Everything that reads or writes an array, called with a released one. */
const USES: Record<string, (gone: nd.NDArray, other: nd.NDArray) => unknown> = {
  data: gone => gone.data,
  get: gone => gone.get(0, 0),
  set: gone => gone.set(1, 0, 0),
  item: gone => gone.item(),
  slice: gone => gone.slice(0),
  copy: gone => gone.copy(),
  astype: gone => gone.astype('int8'),
  assign: gone => gone.assign(1),
  'assign with a mask': gone => gone.assign(1, { where: mask }),
  assignWhere: gone => gone.assignWhere('>', 0, 1),
  'assignWhere beyond the dtype': gone => gone.assignWhere('!=', NaN, 1),
  sum: gone => gone.sum(),
  min: gone => gone.min(),
  max: gone => gone.max(),
  mean: gone => gone.mean(),
  toArray: gone => gone.toArray(),
  toTypedArray: gone => gone.toTypedArray(),
  iteration: gone => [...gone],
  'array of it': gone => nd.array(gone),
  'equal as first': (gone, other) => nd.equal(gone, other),
  'less as second': (gone, other) => nd.less(other, gone),
  'greater than a value': gone => nd.greater(gone, 1),
  'value less than it': gone => nd.lessEqual(1, gone),
  'notEqual to NaN': gone => nd.notEqual(gone, NaN),
  threshold: gone => nd.threshold(gone, 1),
  'threshold into it': (gone, other) => nd.threshold(other, 1, { out: gone }),
  'assigned to another': (gone, other) => other.assign(gone),
}
const mask = nd.ones([2, 3], { dtype: 'bool' })

describe('use after release is refused:', () => {
  it.each(Object.keys(USES))('%s', name => {
    using other = nd.ones([2, 3])
    const gone = nd.ones([2, 3])
    gone.release()
    refuses(nd.ReleasedError, () => (USES[name] as (typeof USES)[string])(gone, other))
    expect(other.sum()).toBe(6)
  })

  it.each([
    'min',
    'max',
    'toArray',
    'toTypedArray',
    'iteration',
    'item',
    'sum',
    'assign',
    'copy',
    'threshold',
  ])('%s of an empty array', name => {
    const gone = nd.ones([0, 3])
    gone.release()
    refuses(nd.ReleasedError, () => (USES[name] as (typeof USES)[string])(gone, gone))
  })

  it('as out and as mask of another', () => {
    using a = nd.ones(3)
    const gone = nd.ones(3, { dtype: 'bool' })
    gone.release()
    refuses(nd.ReleasedError, () => nd.less(a, 5, { out: gone }))
    refuses(nd.ReleasedError, () => nd.less(a, a, { out: gone }))
    refuses(nd.ReleasedError, () => a.assign(0, { where: gone }))
    expect(a.sum()).toBe(3)
  })

  it('but what it was can still be asked, and the message names it', () => {
    const gone = nd.ones([2, 3], { dtype: 'int16' })
    gone.release()
    expect([gone.shape, gone.dtype, gone.size, gone.nbytes]).toEqual([[2, 3], 'int16', 6, 12])
    expect(() => gone.sum()).toThrow(/int16.*\(2, 3\).*released/)
    expect(() => gone.sum()).toThrow(expect.objectContaining({ code: 'EBB_RELEASED', name: 'ReleasedError' }))
  })
})

describe('nothing leaks', () => {
  const bytes = npyFile('int16', [2, 2], new Uint8Array(8))
  const calls: Record<string, (a: nd.NDArray) => { release(): number } | undefined> = {
    zeros: () => nd.zeros([3, 4]),
    ones: () => nd.ones([3, 4]),
    empty: () => nd.empty([3, 4]),
    full: () => nd.full([3, 4], 5),
    arange: () => nd.arange(10),
    array: () => nd.array([[1], [2]]),
    fromTypedArray: () => nd.fromTypedArray(new Int8Array(4)),
    slice: a => a.slice(1, '::-1'),
    copy: a => a.copy(),
    astype: a => a.astype('uint8'),
    equal: a => nd.equal(a, a),
    less: a => nd.less(a, 3),
    threshold: a => nd.threshold(a, 3),
    loadSync: () => nd.loadSync(bytes),
    'load in Fortran order': () =>
      nd.loadSync(npyFile('int16', [2, 2], new Uint8Array(8), { fortran: true })),
    'toTypedArray of a view': a => void a.slice('::-1', '::2').release(),
    'zeros that cannot be': () => void expect(() => nd.zeros([-1])).toThrow(nd.ShapeError),
    'a damaged file': () => void expect(() => nd.loadSync(bytes.subarray(0, -1))).toThrow(nd.FormatError),
  }
  it.each(Object.keys(calls))('from %s', name => {
    using a = nd.ones([3, 4])
    leavesNothing(() => {
      for (let i = 0; i < 3; i++) (calls[name] as (typeof calls)[string])(a)?.release()
    })
  })

  it('from toTypedArray, toArray and iteration of views', () => {
    using a = nd.ones([4, 4])
    using view = a.slice('::-1', '::2')
    leavesNothing(() => {
      view.toTypedArray()
      view.toArray()
      for (const row of view) (row as nd.NDArray).release()
    })
  })
})

describe('in a process of its own', () => {
  interface Collected {
    forgotten: number
    left: number
    invariants: string
    leaks: { own: nd.memory.Leak[]; ownCleared: number; default: number }
  }
  it('arrays that were forgotten are freed by the garbage collector', () => {
    const { forgotten, left, invariants, leaks } = runChild<Collected>('forgotten.ts', {
      node: ['--expose-gc'],
    })
    expect(leaks.own).toEqual([{ dtype: 'int8', shape: [3, 4], bytes: 12 }])
    expect(leaks.ownCleared).toBe(0)
    expect(leaks.default).toBe(1000)
    expect(forgotten).toBeGreaterThan(900)
    expect(left).toBe(1)
    expect(invariants).toBe('hold')
  })

  interface Resident {
    backend: string
    released: number
    rss: { before: number; filled: number; after: number }[]
  }
  it.runIf(process.platform === 'linux')('RSS falls as soon as a large array is released, every time', () => {
    const { backend, released, rss } = runChild<Resident>('resident.ts')
    expect(backend).not.toBe('none')
    expect(released).toBe(128 * MIB)
    for (const { before, filled, after } of rss) {
      expect(filled - before).toBeGreaterThanOrEqual(120 * MIB)
      expect(filled - after).toBeGreaterThanOrEqual(120 * MIB)
      expect(after - before).toBeLessThanOrEqual(4 * MIB)
    }
  })

  it.runIf(process.platform === 'linux')('RSS stays without a pager, and the memory is used again', () => {
    const { backend, released, rss } = runChild<Resident>('resident.ts', { env: { EBB_PAGER: 'none' } })
    expect(backend).toBe('none')
    expect(released).toBe(128 * MIB)
    for (const { filled, after } of rss) expect(filled - after).toBeLessThanOrEqual(8 * MIB)
    const [first, , last] = rss as [Resident['rss'][0], unknown, Resident['rss'][0]]
    expect(last.filled - first.filled).toBeLessThanOrEqual(8 * MIB)
  })

  it.each([
    ['without a pager', { EBB_PAGER: 'none' }],
    ['with the debug build', { EBB_MALLOC: 'debug' }],
    ['with both', { EBB_PAGER: 'none', EBB_MALLOC: 'debug' }],
  ])('everything computes the same %s', (_, env) => {
    expect(runChild('smoke.ts', { env })).toEqual(runChild('smoke.ts'))
  })
})
