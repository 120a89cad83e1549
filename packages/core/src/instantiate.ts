import { instantiateSync } from '@assemblyscript/loader'
import { compiled } from '#modules'
import type { CoreExports } from './exports.ts'
import { type Reservation, reserveMemory } from './reserve.ts'

/** What the module asks of its host; both are optional. */
export interface Host {
  /**
   * Gives the pages of a range back to the OS. True when it now reads as zero and is not resident; false
   * when nothing happened. Without it, freed memory stays resident and is reused.
   */
  discard?(byteOffset: number, byteLength: number): boolean
  /** A large block begins its life in a clean range: the moment to ask for huge pages. */
  advise?(byteOffset: number, byteLength: number): void
  /** Free memory stays resident from now on: the moment to start a timer for `trim`. */
  dirtied?(): void
  /** A collection of a generation begins, or is over having found so many unreachable RefArrays. */
  collecting?(phase: 'start' | 'stop', generation: number, found: number): void
  /** Debug build: what was found around or in a block. May throw: the heap is in order. */
  damaged?(damage: Damage, handle: number, address: number): void
}

/** What the debug heap finds; in the order of assembly/memory/guards.ts. */
export const DAMAGES = ['overrun', 'underrun', 'write after release', 'double release'] as const
export type Damage = (typeof DAMAGES)[number]

/** How to make an instance. */
export interface CoreOptions {
  /** Pages of 64 KiB that the heap may have at most, the module's own 2 MiB included. Default 65536. */
  maxPages?: number
  /** The build with assertions. Default false. */
  debug?: boolean
  /** The memory to live in; default a reservation of its own. */
  reservation?: Reservation
  host?: Host
}

/** One heap: an instance of the module and the memory it lives in. */
export interface Core {
  readonly exports: CoreExports
  readonly memory: WebAssembly.Memory
  readonly reservation: Reservation
}

/** A host that fails must not stop the heap in the middle of its books: the memory just stays dirty. */
function tryDiscard(host: Host, byteOffset: number, byteLength: number): boolean {
  try {
    return host.discard?.(byteOffset, byteLength) ?? false
  } catch {
    return false
  }
}

/**
 * Makes a heap. Compiling takes some milliseconds the first time; the memory is address space until it
 * is used.
 * @throws RangeError when the engine has no address space left.
 */
export function instantiate(options: CoreOptions = {}): Core {
  const maxPages = options.maxPages ?? 65536
  const reservation = options.reservation ?? reserveMemory(maxPages)
  const { memory } = reservation
  const host = options.host ?? {}
  const module = compiled(options.debug ?? false)
  const instance = instantiateSync<CoreExports & Record<string, unknown>>(module, {
    env: { memory },
    host: {
      discard: (address: number, bytes: number) => Number(tryDiscard(host, address >>> 0, bytes >>> 0)),
      advise: (address: number, bytes: number) => host.advise?.(address >>> 0, bytes >>> 0),
      dirtied: () => host.dirtied?.(),
      collecting: (begins: number, generation: number, found: number) =>
        host.collecting?.(begins ? 'start' : 'stop', generation, found >>> 0),
      damaged: (what: number, handle: number, address: number) =>
        host.damaged?.(DAMAGES[what - 1] as Damage, handle >>> 0, address >>> 0),
    },
  })
  instance.exports.initHeap(maxPages)
  return { exports: instance.exports, memory, reservation }
}
