import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { image } from './images.ts'

const dist = new URL('../dist/', import.meta.url)
const optional = Object.keys(manifest.peerDependencies)

/** What a file of the package, and those that it imports at once, import from elsewhere. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  const text = readFileSync(new URL(file, dist), 'utf8')
  for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*"([^"]+)"/g)) {
    if (seen.has(name)) continue
    seen.add(name)
    if (name.startsWith('./')) importsOf(name, seen)
  }
  return seen
}

it('no entry loads an optional package before it is needed', () => {
  for (const { default: file } of Object.values(manifest.exports)) {
    const imports = importsOf(file.replace('./dist/', ''))
    expect([...imports].filter(name => name.startsWith('@ebb/'))).not.toEqual([])
    for (const name of optional) expect(imports).not.toContain(name)
  }
})

it('all optional packages are told to be optional', () => {
  const told = Object.fromEntries(optional.map(name => [name, { optional: true }]))
  expect(manifest.peerDependenciesMeta).toEqual(told)
})

it('entries share a heap', async () => {
  const nd = await import(new URL('index.js', dist).href)
  const { readTiff } = await import(new URL('tiff.js', dist).href)
  const a = await readTiff(image('uint8.tif'))
  expect(a).toBeInstanceOf(nd.NDArray)
  expect(nd.memory.heap().blocks).toBe(1)
  a.release()
  await expect(readTiff(new Uint8Array())).rejects.toBeInstanceOf(nd.FormatError)
})
