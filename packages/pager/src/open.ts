import { backends } from '#backends'
import { PagerError, reasonOf } from './error.ts'
import { environment } from './host.ts'
import { type BackendName, createPager, type Pager } from './pager.ts'
import { selfTest } from './self-test.ts'

/** Options of {@link openPager}. */
export interface OpenOptions {
  /** Forces this backend; it comes before the environment variable EBB_PAGER. */
  backend?: BackendName
}

/** Whether a backend can be used in this process, and why not. */
export interface BackendProbe {
  name: BackendName
  available: boolean
  /** What went wrong; absent when available. */
  reason?: string
}

/** The environment variable that forces a backend. */
const VARIABLE = 'EBB_PAGER'

/** Pagers are without state: one of each serves the whole process. */
const opened = new Map<BackendName, Pager>()

/** The first that worked, so that those that cannot be loaded are tried once only. */
let preferred: Pager | undefined

/**
 * Opens the first backend that works here, or the one that is forced by `backend` or by the environment
 * variable EBB_PAGER. A backend is loaded at its first opening, tried on a tiny memory of its own, and kept:
 * opening it again returns the same object. Without force this never fails: `none` is the last resort.
 *
 * @throws PagerError `EBB_UNKNOWN_BACKEND` when the forced name is none of the backends;
 *   `EBB_BACKEND_UNAVAILABLE` when it cannot be loaded here, with the reason as its cause
 *
 * @example
 * const pager = openPager()
 * const memory = new WebAssembly.Memory({ initial: 1024, maximum: 1024 })
 * new Uint8Array(memory.buffer).fill(1)          // 64 MiB resident
 * pager.discard(memory, 0, memory.buffer.byteLength) // resident no more, and all zeros
 */
export function openPager(options: OpenOptions = {}): Pager {
  if (options.backend !== undefined) return openForced(options.backend, 'backend')
  const name = environment(VARIABLE)
  if (name !== undefined) return openForced(name, VARIABLE)
  preferred ??= openFirst()
  return preferred
}

/**
 * Every backend, in the order of preference. To answer, it loads each one that can be loaded, which costs
 * some MiB of resident memory: meant for diagnosis, before a measurement and not within it.
 */
export function probeBackends(): BackendProbe[] {
  return [...backends.keys()].map(name => {
    try {
      open(name)
      return { name, available: true }
    } catch (error) {
      return { name, available: false, reason: reasonOf(error) }
    }
  })
}

function openFirst(): Pager {
  for (const name of backends.keys()) {
    try {
      return open(name)
    } catch {
      // The next one may work; probeBackends() tells what was wrong with this one.
    }
  }
  throw new Error('internal: the backend "none" failed to open')
}

function openForced(name: string, source: string): Pager {
  if (!backends.has(name as BackendName)) {
    const known = [...backends.keys()].join(', ')
    throw new PagerError(
      'EBB_UNKNOWN_BACKEND',
      `${source}: no backend is called "${name}"; known are ${known}`,
    )
  }
  try {
    return open(name as BackendName)
  } catch (cause) {
    throw new PagerError(
      'EBB_BACKEND_UNAVAILABLE',
      `${source}: the backend "${name}" cannot be used here: ${reasonOf(cause)}`,
      { cause },
    )
  }
}

/** Loads and tries a backend, or returns the one that was. Throws why it cannot be used. */
function open(name: BackendName): Pager {
  const known = opened.get(name)
  if (known !== undefined) return known
  const load = backends.get(name)
  if (load === undefined) throw new Error(`internal: no backend ${name}`)
  const pager = createPager(name, load())
  if (name !== 'none') selfTest(pager)
  opened.set(name, pager)
  return pager
}
