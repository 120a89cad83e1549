/** docs/memory.md: its table is whole, leads to every script, and what it names exists. */
import { readdirSync } from 'node:fs'
import * as nd from '@ebb/ndarray'
import { describe, expect, it } from 'vitest'
import { linksOf, ROOT, readDocument } from './markdown.ts'

const document = readDocument('docs/memory.md')
const { prose } = document
const links = linksOf(document)
const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(match => match[1] as string)

describe('the links', () => {
  it('name the file that they lead to', () => {
    for (const [, name, path] of prose.matchAll(/\[([\w-]+\.ts)\]\(([^)]+)\)/g)) {
      expect((path as string).split('/').at(-1)).toBe(name)
    }
  })

  it('lead to every example', () => {
    const examples = readdirSync(new URL('examples/', ROOT)).filter(name => /^[\w-]+\.ts$/.test(name))
    for (const name of examples) expect(links).toContain(`../examples/${name}`)
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

/** What a path such as `nd.memory.heap().dirty` leads to. Functions that end it are not called. */
function follow(path: string): unknown {
  let value: unknown = nd
  let owner: unknown
  const parts = path.match(/\.\w+|\(\)|\[\d\]/g) ?? []
  for (const [i, part] of parts.entries()) {
    if (part === '()') {
      if (i === parts.length - 1) break
      value = (value as () => unknown).call(owner)
      continue
    }
    owner = value
    const key = part.replace(/[.[\]]/g, '')
    if (typeof owner !== 'object' && typeof owner !== 'function') return undefined
    if (owner === null || !(key in owner)) return undefined
    value = (owner as Record<string, unknown>)[key]
  }
  return value ?? 'there, but without a value on this system'
}

describe('what it names', () => {
  const paths = inline.flatMap(code => code.match(/\bnd(?:\.\w+|\(\)|\[\d\])+/g) ?? [])

  it.each([...new Set(paths)])('%s', path => {
    expect(follow(path)).toBeDefined()
  })

  it('functions of nd.gc', () => {
    const list = /`nd\.gc` has the functions[^.]*\./.exec(prose)?.[0] ?? ''
    const names = [...list.matchAll(/`(\w+)`/g)].map(match => match[1])
    expect(names.sort()).toEqual(Object.keys(nd.gc).sort())
  })
})
