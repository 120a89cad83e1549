import { type ForeignInterface, foreignPages } from '../foreign.ts'
import { host, requireBuiltin } from '../host.ts'
import type { PageOperations } from '../pager.ts'
import type { ForeignFunction } from '../systems.ts'

/** The part of node:ffi that the pager uses; Node's types do not know it before version 26. */
export interface NodeFfi {
  dlopen(
    library: string | null,
    definitions: Record<string, { arguments: readonly string[]; return: string }>,
  ): { functions: Record<string, ForeignFunction> }
  getRawPointer(view: Uint8Array): bigint
}

/** Node's own foreign functions, since 26.1. Refused under the permission model without --allow-ffi. */
export function nodeFfi(): PageOperations {
  const ffi = withoutFfiWarning(() => requireBuiltin('node:ffi')) as NodeFfi
  return foreignPages(nodeForeign(ffi), host?.platform ?? '')
}

export function nodeForeign(ffi: NodeFfi): ForeignInterface {
  return {
    open(library, signatures) {
      const definitions = Object.entries(signatures).map(
        ([name, { arguments: parameters, returns }]) =>
          [name, { arguments: parameters, return: returns }] as const,
      )
      return ffi.dlopen(library, Object.fromEntries(definitions)).functions
    },
    addressOf: view => ffi.getRawPointer(view),
  }
}

/**
 * node:ffi warns that it is experimental when it is first loaded. Whoever uses the pager did not choose it:
 * that one warning is dropped, and every other passes.
 */
export function withoutFfiWarning<Result>(load: () => Result): Result {
  if (host === undefined) return load()
  const original = host.emitWarning
  const filtered = (...args: Parameters<typeof original>): void => {
    const [warning, type] = args as unknown[]
    if (type === 'ExperimentalWarning' && String(warning).startsWith('FFI ')) return
    original.apply(host, args)
  }
  host.emitWarning = filtered as typeof original
  try {
    return load()
  } finally {
    host.emitWarning = original
  }
}
