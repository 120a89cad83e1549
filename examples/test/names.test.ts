/** docs/from-numpy.md: every name of Ebb in it exists, every export is in it, and pairs are pairs. */
import * as nd from '@ebb/ndarray'
import { describe, expect, it } from 'vitest'
import { readDocument } from './markdown.ts'

const { prose } = readDocument('docs/from-numpy.md')
const named = new Set([...prose.matchAll(/\bnd((?:\.\w+)+)/g)].map(match => (match[1] as string).slice(1)))
const NAMESPACES = { gc: nd.gc, memory: nd.memory, random: nd.random }

it('every export is in it', () => {
  const names = Object.keys(nd).flatMap(name => {
    if (!(name in NAMESPACES)) return [name]
    return Object.keys(NAMESPACES[name as keyof typeof NAMESPACES]).map(below => `${name}.${below}`)
  })
  expect(names.length).toBeGreaterThan(200)
  expect(names.filter(name => !named.has(name))).toEqual([])
})

/** The names in a cell of a row that are written alone: `np.sum`, and not `a.sum()`. */
function namesIn(cell: string, module: string): string[] {
  return [...cell.matchAll(/`((?:\w+\.)*)(\w+)`/g)]
    .filter(([, prefix = '']) => prefix.startsWith(`${module}.`))
    .map(match => match[2] as string)
}

describe('the rows', () => {
  const rows = prose.split('\n').filter(line => line.startsWith('| `'))
  const cells = rows.map(row => row.slice(2, -2).split(' | ') as [string, string])

  it.each(cells.filter(([numpy]) => namesIn(numpy, 'np').length > 1))('%s: %s', (numpy, ebb) => {
    const camel = (name: string) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())
    const expected = namesIn(numpy, 'np').map(camel)
    if (expected.length === namesIn(ebb, 'nd').length) expect(namesIn(ebb, 'nd')).toEqual(expected)
    else expect(ebb).toMatch(/[;(]/)
  })
})
