/** The built page in Chromium. */
import { fileURLToPath } from 'node:url'
import { launchChromium } from '@ebb/browsers/chromium'
import { type Site, serve } from '@ebb/browsers/server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

const BUILT = fileURLToPath(new URL('../dist', import.meta.url))

export interface Lab extends AsyncDisposable {
  /** The page with the brain on it. */
  open(options?: BrowserContextOptions): Promise<Page>
  /** What any page complained of. */
  readonly complaints: string[]
}

export async function startLab(): Promise<Lab> {
  const site: Site = await serve(BUILT)
  const browser: Browser = await launchChromium()
  const complaints: string[] = []
  return {
    complaints,
    async open(options) {
      const page = await browser.newPage(options)
      page.on('console', message => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', error => complaints.push(error.message))
      page.on('requestfailed', request => complaints.push(request.url()))
      await page.goto(`${site.url}/`)
      await page.getByRole('rowheader', { name: 'brain' }).waitFor()
      return page
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await site[Symbol.asyncDispose]()
    },
  }
}

/** The newest line of the log. */
export function lastLine(page: Page): Promise<string | null> {
  return page.locator('#log p').first().textContent()
}

/** All that the canvas shows. */
export function picture(page: Page): Promise<string> {
  return page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
}
