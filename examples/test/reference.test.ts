/** The reference: everything that is exported is in it, with a comment, and its links lead somewhere. */
import { describe, expect, it } from 'vitest'
import { readEntries } from '../../tools/reference/entries.ts'
import { pagesOf } from '../../tools/reference/page.ts'
import { anchorsOf, ROOT } from './markdown.ts'

const entries = readEntries(ROOT)
const pages = pagesOf(entries)
const NAMESPACES = ['gc', 'memory', 'random']
const described = new Set(entries.flatMap(({ name, aliases }) => [name, ...aliases]))

describe.each([
  ['@ebb/ndarray', 'nd.'],
  ['@ebb/pager', ''],
  ...['arrow', 'nifti', 'png', 'scijs', 'tiff', 'zarr'].map(path => [`@ebb/ndarray/${path}`, ''] as const),
] as const)('%s', (specifier, prefix) => {
  it('is described whole', async () => {
    const module: Record<string, unknown> = await import(specifier)
    const names = Object.entries(module).flatMap(([name, value]) => {
      return NAMESPACES.includes(name)
        ? Object.keys(value as object).map(below => `${name}.${below}`)
        : [name]
    })
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter(name => !described.has(prefix + name))).toEqual([])
  })
})

it('has a comment for every name, and for every method', () => {
  const methods = entries.flatMap(({ name, members }) =>
    members
      .filter(({ name, signatures }) => /^[\w.]+\(/.test(signatures[0] ?? '') && name !== 'constructor')
      .map(member => ({ ...member, name: `${name}.${member.name}` })),
  )
  expect(methods.map(({ name }) => name)).toContain('nd.NDArray.release')
  const silent = [...entries, ...methods].filter(({ comment }) => comment === '')
  expect(silent.map(({ name }) => name)).toEqual([])
})

it('shows what a function takes and tells of its errors', () => {
  const page = pages.get('functions/creation.md')
  expect(page).toContain("function zeros<D extends DType = 'float64'>(shape: number | Shape,")
  expect(page).toMatch(/## nd\.zeros\n[^#]*\n- Throws: ShapeError, DTypeError, OutOfMemoryError\n/)
})

it('puts a class together with what it extends', () => {
  expect(pages.get('ndarray.md')).toMatch(
    /### NDArray\.add\n[\s\S]*### NDArray\.dtype\n[\s\S]*### NDArray\.release\n/,
  )
  expect(pages.get('ndarray.md')).not.toContain('@internal')
})

it('has links that lead somewhere', () => {
  const lost = [...pages].flatMap(([path, text]) =>
    [...text.matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)].filter(([, file = '', anchor = '']) => {
      const target = file === '' ? path : new URL(file, `file:///${path}`).pathname.slice(1)
      return !anchorsOf(pages.get(target) ?? '').includes(anchor)
    }),
  )
  expect(lost.map(([link]) => link)).toEqual([])
})
