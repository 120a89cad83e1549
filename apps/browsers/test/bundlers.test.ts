import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as nd from '@ebb/ndarray'
import type { Browser } from 'playwright-core'
import { createServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium, NO_CHROMIUM } from '../src/chromium.ts'
import { serve } from '../src/server.ts'
import { bundlers } from './bundlers.ts'
import { type Installation, install } from './installed.ts'

const found = chromiumPath()
if (!found) console.warn(NO_CHROMIUM)

let site: Installation
beforeAll(async () => {
  site = await install()
})
afterAll(() => site[Symbol.asyncDispose]())

describe.each(Object.entries(bundlers))('%s', (name, bundle) => {
  test('packs the library, and nothing of Node', async () => {
    const target = join(site.folder, `dist-${name}`)
    await bundle(site.folder, target)
    for (const file of await readdir(target, { recursive: true })) {
      if (!file.endsWith('.js')) continue
      const code = await readFile(join(target, file), 'utf8')
      expect(code, file).not.toMatch(/(?:from|import|import\(|require\()\s*["'`]node:/)
    }
  })

  test.skipIf(!found)('which runs in Chromium', async () => {
    await using server = await serve(join(site.folder, `dist-${name}`))
    await expectFindings(`${server.url}/`)
  })
})

test.skipIf(!found)("Vite's development server gives out what runs in Chromium", async () => {
  const server = await createServer({
    root: site.folder,
    logLevel: 'error',
    configFile: false,
    server: { host: '127.0.0.1', port: 0 },
  })
  try {
    await server.listen()
    await expectFindings(server.resolvedUrls?.local[0] as string)
  } finally {
    await server.close()
  }
})

let browser: Browser | undefined
afterAll(() => browser?.close())

async function findingsOf(url: string): Promise<unknown> {
  browser ??= await launchChromium()
  const page = await browser.newPage()
  const trouble: string[] = []
  page.on('pageerror', error => trouble.push(error.message))
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) trouble.push(message.text())
  })
  page.on('requestfailed', request => {
    // The zip library ends workers, made of blobs, whether or not they have begun: no fault of the page.
    if (!request.url().startsWith('blob:')) trouble.push(`${request.url()} failed`)
  })
  await page.goto(url)
  const findings = await page
    .waitForFunction('globalThis.findings')
    .then(handle => handle.jsonValue())
    .catch(error => trouble.push(String(error)))
  await page.close()
  expect(trouble).toEqual([])
  return findings
}

async function expectFindings(url: string): Promise<void> {
  using volume = nd.random.defaultRng(0).integers(0, 100, { size: [40, 50, 60], dtype: 'int16' })
  const sum = volume.sum()
  volume.assignWhere('<=', 50, 0)
  expect(await findingsOf(url)).toEqual({
    sum: Number(sum),
    filtered: Number(volume.sum()),
    same: true,
    released: volume.nbytes,
    collected: 1,
    blocks: 0,
    backend: 'none',
    rss: 'NaN',
    misnamed: [],
    path: expect.stringMatching(/^\w*Error: there is no file system here/),
    debug: expect.stringMatching(/^\w*Error: the debug heap is not loaded in browsers/),
  })
}
