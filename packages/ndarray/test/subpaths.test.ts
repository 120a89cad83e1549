import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './files.ts'

/** What each subpath needs when it is imported. */
const NEEDS = { arrow: 'apache-arrow', scijs: 'ndarray', zarr: 'zarrita' } as const
/** What functions need when they are called. */
const CALLS = [
  ['png', 'readPng(new Uint8Array())', 'fast-png'],
  ['png', 'toPng(nd.ones([2, 2], { dtype: "uint8" }))', 'fast-png'],
  ['nifti', 'readNifti(new Uint8Array())', 'nifti-reader-js'],
] as const
const root = fileURLToPath(new URL('..', import.meta.url))

/** The built files that one loads at once, and the packages. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  const text = readFileSync(join(root, 'dist', file), 'utf8')
  for (const [, name = ''] of text.matchAll(/\b(?:from|import)\s*"([^"]+)"/g)) {
    if (found.has(name)) continue
    found.add(name)
    if (name.startsWith('./')) loadedBy(name, found)
  }
  return found
}

it('the entry loads one file beside itself: what it shares with the subpaths', () => {
  expect([...loadedBy('index.js')]).toEqual([expect.stringMatching(/^\.\/chunk-\w+\.js$/)])
})

describe('where what it needs is not installed', () => {
  const folder = temporaryFolder()
  const modules = folder.path('node_modules/@ebb')
  mkdirSync(join(modules, 'ndarray'), { recursive: true })
  cpSync(join(root, 'dist'), join(modules, 'ndarray/dist'), { recursive: true })
  cpSync(join(root, 'package.json'), join(modules, 'ndarray/package.json'))
  for (const name of ['core', 'pager']) symlinkSync(join(root, '..', name), join(modules, name), 'dir')

  const run = (code: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder.path('.'),
      encoding: 'utf8',
    })

  it.each(Object.entries(NEEDS))('%s says to install %s', (subpath, name) => {
    const { stdout } = run(
      `import('@ebb/ndarray/${subpath}').catch(error => console.log(error.code, error.package, error.message))`,
    )
    expect(stdout).toContain(`EBB_DEPENDENCY ${name} `)
    expect(stdout).toContain(`npm install ${name}`)
  })

  it.each(CALLS)('%s: %s says to install %s', (subpath, call, name) => {
    const { stdout } = run(
      `import * as nd from '@ebb/ndarray'
       import * as subpath from '@ebb/ndarray/${subpath}'
       subpath.${call}.catch(error => console.log(error.code, error.package, error.message))`,
    )
    expect(stdout).toContain(`EBB_DEPENDENCY ${name} `)
    expect(stdout).toContain(`npm install ${name}`)
  })

  it('TIFF needs nothing', () => {
    const { stdout } = run(
      `import { readTiff } from '@ebb/ndarray/tiff'; readTiff(new Uint8Array()).catch(error => console.log(error.code))`,
    )
    expect(stdout).toBe('EBB_FORMAT\n')
  })

  it('the entry is there', () => {
    expect(run(`import * as nd from '@ebb/ndarray'; console.log(nd.ones(3).sum())`).stdout).toBe('3\n')
  })
})

it('one array is an array to every subpath', () => {
  const code = `
    import * as nd from '@ebb/ndarray'
    import { toScijs } from '@ebb/ndarray/scijs'
    import { toArrow } from '@ebb/ndarray/arrow'
    import { readPng, toPng } from '@ebb/ndarray/png'
    import { readZarr, writeZarr } from '@ebb/ndarray/zarr'
    const a = nd.ones(3)
    const store = new Map()
    await writeZarr(store, a)
    const b = await readZarr(store)
    const c = await readPng(await toPng(nd.ones([2, 2], { dtype: 'uint8' })))
    console.log(toScijs(a).get(1), toArrow(a).length, b instanceof nd.NDArray, c instanceof nd.NDArray, String(nd.add(a, b)))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(stdout, stderr).toBe('1 3 true true [2. 2. 2.]\n')
})
