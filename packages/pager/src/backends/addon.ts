import { host, packageFile, permittedDeno, requireBuiltin } from '../host.ts'
import type { PageOperations } from '../pager.ts'

/** What native/pager.c exports; each returns 0, or the errno of what failed. */
interface Addon {
  discard(range: Uint8Array): number
  adviseHugePages(range: Uint8Array, enable: boolean): number
}

/** The package's own addon, dist/pager.node: there when a C compiler was, at the time of building. */
export function addon(): PageOperations {
  const { discard, adviseHugePages } = load()
  return {
    discard: (_memory, range) => discard(range) === 0,
    adviseHugePages: (range, enable) => adviseHugePages(range, enable) === 0,
  }
}

function load(): Addon {
  if (host?.dlopen === undefined) throw new Error('this runtime loads no addons')
  permittedDeno()
  const path = packageFile('dist', 'pager.node')
  // The dynamic linker's own message for a missing file blames the file's contents on some systems.
  if (!requireBuiltin('node:fs').existsSync(path)) throw new Error(`it was not built: ${path} is missing`)
  const module = { exports: {} as Addon }
  host.dlopen(module, path)
  return module.exports
}
