import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { leavesNothing } from './heap.ts'

const blocks = () => nd.memory.heap().blocks

describe('nd.scope', () => {
  it('releases what was made in it and returns what was returned', () => {
    leavesNothing(() => {
      let inner: nd.NDArray | undefined
      using result = nd.scope(() => {
        inner = nd.zeros(10)
        return nd.ones(5)
      })
      expect(inner?.released).toBe(true)
      expect(result.sum()).toBe(5)
      expect(blocks()).toBeGreaterThan(0)
    })
  })

  it('spares what is returned inside arrays, plain objects, Maps and Sets, however deep', () => {
    leavesNothing(() => {
      const made = nd.scope(() => {
        const [a, b, c, d] = [nd.zeros(1), nd.zeros(2), nd.zeros(3), nd.refs(1)] as const
        nd.zeros(4)
        const cyclic: { list: unknown[]; self?: unknown } = {
          list: [a, { deep: [[b]] }, new Map([['c', c]]), new Set([d])],
        }
        cyclic.self = cyclic
        return { cyclic, a, b, c, d }
      })
      const { a, b, c, d } = made
      expect([a, b, c, d].map(array => array.released)).toEqual([false, false, false, false])
      for (const array of [a, b, c, d]) array.release()
    })
  })

  it('releases everything when the function throws', () => {
    leavesNothing(() => {
      expect(() =>
        nd.scope(() => {
          nd.zeros(10)
          throw new Error('no')
        }),
      ).toThrow('no')
    })
  })

  it('hands what an inner scope returns to the outer one', () => {
    leavesNothing(() => {
      let returned: nd.NDArray | undefined
      nd.scope(() => {
        returned = nd.scope(() => nd.zeros(3))
        expect(returned.released).toBe(false)
      })
      expect(returned?.released).toBe(true)
    })
  })

  it('leaves alone what was made outside, and views of it only while they live', () => {
    leavesNothing(() => {
      using outside = nd.arange(10)
      nd.scope(() => {
        outside.slice('2:5')
        expect(nd.refCount(outside)).toBe(2)
      })
      expect(nd.refCount(outside)).toBe(1)
    })
  })

  it('spares what is kept', () => {
    leavesNothing(() => {
      let kept: nd.NDArray | undefined
      nd.scope(() => {
        nd.scope(() => {
          kept = nd.keep(nd.zeros(3))
        })
      })
      expect(kept?.released).toBe(false)
      kept?.release()
    })
  })

  it('does not mind what was released already', () => {
    leavesNothing(() => {
      nd.scope(() => nd.zeros(3).release())
    })
  })

  it('follows an async function through its awaits, beside another one', async () => {
    const before = blocks()
    const one = async (value: number) =>
      nd.scope(async () => {
        using early = nd.full(4, value)
        await sleep(5)
        nd.zeros(100)
        await sleep(5)
        return nd.full(3, (early.get(0) as number) + 1)
      })
    const outside = nd.zeros(2)
    const results = await Promise.all([one(1), one(2), one(3)])
    expect(results.map(array => array.toArray())).toEqual([
      [2, 2, 2],
      [3, 3, 3],
      [4, 4, 4],
    ])
    expect(outside.released).toBe(false)
    for (const array of [...results, outside]) array.release()
    expect(blocks()).toBe(before)
  })

  it('releases everything when an async function fails', async () => {
    const before = blocks()
    const failing = nd.scope(async () => {
      nd.zeros(10)
      await sleep(1)
      nd.zeros(20)
      throw new Error('late')
    })
    await expect(failing).rejects.toThrow('late')
    expect(blocks()).toBe(before)
  })
})

describe('new nd.Heap', () => {
  it('keeps its arrays apart from those of the default heap', () => {
    const before = blocks()
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20 })
    using a = heap.zeros([10])
    const b = heap.run(() => nd.ones([10]))
    expect(blocks()).toBe(before)
    expect(heap.statistics().blocks).toBe(2)
    expect(heap.run(() => nd.memory.heap().blocks)).toBe(2)
    b.assign(a)
    expect(b.sum()).toBe(0)
    heap.run(() => nd.memory.check())
  })

  it('keeps to its limit', () => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20 })
    expect(() => heap.zeros([20 * 2 ** 20], { dtype: 'uint8' })).toThrow(nd.OutOfMemoryError)
    heap.zeros([8 * 2 ** 20], { dtype: 'uint8' })
  })

  it('is looked after by itself', () => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20, decay: Infinity })
    const a = heap.ones([2 ** 20], { dtype: 'uint8' })
    a.drop(false)
    expect(heap.statistics().dirty).toBeGreaterThanOrEqual(2 ** 20)
    heap.check()
    const others = nd.memory.heap().dirty
    expect(heap.trim()).toBeGreaterThanOrEqual(nd.memory.pager().backend === 'none' ? 0 : 2 ** 20)
    expect(nd.memory.heap().dirty).toBe(others)
    expect(heap.leaks()).toEqual([])
    heap.close()
    for (const method of ['trim', 'check', 'statistics'] as const) {
      expect(() => heap[method]()).toThrow(nd.HeapError)
    }
  })

  it('makes arrays in every way', () => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20 })
    expect(heap.empty([2, 3]).shape).toEqual([2, 3])
    expect(heap.ones([2]).toArray()).toEqual([1, 1])
    expect(heap.full([2], 7, { dtype: 'int8' }).toArray()).toEqual([7, 7])
    expect(heap.arange(3).toArray()).toEqual([0, 1, 2])
    expect(heap.array([[1, 2]]).toArray()).toEqual([[1, 2]])
    expect(heap.run(() => nd.random.defaultRng(1).integers(5, { size: 3 })).lease.heap).toBe(heap)
  })

  it('refuses arrays of two heaps in one operation, and copies on request', () => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20 })
    using here = nd.arange(3)
    const there = heap.arange(3)
    const mask = heap.ones([3], { dtype: 'bool' })
    for (const operation of [
      () => nd.equal(here, there),
      () => here.assign(there),
      () => here.assign(1, { where: mask }),
      () => nd.less(here, 2, { out: mask }),
      () => nd.threshold(here, 1, { out: there }),
      () => nd.refs([there]),
    ]) {
      expect(operation).toThrow(nd.HeapError)
    }
    const copied = heap.array(here.slice('::-1'))
    expect(copied.lease.heap).toBe(heap)
    expect(nd.equal(copied, there).toArray()).toEqual([false, true, false])
    using back = nd.array(there)
    expect(nd.equal(back, here).toArray()).toEqual([true, true, true])
  })

  it('frees everything when it is closed; its arrays are released then', () => {
    const heap = new nd.Heap({ maxBytes: 64 * 2 ** 20 })
    const a = heap.ones([2 ** 20])
    const list = heap.run(() => nd.refs([a]))
    expect(heap.close()).toBeGreaterThan(8 * 2 ** 20)
    expect([heap.closed, a.released, list.released]).toEqual([true, true, true])
    expect(() => a.sum()).toThrow(/heap was closed/)
    expect(() => a.data).toThrow(nd.ReleasedError)
    expect(() => list.get(0)).toThrow(nd.ReleasedError)
    expect(() => heap.zeros([1])).toThrow(nd.HeapError)
    expect([a.release(), heap.close()]).toEqual([0, 0])
  })

  it.each([
    { maxBytes: 1000 },
    { maxBytes: 2 ** 33 },
    { maxBytes: Number.NaN },
    { retain: -1 },
    { decay: -1 },
    { decay: Number.NaN },
    { decay: 2 ** 40 },
    { debug: 'yes' as never },
  ])('refuses impossible options %j', options => {
    expect(() => new nd.Heap(options)).toThrow(nd.DTypeError)
  })

  it('lets what fell free by itself decay, but for what it is to retain', async () => {
    const MiB = 2 ** 20
    using keeping = new nd.Heap({ maxBytes: 64 * MiB, decay: 5, retain: 8 * MiB })
    using giving = new nd.Heap({ maxBytes: 64 * MiB, decay: 5 })
    using lazy = new nd.Heap({ maxBytes: 64 * MiB, decay: Infinity })
    using prompt = new nd.Heap({ maxBytes: 64 * MiB, decay: 0 })
    const heaps = [keeping, giving, lazy, prompt]
    for (const heap of heaps)
      heap.run(() => nd.scope(() => [1, 2, 3, 4].map(() => nd.ones([MiB / 2])).length))
    expect(prompt.statistics().dirty).toBe(0)
    expect(giving.statistics().dirty).toBeGreaterThanOrEqual(16 * MiB)
    for (let i = 0; i < 200 && giving.statistics().dirty > 0; i++) await sleep(5)
    await sleep(20)
    expect(giving.statistics().dirty).toBe(0)
    expect(keeping.statistics().dirty).toBeLessThanOrEqual(8 * MiB)
    expect(lazy.statistics().dirty).toBeGreaterThanOrEqual(16 * MiB)
    expect(lazy.run(() => nd.memory.trim())).toBeGreaterThanOrEqual(16 * MiB)
  })
})

describe('a debug heap', () => {
  it('says where an array was made and where it was released', () => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20, debug: true })
    const a = heap.zeros([3])
    a.release()
    expect(() => a.sum()).toThrow(/was released at .*scope\.test\.ts:\d+:\d+/)
  })

  it.each([
    ['overrun', 40],
    ['underrun', -1],
  ] as const)('catches and names an %s, with where the block was made', (damage, offset) => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20, debug: true })
    const a = heap.zeros([5])
    new Uint8Array(heap.core.memory.buffer)[a.byteAddress + offset] = 1
    expect(() => heap.run(() => nd.memory.check())).toThrow(nd.HeapError)
    expect(() => a.release()).toThrow(
      new RegExp(`^${damage}: .*float64 block of 40 bytes, made at .*scope\\.test\\.ts`),
    )
    expect(a.released).toBe(true)
    heap.run(() => nd.memory.trim())
    heap.run(() => nd.memory.check())
  })

  it('catches and names a write after the release', () => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20, debug: true })
    const a = heap.zeros([5])
    const { data } = a
    a.release()
    data[2] = 1
    expect(() => heap.run(() => nd.memory.trim())).toThrow(/^write after release: .*made at .*, released at /)
  })

  it('lets a second release pass: it is harmless', () => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20, debug: true })
    const a = heap.zeros([5])
    expect([a.release(), a.release()]).toEqual([40, 0])
  })

  it('fills fresh memory with CD', () => {
    using heap = new nd.Heap({ maxBytes: 16 * 2 ** 20, debug: true })
    expect([...heap.empty([4], { dtype: 'uint8' }).data]).toEqual([0xcd, 0xcd, 0xcd, 0xcd])
  })
})
