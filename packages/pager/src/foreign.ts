/**
 * Gives pages back by calling the C library from JavaScript. The backends differ in how they reach a C
 * function and the address of a view ({@link ForeignInterface}); operating systems differ in which function
 * to call and what it promises (systems.ts). This file joins the two.
 */
import type { PageOperations } from './pager.ts'
import { type ForeignFunction, type Signature, systems } from './systems.ts'

/** How one runtime reaches native code: all that a backend of this family has to give. */
export interface ForeignInterface {
  /** Opens a library; null is the process itself. Throws where the library or one of the functions is missing. */
  open(library: string | null, signatures: Record<string, Signature>): Record<string, ForeignFunction>
  /** The real address of the view's first byte. */
  addressOf(view: Uint8Array): bigint | number
  /** True where null is no library to {@link ForeignInterface.open}, and its name has to be given. */
  readonly needsLibraryName?: boolean
}

/** Page operations over `foreign` on `platform` (as `process.platform` names it). Throws where either is missing. */
export function foreignPages(foreign: ForeignInterface, platform: string): PageOperations {
  const system = systems[platform]
  if (system === undefined) throw new Error(`no way to give pages back is known on ${platform}`)
  const useProcess = platform !== 'win32' && foreign.needsLibraryName !== true
  const functions = openFirst(foreign, useProcess ? [null] : system.libraries, system.signatures)
  const pages = system.pages(functions)

  return {
    discard(_memory, range) {
      const start = BigInt(foreign.addressOf(range))
      const inner = inward(start, range.length, pages.pageSize)
      if (inner === undefined) return false
      const head = Number(inner.address - start)
      const tail = head + Number(inner.length)
      if (!pages.discard(inner.address, inner.length, () => range.fill(0, head, tail))) return false
      range.fill(0, 0, head)
      range.fill(0, tail)
      return true
    },
    adviseHugePages(range, enable) {
      if (pages.hugePage === undefined) return false
      const start = BigInt(foreign.addressOf(range))
      const inner = inward(start, range.length, enable ? pages.hugePage.size : pages.pageSize)
      return inner !== undefined && pages.hugePage.advise(inner.address, inner.length, enable)
    },
  }
}

/**
 * The largest run of whole units in [address, address + length), or undefined where none fits. Outward would
 * be the neighbours' loss: madvise clears every page that it touches.
 */
export function inward(
  address: bigint,
  length: number,
  unit: bigint,
): { address: bigint; length: bigint } | undefined {
  const first = ((address + unit - 1n) / unit) * unit
  const last = ((address + BigInt(length)) / unit) * unit
  return last > first ? { address: first, length: last - first } : undefined
}

/** Opens the first library that is there; throws the error of the first when none is. */
function openFirst(
  foreign: ForeignInterface,
  libraries: readonly (string | null)[],
  signatures: Record<string, Signature>,
): Record<string, ForeignFunction> {
  let failure: unknown
  for (const library of libraries) {
    try {
      return foreign.open(library, signatures)
    } catch (error) {
      failure ??= error
    }
  }
  throw failure
}
