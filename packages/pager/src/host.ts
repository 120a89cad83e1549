/**
 * What surrounds the package: Node, Bun, Deno or a browser. Nothing of Node is imported statically, so that
 * a browser's bundle loads, and an import costs nothing; a module is fetched when it is first needed.
 */

type Builtins = {
  'node:fs': typeof import('node:fs')
  'node:module': typeof import('node:module')
  'node:os': typeof import('node:os')
  'node:path': typeof import('node:path')
  'node:url': typeof import('node:url')
  'node:ffi': unknown
}

/** `process`, or undefined in a browser. */
export const host: NodeJS.Process | undefined = typeof process === 'object' ? process : undefined

/** A module of the runtime; undefined where there is none of that name. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  return host?.getBuiltinModule?.(name) as Builtins[Name] | undefined
}

/** A module of the runtime. Throws where there is none of that name. */
export function requireBuiltin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  const found = builtin(name)
  if (found === undefined) throw new Error(`this runtime has no ${name}`)
  return found
}

/** True on Linux, whose /proc and madvise Android shares. */
export function isLinux(): boolean {
  return host?.platform === 'linux' || host?.platform === 'android'
}

/**
 * The path of a file of this package. This module lies one level below the package's root, in src and in the
 * bundle alike. Not by `new URL('…', import.meta.url)`, which bundlers take for an asset to pack.
 */
export function packageFile(...names: string[]): string {
  const here = requireBuiltin('node:url').fileURLToPath(import.meta.url)
  return requireBuiltin('node:path').join(here, '..', '..', ...names)
}

/** An environment variable; undefined where unset, empty, or not permitted to be read (Deno). */
export function environment(name: string): string | undefined {
  try {
    return host?.env?.[name] || undefined
  } catch {
    return undefined
  }
}

/** The part of Deno's namespace that the pager uses. */
export interface DenoNamespace {
  permissions: { querySync(descriptor: { name: 'ffi' }): { state: string } }
  dlopen(
    path: string,
    symbols: Record<string, object>,
  ): { symbols: Record<string, (...args: never[]) => unknown> }
  UnsafePointer: { of(view: Uint8Array): object | null; value(pointer: object | null): number | bigint }
}

/** Deno's namespace, when native code may be loaded. Asking first avoids the prompt that Deno would print. */
export function permittedDeno(): DenoNamespace | undefined {
  const deno = (globalThis as { Deno?: DenoNamespace }).Deno
  if (deno === undefined) return undefined
  if (deno.permissions.querySync({ name: 'ffi' }).state === 'granted') return deno
  throw new Error('Deno was started without --allow-ffi')
}
