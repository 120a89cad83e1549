import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as core from '../src/index.ts'
import { makeHeap, PAGE_BYTES } from './harness.ts'

const binary = (name: string) =>
  new WebAssembly.Module(readFileSync(new URL(`../dist/${name}`, import.meta.url)))
const importsOf = (name: string) =>
  WebAssembly.Module.imports(binary(name)).map(({ module, name }) => `${module}.${name}`)
const exportsOf = (name: string) => WebAssembly.Module.exports(binary(name)).map(({ name }) => name)

describe('the two builds', () => {
  it('export the same', () => {
    expect(exportsOf('ebb.debug.wasm')).toEqual(exportsOf('ebb.wasm'))
  })

  it('differ in assertions, of which the release build has none', () => {
    expect(importsOf('ebb.debug.wasm')).toContain('env.abort')
    expect(importsOf('ebb.wasm').sort()).toEqual([
      'env.memory',
      'host.advise',
      'host.collecting',
      'host.dirtied',
      'host.discard',
    ])
  })

  it('walk the heap only when asked: nothing in the release build calls heapCheck', () => {
    const text = readFileSync(new URL('../dist/ebb.wat', import.meta.url), 'utf8')
    expect(text.includes('(export "heapCheck" (func $assembly/memory/check/heapCheck))')).toBe(true)
    expect(text.includes('call $assembly/memory/check/heapCheck')).toBe(false)
  })

  it('stops a block that was freed twice in the debug build', () => {
    const { exports } = makeHeap(256, { debug: true })
    const block = exports.malloc(10 * PAGE_BYTES, 0)
    exports.free(block, 1)
    expect(() => exports.free(block, 1)).toThrow(/abort/)
  })
})

describe('the border between host and module', () => {
  it('agrees on where operands lie', () => {
    const { exports, memory } = makeHeap()
    const words = new Int32Array(memory.buffer, exports.operands() >>> 0, 400)
    const target = exports.malloc(64, 0) >>> 0
    const scalar = (exports.scalarSlots() >>> 0) + 4 * core.SLOT_BYTES
    new Int32Array(memory.buffer, scalar, 1)[0] = 1234
    // 64 axes of length 1, then a last operand: every offset takes part.
    words[0] = core.MAX_DIMS
    words.fill(1, core.SHAPE_WORD, core.SHAPE_WORD + core.MAX_DIMS)
    words[core.SHAPE_WORD + core.MAX_DIMS - 1] = 3
    words[core.FIRST_OPERAND_WORD] = target
    words[core.FIRST_OPERAND_WORD + core.MAX_DIMS] = 8
    words[core.FIRST_OPERAND_WORD + core.OPERAND_WORDS] = scalar
    words[core.FIRST_OPERAND_WORD + core.OPERAND_WORDS + core.MAX_DIMS] = 0
    new Int32Array(memory.buffer, target, 8).fill(-1)
    exports.assign(6, 6)
    expect([...new Int32Array(memory.buffer, target, 6)]).toEqual([1234, -1, 1234, -1, 1234, -1])
  })

  it('agrees on the bytes of the dtypes', () => {
    const { exports } = makeHeap()
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(code => exports.sizeOf(code))).toEqual([
      1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8,
    ])
  })
})

describe('reserveMemory', () => {
  const { Memory } = WebAssembly
  afterEach(() => vi.unstubAllGlobals())

  /** An engine that grants at most so many pages, at first and at all. */
  function engine(initialLimit: number, maximumLimit: number): void {
    vi.stubGlobal('WebAssembly', {
      ...WebAssembly,
      Memory: class {
        readonly buffer = new ArrayBuffer(0)
        constructor({ initial, maximum }: { initial: number; maximum: number }) {
          if (initial > initialLimit || maximum > maximumLimit)
            throw new RangeError('could not allocate memory')
        }
      },
    })
  }

  it('takes the whole address space where it is granted', () => {
    const { memory, pages, maximum } = core.reserveMemory()
    expect(memory).toBeInstanceOf(Memory)
    expect([pages, maximum]).toEqual([65536, 65536])
  })

  it('halves what it asks for until it is granted, and may grow', () => {
    engine(10_000, 65_536)
    expect(core.reserveMemory()).toMatchObject({ pages: 8192, maximum: 65536 })
  })

  it('halves the maximum, too, where that is refused', () => {
    engine(65_536, 20_000)
    expect(core.reserveMemory()).toMatchObject({ pages: 16384, maximum: 16384 })
  })

  it('gives up with a clear error', () => {
    engine(10, 10)
    expect(() => core.reserveMemory()).toThrow(/refused a WebAssembly memory/)
  })
})

describe('addresses above 2 GiB', () => {
  it('serve blocks, kernels and the heap walk without being touched below', () => {
    const heap = core.instantiate()
    const { exports, memory } = heap
    const GiB = 2 ** 30
    const fillers = [GiB, GiB, GiB].map(bytes => exports.malloc(bytes, 0) >>> 0)
    expect(fillers.every((address, i) => address >= i * GiB)).toBe(true)
    const block = exports.malloc(4096, 0) >>> 0
    const large = exports.malloc(2 ** 20, 0) >>> 0
    expect(Math.min(block, large)).toBeGreaterThan(3 * GiB)
    new Uint8Array(memory.buffer, large, 2 ** 20).fill(5)
    expect(exports.free(block, 1)).toBe(4096)
    expect(exports.heapCheck()).toBe(0)
    for (const address of [...fillers, large]) exports.free(address, 0)
    expect(exports.heapCheck()).toBe(0)
  })
})
