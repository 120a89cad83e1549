/** docs/memory.md: its links lead somewhere, what it names exists, and its blocks of code print what they say. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as nd from '@ebb/ndarray'
import { describe, expect, it } from 'vitest'
import { patternOf } from './promise.ts'

const ROOT = new URL('../../', import.meta.url)
const DOCUMENT = new URL('docs/memory.md', ROOT)
const text = readFileSync(DOCUMENT, 'utf8')
const prose = text.replace(/^```[\s\S]*?^```$/gm, '')
const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(match => match[1] as string)
const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(match => match[1] as string)
const run = promisify(execFile)

describe('the links', () => {
  const links = [...new Set([...prose.matchAll(/\]\(([^)]+)\)/g)].map(match => match[1] as string))]

  it.each(links)('%s', link => {
    const [path, anchor] = link.split('#') as [string, string?]
    const target = new URL(path, DOCUMENT)
    expect(existsSync(target), link).toBe(true)
    if (anchor) expect(readFileSync(target, 'utf8').toLowerCase()).toContain(`\n## ${anchor}\n`)
  })

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

describe('the code', () => {
  it.each(blocks.map((block, i) => [i + 1, block] as const))('block %i', async (_, block) => {
    const expected = [...block.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(match => match[1] as string)
    expect(expected.length).toBeGreaterThan(0)
    const folder = mkdtempSync(fileURLToPath(new URL('examples/node_modules/.block-', ROOT)))
    try {
      writeFileSync(`${folder}/block.ts`, block)
      const { stdout } = await run(process.execPath, ['--import', 'tsx', 'block.ts'], { cwd: folder })
      if (!patternOf(expected).test(stdout)) expect(stdout).toBe(`${expected.join('\n')}\n`)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
