import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Heap } from './heap.ts'
import type { Scope } from './scope.ts'

/** What surrounds the code that runs now: the heap that new arrays live in, and the scope that frees them. */
export interface Context {
  readonly heap: Heap | undefined
  readonly scope: Scope | undefined
}

/** Follows a promise through every await, where the platform can do that (Node, Deno, Bun). */
let storage: AsyncLocalStorage<Context> | undefined
/** Elsewhere: the context of the code that runs now; what comes behind an await is not in it. */
let current: Context | undefined
/** Contexts that are open. Without any, making an array does not even ask. */
let open = 0

/** The innermost open context. */
export function context(): Context | undefined {
  if (open === 0) return undefined
  return storage ? storage.getStore() : current
}

/**
 * Runs a function with a part of the context changed. When it returns a promise, the context stays open
 * until that is settled.
 * @param done Called with the result, or with the error, when the function is over; its own error wins.
 */
export function withContext<T>(change: Partial<Context>, fn: () => T, done: Outcome<T>): T {
  const outer = context()
  const inner: Context = { heap: outer?.heap, scope: outer?.scope, ...change }
  open++
  const close = <R>(end: () => R): R => {
    open--
    return end()
  }
  let result: T
  try {
    result = enter(inner, fn)
  } catch (error) {
    close(() => done.failed())
    throw error
  }
  if (!isPromise(result)) return close(() => done.returned(result))
  return result.then(
    value => close(() => done.returned(value as T)),
    (error: unknown) => {
      close(() => done.failed())
      throw error
    },
  ) as T
}

/** What to do when a function in a context is over. */
export interface Outcome<T> {
  returned(value: T): T
  failed(): void
}

function enter<T>(inner: Context, fn: () => T): T {
  storage ??= makeStorage()
  if (storage) return storage.run(inner, fn)
  const outer = current
  current = inner
  try {
    return fn()
  } finally {
    current = outer
  }
}

function makeStorage(): AsyncLocalStorage<Context> | undefined {
  const hooks = globalThis.process?.getBuiltinModule?.('node:async_hooks')
  return hooks ? new hooks.AsyncLocalStorage<Context>() : undefined
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
