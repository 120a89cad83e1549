import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openPager, type Pager, probeBackends } from '../src/index.ts'
import { available } from './available.ts'

const PAGE = 65_536
const MIB = 2 ** 20
const GIB = 2 ** 30

/** A compiler that works is one by which the build makes the addon. */
const canBuildAddon =
  process.platform === 'linux' &&
  [process.env.CC || 'cc', 'gcc', 'clang'].some(name => spawnSync(name, ['--version']).status === 0)

it.each(canBuildAddon ? ['addon'] : [])('the %s is available, since there is a compiler', name => {
  expect(probeBackends()).toContainEqual({ name, available: true })
})

describe.each(available)('%s', backend => {
  const pager: Pager = openPager({ backend })
  const gives = backend !== 'none'
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 4 })
  const bytes = new Uint8Array(memory.buffer)
  const all = (from: number, to: number, value: number) =>
    bytes.subarray(from, to).every(byte => byte === value)

  it('says its name', () => {
    expect(pager.backend).toBe(backend)
  })

  it('reads as zero afterwards, and the neighbours as before', () => {
    bytes.fill(7)
    expect(pager.discard(memory, PAGE, 2 * PAGE)).toBe(gives)
    expect(all(0, PAGE, 7)).toBe(true)
    expect(all(PAGE, 3 * PAGE, 0)).toBe(true)
    expect(all(3 * PAGE, 4 * PAGE, 7)).toBe(true)
  })

  it('leaves memory that can be written, and discarded again', () => {
    for (const value of [1, 2, 3]) {
      bytes.fill(value)
      expect(all(0, 4 * PAGE, value)).toBe(true)
      pager.discard(memory, 0, 4 * PAGE)
      expect(all(0, 4 * PAGE, 0)).toBe(true)
    }
  })

  it('tryDiscard gives back, or changes nothing', () => {
    bytes.fill(7)
    expect(pager.tryDiscard(memory, 0, PAGE)).toBe(gives)
    expect(all(0, PAGE, gives ? 0 : 7)).toBe(true)
    expect(all(PAGE, 4 * PAGE, 7)).toBe(true)
  })

  it('does nothing for a length of 0', () => {
    bytes.fill(7)
    expect(pager.discard(memory, PAGE, 0)).toBe(true)
    expect(pager.tryDiscard(memory, 4 * PAGE, 0)).toBe(true)
    expect(all(0, 4 * PAGE, 7)).toBe(true)
  })

  it.each([
    [1, PAGE],
    [0, 1],
    [0, PAGE + 4096],
    [-PAGE, PAGE],
    [0, -PAGE],
    [0, 5 * PAGE],
    [4 * PAGE, PAGE],
    [2 ** 32, PAGE],
    [PAGE, 2 ** 53 - PAGE],
    [Number.NaN, PAGE],
    [0, Number.NaN],
    [0.5, PAGE],
    [0, Number.POSITIVE_INFINITY],
  ])('refuses %d + %d before anything is written', (offset, length) => {
    bytes.fill(7)
    expect(() => pager.discard(memory, offset, length)).toThrow(RangeError)
    expect(() => pager.tryDiscard(memory, offset, length)).toThrow(RangeError)
    expect(all(0, 4 * PAGE, 7)).toBe(true)
  })

  it('refuses what is no memory', () => {
    expect(() => pager.discard({ buffer: new ArrayBuffer(PAGE) } as never, 0, PAGE)).toThrow(TypeError)
    expect(() => pager.discard(null as never, 0, 0)).toThrow(TypeError)
    expect(() => pager.adviseHugePages(bytes as never, 0, PAGE, true)).toThrow(TypeError)
  })

  it('works above 2 GiB', () => {
    const large = new WebAssembly.Memory({ initial: 65_536, maximum: 65_536 })
    const view = new Uint8Array(large.buffer)
    view.fill(7, 3 * GIB - PAGE, 3 * GIB + 2 * PAGE)
    view[view.length - 1] = 7
    expect(pager.discard(large, 3 * GIB, PAGE)).toBe(gives)
    expect(view[3 * GIB - 1]).toBe(7)
    expect(view.subarray(3 * GIB, 3 * GIB + PAGE).every(byte => byte === 0)).toBe(true)
    expect(view[3 * GIB + PAGE]).toBe(7)
    expect(pager.discard(large, 4 * GIB - PAGE, PAGE)).toBe(gives)
    expect(view[view.length - 1]).toBe(0)
    if (gives) expect(pager.discard(large, 0, 4 * GIB)).toBe(true)
    expect(view[3 * GIB + PAGE]).toBe(gives ? 0 : 7)
  })

  it('works on a memory that has grown', () => {
    const growing = new WebAssembly.Memory({ initial: 1, maximum: 8 })
    growing.grow(3)
    const view = new Uint8Array(growing.buffer).fill(7)
    expect(pager.discard(growing, 2 * PAGE, 2 * PAGE)).toBe(gives)
    expect([view[2 * PAGE - 1], view[2 * PAGE], view[4 * PAGE - 1]]).toEqual([7, 0, 0])
    expect(() => pager.discard(growing, 4 * PAGE, PAGE)).toThrow(RangeError)
  })

  it('works on shared memory', () => {
    const shared = new WebAssembly.Memory({ initial: 3, maximum: 3, shared: true })
    const view = new Uint8Array(shared.buffer).fill(7)
    expect(pager.discard(shared, PAGE, PAGE)).toBe(gives)
    expect(view.subarray(0, PAGE).every(byte => byte === 7)).toBe(true)
    expect(view.subarray(PAGE, 2 * PAGE).every(byte => byte === 0)).toBe(true)
    expect(view.subarray(2 * PAGE).every(byte => byte === 7)).toBe(true)
  })

  it('keeps the contents when advised about huge pages', () => {
    const taken = gives && backend !== 'engine' && existsSync('/sys/kernel/mm/transparent_hugepage')
    const huge = new WebAssembly.Memory({ initial: 128, maximum: 128 })
    const view = new Uint8Array(huge.buffer).fill(7)
    expect(pager.adviseHugePages(huge, 0, 8 * MIB, true)).toBe(taken)
    expect(pager.adviseHugePages(huge, 123, 8 * MIB - 123, false)).toBe(taken)
    expect(pager.adviseHugePages(huge, 4096, MIB, true)).toBe(false)
    expect(pager.adviseHugePages(huge, 0, 0, true)).toBe(false)
    expect(view.every(byte => byte === 7)).toBe(true)
    expect(() => pager.adviseHugePages(huge, 0, 8 * MIB + 1, true)).toThrow(RangeError)
    expect(() => pager.adviseHugePages(huge, -1, 1, false)).toThrow(RangeError)
  })
})
