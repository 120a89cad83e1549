import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extraPeak, figure, residue, type Way } from '../src/result.ts'

/** The demo as it is built, run from outside. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const MIB = 2 ** 20
const PATIENCE = { timeout: 60_000 }
const isLinux = process.platform === 'linux'

let folder: string
let volume: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ebb-demo-'))
  volume = file(
    'volume.npy',
    npy(
      [2, 3, 1000],
      new Int16Array(6000).map((_, i) => i),
    ),
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

function demo(args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [MAIN, ...args, '--no-peer'], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
}

function demoJson(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = demo(['--json', ...args], env)
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout.trim().split('\n')).toHaveLength(1)
  return JSON.parse(stdout)
}

/** A .npy file of int16, written by hand. */
function npy(shape: number[], data: Int16Array): Buffer {
  const text = `{'descr': '<i2', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const header = `${text.padEnd(117)}\n`
  const prefix = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0])
  return Buffer.concat([prefix, Buffer.from(header), Buffer.from(data.buffer)])
}

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

test('--json: both ways, with their steps in order', PATIENCE, () => {
  const result = demoJson(['--shape', '40x50x60', '--no-numpy'])
  expect(result.ways.map((way: Way) => way.name)).toEqual(['mask', 'in-place'])
  for (const way of result.ways as Way[]) {
    expect(way.steps.map(step => step.name)).toEqual(['start', 'create', 'filter', 'release'])
    for (const { rss, peak, ms } of way.steps) {
      expect(rss).toBeGreaterThan(MIB)
      expect(peak).toBeGreaterThanOrEqual(isLinux ? rss - MIB : 0)
      expect(ms).toBeGreaterThan(0)
    }
    expect(way).toMatchObject({ shape: [40, 50, 60], dtype: 'int32', nbytes: 480_000, zeroed: 120_000 })
    expect(way).not.toHaveProperty('rounds')
  }
  expect(result.machine.total).toBeGreaterThan(0)
  expect(result.machine.node).toBe(process.versions.node)
  expect(result.experiment).toMatchObject({ shape: [40, 50, 60], threshold: 2800, seed: 0, rounds: 1 })
  expect(result.verdict).toMatch(/^Verdict: /)
})

test.runIf(isLinux)('memory comes back, and filtering in place takes none', PATIENCE, () => {
  const { ways, machine, verdict } = demoJson(['--shape', '100,200,400', '--rounds', '3', '--no-numpy'])
  if (machine.pager === 'none') return expect(verdict).toContain('stays')
  const [mask, inPlace] = ways as [Way, Way]
  for (const way of [mask, inPlace]) {
    const { rss } = figure(way, 'start')
    expect(figure(way, 'create').rss - rss).toBeGreaterThan(way.nbytes - MIB)
    expect(Math.abs(residue(way))).toBeLessThan(MIB)
    expect(way.rounds).toHaveLength(3)
    for (const round of way.rounds ?? []) expect(Math.abs(round.rss - rss)).toBeLessThan(MIB)
  }
  expect(extraPeak(inPlace)).toBeLessThan(MIB)
  // The mask is a byte an element.
  expect(extraPeak(mask)).toBeGreaterThan(8_000_000 - MIB)
})

test('a threshold within the values zeroes a part of them', PATIENCE, () => {
  const { ways } = demoJson(['--shape', '1000', '--threshold', '49', '--dtype', 'int64', '--no-numpy'])
  const [mask, inPlace] = ways as [Way, Way]
  expect(mask.zeroed).toBeGreaterThan(400)
  expect(mask.zeroed).toBeLessThan(600)
  expect(inPlace.zeroed).toBe(mask.zeroed)
})

test('--input takes the array from a file', PATIENCE, () => {
  const { ways } = demoJson(['--input', volume, '--threshold', '2800', '--no-numpy'])
  for (const way of ways as Way[]) {
    expect(way).toMatchObject({ shape: [2, 3, 1000], dtype: 'int16', nbytes: 12_000, zeroed: 2801 })
  }
})

test('for reading: the machine, a table a way, the verdict', PATIENCE, () => {
  const { status, stdout, stderr } = demo(['--shape', '40,50,60', '--rounds', '2', '--no-numpy'])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^Memory: [\d.]+ MiB, .* available, (no limit|limit .*); Node .*; pager: \S+$/)
  expect(lines[1]).toMatch(/^Array: 40×50×60 int32, 0\.46 MiB; /)
  expect(lines.filter(line => line.includes('array of 40×50×60 random ints'))).toHaveLength(2)
  expect(lines.filter(line => line.startsWith('  2 rounds: '))).toHaveLength(2)
  expect(lines.at(-1)).toMatch(/^Verdict: /)
  expect(stdout).not.toContain('\x1b')
})

test('EBB_PAGER=none: all works, and the memory stays with the process', PATIENCE, () => {
  const args = ['--shape', '100,200,400', '--no-numpy']
  const { machine, verdict, ways } = demoJson(args, { EBB_PAGER: 'none' })
  expect(machine.pager).toBe('none')
  expect(verdict).toContain('the memory stays with the process')
  expect((ways as Way[]).map(way => way.zeroed)).toEqual([8_000_000, 8_000_000])
  // 30.5 MiB
  if (isLinux) expect(residue(ways[1])).toBeGreaterThan(29 * MIB)
})

/** A python3 that has NumPy, as the demo looks for one. */
const hasNumpy = ['python3', '/usr/bin/python3', 'python'].some(
  command => spawnSync(command, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
)

test.runIf(hasNumpy && isLinux)('NumPy is measured alike, on the same numbers', PATIENCE, () => {
  const { ways } = demoJson(['--shape', '100,100,100', '--threshold', '31'])
  expect(ways.map((way: Way) => way.name)).toEqual(['mask', 'in-place', 'numpy'])
  const [mask, , numpy] = ways as [Way, Way, Way]
  expect(numpy.steps.map(step => step.name)).toEqual(['start', 'create', 'filter', 'release'])
  expect(numpy.zeroed).toBe(mask.zeroed)
  expect(numpy.nbytes).toBe(mask.nbytes)
})

test('without a Python on the PATH that is noted, and no error', PATIENCE, () => {
  const { notes, ways } = demoJson(['--shape', '10'], { PATH: folder })
  if (ways.length === 2) expect(notes).toEqual([expect.stringMatching(/^NumPy was not measured: /)])
  else expect(notes).toEqual([])
})

test('--help is shown, with exit code 0', () => {
  const { status, stdout } = demo(['--help'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/^Usage: /)
})

function expectRefusal(args: string[], message: RegExp, env: Record<string, string> = {}) {
  for (const mode of [[], ['--json']]) {
    const { status, stdout, stderr } = demo([...args, '--no-numpy', ...mode], env)
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  }
}

test('bad flags: one line on stderr, exit code 2', PATIENCE, () => {
  expectRefusal(['--shape', '0'], /^demo: --shape: /)
  expectRefusal(['--dtype', 'float64'], /^demo: --dtype: /)
  expectRefusal(['--colour'], /^demo: Unknown option/)
  expectRefusal(['--shape', '4'], /^demo: EBB_PAGER: no backend is called "nobody"/, { EBB_PAGER: 'nobody' })
})

test('bad files: one line on stderr, exit code 2', PATIENCE, () => {
  const bytes = npy([100], new Int16Array(100))
  expectRefusal(['--input', join(folder, 'nowhere.npy')], /nowhere\.npy does not exist/)
  expectRefusal(['--input', folder], /is not a file/)
  expectRefusal(['--input', file('cut.npy', bytes.subarray(0, -1))], /^demo: .*cut\.npy/)
  expectRefusal(['--input', file('header.npy', bytes.subarray(0, 40))], /^demo: .*header\.npy/)
  expectRefusal(['--input', file('text.npy', 'no array')], /^demo: .*text\.npy/)
  expectRefusal(['--input', file('empty.npy', '')], /^demo: .*empty\.npy/)
})

test('an array that does not fit: one line on stderr, exit code 1', PATIENCE, () => {
  const { status, stdout, stderr } = demo(['--shape', '4096,1024,1024', '--json', '--no-numpy'])
  expect(stderr).toMatch(/^demo: cannot allocate 17179869184 bytes[^\n]*\n$/)
  expect(stdout).toBe('')
  expect(status).toBe(1)
})
