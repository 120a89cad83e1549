import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PagerError } from './error.ts'
import { type BackendName, openPager, probeBackends } from './index.ts'

const order = ['engine', 'addon', 'node-ffi', 'koffi', 'bun-ffi', 'deno-ffi', 'none']

beforeEach(() => {
  vi.stubEnv('EBB_PAGER', undefined)
})

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('probeBackends', () => {
  it('lists every backend in order, with a reason for each that is missing', () => {
    const probes = probeBackends()
    expect(probes.map(({ name }) => name)).toEqual(order)
    expect(probes.at(-1)).toEqual({ name: 'none', available: true })
    for (const { available, reason } of probes) {
      if (available) expect(reason).toBeUndefined()
      else expect(reason).toMatch(/\w+/)
    }
  })

  it('knows that Node is neither Bun nor Deno', () => {
    const reasons = Object.fromEntries(probeBackends().map(({ name, reason }) => [name, reason]))
    expect(reasons['bun-ffi']).toBe('this runtime is not Bun')
    expect(reasons['deno-ffi']).toBe('this runtime is not Deno')
  })
})

describe('openPager', () => {
  it('opens the first that is available, and the same object each time', () => {
    const first = probeBackends().find(({ available }) => available)
    expect(openPager().backend).toBe(first?.name)
    expect(openPager()).toBe(openPager())
    expect(openPager({ backend: openPager().backend })).toBe(openPager())
  })

  it('can be forced, by option before environment', () => {
    vi.stubEnv('EBB_PAGER', 'none')
    expect(openPager().backend).toBe('none')
    vi.stubEnv('EBB_PAGER', 'no such thing')
    expect(openPager({ backend: 'none' }).backend).toBe('none')
  })

  it('takes an empty variable for an unset one', () => {
    const usual = openPager()
    vi.stubEnv('EBB_PAGER', '')
    expect(openPager()).toBe(usual)
  })

  it('names the known ones when the name is unknown', () => {
    vi.stubEnv('EBB_PAGER', 'mmap')
    expect(() => openPager()).toThrow(`EBB_PAGER: no backend is called "mmap"; known are ${order.join(', ')}`)
    const forced = thrownBy(() => openPager({ backend: 'toString' as BackendName }))
    expect(forced).toBeInstanceOf(PagerError)
    expect(forced).toMatchObject({ code: 'EBB_UNKNOWN_BACKEND', name: 'PagerError' })
  })

  it('names the cause when a forced one cannot be used', () => {
    const forced = thrownBy(() => openPager({ backend: 'bun-ffi' }))
    expect(forced).toBeInstanceOf(PagerError)
    expect(forced).toMatchObject({
      code: 'EBB_BACKEND_UNAVAILABLE',
      message: 'backend: the backend "bun-ffi" cannot be used here: this runtime is not Bun',
      cause: expect.objectContaining({ message: 'this runtime is not Bun' }),
    })
  })
})

describe('the engine', () => {
  const prototype = WebAssembly.Memory.prototype as { discard?: unknown }

  beforeEach(() => {
    vi.resetModules()
  })

  afterEach(() => {
    delete prototype.discard
  })

  it('comes first when it can discard', async () => {
    const calls: unknown[][] = []
    prototype.discard = function (this: WebAssembly.Memory, offset: number, length: number) {
      calls.push([this, offset, length])
      new Uint8Array(this.buffer, offset, length).fill(0)
    }
    const fresh = await import('./index.ts')
    const pager = fresh.openPager()
    expect(pager.backend).toBe('engine')

    const memory = new WebAssembly.Memory({ initial: 3 })
    const bytes = new Uint8Array(memory.buffer).fill(7)
    expect(pager.discard(memory, 65_536, 65_536)).toBe(true)
    expect(calls.at(-1)).toEqual([memory, 65_536, 65_536])
    expect([bytes[65_535], bytes[65_536], bytes[131_071], bytes[131_072]]).toEqual([7, 0, 0, 7])
    expect(pager.adviseHugePages(memory, 0, 65_536, true)).toBe(false)
  })

  it('is passed over when what it has does not work', async () => {
    prototype.discard = () => {}
    const fresh = await import('./index.ts')
    expect(fresh.openPager().backend).not.toBe('engine')
    expect(fresh.probeBackends()[0]).toEqual({
      name: 'engine',
      available: false,
      reason: 'self-test: a discarded page does not read as zero',
    })
  })
})

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
