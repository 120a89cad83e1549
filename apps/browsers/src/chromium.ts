/** A Chromium to test in: Debian's, or the one that CHROMIUM_PATH names. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Nothing of a browser at home: no sandbox (CI runs as root), no GPU, and no calls to anywhere. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where Chromium is; undefined where there is none. @throws Error when CHROMIUM_PATH names no file. */
export function chromiumPath(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH: there is no ${named}`)
  return named || PLACES.find(place => existsSync(place))
}

/** What a test says that is skipped for want of a browser. */
export const NO_CHROMIUM =
  'skipped: no Chromium; install the Debian package chromium (apt-get install -y chromium), or set CHROMIUM_PATH'

/** How playwright starts it; each start has a fresh profile of its own. */
export function launchOptions(): LaunchOptions {
  const executablePath = chromiumPath()
  if (!executablePath) throw new Error(NO_CHROMIUM)
  return { executablePath, args: ARGUMENTS, headless: true }
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch(launchOptions())
}
