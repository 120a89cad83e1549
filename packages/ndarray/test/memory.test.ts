import { describe, expect, it } from 'vitest'
import * as nd from '../src/index.ts'
import { refuses } from './heap.ts'
import { DTYPES } from './reference.ts'

const KIB = 1024
const MIB = KIB * KIB

describe('memory.format', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1.00 KiB'],
    [1536, '1.50 KiB'],
    [MIB - 1, '1024.00 KiB'],
    [MIB, '1.00 MiB'],
    [511_297_126, '487.61 MiB'],
    [2 ** 30, '1.00 GiB'],
    [2 ** 40, '1.00 TiB'],
    [2 ** 50, '1024.00 TiB'],
    [-2048, '-2.00 KiB'],
  ])('of %d is %s', (bytes, text) => {
    expect(nd.memory.format(bytes)).toBe(text)
  })

  it('takes a unit', () => {
    expect(nd.memory.format(MIB, 'B')).toBe('1048576 B')
    expect(nd.memory.format(MIB, 'KiB')).toBe('1024.00 KiB')
    expect(nd.memory.format(1, 'GiB')).toBe('0.00 GiB')
  })

  it.each([NaN, '5', null, undefined, 5n, {}])('refuses %s', bad => {
    refuses(nd.DTypeError, () => nd.memory.format(bad as number))
  })

  it.each(['MB', 'toString', '__proto__', '', 5])('refuses the unit %s', bad => {
    refuses(nd.DTypeError, () => nd.memory.format(5, bad as never))
  })
})

describe('memory.heap', () => {
  it('counts blocks, pages and events, and its pages are always the same', () => {
    const total = (): number => {
      const { used, dirty, clean } = nd.memory.heap()
      return used + dirty + clean
    }
    const before = nd.memory.heap()
    const pages = total()
    const large = nd.full(MIB, 1, { dtype: 'uint8' })
    const small = nd.zeros(3)
    const during = nd.memory.heap()
    expect(during.blocks - before.blocks).toBe(2)
    expect(during.largeBlocks - before.largeBlocks).toBe(1)
    expect(during.largeBytes - before.largeBytes).toBe(MIB)
    expect(during.used - before.used).toBeGreaterThanOrEqual(MIB)
    expect(during.allocations).toBeGreaterThan(before.allocations)
    expect(total()).toBe(pages)
    large.release()
    small.release()
    const after = nd.memory.heap()
    expect([after.blocks, after.largeBlocks, after.largeBytes]).toEqual([
      before.blocks,
      before.largeBlocks,
      before.largeBytes,
    ])
    expect(after.releases - before.releases).toBe(after.allocations - before.allocations)
    expect(total()).toBe(pages)
  })

  it('has the summary’s fields', () => {
    expect(Object.keys(nd.memory.heap()).sort()).toMatchInlineSnapshot(`
      [
        "account",
        "allocations",
        "blocks",
        "byDType",
        "bySizeClass",
        "clean",
        "dirty",
        "discardedBytes",
        "discards",
        "discardsFailed",
        "externalFragmentation",
        "internalFragmentation",
        "largeBlocks",
        "largeBytes",
        "largestFree",
        "layers",
        "map",
        "poolList",
        "pools",
        "releases",
        "runs",
        "total",
        "used",
      ]
    `)
  })
})

describe('memory.trim', () => {
  it('gives back empty pools, and what it gives is whole pages', () => {
    const arrays = Array.from({ length: 3000 }, () => nd.zeros(100))
    for (const array of arrays) array.release()
    const bytes = nd.memory.trim()
    expect(bytes % (64 * KIB)).toBe(0)
    expect(nd.memory.heap().dirty).toBe(0)
    nd.memory.check()
    expect(nd.memory.trim()).toBe(0)
    using a = nd.zeros(100)
    expect(a.sum()).toBe(0)
  })
})

describe('memory of process and system', () => {
  it('process tells RSS and its peak in bytes', () => {
    const { rss, peakRss } = nd.memory.process()
    expect(rss).toBeGreaterThan(10 * MIB)
    expect(peakRss).toBeGreaterThanOrEqual(rss - MIB)
    expect(Math.abs(rss - process.memoryUsage.rss())).toBeLessThan(64 * MIB)
  })

  it('system tells what the machine has in bytes', () => {
    const { total, used, free, available } = nd.memory.system()
    for (const figure of [total, used, free, available]) {
      expect(figure).toBeGreaterThan(0)
      expect(figure).toBeLessThanOrEqual(total)
    }
    expect(total).toBeGreaterThan(128 * MIB)
  })

  it('resetPeak says whether it could', () => {
    expect(typeof nd.memory.resetPeak()).toBe('boolean')
    expect(nd.memory.process().peakRss).toBeGreaterThan(0)
  })

  it('pager names its backend', () => {
    expect(['engine', 'addon', 'node-ffi', 'koffi', 'bun-ffi', 'deno-ffi', 'none']).toContain(
      nd.memory.pager().backend,
    )
  })
})

describe('dtypes and nbytes', () => {
  it('know bytes, ends and kind of every dtype', () => {
    const facts = Object.fromEntries(
      Object.entries(nd.dtypes).map(([name, { bytes, min, max, kind }]) => [
        name,
        `${kind} ${bytes} ${min} ${max}`,
      ]),
    )
    expect(facts).toMatchInlineSnapshot(`
      {
        "bool": "bool 1 false true",
        "float32": "float 4 -3.4028234663852886e+38 3.4028234663852886e+38",
        "float64": "float 8 -1.7976931348623157e+308 1.7976931348623157e+308",
        "int16": "int 2 -32768 32767",
        "int32": "int 4 -2147483648 2147483647",
        "int64": "int 8 -9223372036854775808 9223372036854775807",
        "int8": "int 1 -128 127",
        "uint16": "uint 2 0 65535",
        "uint32": "uint 4 0 4294967295",
        "uint64": "uint 8 0 18446744073709551615",
        "uint8": "uint 1 0 255",
      }
    `)
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(nd.dtypes)).toBe(true)
    expect(Object.values(nd.dtypes).every(Object.isFrozen)).toBe(true)
  })

  it('nbytes is elements times bytes', () => {
    for (const dtype of DTYPES) {
      expect(nd.nbytes([400, 500, 6], dtype)).toBe(1_200_000 * nd.dtypes[dtype].bytes)
      expect(nd.nbytes([], dtype)).toBe(nd.dtypes[dtype].bytes)
      expect(nd.nbytes([0, 2 ** 50, 2 ** 50], dtype)).toBe(0)
    }
    expect(nd.nbytes(7, 'int16')).toBe(14)
    refuses(nd.ShapeError, () => nd.nbytes(2 ** 52, 'float64'))
  })
})
