import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { chromiumPath, launchOptions } from './src/chromium.ts'

/** The tests of the public API that need no more of Node than test/node stands in for. */
const PORTABLE = [
  'assign',
  'choose',
  'comparison',
  'compress',
  'creation',
  'diff',
  'manipulation',
  'product',
  'quantile',
  'random-integers',
  'random-seedsequence',
  'reduction',
  'references',
  'searching',
  'sets',
  'slice',
  'sorting',
  'statistics',
  'take',
]

const bundlers: TestProjectInlineConfiguration = {
  test: { name: 'bundlers', include: ['test/*.test.ts'], testTimeout: 240_000, hookTimeout: 240_000 },
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const inChromium = (): TestProjectInlineConfiguration => ({
  resolve: { alias: { 'node:fs': here('test/node/fs.ts'), 'node:crypto': here('test/node/crypto.ts') } },
  server: { fs: { allow: [here('../..')] } },
  test: {
    name: 'chromium',
    root: here('../../packages/ndarray'),
    include: PORTABLE.map(name => `test/${name}.test.ts`),
    testTimeout: 240_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: launchOptions() }),
      instances: [{ browser: 'chromium' }],
    },
  },
})

// Where no Chromium is, test/bundlers.test.ts says so.
export default defineConfig({
  test: { projects: chromiumPath() ? [bundlers, inChromium()] : [bundlers] },
})
