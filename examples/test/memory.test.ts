/** docs/memory.md: its table is whole and leads to every script. */
import * as nd from '@ebb/ndarray'
import { describe, expect, it } from 'vitest'
import { readDocument } from './markdown.ts'

const { prose } = readDocument('docs/memory.md')

describe('the links', () => {
  it('name the file that they lead to', () => {
    for (const [, name, path] of prose.matchAll(/\[([\w-]+\.ts)\]\(([^)]+)\)/g)) {
      expect((path as string).split('/').at(-1)).toBe(name)
    }
  })
})

describe('the table', () => {
  const rows = prose.split('\n').filter(line => line.startsWith('| '))

  const lines = rows.slice(2).map(row => row.slice(2).split(' | '))

  it.each(lines)('%s', (...cells) => {
    expect(cells).toHaveLength(6)
    expect(cells[3]).toMatch(/\]\(\.\.\/packages\//)
    expect(cells[4]).toMatch(/`nd\./)
    expect(cells[5]).toMatch(/\]\(\.\.\/examples\//)
  })
})

it('names the functions of nd.gc', () => {
  const list = /`nd\.gc` has the functions[^.]*\./.exec(prose)?.[0] ?? ''
  const names = [...list.matchAll(/`(\w+)`/g)].map(match => match[1])
  expect(names.sort()).toEqual(Object.keys(nd.gc).sort())
})
