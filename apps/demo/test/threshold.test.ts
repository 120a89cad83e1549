import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as nd from '@ebb/ndarray'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseThresholdOptions, thresholdHelp } from '../src/thresholdoptions.ts'

/** The demo as it is built, run from outside. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const PATIENCE = { timeout: 60_000 }
const folder = mkdtempSync(join(tmpdir(), 'ebb-threshold-'))
const [input, output] = [join(folder, 'in.npy'), join(folder, 'out.npy')]
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  using a = nd.random.defaultRng(1).integers(0, 1000, { size: [50, 60, 70], dtype: 'uint16' })
  nd.saveSync(input, a)
})

function demo(...args: string[]) {
  return spawnSync(process.execPath, [MAIN, 'threshold', ...args], { encoding: 'utf8' })
}

test('finds a threshold, filters, and says what it took', PATIENCE, () => {
  const { status, stdout, stderr } = demo(input, output, '--method', 'otsu')
  expect([status, stderr]).toEqual([0, ''])
  using a = nd.loadSync(input)
  const t = nd.thresholdOtsu(a)
  expect(stdout).toMatch(
    new RegExp(`^Threshold: ${t} \\(otsu, found in [\\d.]+ ms\\); binary in [\\d.]+ ms: .*\nRSS MiB: `),
  )
  using expected = nd.threshold(a, t)
  using actual = nd.loadSync(output)
  expect(nd.arrayEqual(actual, expected)).toBe(true)
})

test('--json: one object', PATIENCE, () => {
  const { stdout } = demo('--', input, output, '--threshold', '-5', '--mode', 'toZero', '--json')
  const { threshold, rss, ms } = JSON.parse(stdout)
  expect(threshold).toBe(-5)
  expect(rss.peak).toBeGreaterThanOrEqual(rss.start)
  expect(ms.filter).toBeGreaterThan(0)
  expect(readFileSync(output).equals(readFileSync(input))).toBe(true)
})

test.each([
  [['missing.npy', 'out.npy'], 2, /--input: missing.npy does not exist/],
  [['bad.npy', 'out.npy'], 2, /bad.npy: not a .npy file/],
  [['in.npy', 'no/out.npy'], 1, /ENOENT/],
])('%j ends in one line', PATIENCE, (files, code, message) => {
  writeFileSync(join(folder, 'bad.npy'), 'no array at all')
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'threshold', ...files], {
    encoding: 'utf8',
    cwd: folder,
  })
  expect(status).toBe(code)
  expect(stderr).toMatch(message)
  expect(stderr.trim()).not.toContain('\n')
})

test.skipIf(process.platform === 'win32')('interrupted, it leaves nothing', PATIENCE, async () => {
  using large = nd.zeros([300, 512, 512], { dtype: 'uint8' })
  const [from, to] = [join(folder, 'large.npy'), join(folder, 'never.npy')]
  nd.saveSync(from, large)
  const child = spawn(process.execPath, [MAIN, 'threshold', from, to, '--threshold', '5', '--max-mib', '1'])
  let complaint = ''
  child.stderr.on('data', text => {
    complaint += text
  })
  const ended = once(child, 'exit')
  const hasBegun = () => readdirSync(folder).some(name => name.endsWith('.tmp'))
  while (!hasBegun() && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 1))
  child.kill('SIGINT')
  expect(await ended).toEqual([1, null])
  expect(complaint).toMatch(/^demo: interrupted/)
  expect([existsSync(to), hasBegun()]).toEqual([false, false])
})

test('without flags the method is Otsu', () => {
  expect(parseThresholdOptions(['a.npy', 'b.npy'])).toEqual({
    input: 'a.npy',
    output: 'b.npy',
    threshold: 'otsu',
    mode: 'binary',
    maxBytes: 64 * 2 ** 20,
    json: false,
  })
  expect(parseThresholdOptions(['--help'])).toBe(undefined)
  expect(parseThresholdOptions(['a', 'b', '--threshold', '-2.5', '--max-value', '-1'])).toMatchObject({
    threshold: -2.5,
    maxValue: -1,
  })
})

test.each([
  [['a.npy'], /two files/],
  [['a', 'b', 'c'], /two files/],
  [['a', 'b', '--method', 'best'], /--method: "best" is none; choose one of otsu/],
  [['a', 'b', '--mode', 'tozero'], /--mode: "tozero"/],
  [['a', 'b', '--method', 'li', '--threshold', '5'], /choose/],
  [['a', 'b', '--threshold', 'x'], /--threshold: "x"/],
  [['a', 'b', '--max-mib', '0'], /--max-mib: "0"/],
  [['a', 'b', '--colour'], /Unknown option/],
])('%j is refused', (argv, message) => {
  expect(() => parseThresholdOptions(argv)).toThrow(message)
})

test('the help fits 100 columns', () => {
  expect(
    Math.max(
      ...thresholdHelp()
        .split('\n')
        .map(line => line.length),
    ),
  ).toBeLessThanOrEqual(100)
})
