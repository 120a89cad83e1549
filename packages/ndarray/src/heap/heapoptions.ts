import { PAGE_BYTES } from '@ebb/core'
import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { optionsOf } from '../functions/options.ts'

/** How a heap is made. */
export interface HeapOptions {
  /** Bytes that the heap may span, its own 2 MiB of books included. Default and most: 4 GiB. */
  maxBytes?: number
  /**
   * Guard bytes around every block, fill bytes in it, a quarantine behind it, and call sites in messages.
   * Default: whether the environment has EBB_MALLOC=debug.
   */
  debug?: boolean
  /** Bytes of free memory that stay resident for reuse, however long. Default 0. */
  retain?: number
  /**
   * Milliseconds after which memory that fell free by itself and was not reused goes back to the operating
   * system: after one to two of these periods. 0 gives back at once, Infinity only at `trim()`.
   *
   * Default 1000. Measured on a loop that makes, fills and drops a temporary of 8 MiB (Linux 6.18, 2 cores
   * of an AMD EPYC; `pnpm bench`): a round takes 0.2 ms where the 8 MiB stay, and 1.1 to 1.6 ms where they go
   * back each time, as with decay 0 and with `release()`. Without a rest between the rounds any period keeps
   * them; with one of 300 ms, 1000 does (0.4 ms), 100 and 10 do not (1.4 ms). The price is 8 MiB of RSS for at
   * most 2 s after the loop; with Infinity, or `retain` of so much, for good.
   */
  decay?: number
}

/** Options as the heap uses them. */
export interface ResolvedOptions {
  readonly debug: boolean
  readonly maxPages: number
  readonly retainedPages: number
  readonly decayMs: number
}

const ALL_BYTES = 2 ** 32
const FEWEST_BYTES = 128 * PAGE_BYTES
const DECAY_MS = 1000

/** Options with their defaults, checked. @throws DTypeError naming the option that is wrong. */
const NAMES = { maxBytes: true, debug: true, retain: true, decay: true } as const

export function resolveOptions(given?: HeapOptions): ResolvedOptions {
  const options = optionsOf('Heap', given, NAMES)
  const { maxBytes = ALL_BYTES, retain = 0, decay = DECAY_MS } = options
  const debug = options.debug ?? globalThis.process?.env?.EBB_MALLOC === 'debug'
  if (typeof debug !== 'boolean') throw new DTypeError(`debug is true or false, not ${describe(debug)}`)
  if (!Number.isInteger(maxBytes) || maxBytes < FEWEST_BYTES || maxBytes > ALL_BYTES) {
    throw new DTypeError(
      `maxBytes is an integer from ${FEWEST_BYTES} to ${ALL_BYTES}, not ${describe(maxBytes)}`,
    )
  }
  if (!Number.isInteger(retain) || retain < 0 || retain > ALL_BYTES) {
    throw new DTypeError(`retain is a number of bytes, not ${describe(retain)}`)
  }
  // Timers count in 31 bits.
  if (typeof decay !== 'number' || !(decay >= 0) || (decay !== Infinity && decay >= 2 ** 31)) {
    throw new DTypeError(`decay is a number of milliseconds, not ${describe(decay)}`)
  }
  return {
    debug,
    maxPages: Math.floor(maxBytes / PAGE_BYTES),
    retainedPages: Math.floor(retain / PAGE_BYTES),
    decayMs: decay,
  }
}
