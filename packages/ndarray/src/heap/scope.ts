import { context, withContext } from './context.ts'
import { Owner } from './owner.ts'

/** The owners that a scope will release. */
export class Scope {
  readonly #owners = new Set<Owner>()
  #closed = false

  /** Puts a new owner under the scope's care; a scope that is over takes none. */
  add(owner: Owner): void {
    if (this.#closed) owner.scope = undefined
    else this.#owners.add(owner)
  }

  delete(owner: Owner): void {
    this.#owners.delete(owner)
    owner.scope = undefined
  }

  /** Releases what is left. The pages stay for reuse, and decay: temporaries come again. */
  close(): void {
    this.#closed = true
    for (const owner of this.#owners) owner.drop(false)
  }
}

/**
 * Runs a function and releases every array that it made, but for those that it returns (also inside
 * arrays, plain objects, Maps and Sets) or keeps. When it throws, all are released. An async function's
 * scope ends when its promise is settled; what is made behind an `await` belongs to it, too (in browsers,
 * which cannot tell, only what is made before the first one does). Scopes nest: what an inner one returns
 * belongs to the outer one.
 * @returns What the function returns.
 */
export function scope<T>(fn: () => T): T {
  const outer = context()?.scope
  const inner = new Scope()
  return withContext({ scope: inner }, fn, {
    returned(value) {
      for (const owner of ownersIn(value)) {
        if (owner.scope !== inner) continue
        inner.delete(owner)
        owner.scope = outer
        outer?.add(owner)
      }
      inner.close()
      return value
    },
    failed: () => inner.close(),
  })
}

/** Exempts an array from every scope; it lives until its own release. Returns the array. */
export function keep<T extends Owner>(owner: T): T {
  owner.assertAlive()
  owner.scope?.delete(owner)
  return owner
}

/** The owners in a value: itself, or in arrays, plain objects, Maps and Sets, however deep. */
function ownersIn(value: unknown): Set<Owner> {
  const owners = new Set<Owner>()
  const seen = new Set<object>()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const part = pending.pop()
    if (part instanceof Owner) owners.add(part)
    else if (typeof part === 'object' && part !== null && !seen.has(part)) {
      seen.add(part)
      pending.push(...partsOf(part))
    }
  }
  return owners
}

function partsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Set) return value
  if (value instanceof Map) return [...value.keys(), ...value.values()]
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? Object.values(value) : []
}
