/** Writes the reference of what the packages export to docs/api/, from their declarations: `pnpm reference`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readEntries } from './entries.ts'
import { pagesOf } from './page.ts'

const root = new URL('../../', import.meta.url)
const folder = new URL('docs/api/', root)
const pages = pagesOf(readEntries(root))
rmSync(folder, { recursive: true, force: true })
for (const [path, text] of pages) {
  const file = new URL(path, folder)
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, text)
}
console.log(`${pages.size} pages in docs/api/; begin with docs/api/README.md`)
