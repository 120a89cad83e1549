import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderPage } from '../src/page/page.ts'
import { drawStandalone } from '../src/page/standalone.ts'
import type { HeapPicture } from '../src/protocol.ts'
import { mib } from '../src/report.ts'
import { figure, type Result, residue, type Way, type WayName } from '../src/result.ts'
import type { Sample } from '../src/watch.ts'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const MIB = 2 ** 20
const ARRAY = 480_000_000
const PATIENCE = { timeout: 60_000 }
const isLinux = process.platform === 'linux'

const folder = mkdtempSync(join(tmpdir(), 'ebb-page-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A way that was watched, from its MiB at the start and what its filter takes beside the array. */
function way(name: WayName, start: number, extra: number, slowness = 1): Way {
  const rss = start * MIB
  const peak = rss + ARRAY + extra * MIB
  const at = (ms: number) => 5000 + ms * slowness
  const samples = Array.from({ length: 800 }, (_, i): Sample => {
    const created = rss + ARRAY * Math.min(1, i / 400)
    return [i * slowness, i >= 600 ? rss : i >= 450 && i < 500 ? peak : created]
  })
  return {
    name,
    shape: [400, 500, 600],
    dtype: 'int32',
    nbytes: ARRAY,
    pid: 1234,
    peakReset: true,
    zeroed: 120_000_000,
    steps: [
      { name: 'start', rss, peak: rss, ms: 50, at: at(0) },
      { name: 'create', rss: rss + ARRAY, peak: rss + ARRAY, ms: 400, at: at(400) },
      { name: 'filter', rss: rss + ARRAY, peak, ms: 21.3, at: at(500) },
      { name: 'release', rss: rss + 0.25 * MIB, peak, ms: 2, at: at(600) },
    ],
    trace: { samples, durationMs: 799 * slowness, interval: { median: 1.07, longest: 3.21 } },
  }
}

const picture = (text: string, used: number): HeapPicture => ({ text, slice: 6 * MIB, used, dirty: 0 })
const maps = {
  before: picture('+···', 65_536),
  peak: picture('+###', ARRAY),
  after: picture('+~··', 65_536),
}

const result: Result = {
  machine: {
    total: 24_105 * MIB,
    used: null,
    free: null,
    available: null,
    limit: null,
    platform: 'linux x64',
    processor: 'Test processor, 2 cores',
    node: '20.20.2',
    pager: 'addon',
  },
  experiment: { shape: [400, 500, 600], dtype: 'int32', threshold: 2800, seed: 0, rounds: 1, watched: true },
  ways: [
    { ...way('mask', 50, 114.4), maps },
    { ...way('in-place', 50.1, 0), maps },
    { ...way('numpy', 29.7, 114.4), version: 'NumPy 2.4.6, Python 3.12.3' },
    { ...way('numpy-ts', 65, 900, 10), version: 'numpy-ts 1.7.0' },
  ],
  notes: ['a text with <b> & "quotes"'],
  verdict: 'Verdict: fine.',
}

/** Elements that have no end. */
const VOID = ['meta', 'br']

/** Every tag has its end, in order; what stands in scripts and styles is no markup. */
function expectWellFormed(markup: string): void {
  const open: string[] = []
  const text = markup.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3')
  for (const [, slash, name = '', attributes = ''] of text.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*\s*\/?)>/g,
  )) {
    if (slash) expect(name).toBe(open.pop())
    else if (!VOID.includes(name) && !attributes.endsWith('/')) open.push(name)
  }
  expect(open).toEqual([])
  // What is left of the tags is text: a stray bracket would be a tag that was not understood.
  expect(text.replace(/<!doctype html>/, '').replace(/<\/?[a-zA-Z][^<>]*>/g, '')).not.toMatch(/[<>]/)
}

function expectSelfContained(markup: string): void {
  expect(markup).not.toMatch(/\s(src|href|srcset|xlink:href|action)=/)
  expect(markup).not.toMatch(/@import|url\(|<link|<iframe|<object/)
  expect(markup.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:/)
}

const page = renderPage(result)
const { document } = parseHTML(page)
const textOf = (selector: string): string => document.querySelector(selector)?.textContent ?? ''

test('the page is well-formed and needs nothing from elsewhere', () => {
  expectWellFormed(page)
  expectSelfContained(page)
  expect(page).toContain('a text with &lt;b&gt; &amp; &quot;quotes&quot;')
})

test.each(['numpy', 'mask', 'in-place', 'numpy-ts'])('the curve of %s: steps, peak and residue', name => {
  const measured = result.ways.find(candidate => candidate.name === name) as Way
  const drawings = [...document.querySelectorAll(`#curve-${name} svg`)]
  expect(drawings).toHaveLength(2)
  for (const svg of drawings) {
    const text = [...svg.querySelectorAll('text')].map(element => element.textContent)
    for (const label of ['start', 'created', 'filtered', 'released']) expect(text).toContain(label)
    expect(text).toContain(`peak ${mib(figure(measured, 'release').peak, 1)} MiB`)
    expect(text.join()).toContain('+0.25 MiB')
    expect(svg.getAttribute('role')).toBe('img')
    expect(svg.querySelector('title')?.textContent).toContain('Resident memory over time')
    expect(svg.querySelector('desc')?.textContent).toContain(mib(figure(measured, 'create').rss, 1))
    expect(Number(svg.getAttribute('width'))).toBeLessThanOrEqual(732)
  }
})

test('a way that takes far longer has a time of its own, and says so', () => {
  expect(textOf('#curve-numpy-ts figcaption')).toContain('axis of time is its own')
  for (const name of ['numpy', 'mask', 'in-place'])
    expect(textOf(`#curve-${name} figcaption`)).not.toContain('axis of time')
})

test('the heap of both ways of Ebb, at three moments', () => {
  for (const name of ['mask', 'in-place']) {
    const text = textOf(`#heap-${name} svg`)
    for (const moment of ['before', 'at the peak', 'after the release']) expect(text).toContain(moment)
    expect(text).toContain(`${mib(ARRAY, 1)} MiB in use`)
  }
  expect(document.querySelector('#heap-numpy')).toBe(null)
})

test("the article's figures stand beside ours", () => {
  const rows = [...document.querySelectorAll('section:nth-of-type(3) tbody tr')].map(row =>
    [...row.children].map(cell => cell.textContent),
  )
  expect(rows.slice(0, 6)).toEqual([
    ['at the start', '29.7', '29.7', '50.0', '50.1', '65.0'],
    ['array created', '487.6', '487.5', '507.8', '507.9', '522.8'],
    ['filtered', '487.6', '487.5', '507.8', '507.9', '522.8'],
    ['peak', '602.1', '601.9', '622.2', '507.9', '1422.8'],
    ['released', '29.9', '29.9', '50.3', '50.4', '65.3'],
    ['kept after the release', '0.2', '0.3', '0.3', '0.3', '0.3'],
  ])
  const other = { ...result, experiment: { ...result.experiment, shape: [4, 5, 6] } }
  expect(renderPage(other)).not.toContain('602.1')
})

test('how closely it was watched', () => {
  expect(document.querySelectorAll('table')[1]?.textContent).toContain('8007990.00 ms1.07 ms3.21 ms')
})

test('nothing measured from outside: the curve has the four figures, and the page says so', () => {
  const ways = result.ways.map(({ trace: _, maps: __, ...way }) => way)
  const bare = renderPage({ ...result, ways })
  expectWellFormed(bare)
  expect(bare).toContain('the steps only')
  expect(bare).not.toContain('id="heap-')
})

test('the curves alone, in one drawing that names the machine', () => {
  const svg = drawStandalone(result)
  expectWellFormed(svg)
  expectSelfContained(svg)
  expect(svg).toContain('Test processor, 2 cores')
  expect(svg.match(/peak [\d.]+ MiB/g)).toHaveLength(4)
})

/** A run of the demo, from outside. */
function demo(...args: string[]) {
  return spawnSync(process.execPath, [MAIN, '--no-numpy', '--no-peer', ...args], { encoding: 'utf8' })
}

/** What --json printed, and the page that was written beside it. */
let printed: Result
let written: string
beforeAll(() => {
  const file = join(folder, 'report.html')
  const { stdout, stderr, status } = demo('--json', '--shape', '100,200,400', '--report', file)
  expect([stderr, status]).toEqual(['', 0])
  printed = JSON.parse(stdout)
  written = readFileSync(file, 'utf8')
}, 60_000)

test('demo --report writes the page with the figures of the JSON', () => {
  expectWellFormed(written)
  expectSelfContained(written)
  const { document } = parseHTML(written)
  expect(JSON.parse(document.querySelector('#result')?.textContent ?? '')).toEqual(printed)
  expect(printed.ways.map(({ name }) => name)).toEqual(['mask', 'in-place'])
  const [table] = document.querySelectorAll('table')
  for (const way of printed.ways) {
    for (const { rss } of way.steps) expect(table?.textContent).toContain(mib(rss, 1))
    expect(way.maps?.peak.used).toBeGreaterThanOrEqual(way.nbytes)
    expect(way.maps?.peak.text).toContain('#')
  }
})

test.runIf(isLinux)('resident memory is seen at least every 5 ms, up to the array and down again', () => {
  for (const way of printed.ways) {
    const { samples, durationMs, interval } = way.trace ?? expect.fail('no trace')
    expect(durationMs / (samples.length - 1)).toBeLessThanOrEqual(5)
    expect(interval.median).toBeLessThanOrEqual(5)
    const seen = samples.map(([, rss]) => rss)
    const start = figure(way, 'start').rss
    expect(Math.max(...seen)).toBeGreaterThan(start + way.nbytes - MIB)
    expect(Math.max(...seen)).toBeLessThanOrEqual(figure(way, 'release').peak + MIB)
    if (printed.machine.pager !== 'none') {
      expect(Math.abs(residue(way))).toBeLessThan(MIB)
      expect(seen.at(-1)).toBeLessThan(start + MIB)
    }
  }
})

test('of a name in .svg it writes the curves alone', PATIENCE, () => {
  const file = join(folder, 'curve.svg')
  expect(demo('--shape', '1000', '--report', file).status).toBe(0)
  expect(readFileSync(file, 'utf8')).toMatch(/^<svg xmlns/)
})

test.each([
  ['report.txt', /--report: "report.txt" must end in \.html/],
  ['no-such-folder/report.html', /--report: .* cannot be written \(ENOENT\)/],
  ['', /--report/],
])('--report "%s" is refused before anything is measured', (file, message) => {
  const { status, stderr, stdout } = demo('--report', file)
  expect(stderr).toMatch(message)
  expect([status, stdout]).toEqual([2, ''])
})
