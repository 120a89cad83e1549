import { type ForeignInterface, foreignPages } from '../foreign.ts'
import { host, permittedDeno, requireBuiltin } from '../host.ts'
import type { PageOperations } from '../pager.ts'
import type { ForeignFunction, ForeignType } from '../systems.ts'

/** The part of koffi that the pager uses. */
export interface Koffi {
  load(library: string | null): { func(name: string, returns: string, parameters: string[]): ForeignFunction }
  address(view: Uint8Array): bigint
}

const types: Record<ForeignType, string> = { u64: 'uint64_t', u32: 'uint32_t', i32: 'int32_t' }

/** The npm package koffi, when it is installed. */
export function koffi(): PageOperations {
  permittedDeno()
  const require = requireBuiltin('node:module').createRequire(import.meta.url)
  return foreignPages(koffiForeign(require('koffi') as Koffi), host?.platform ?? '')
}

export function koffiForeign(module: Koffi): ForeignInterface {
  return {
    open(name, signatures) {
      const library = module.load(name)
      const functions = Object.entries(signatures).map(([symbol, { arguments: parameters, returns }]) => [
        symbol,
        library.func(
          symbol,
          types[returns],
          parameters.map(type => types[type]),
        ),
      ])
      return Object.fromEntries(functions)
    },
    addressOf: view => module.address(view),
  }
}
