/** The packages as npm would install them: what they publish, copied, not linked. */
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = new URL('../../../', import.meta.url)
const PACKAGES = ['core', 'pager', 'ndarray']

export interface Installation extends AsyncDisposable {
  /** A folder with node_modules, app.js and index.html. */
  readonly folder: string
}

export async function install(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'ebb-browsers-'))
  for (const name of PACKAGES)
    await installPackage(new URL(`packages/${name}/`, ROOT), `@ebb/${name}`, folder)
  const zip = new URL('packages/ndarray/node_modules/@zip.js/zip.js/', ROOT)
  await cp(zip, join(folder, 'node_modules/@zip.js/zip.js'), { recursive: true, dereference: true })
  for (const file of ['app.js', 'index.html']) await cp(new URL(file, import.meta.url), join(folder, file))
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, maxRetries: 3 }),
  }
}

async function installPackage(source: URL, name: string, folder: string): Promise<void> {
  const { files } = JSON.parse(await readFile(new URL('package.json', source), 'utf8')) as { files: string[] }
  const target = join(folder, 'node_modules', name)
  await mkdir(target, { recursive: true })
  for (const file of ['package.json', ...files]) {
    await cp(new URL(file, source), join(target, file), { recursive: true })
  }
}
