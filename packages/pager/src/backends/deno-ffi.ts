import { type ForeignInterface, foreignPages } from '../foreign.ts'
import type { DenoNamespace } from '../host.ts'
import { host, permittedDeno } from '../host.ts'
import type { PageOperations } from '../pager.ts'
import type { ForeignFunction } from '../systems.ts'

/** Deno's foreign functions; they need --allow-ffi. */
export function denoFfi(): PageOperations {
  const deno = permittedDeno()
  if (deno === undefined) throw new Error('this runtime is not Deno')
  return foreignPages(denoForeign(deno), host?.platform ?? '')
}

export function denoForeign(deno: DenoNamespace): ForeignInterface {
  return {
    needsLibraryName: true,
    open(library, signatures) {
      const definitions = Object.entries(signatures).map(
        ([name, { arguments: parameters, returns }]) => [name, { parameters, result: returns }] as const,
      )
      const { symbols } = deno.dlopen(library ?? '', Object.fromEntries(definitions))
      return symbols as Record<string, ForeignFunction>
    },
    addressOf: view => deno.UnsafePointer.value(deno.UnsafePointer.of(view)),
  }
}
