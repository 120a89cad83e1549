import { type ForeignInterface, foreignPages } from '../foreign.ts'
import { host, requireBuiltin } from '../host.ts'
import type { PageOperations } from '../pager.ts'
import type { ForeignFunction } from '../systems.ts'

/** The part of bun:ffi that the pager uses. */
export interface BunFfi {
  dlopen(
    library: string,
    definitions: Record<string, { args: readonly string[]; returns: string }>,
  ): { symbols: Record<string, ForeignFunction> }
  ptr(view: Uint8Array): number
}

/** Bun's foreign functions. */
export function bunFfi(): PageOperations {
  if (host?.versions.bun === undefined) throw new Error('this runtime is not Bun')
  const require = requireBuiltin('node:module').createRequire(import.meta.url)
  return foreignPages(bunForeign(require('bun:ffi') as BunFfi), host.platform)
}

export function bunForeign(ffi: BunFfi): ForeignInterface {
  return {
    needsLibraryName: true,
    open(library, signatures) {
      const definitions = Object.entries(signatures).map(
        ([name, { arguments: args, returns }]) => [name, { args, returns }] as const,
      )
      return ffi.dlopen(library ?? '', Object.fromEntries(definitions)).symbols
    },
    addressOf: view => ffi.ptr(view),
  }
}
