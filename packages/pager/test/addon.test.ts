import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { available } from './available.ts'

type Native = Record<'discard' | 'adviseHugePages', (...args: unknown[]) => number>

/** The addon itself, without the checks of the pager before it. */
function loadAddon(): Native {
  const module = { exports: {} as Native }
  process.dlopen(module, fileURLToPath(new URL('../dist/pager.node', import.meta.url)))
  return module.exports
}

describe.each(available.filter(name => name === 'addon'))('%s, called with what it should not be', () => {
  it.each([
    [[]],
    [[undefined]],
    [[0, 65_536]],
    [[new ArrayBuffer(65_536)]],
    [[new DataView(new ArrayBuffer(65_536))]],
    [[new Float64Array(65_536)]],
    [[{ byteLength: 65_536 }]],
  ])('refuses %j', args => {
    const native = loadAddon()
    expect(() => native.discard(...args)).toThrow(TypeError)
    expect(() => native.adviseHugePages(...args)).toThrow(TypeError)
  })

  it('refuses an advice that is no boolean', () => {
    expect(() => loadAddon().adviseHugePages(new Uint8Array(4096), 1)).toThrow(TypeError)
  })

  it.each([0, 1, 16, 4095])('fails, and changes nothing, for %d bytes', length => {
    const bytes = new Uint8Array(length).fill(7)
    expect(loadAddon().discard(bytes)).toBeGreaterThan(0)
    expect(bytes.every(byte => byte === 7)).toBe(true)
  })

  it('clears an unaligned range to its last byte, and none beside it', () => {
    const bytes = new Uint8Array(new WebAssembly.Memory({ initial: 2 }).buffer).fill(7)
    expect(loadAddon().discard(bytes.subarray(100, 70_001))).toBe(0)
    expect(bytes.subarray(0, 100).every(byte => byte === 7)).toBe(true)
    expect(bytes.subarray(100, 70_001).every(byte => byte === 0)).toBe(true)
    expect(bytes.subarray(70_001).every(byte => byte === 7)).toBe(true)
  })

  it('fails for a view whose buffer is gone', () => {
    const bytes = new Uint8Array(65_536)
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
    expect(loadAddon().discard(bytes)).toBeGreaterThan(0)
  })
})
