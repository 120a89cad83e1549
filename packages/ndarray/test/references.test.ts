import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { leavesNothing } from './heap.ts'

describe('retain and refCount', () => {
  it('count the array, its views and what holds it, as the article counts', () => {
    leavesNothing(() => {
      const a = nd.array([1, 2, 3])
      expect(nd.refCount(a)).toBe(1)
      const b = a.retain()
      expect(nd.refCount(a)).toBe(2)
      const view = a.slice('1:')
      expect(nd.refCount(b)).toBe(3)
      const list = nd.refs([a, a])
      expect(nd.refCount(a)).toBe(5)
      list.release()
      expect(nd.refCount(a)).toBe(3)
      expect([a.release(), view.release()]).toEqual([0, 0])
      expect(b.toArray()).toEqual([1, 2, 3])
      expect(b.release()).toBe(24)
    })
  })

  it('refuse what is released or no array', () => {
    const a = nd.zeros(3)
    a.release()
    expect(() => nd.refCount(a)).toThrow(nd.ReleasedError)
    expect(() => a.retain()).toThrow(nd.ReleasedError)
    expect(() => nd.refCount(5 as never)).toThrow(nd.DTypeError)
  })
})

describe('RefArray', () => {
  it('gives back what was put in: arrays, views with their layout, RefArrays, nothing', () => {
    leavesNothing(() => {
      using a = nd.arange(24)
      using view = a.slice('20:4:-3')
      using inner = nd.refs(2)
      using list = nd.refs([a, view, inner, null])
      expect(list.length).toBe(4)
      using first = list.get(0) as nd.NDArray
      using second = list.get(-3) as nd.NDArray
      using third = list.get(2) as nd.RefArray
      expect(first.toArray()).toEqual(a.toArray())
      expect([second.shape, second.strides, second.offset]).toEqual([view.shape, view.strides, view.offset])
      first.set(99, 20)
      expect(second.get(0)).toBe(99)
      expect(third).toBeInstanceOf(nd.RefArray)
      expect(third.length).toBe(2)
      expect(list.get(3)).toBe(null)
    })
  })

  it.each(Object.keys(nd.dtypes) as nd.DType[])('remembers the dtype of an element (%s)', dtype => {
    leavesNothing(() => {
      using a = nd.ones([2, 3], { dtype })
      using list = nd.refs([a])
      using element = list.get(0) as nd.NDArray
      expect(element.dtype).toBe(dtype)
      expect(element.toArray()).toEqual(a.toArray())
    })
  })

  it('holds its elements when all else is released, and lets them go with itself', () => {
    leavesNothing(() => {
      const a = nd.full([1000], 7)
      const list = nd.refs([a])
      expect(a.release()).toBe(0)
      using element = list.get(0) as nd.NDArray
      expect(element.sum()).toBe(7000)
      element.release()
      expect(list.release()).toBeGreaterThanOrEqual(8000)
    })
  })

  it('lets an element go at once when it is replaced', () => {
    leavesNothing(() => {
      using list = nd.refs(1)
      const a = nd.zeros(5)
      list.set(a, 0)
      a.release()
      const before = nd.memory.heap().blocks
      list.set(null, 0)
      expect(nd.memory.heap().blocks).toBe(before - 2)
    })
  })

  it('iterates over its elements, each the caller’s to release', () => {
    leavesNothing(() => {
      using a = nd.array([1])
      using list = nd.refs([a, null, a])
      const found = [...list]
      expect(found.map(element => (element as nd.NDArray | null)?.item())).toEqual([1, undefined, 1])
      expect(nd.refCount(a)).toBe(5)
      for (const element of found) element?.release()
    })
  })

  it('refuses bad lengths, indices and elements, and keeps nothing of a failed refs()', () => {
    leavesNothing(() => {
      using a = nd.zeros(3)
      using list = nd.refs(2)
      for (const length of [-1, 1.5, Number.NaN, 2 ** 53])
        expect(() => nd.refs(length)).toThrow(nd.ShapeError)
      expect(() => nd.refs(2 ** 31)).toThrow(nd.OutOfMemoryError)
      for (const index of [2, -3, 0.5, Number.NaN]) {
        expect(() => list.get(index)).toThrow(nd.IndexError)
        expect(() => list.set(a, index)).toThrow(nd.IndexError)
      }
      expect(() => list.set(5 as never, 0)).toThrow(nd.DTypeError)
      expect(() => nd.refs([a, 5 as never])).toThrow(nd.DTypeError)
      const dead = nd.zeros(1)
      dead.release()
      expect(() => list.set(dead, 0)).toThrow(nd.ReleasedError)
      expect(() => nd.refs([a, dead])).toThrow(nd.ReleasedError)
      list.release()
      expect(() => list.get(0)).toThrow(nd.ReleasedError)
      expect(list.release()).toBe(0)
    })
  })
})

describe('nd.gc', () => {
  it('finds a ring that nobody holds, with what hangs on it', () => {
    leavesNothing(() => {
      const [a, b] = [nd.refs(2), nd.refs(2)]
      using big = nd.zeros([100_000])
      a.set(b, 0)
      b.set(a, 0)
      b.set(big, 1)
      a.release()
      b.release()
      expect(nd.refCount(big)).toBe(2)
      expect(nd.gc.collect()).toBe(2)
      expect(nd.refCount(big)).toBe(1)
      expect(nd.gc.collect()).toBe(0)
    })
  })

  it('keeps a ring that somebody holds', () => {
    leavesNothing(() => {
      const list = nd.refs(1)
      list.set(list, 0)
      expect(nd.gc.collect()).toBe(0)
      list.release()
      expect(nd.gc.collect()).toBe(1)
    })
  })

  it('collects by itself at the 701st RefArray, and says so', () => {
    nd.gc.collect()
    const seen: string[] = []
    const off = nd.gc.onCollect((phase, info) => seen.push(`${phase} ${info.generation} ${info.collected}`))
    for (let i = 0; i < 800; i++) {
      const ring = nd.refs(1)
      ring.set(ring, 0)
      ring.release()
    }
    off()
    expect(seen.slice(0, 2)).toEqual(['start 0 0', 'stop 0 701'])
    nd.gc.collect()
    expect(seen).toHaveLength(2)
  })

  it('has thresholds that can be read and set, the omitted ones kept', () => {
    expect(nd.gc.getThreshold()).toEqual([700, 10, 5])
    nd.gc.setThreshold(50)
    expect(nd.gc.getThreshold()).toEqual([50, 10, 5])
    nd.gc.setThreshold(1, 2, 3)
    expect(nd.gc.getThreshold()).toEqual([1, 2, 3])
    for (const bad of [-1, 0.5, Number.NaN, 2 ** 32, '7' as never]) {
      expect(() => nd.gc.setThreshold(9, bad)).toThrow(nd.DTypeError)
    }
    expect(nd.gc.getThreshold()).toEqual([1, 2, 3])
    nd.gc.setThreshold(700, 10, 5)
  })

  it('can be turned off and on', () => {
    nd.gc.disable()
    expect(nd.gc.isEnabled()).toBe(false)
    const before = nd.gc.getStats()
    const lists = Array.from({ length: 1000 }, () => nd.refs(0))
    expect(nd.gc.getStats()).toEqual(before)
    nd.gc.enable()
    expect(nd.gc.isEnabled()).toBe(true)
    for (const list of lists) list.release()
  })

  it('counts, and reports what each generation did', () => {
    nd.gc.collect()
    expect(nd.gc.getCount()).toEqual([0, 0, 0])
    const [before] = nd.gc.getStats()
    const ring = nd.refs(1)
    ring.set(ring, 0)
    expect(nd.gc.getCount()).toEqual([1, 0, 0])
    ring.release()
    expect(nd.gc.collect(0)).toBe(1)
    expect(nd.gc.getStats()[0]).toEqual({
      collections: before.collections + 1,
      collected: before.collected + 1,
      uncollectable: 0,
    })
    expect(nd.gc.getCount()[1]).toBe(1)
  })

  it('leaves what is frozen alone', () => {
    const ring = nd.refs(1)
    ring.set(ring, 0)
    ring.release()
    nd.gc.freeze()
    expect(nd.gc.collect()).toBe(0)
    nd.gc.unfreeze()
    expect(nd.gc.collect()).toBe(1)
  })

  it.each([3, -1, 0.5, '2' as never])('has no generation %s', generation => {
    expect(() => nd.gc.collect(generation)).toThrow(nd.IndexError)
  })

  it('collects before it gives up for lack of memory', () => {
    using heap = new nd.Heap({ maxBytes: 32 * 2 ** 20 })
    heap.run(() => {
      const ring = nd.refs(2)
      const big = nd.zeros([20 * 2 ** 20], { dtype: 'uint8' })
      ring.set(ring, 0)
      ring.set(big, 1)
      ring.release()
      big.release()
      nd.zeros([20 * 2 ** 20], { dtype: 'uint8' })
    })
  })
})
