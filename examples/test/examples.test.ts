/** Every script of examples/ in a process of its own: it must print what its opening comment promises. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as nd from '@ebb/ndarray'
import { describe, expect, it } from 'vitest'
import { patternOf, promisedLines } from './promise.ts'

const FOLDER = fileURLToPath(new URL('..', import.meta.url))
const scripts = readdirSync(FOLDER).filter(name => name.endsWith('.ts') && !name.endsWith('.config.ts'))
const run = promisify(execFile)
const givesBack = nd.memory.pager().backend !== 'none'

it('there are examples', () => {
  expect(scripts).toContain('refcounts.ts')
})

describe.each(scripts)('%s', name => {
  const source = readFileSync(`${FOLDER}/${name}`, 'utf8')

  it('is under 60 lines', () => {
    expect(source.trimEnd().split('\n').length).toBeLessThan(60)
  })

  const needsPager = source.includes('Prints, where the pager can give pages back')

  it.skipIf(needsPager && !givesBack)('prints what its comment promises', async () => {
    const promised = promisedLines(source)
    const env = { ...process.env, NODE_OPTIONS: '', EBB_MALLOC: '', EBB_PAGER: '' }
    const { stdout } = await run(process.execPath, ['--import', 'tsx', name], { cwd: FOLDER, env })
    if (!patternOf(promised).test(stdout)) expect(stdout).toBe(`${promised.join('\n')}\n`)
  })
})
