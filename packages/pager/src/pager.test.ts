import { describe, expect, it } from 'vitest'
import { createPager, type PageOperations } from './pager.ts'
import { WASM_PAGE } from './range.ts'
import { selfTest } from './self-test.ts'

const works: PageOperations = {
  discard: (_, range) => {
    range.fill(0)
    return true
  },
  adviseHugePages: () => true,
}

const failures: [string, PageOperations][] = [
  ['returns false', { discard: () => false, adviseHugePages: () => false }],
  [
    'throws',
    {
      discard: () => {
        throw new Error('EINVAL')
      },
      adviseHugePages: () => {
        throw new Error('EINVAL')
      },
    },
  ],
]

describe.each(failures)('a backend that %s', (_, operations) => {
  const pager = createPager('addon', operations)
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2 })
  const bytes = new Uint8Array(memory.buffer)

  it('leaves the contents of tryDiscard', () => {
    bytes.fill(7)
    expect(pager.tryDiscard(memory, 0, WASM_PAGE)).toBe(false)
    expect(bytes.every(byte => byte === 7)).toBe(true)
  })

  it('has discard fill with zeros', () => {
    bytes.fill(7)
    expect(pager.discard(memory, 0, WASM_PAGE)).toBe(false)
    expect(bytes.subarray(0, WASM_PAGE).every(byte => byte === 0)).toBe(true)
    expect(bytes.subarray(WASM_PAGE).every(byte => byte === 7)).toBe(true)
  })

  it('takes no advice', () => {
    expect(pager.adviseHugePages(memory, 0, WASM_PAGE, true)).toBe(false)
  })

  it('still answers true for nothing, and refuses what is no range', () => {
    expect(pager.tryDiscard(memory, 0, 0)).toBe(true)
    expect(pager.discard(memory, 2 * WASM_PAGE, 0)).toBe(true)
    expect(() => pager.discard(memory, 1, 0)).toThrow(RangeError)
  })

  it('fails the self-test', () => {
    expect(() => selfTest(pager)).toThrow('a discard failed')
  })
})

describe('the self-test', () => {
  const verify = (discard: PageOperations['discard']) => () =>
    selfTest(createPager('addon', { ...works, discard }))

  it('passes what works', () => {
    expect(verify(works.discard)).not.toThrow()
  })

  it('finds a discard that clears nothing', () => {
    expect(verify(() => true)).toThrow('does not read as zero')
  })

  it('finds a discard that leaves one byte', () => {
    const sloppy = verify((_, range) => {
      range.fill(0, 0, range.length - 1)
      return true
    })
    expect(sloppy).toThrow('does not read as zero')
  })

  it('finds a discard that clears too much', () => {
    const greedy = verify(memory => {
      new Uint8Array(memory.buffer).fill(0, 0, WASM_PAGE + 1)
      return true
    })
    expect(greedy).toThrow('outside its range')
  })
})
