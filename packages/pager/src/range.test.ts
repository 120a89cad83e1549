import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { bufferOf, checkBounds, checkPages, WASM_PAGE } from './range.ts'

const size = 4 * WASM_PAGE

describe('checkPages', () => {
  it.each([
    [0, size],
    [size, 0],
    [WASM_PAGE, WASM_PAGE],
    [size - WASM_PAGE, WASM_PAGE],
  ])('accepts %d + %d', (offset, length) => {
    expect(() => checkPages(size, offset, length)).not.toThrow()
  })

  it('refuses what is not whole pages, and says what is', () => {
    expect(() => checkPages(size, 1, WASM_PAGE)).toThrow(
      'byteOffset must be a multiple of the 65536-byte page, not 1',
    )
    expect(() => checkPages(size, 0, 4096)).toThrow(RangeError)
  })
})

describe('checkBounds', () => {
  it.each([
    [-1, 1],
    [0, -1],
    [Number.NaN, 0],
    [0, Number.POSITIVE_INFINITY],
    [0.5, 1],
    [0, size + 1],
    [size, 1],
    [2 ** 53, 0],
    [1, Number.MAX_SAFE_INTEGER],
  ])('refuses %d + %d', (offset, length) => {
    expect(() => checkBounds(size, offset, length)).toThrow(RangeError)
  })

  it('refuses what is no number', () => {
    expect(() => checkBounds(size, '0' as never, 0)).toThrow(RangeError)
    expect(() => checkBounds(size, 0, 0n as never)).toThrow(RangeError)
    expect(() => checkBounds(size, 0, undefined as never)).toThrow(RangeError)
  })
})

describe('bufferOf', () => {
  it('takes a memory of another realm', () => {
    const memory = runInNewContext('new WebAssembly.Memory({ initial: 1 })')
    expect(bufferOf(memory).byteLength).toBe(WASM_PAGE)
  })

  it.each([[{ buffer: new ArrayBuffer(WASM_PAGE) }], [undefined], [new ArrayBuffer(8)]])(
    'refuses %j',
    value => {
      expect(() => bufferOf(value as never)).toThrow(TypeError)
    },
  )
})
