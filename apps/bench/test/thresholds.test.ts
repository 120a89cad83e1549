import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { Party } from '../src/party.ts'
import type { ThresholdReport } from '../src/thresholds/bench.ts'
import { selectThresholds } from '../src/thresholds/cases.ts'
import { IMAGE_DTYPES, levelsOf, makeImage } from '../src/thresholds/images.ts'
import { thresholdPage } from '../src/thresholds/markdown.ts'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

const MIB = 2 ** 20
const [binary, otsu] = selectThresholds({ only: ['binary', 'otsu'], dtypes: ['uint8'], quick: true })
const [volume] = selectThresholds({ only: ['binary'], dtypes: ['int32'], quick: true })
if (!binary || !otsu || !volume) throw new Error('cases are missing')

describe('a run of the thresholds', () => {
  it('has a time and the memory of Ebb, and of every model that is there', () => {
    const args = ['--part', 'thresholds', '--quick', '--only', 'toZero,otsu,niblack', '--dtypes', 'uint8']
    const text = execFileSync(process.execPath, [MAIN, ...args, '--json', '-'], { encoding: 'utf8' })
    const { results, versions } = JSON.parse(text) as ThresholdReport
    expect(results.map(({ task }) => task.name)).toEqual(['toZero', 'otsu', 'niblack'])
    for (const { task, ns, missing, peak } of results) {
      const present = ['ebb', task.model].filter(name => name in versions)
      expect([missing, Object.keys(ns)]).toEqual([{}, present])
      expect(Object.keys(peak ?? {})).toEqual(present)
      for (const value of Object.values(ns)) expect(value).toBeGreaterThan(0)
    }
  }, 120_000)
})

describe('the cases of the thresholds', () => {
  it('are numbered, and grouped by image', () => {
    const cases = selectThresholds({ dtypes: IMAGE_DTYPES, quick: false })
    expect(cases.map(({ id }) => id)).toEqual(cases.map((_, index) => index))
    const dtypes = cases.map(({ dtype }) => dtype)
    expect(dtypes.filter((dtype, at) => dtype !== dtypes[at - 1])).toEqual(IMAGE_DTYPES)
  })

  it('leave the model out where it has no such dtype', () => {
    expect(binary.texts).toHaveProperty('opencv')
    expect(Object.keys(volume.texts)).toEqual(['ebb'])
  })
})

describe('an image', () => {
  it.each(IMAGE_DTYPES)('of %s has two bells, between which its threshold lies', dtype => {
    using image = makeImage(dtype, true)
    expect(image.dtype).toBe(dtype)
    const elements = Array.from(image.data as Int32Array)
    const { t, low, high } = levelsOf(dtype)
    const share = (test: (element: number) => boolean) => elements.filter(test).length / elements.length
    expect(share(element => element > t)).toBeGreaterThan(0.2)
    expect(share(element => element > t)).toBeLessThan(0.5)
    expect(share(element => element > low && element <= t)).toBeLessThan(0.1)
    expect(share(element => element > high)).toBeLessThan(share(element => element > t) * 0.6)
  })
})

describe('a party with a limit', () => {
  it('is ended when it takes longer, and says so', async () => {
    const silent = `console.log('hello 1'); process.stdin.resume()`
    const launch = { command: process.execPath, args: ['-e', silent], limit: 300 }
    const party = new Party({ name: 'opencv', ...launch })
    await party.start()
    expect(await party.prepare(0)).toBe('takes longer than 0.3 s')
    expect(party.absent).toBeUndefined()
  })
})

describe('the page of the thresholds', () => {
  const page = thresholdPage({
    date: '2030-01-02',
    quick: false,
    machine: { cpu: 'A Processor', cores: 8, memory: 16 * 2 ** 30, system: 'Linux 7.0, x64', node: '30.1.0' },
    load: [0.5, 1.04],
    versions: { ebb: '0.1.0', opencv: '4.6.0, one thread' },
    absent: { 'scikit-image': 'no Python can import it' },
    results: [
      { task: binary, ns: { ebb: 3e6, opencv: 2e6 }, peak: { ebb: 0.5 * MIB, opencv: 0 }, missing: {} },
      { task: volume, ns: { ebb: 4e6 }, peak: { ebb: 0 }, missing: { opencv: 'no counterpart' } },
      { task: otsu, ns: { ebb: 5e6 }, missing: { 'scikit-image': 'takes longer than 30 s' } },
    ],
  })

  it('names the machine, the parties and who is absent', () => {
    expect(page).toContain('on 2030-01-02: A Processor, 8 cores, 16 GiB')
    expect(page).toContain('The load of the 8 cores was 0.5 before the run and 1.0 at its end')
    expect(page).toContain('- OpenCV 4.6.0, one thread')
    expect(page).toContain('- scikit-image took no part: no Python can import it')
  })

  it('has the ratios by image', () => {
    expect(page).toContain('|  | uint8, 512 × 512 | int32, 64 × 128 × 128 |')
    expect(page).toContain('| binary | 1.50 | — |')
    expect(page).toContain('| otsu | — |')
  })

  it('has every time, and the memory above', () => {
    expect(page).toContain('| binary | uint8 | 3.00 ms | 2.00 ms | 1.50 | 0.5 MiB | 0.0 MiB |')
    expect(page).toContain('| binary | int32 | 4.00 ms | — | — | 0.0 MiB | — |')
    expect(page).toContain('| otsu | uint8 | 5.00 ms | — | — | — | — |')
  })

  it('says why a figure is missing, but not where there is no such dtype', () => {
    expect(page).toContain('- scikit-image, otsu of uint8: takes longer than 30 s')
    expect(page).not.toContain('no counterpart')
  })
})
