import { type Core, instantiate, PAGE_BYTES, readStatistics, reserveMemory, TAG_RAW } from '@ebb/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HeapStatistics, readHeapStatistics } from '../src/heap/heapstatistics.ts'
import * as nd from '../src/index.ts'

const KIB = 1024
const DTYPES = Object.keys(nd.dtypes) as nd.DType[]
const INT32 = nd.dtypes.int32.code
const UINT8 = nd.dtypes.uint8.code

/** A heap of its own. Its pager gives everything back that it is asked for. */
function newCore(debug = false, maxPages = 1024): Core {
  const reservation = reserveMemory(maxPages)
  const discard = (byteOffset: number, byteLength: number): boolean => {
    new Uint8Array(reservation.memory.buffer, byteOffset, byteLength).fill(0)
    return true
  }
  return instantiate({ debug, maxPages, reservation, host: { discard } })
}

function allocate(core: Core, bytes: number, tag: number): number {
  const handle = core.exports.allocate(bytes, tag, 0) >>> 0
  expect(handle).not.toBe(0)
  return handle
}

function sum(figures: Iterable<number>): number {
  let total = 0
  for (const figure of figures) total += figure
  return total
}

interface Figures {
  allocated: number
  released: number
  free: number
  lost: number
}

function total(rows: readonly Figures[], largePages = 0): number {
  return sum(rows.map(row => row.allocated + row.released + row.free + row.lost)) + largePages
}

/** The account is exact, by every way of adding it up. */
function expectBalance(heap: HeapStatistics): void {
  const { account, layers, poolList } = heap
  const owners = Object.values(heap.byDType)
  expect(sum(Object.values(account)), 'every byte').toBe(heap.total)
  expect(heap.used + heap.dirty + heap.clean, 'pages').toBe(heap.total)
  expect(heap.total - account.dirty - account.clean, 'used pages').toBe(heap.used)
  expect(layers.layer1.asked + layers.layer1.rounding).toBe(layers.layer1.allocated)
  expect(layers.layer3.asked + layers.layer3.rounding).toBe(layers.layer3.allocated)
  expect(total(poolList, layers.layer1.allocated), 'pools').toBe(heap.used)
  expect(total(heap.bySizeClass, layers.layer1.allocated), 'size classes').toBe(heap.used)
  expect(total(owners), 'dtypes').toBe(heap.used)
  expect(sum(owners.map(owner => owner.pools))).toBe(heap.pools)
  expect(sum(owners.map(owner => owner.largeBlocks))).toBe(heap.largeBlocks)
  expect(sum(owners.map(owner => owner.largeBytes))).toBe(heap.largeBytes)
  expect(sum(heap.bySizeClass.map(({ pools }) => pools))).toBe(heap.pools)
  for (const pool of poolList) {
    const { allocated, released, free } = pool.counts
    expect(allocated + released + free).toBe(pool.capacity)
    expect([allocated * pool.size, released * pool.size, free * pool.size]).toEqual([
      pool.allocated,
      pool.released,
      pool.free,
    ])
  }
  for (const share of [heap.internalFragmentation, heap.externalFragmentation]) {
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(1)
  }
  // A block that is allocated has a header or is raw; a large one's header may outlive it in quarantine.
  const { raw, header, view, references } = heap.byDType
  const typed = sum(DTYPES.map(name => heap.byDType[name].counts.allocated)) + view.counts.allocated
  const all = header.counts.allocated + raw.counts.allocated
  expect(all).toBe(layers.layer3.blocks + layers.layer3.quarantined + raw.counts.allocated)
  expect(typed + references.counts.allocated).toBeLessThanOrEqual(header.counts.allocated)
  expect(typed + references.counts.allocated).toBeGreaterThanOrEqual(layers.layer3.blocks)
}

/** What the walk counts is what the module counted. */
function expectAgreement(heap: HeapStatistics, { exports, memory }: Core): void {
  const counters = readStatistics(exports, memory)
  const longest = Math.max(exports.longestClean(), exports.longestDirty())
  expect({
    used: heap.used,
    dirty: heap.dirty,
    clean: heap.clean,
    largestFree: heap.largestFree,
    largeBlocks: heap.largeBlocks,
    largeBytes: heap.largeBytes,
    pools: heap.pools,
    blocks: heap.blocks,
    asked: heap.layers.layer3.asked,
    live: heap.allocations - heap.releases,
    kept: sum(heap.poolList.map(pool => (pool.counts.allocated ? 0 : pool.capacity * pool.size + pool.lost))),
  }).toEqual({
    used: counters.usedPages * PAGE_BYTES,
    dirty: counters.dirtyPages * PAGE_BYTES,
    clean: counters.cleanPages * PAGE_BYTES,
    largestFree: longest * PAGE_BYTES,
    largeBlocks: counters.largeBlocks,
    largeBytes: counters.largeBytes,
    pools: counters.pools,
    blocks: counters.handles,
    asked: counters.requestedBytes,
    live: sum(Object.values(heap.byDType).map(({ counts }) => counts.allocated)),
    kept: counters.emptyPages * PAGE_BYTES,
  })
}

/** Bytes of a block of layer 3 with all that belongs to it: its class's size, or its pages. */
function roomOf({ exports, memory }: Core, handle: number): number {
  const address = exports.addressOfBlock(handle) >>> 0
  const bytes = exports.usableSize(address) >>> 0
  const isLarge = new Uint8Array(memory.buffer)[exports.pageDescriptor(address >>> 16) >>> 0] === 3
  return isLarge ? Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES : bytes
}

const LEGEND = '# large  + pools  ~ dirty  · clean'

/** The lines of a table that its readers rely on. */
function expectTable(heap: HeapStatistics): void {
  const lines = String(heap).split('\n')
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(100)
  expect(lines.every(line => !/NaN|undefined|Infinity|object/.test(line) && line === line.trimEnd())).toBe(
    true,
  )
  const totals = lines.filter(line => line.startsWith('Total'))
  expect(totals.map(line => Number(line.split('=')[1]?.replaceAll(',', '')))).toEqual([heap.total])
  expect(lines.at(-2)?.startsWith(LEGEND)).toBe(true)
  expect(lines.at(-1)).toMatch(/^\[[#+~·]{0,96}\]$/)
}

/** What random traces do: allocate elements of a dtype, release the n-th array, trim. */
const sizes = fc.oneof(
  fc.nat(300),
  fc.integer({ min: 0, max: 9000 }),
  fc.integer({ min: 30_000, max: 70_000 }),
  fc.constantFrom(256 * KIB - 32, 256 * KIB, 256 * KIB + 1),
)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ dtype: fc.constantFrom(...DTYPES), length: sizes }) },
  { weight: 4, arbitrary: fc.record({ release: fc.nat() }) },
  { weight: 1, arbitrary: fc.constant('trim' as const) },
)

describe('the account of every byte', () => {
  it('balances through random allocations and releases of arrays', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), trace => {
        const before = nd.memory.heap()
        const arrays: nd.NDArray<nd.DType>[] = []
        for (const action of trace) {
          if (action === 'trim') nd.memory.trim()
          else if ('dtype' in action) arrays.push(nd.zeros(action.length, { dtype: action.dtype }))
          else if (arrays.length) arrays.splice(action.release % arrays.length, 1)[0]?.release()
          const heap = nd.memory.heap()
          expectBalance(heap)
          expect(heap.blocks - before.blocks).toBe(arrays.length)
          expect(heap.layers.layer3.asked - before.layers.layer3.asked).toBe(sum(arrays.map(a => a.nbytes)))
        }
        expectTable(nd.memory.heap())
        for (const array of arrays) array.release()
        expect(nd.memory.heap().blocks).toBe(before.blocks)
        nd.memory.check()
      }),
      { numRuns: 60 },
    )
  })

  describe.each([
    ['release', false],
    ['debug', true],
  ] as const)('of the %s build', (_, debug) => {
    it('agrees with the counters of the module, block by block', () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 60 }), trace => {
          const core = newCore(debug)
          const { exports } = core
          const live: { handle: number; dtype: nd.DType }[] = []
          for (const action of trace) {
            if (action === 'trim') exports.trim(0)
            else if ('dtype' in action) {
              const bytes = action.length * nd.dtypes[action.dtype].bytes
              live.push({ handle: allocate(core, bytes, nd.dtypes[action.dtype].code), dtype: action.dtype })
            } else if (live.length) {
              // Every other release leaves its pages dirty.
              const [dead] = live.splice(action.release % live.length, 1)
              exports.release(dead?.handle ?? 0, action.release & 1)
            }
            expectBalance(readHeapStatistics(core))
            expectAgreement(readHeapStatistics(core), core)
          }
          expectTable(readHeapStatistics(core))
          // A quarantine that is empty leaves the live blocks alone in the figures.
          exports.trim(0)
          const heap = readHeapStatistics(core)
          for (const dtype of DTYPES) {
            const held = live.filter(block => block.dtype === dtype).map(({ handle }) => roomOf(core, handle))
            expect([dtype, heap.byDType[dtype].allocated]).toEqual([dtype, sum(held)])
            expect(heap.byDType[dtype].counts.allocated).toBe(held.length)
          }
          expect(exports.heapCheck()).toBe(0)
        }),
        { numRuns: 40 },
      )
    })

    it('covers views, RefArrays and raw blocks', () => {
      const core = newCore(debug)
      const { exports } = core
      exports.malloc(1000, TAG_RAW)
      exports.malloc(300 * KIB, TAG_RAW)
      const element = allocate(core, 40, INT32)
      const references = exports.allocateReferences(10) >>> 0
      exports.setReference(references, 3, element)
      const heap = readHeapStatistics(core)
      expectBalance(heap)
      expectAgreement(heap, core)
      expect(heap.byDType.raw.counts.allocated).toBe(2)
      expect(heap.byDType.raw.largeBytes).toBe(300 * KIB)
      expect(heap.byDType.references.counts.allocated).toBe(1)
      expect(heap.layers.layer3).toMatchObject({ blocks: 2, asked: 80, headers: 64 })
    })
  })

  it('counts what waits in quarantine as allocated', () => {
    const core = newCore(true)
    const handles = [100, 200, 300 * KIB].map(bytes => allocate(core, bytes, INT32))
    for (const handle of handles) core.exports.release(handle, 1)
    const heap = readHeapStatistics(core)
    expectBalance(heap)
    expect(heap.layers.layer3).toMatchObject({ blocks: 0, asked: 0, quarantined: 3, headers: 96 })
    expect(heap.byDType.int32.counts).toMatchObject({ allocated: 2, released: 0 })
    expect(heap.internalFragmentation).toBe(1)
    expect(String(heap)).toMatch(/# blocks in quarantine += {2,}3\n/)
  })
})

describe('fragmentation', () => {
  it('inside is what was allocated and not asked for', () => {
    const core = newCore()
    expect(readHeapStatistics(core).internalFragmentation).toBe(0)
    const handle = allocate(core, 12, INT32)
    expect(readHeapStatistics(core).internalFragmentation).toBe(1 - 12 / 16)
    allocate(core, 5 * PAGE_BYTES - 100, UINT8)
    expect(readHeapStatistics(core).internalFragmentation).toBe(
      1 - (5 * PAGE_BYTES - 88) / (5 * PAGE_BYTES + 16),
    )
    core.exports.release(handle, 1)
    expect(readHeapStatistics(core).internalFragmentation).toBe(1 - (5 * PAGE_BYTES - 100) / (5 * PAGE_BYTES))
  })

  it('outside is what one block cannot have of the free pages', () => {
    const core = newCore()
    expect(readHeapStatistics(core).externalFragmentation).toBe(0)
    const handles = [5, 6, 7].map(pages => allocate(core, pages * PAGE_BYTES, UINT8))
    core.exports.release(handles[1] as number, 1)
    const { clean, largestFree, externalFragmentation, runs } = readHeapStatistics(core)
    expect(runs).toEqual({ used: 3, dirty: 0, clean: 2 })
    expect(clean - largestFree).toBe(6 * PAGE_BYTES)
    expect(externalFragmentation).toBe(1 - largestFree / clean)
  })

  it('takes a dirty run for the largest, too', () => {
    const core = newCore(false, 128)
    const pages = readHeapStatistics(core).clean / PAGE_BYTES
    const handle = allocate(core, (pages - 5) * PAGE_BYTES, UINT8)
    core.exports.release(handle, 0)
    const heap = readHeapStatistics(core)
    expect(heap.runs).toEqual({ used: 1, dirty: 1, clean: 1 })
    expect(heap.largestFree).toBe((pages - 5) * PAGE_BYTES)
    expect(heap.externalFragmentation).toBeCloseTo(1 - (pages - 5) / (pages - 1), 12)
  })

  it('is 0 outside when nothing is free', () => {
    const core = newCore(false, 128)
    allocate(core, 8, UINT8)
    allocate(core, readHeapStatistics(core).largestFree, UINT8)
    const heap = readHeapStatistics(core)
    expectBalance(heap)
    expect(heap).toMatchObject({ dirty: 0, clean: 0, largestFree: 0, externalFragmentation: 0 })
  })
})

describe('a snapshot', () => {
  it('is plain data: JSON loses nothing', () => {
    using _array = nd.zeros(100_000)
    const heap = nd.memory.heap()
    expect(JSON.parse(JSON.stringify(heap))).toEqual({ ...heap })
  })

  it('does not change with the heap, nor the heap with it', () => {
    const core = newCore()
    allocate(core, 100, INT32)
    const first = readHeapStatistics(core)
    const written = JSON.stringify(first)
    expect(JSON.stringify(readHeapStatistics(core))).toBe(written)
    allocate(core, 300 * KIB, INT32)
    expect(JSON.stringify(first)).toBe(written)
  })

  it('tells dtypes apart', () => {
    using _int32 = nd.zeros(1000, { dtype: 'int32' })
    const before = nd.memory.heap().byDType
    using _more = nd.zeros(200_000, { dtype: 'int32' })
    const after = nd.memory.heap().byDType
    expect(after.int32.largeBlocks - before.int32.largeBlocks).toBe(1)
    expect(after.int32.allocated - before.int32.allocated).toBe(Math.ceil(800_000 / PAGE_BYTES) * PAGE_BYTES)
    expect(after.float32).toEqual(before.float32)
  })

  it('refuses a page table that does not tile the heap', () => {
    const core = newCore()
    const at = core.exports.pageDescriptor(core.exports.heapBegin()) >>> 0
    new DataView(core.memory.buffer).setUint32(at + 4, 0, true)
    expect(() => readHeapStatistics(core)).toThrow('internal: the page table has no run at page')
  })
})

describe('as a string', () => {
  it('an empty heap is readable', () => {
    const heap = readHeapStatistics(newCore())
    expectTable(heap)
    expect(heap.map.text).toBe('')
    expect(String(heap).endsWith(`${LEGEND}; no page was ever used\n[]`)).toBe(true)
  })

  it('a heap is a table, an account and a map', () => {
    const core = newCore()
    for (let i = 0; i < 1500; i++) allocate(core, 60, INT32)
    const [first, second, third] = [400, 500, 600].map(kib => allocate(core, kib * KIB - 8, UINT8))
    allocate(core, 5000, INT32)
    core.exports.release(first as number, 1)
    core.exports.release(third as number, 0)
    core.exports.release(allocate(core, 60, INT32), 0)
    expect(core.exports.references(second as number)).toBe(1)
    expectTable(readHeapStatistics(core))
    expect(`\n${readHeapStatistics(core)}\n`).toMatchInlineSnapshot(`
      "
      class     size   pools  blocks allocated    released        free    bytes lost
      -----     ----   -----  ----------------    --------        ----    ----------
          3       32       1             1,502           2         544             0
          7       64       2             1,500           1         547             0
         99    5,120       1                 1           0          11         4,096

      dtype       pools  large  bytes allocated       released           free           lost
      -----       -----  -----  ---------------       --------           ----           ----
      uint8           0      1          524,288              0              0              0
      int32           3      0          101,120             64         91,328          4,096
      header          1      0           48,064             64         17,408              0

      layer                                   blocks  bytes allocated        released            free
      -----                                   ------  ---------------        --------            ----
      3  arrays                                1,502          625,408               0               0
      2  small blocks, in pools                3,003          149,184             128         108,736
      1  large blocks, a run each                  1          524,288               0               0
      0  runs of pages                             5          786,432         655,360      63,438,848

      pages                                     runs            bytes
      -----                                     ----            -----
      used                                         5          786,432
      dirty (free, resident)                       1          655,360
      clean (free, not resident)                   2       63,438,848
      largest free run                                     62,980,096

      # bytes asked for in large blocks            =          511,992
      # bytes of rounding to whole pages           =           12,296
      # bytes in allocated blocks of pools         =          149,184
      # bytes in released blocks of pools          =              128
      # bytes in free blocks of pools              =          108,736
      # bytes lost behind the last block of pools  =            4,096
      # bytes in dirty pages                       =          655,360
      # bytes in clean pages                       =       63,438,848
      Total                                        =       64,880,640

      # bytes asked for by arrays                  =          606,992
      # bytes in headers of their blocks           =           48,064
      internal fragmentation                       =            2.9 %
      external fragmentation                       =            1.7 %
      # allocations                                =            3,010
      # releases                                   =                6
      # discards                                   =                1
      # discards that failed                       =                0
      # bytes discarded                            =          458,752

      # large  + pools  ~ dirty  · clean; a character is 64 KiB (a page)
      [+++·······########~~~~~~~~~~+]
      "
    `)
  })

  it('draws each page while there are few, and equal slices later', () => {
    const core = newCore()
    const small = allocate(core, 8, UINT8)
    const large = allocate(core, 5 * PAGE_BYTES, UINT8)
    const { text, slice } = readHeapStatistics(core).map
    expect([text, slice]).toEqual(['++#####', PAGE_BYTES])
    core.exports.release(large, 0)
    expect(readHeapStatistics(core).map.text).toBe('++~~~~~')
    core.exports.trim(0)
    expect(readHeapStatistics(core).map.text).toBe('++·····')
    expect(core.exports.references(small)).toBe(1)
    allocate(core, 200 * PAGE_BYTES, INT32)
    const wide = readHeapStatistics(core).map
    expect(wide.slice).toBe(3 * PAGE_BYTES)
    expect(wide.text).toMatch(/^\+#{67}$/)
  })

  it('draws in each slice what most of its pages are', () => {
    const core = newCore()
    // A pool of headers and one of int32, then the large blocks, in a row.
    allocate(core, 8, INT32)
    const lengths = [11, 7, 13, 8, 9, 12, 350]
    const handles = lengths.map(pages => allocate(core, pages * PAGE_BYTES, UINT8))
    core.exports.release(handles[1] as number, 1)
    core.exports.release(handles[3] as number, 0)
    const pages = `++${['#', '·', '#', '~', '#', '#', '#'].map((c, i) => c.repeat(lengths[i] ?? 0)).join('')}`
    const { text, slice } = readHeapStatistics(core).map
    expect(slice).toBe(5 * PAGE_BYTES)
    const expected = (pages.match(/.{1,5}/g) ?? []).map(part => {
      const count = (symbol: string): number => part.split(symbol).length
      return [...'#+~·'].reduce((best, symbol) => (count(symbol) > count(best) ? symbol : best))
    })
    expect(text).toBe(expected.join(''))
    expect(text).toMatch(/^###·###~#+$/)
  })
})
