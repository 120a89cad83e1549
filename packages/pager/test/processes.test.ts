import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exactRss, processMemory, resetPeak } from '../src/index.ts'
import { giving } from './available.ts'
import { runChild } from './child.ts'

const MIB = 2 ** 20

/** Starting Node with a loader takes a while on a machine that has other things to do. */
const PATIENCE = 60_000

interface Discarded {
  backend: string
  advised: boolean
  returned: boolean
  before: number
  touched: number
  after: number
  hugeBytes: number
}

describe.each(giving)('%s, in a process of its own', backend => {
  it('makes RSS fall by what was touched, without a word', { timeout: PATIENCE }, () => {
    const { result, stderr } = runChild<Discarded>('discard.ts', ['1024'], { EBB_PAGER: backend })
    expect(result).toMatchObject({ backend, returned: true })
    expect(result.touched - result.before).toBeGreaterThanOrEqual(60 * MIB)
    expect(result.touched - result.after).toBeGreaterThanOrEqual(60 * MIB)
    expect(stderr).toBe('')
  })
})

const thp = '/sys/kernel/mm/transparent_hugepage/enabled'
const hugePages = existsSync(thp) && !readFileSync(thp, 'utf8').includes('[never]')

it.each(hugePages && giving.some(name => name !== 'engine') ? ['huge'] : [])(
  'advice brings %s pages, and they go back as well',
  { timeout: PATIENCE },
  size => {
    const backend = giving.find(name => name !== 'engine') ?? 'none'
    const { result } = runChild<Discarded>('discard.ts', ['1024', size], { EBB_PAGER: backend })
    expect(result.advised).toBe(true)
    expect(result.hugeBytes).toBeGreaterThan(0)
    expect(result.touched - result.after).toBeGreaterThanOrEqual(60 * MIB)
  },
)

const linux = process.platform === 'linux' ? ['/proc'] : []

describe.each(linux)('with %s', () => {
  it('the peak can be reset', { timeout: PATIENCE }, () => {
    const { result } = runChild<{ rss: number; peak: number; reset: boolean; peakAfter: number }>('peak.ts')
    expect(result.peak - result.rss).toBeGreaterThanOrEqual(95 * MIB)
    expect(result.reset).toBe(true)
    expect(result.peak - result.peakAfter).toBeGreaterThanOrEqual(90 * MIB)
  })

  it('rss is the sum of its parts', () => {
    const memory = processMemory()
    expect((memory.anonymous ?? 0) + (memory.file ?? 0) + (memory.shared ?? 0)).toBe(memory.rss)
    expect(Object.values(memory).every(value => Number.isSafeInteger(value))).toBe(true)
  })

  it('exactRss agrees with rss', () => {
    const exact = exactRss() ?? 0
    expect(Math.abs(exact - processMemory().rss)).toBeLessThan(16 * MIB)
  })
})

it.each(process.platform === 'linux' ? [] : [process.platform])('on %s what /proc tells is undefined', () => {
  expect(resetPeak()).toBe(false)
  expect(exactRss()).toBeUndefined()
  expect(processMemory().anonymous).toBeUndefined()
})

it('rss and peak are numbers everywhere, in order', () => {
  const { rss, peakRss } = processMemory()
  expect(rss).toBeGreaterThan(10 * MIB)
  expect(peakRss).toBeGreaterThanOrEqual(rss)
})

it('loads and works where there is no process', { timeout: PATIENCE }, () => {
  expect(runChild('browser.js').result).toEqual({
    backend: 'none',
    available: 1,
    cleared: true,
    returned: false,
    rss: 'NaN',
    total: 'NaN',
    limit: 'undefined',
    reset: false,
    exact: 'undefined',
  })
})

it.each(giving.filter(name => name !== 'engine'))(
  'EBB_PAGER=%s is obeyed by a process',
  { timeout: PATIENCE },
  backend => {
    expect(runChild<Discarded>('discard.ts', ['2'], { EBB_PAGER: backend }).result.backend).toBe(backend)
  },
)
