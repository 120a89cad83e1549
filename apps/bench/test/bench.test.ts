import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { selectCases } from '../src/cases.ts'
import { ALL } from '../src/dtype.ts'
import { median } from '../src/measure.ts'
import type { Report } from '../src/report.ts'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

function bench(...args: string[]): string {
  return execFileSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' })
}

describe('a run', () => {
  it('of one small case has a figure of Ebb, and one of every party that is there', () => {
    const text = bench('--quick', '--only', 'sum', '--sizes', '64', '--dtypes', 'float64', '--json', '-')
    const { results, versions, machine, startup } = JSON.parse(text) as Report
    expect(results).toHaveLength(1)
    const [{ task, ns, missing }] = results as [Report['results'][number]]
    expect(task).toMatchObject({ name: 'sum', dtype: 'float64', size: 64 })
    expect(missing).toEqual({})
    expect(Object.keys(ns)).toEqual(Object.keys(versions))
    expect(versions).toHaveProperty('ebb')
    expect(versions).toHaveProperty('js')
    for (const value of Object.values(ns)) expect(value).toBeGreaterThan(0)
    expect(machine.node).toBe(process.versions.node)
    expect(startup).toBeUndefined()
  }, 60_000)

  it('compares results in all dtypes: the parties have the same operands', () => {
    const args = ['--quick', '--only', 'copy,sum,assign where', '--sizes', '10', '--no-peer', '--json', '-']
    const { results } = JSON.parse(bench(...args, '--dtypes', ALL.join())) as Report
    expect(results).toHaveLength(3 * ALL.length)
    for (const { task, missing } of results) {
      expect([task.name, task.dtype, Object.values(missing)]).toEqual([task.name, task.dtype, []])
    }
  }, 120_000)

  it('without a known operation ends with 2', () => {
    expect(() => bench('--only', 'nothing')).toThrow(expect.objectContaining({ status: 2 }))
  })
})

describe('the cases', () => {
  it('are numbered, and grouped by dtype and size', () => {
    const cases = selectCases({ sizes: [64, 100], dtypes: ['int32', 'float64'], ownSizes: false })
    expect(cases.map(({ id }) => id)).toEqual(cases.map((_, index) => index))
    const groups = cases.map(({ dtype, size }) => `${dtype} ${size}`)
    expect([...new Set(groups)]).toEqual(groups.filter((group, at) => group !== groups[at - 1]))
  })

  it('leave out the plain loop where bigints and numbers would mix', () => {
    const [task] = selectCases({ only: ['sum, axis 0'], sizes: [100], dtypes: ['int32'], ownSizes: false })
    expect(task).toMatchObject({ outDType: 'int64', rows: 10, cols: 10, outLength: 10 })
    expect(task?.js).toBeUndefined()
    expect(task?.c).toBeDefined()
  })
})

it('the median is the middle, or between the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})
