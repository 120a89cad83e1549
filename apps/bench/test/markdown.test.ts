import { describe, expect, it } from 'vitest'
import { toCase } from '../src/cases.ts'
import { markdown, time } from '../src/markdown.ts'
import type { Report } from '../src/report.ts'
import { ROWS, type Row } from '../src/rows.ts'

const row = (name: string) => ROWS.find(found => found.name === name) as Row

const REPORT: Report = {
  date: '2030-01-02',
  quick: false,
  machine: { cpu: 'A Processor', cores: 8, memory: 16 * 2 ** 30, system: 'Linux 7.0, x64', node: '30.1.0' },
  versions: { ebb: '0.1.0', numpy: '2.4.6', c: 'GCC 12.2.0' },
  absent: { 'numpy-ts': 'it is not installed' },
  results: [
    { task: toCase(0, row('add'), 'float64', 64), ns: { ebb: 300, numpy: 400, c: 10 }, missing: {} },
    { task: toCase(1, row('sum'), 'int32', 64), ns: { ebb: 1234, numpy: 617 }, missing: { c: 'failed' } },
    { task: toCase(2, row('add'), 'int32', 1e6), ns: { numpy: 2.5e6 }, missing: { ebb: 'not there' } },
  ],
  startup: { imports: [{ name: 'Ebb', ms: 9.87, rss: 2.5 * 2 ** 20 }], wasm: 123_456 },
}

describe('the page', () => {
  const page = markdown(REPORT)

  it('names the machine, the parties and who is absent', () => {
    expect(page).toContain('on 2030-01-02: A Processor, 8 cores, 16 GiB, Linux 7.0, x64, Node 30.1.0')
    expect(page).toContain('- NumPy: with `out`, too, where a function takes it (2.4.6)')
    expect(page).toContain('- numpy-ts took no part: it is not installed')
  })

  it('has the ratios by dtype', () => {
    expect(page).toContain('|  | int32 | float64 |')
    expect(page).toContain('| add | — | 0.75 |')
    expect(page).toContain('| sum | 2.00 | — |')
  })

  it('has every figure, in its unit', () => {
    expect(page).toContain('| add | float64 | 300 ns | 400 ns | 10.0 ns | — | — | 0.75 | 30.00 |')
    expect(page).toContain('| sum | int32 | 1.23 µs | 617 ns | — | — | — | 2.00 | — |')
    expect(page).toContain('| add | int32 | — | 2.50 ms | — | — | — | — | — |')
  })

  it('has what importing costs', () => {
    expect(page).toContain('| import Ebb | 9.9 ms | 2.5 MiB |')
    expect(page).toContain('`ebb.wasm` has 123.5 KB.')
  })

  it('says why a figure is missing', () => {
    expect(page).toContain('- Ebb, add: not there (int32)')
    expect(page).toContain('- C, sum: failed (int32)')
  })
})

it('gives times three digits', () => {
  expect([0.5, 9.994, 9.996, 99.96, 999, 12_345, 1.5e9].map(time)).toEqual([
    '0.50 ns',
    '9.99 ns',
    '10.0 ns',
    '100 ns',
    '999 ns',
    '12.3 µs',
    '1.50 s',
  ])
})
