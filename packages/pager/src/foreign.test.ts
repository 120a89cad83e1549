import { describe, expect, it } from 'vitest'
import { bunForeign } from './backends/bun-ffi.ts'
import { denoForeign } from './backends/deno-ffi.ts'
import { koffiForeign } from './backends/koffi.ts'
import { nodeForeign } from './backends/node-ffi.ts'
import { type ForeignInterface, foreignPages, inward } from './foreign.ts'
import { createPager } from './pager.ts'
import { WASM_PAGE } from './range.ts'
import type { ForeignFunction, Signature } from './systems.ts'

const OS_PAGE = 4096
const memory = new WebAssembly.Memory({ initial: 4, maximum: 4 })
const bytes = new Uint8Array(memory.buffer)

/** What the fake kernel does with pages that it is given. */
type Manner = 'clears' | 'keeps' | 'refuses'

interface Call {
  name: string
  arguments: number[]
}

/**
 * A C library whose memory is `bytes`, mapped at `base`. As the kernel does, it refuses an address that
 * begins no page, and rounds a length up.
 */
function fakeLibrary(base: number, manner: Manner, calls: Call[] = []): Record<string, ForeignFunction> {
  const giveBack = (address: number, length: number): boolean => {
    if (manner === 'refuses' || address % OS_PAGE !== 0) return false
    const start = address - base
    if (manner === 'clears') bytes.fill(0, start, start + Math.ceil(length / OS_PAGE) * OS_PAGE)
    return true
  }
  const record = (name: string, answer: (...values: number[]) => number): ForeignFunction => {
    return (...args) => {
      const values = args.map(Number)
      calls.push({ name, arguments: values })
      return answer(...values)
    }
  }
  const discarding = new Set([4, 7])
  return {
    getpagesize: record('getpagesize', () => OS_PAGE),
    madvise: record('madvise', (address = 0, length = 0, advice = 0) => {
      if (discarding.has(advice)) return giveBack(address, length) ? 0 : -1
      return manner === 'refuses' || address % OS_PAGE !== 0 ? -1 : 0
    }),
    DiscardVirtualMemory: record('DiscardVirtualMemory', (address = 0, length = 0) =>
      giveBack(address, length) ? 0 : 487,
    ),
  }
}

function fakeForeign(
  base: number,
  library: Record<string, ForeignFunction>,
  opened: unknown[] = [],
): ForeignInterface {
  return {
    open(name, signatures) {
      opened.push(name)
      const entries = Object.keys(signatures).map(symbol => {
        const found = library[symbol]
        if (found === undefined) throw new Error(`no symbol ${symbol}`)
        return [symbol, found] as const
      })
      return Object.fromEntries(entries)
    },
    addressOf: view => BigInt(base + view.byteOffset),
  }
}

const ALIGNED = 2 ** 46 + 2 ** 21
const platforms = ['linux', 'android', 'darwin', 'win32']

describe.each(platforms)('on %s', platform => {
  it.each([
    ['aligned', ALIGNED],
    ['not aligned to a page of the OS', ALIGNED + 1000],
    ['above 2^52', 2 ** 52 + OS_PAGE],
  ])('discards what it should and no more, with a base that is %s', (_, base) => {
    bytes.fill(7)
    const pager = createPager('none', foreignPages(fakeForeign(base, fakeLibrary(base, 'clears')), platform))
    expect(pager.tryDiscard(memory, WASM_PAGE, 2 * WASM_PAGE)).toBe(true)
    expect(bytes.subarray(0, WASM_PAGE).every(byte => byte === 7)).toBe(true)
    expect(bytes.subarray(WASM_PAGE, 3 * WASM_PAGE).every(byte => byte === 0)).toBe(true)
    expect(bytes.subarray(3 * WASM_PAGE).every(byte => byte === 7)).toBe(true)
  })

  it('zero-fills and returns false when the OS refuses', () => {
    bytes.fill(7)
    const pager = createPager(
      'none',
      foreignPages(fakeForeign(ALIGNED, fakeLibrary(ALIGNED, 'refuses')), platform),
    )
    expect(pager.discard(memory, 0, WASM_PAGE)).toBe(false)
    expect(bytes.subarray(0, WASM_PAGE).every(byte => byte === 0)).toBe(true)
    expect(bytes[WASM_PAGE]).toBe(7)
  })
})

describe('the contract where the OS promises nothing about discarded contents', () => {
  it.each(['darwin', 'win32'])('%s reads as zero when the kernel keeps them', platform => {
    bytes.fill(7)
    const pages = foreignPages(fakeForeign(ALIGNED, fakeLibrary(ALIGNED, 'keeps')), platform)
    expect(createPager('none', pages).discard(memory, 0, WASM_PAGE)).toBe(true)
    expect(bytes.subarray(0, WASM_PAGE).every(byte => byte === 0)).toBe(true)
    expect(bytes[WASM_PAGE]).toBe(7)
  })

  it.each(['linux', 'darwin'])('%s keeps the contents when the kernel refuses', platform => {
    bytes.fill(7)
    const pages = foreignPages(fakeForeign(ALIGNED, fakeLibrary(ALIGNED, 'refuses')), platform)
    expect(createPager('none', pages).tryDiscard(memory, 0, WASM_PAGE)).toBe(false)
    expect(bytes.every(byte => byte === 7)).toBe(true)
  })
})

describe('huge pages', () => {
  const advise = (base: number, offset: number, length: number, enable: boolean, platform = 'linux') => {
    const calls: Call[] = []
    const pages = foreignPages(fakeForeign(base, fakeLibrary(base, 'keeps', calls)), platform)
    const range = { byteOffset: offset, length } as Uint8Array
    return { taken: pages.adviseHugePages(range, enable), call: calls.find(({ name }) => name === 'madvise') }
  }

  it('enables whole 2 MiB of the real address, rounded inward', () => {
    const base = ALIGNED + OS_PAGE
    const { taken, call } = advise(base, 0, 6 * 2 ** 20, true)
    expect(taken).toBe(true)
    expect(call?.arguments).toEqual([ALIGNED + 2 ** 21, 4 * 2 ** 20, 14])
  })

  it('declines pages of the OS, rounded inward', () => {
    expect(advise(ALIGNED, 100, 3 * OS_PAGE, false).call?.arguments).toEqual([
      ALIGNED + OS_PAGE,
      2 * OS_PAGE,
      15,
    ])
  })

  it('asks nothing for a range that holds no huge page', () => {
    expect(advise(ALIGNED + OS_PAGE, 0, 2 ** 22 - 2 * OS_PAGE, true)).toEqual({
      taken: false,
      call: undefined,
    })
  })

  it.each(['darwin', 'win32'])('does not exist on %s', platform => {
    expect(advise(ALIGNED, 0, 2 ** 22, true, platform)).toEqual({ taken: false, call: undefined })
  })
})

describe('opening', () => {
  it('opens the process itself, or the library where that is not allowed', () => {
    const opened: unknown[] = []
    foreignPages(fakeForeign(0, fakeLibrary(0, 'keeps'), opened), 'linux')
    foreignPages({ ...fakeForeign(0, fakeLibrary(0, 'keeps'), opened), needsLibraryName: true }, 'darwin')
    foreignPages(fakeForeign(0, fakeLibrary(0, 'keeps'), opened), 'win32')
    expect(opened).toEqual([null, '/usr/lib/libSystem.B.dylib', 'kernel32.dll'])
  })

  it('tries the next name, and reports the first failure', () => {
    const tried: unknown[] = []
    const foreign: ForeignInterface = {
      needsLibraryName: true,
      open(name) {
        tried.push(name)
        throw new Error(`cannot open ${name}`)
      },
      addressOf: () => 0n,
    }
    expect(() => foreignPages(foreign, 'linux')).toThrow('cannot open libc.so.6')
    expect(tried.length).toBeGreaterThan(1)
  })

  it('names a platform that it does not know', () => {
    expect(() => foreignPages(fakeForeign(0, {}), 'sunos')).toThrow('sunos')
  })
})

describe('inward', () => {
  it.each([
    [0n, 4096, { address: 0n, length: 4096n }],
    [1n, 8192, { address: 4096n, length: 4096n }],
    [1n, 8191, { address: 4096n, length: 4096n }],
    [1n, 8190, undefined],
    [0n, 4095, undefined],
    [4096n, 0, undefined],
  ])('of %d + %d', (address, length, expected) => {
    expect(inward(address, length, 4096n)).toEqual(expected)
  })
})

describe('how each runtime is spoken to', () => {
  const signatures: Record<string, Signature> = { f: { arguments: ['u64', 'i32'], returns: 'u32' } }
  const f = () => 42
  const view = new Uint8Array(8)

  it.each<[string, (seen: unknown[]) => ForeignInterface, unknown[]]>([
    [
      'node:ffi',
      seen =>
        nodeForeign({
          dlopen: (...args) => {
            seen.push(...args)
            return { functions: { f } }
          },
          getRawPointer: () => 99n,
        }),
      [null, { f: { arguments: ['u64', 'i32'], return: 'u32' } }],
    ],
    [
      'koffi',
      seen =>
        koffiForeign({
          load: library => ({
            func: (...args) => {
              seen.push(library, ...args)
              return f
            },
          }),
          address: () => 99n,
        }),
      [null, 'f', 'uint32_t', ['uint64_t', 'int32_t']],
    ],
    [
      'bun:ffi',
      seen =>
        bunForeign({
          dlopen: (...args) => {
            seen.push(...args)
            return { symbols: { f } }
          },
          ptr: () => 99,
        }),
      ['', { f: { args: ['u64', 'i32'], returns: 'u32' } }],
    ],
    [
      'Deno',
      seen =>
        denoForeign({
          permissions: { querySync: () => ({ state: 'granted' }) },
          dlopen: (...args) => {
            seen.push(...args)
            return { symbols: { f } }
          },
          UnsafePointer: { of: () => ({}), value: () => 99n },
        }),
      ['', { f: { parameters: ['u64', 'i32'], result: 'u32' } }],
    ],
  ])('%s', (_, make, expected) => {
    const seen: unknown[] = []
    const foreign = make(seen)
    expect(foreign.open(null, signatures).f?.()).toBe(42)
    expect(seen).toEqual(expected)
    expect(BigInt(foreign.addressOf(view))).toBe(99n)
  })
})
