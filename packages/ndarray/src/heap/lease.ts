import type { Shape } from '../shape.ts'
import type { Heap } from './heap.ts'

/**
 * An owner's share in a block: one reference, dropped once. The finalizer holds it in the owner's stead.
 */
export interface Lease {
  readonly heap: Heap
  /** The block's handle; 0 once the reference is dropped. */
  handle: number
  /** Where the block begins. */
  readonly address: number
  /** Bytes of the block. */
  readonly bytes: number
  /** What the owner is, for messages and `leaks()`. */
  readonly dtype: string
  shape: Shape
  /** Debug mode: where the owner was made and released. */
  madeAt?: string | undefined
  releasedAt?: string | undefined
}

/** An array that was garbage collected without a release. */
export interface Leak {
  readonly dtype: string
  readonly shape: Shape
  /** Bytes of its block (views of one block each name all of it). */
  readonly bytes: number
  /** Debug mode: where it was made, `file:line:column`. */
  readonly madeAt: string | undefined
}

/** Leaks that are remembered; the oldest go first. */
const REMEMBERED = 1000
const found: Leak[] = []

/** Notes that the owner of a lease was collected without a release. */
export function noteLeak(lease: Lease): void {
  if (found.length === REMEMBERED) found.shift()
  found.push({ dtype: lease.dtype, shape: lease.shape, bytes: lease.bytes, madeAt: lease.madeAt })
}

/**
 * The arrays that were garbage collected without a release, up to the last thousand, the oldest first.
 * Their memory was freed by the finalizer: late, at the engine's leisure, never inside synchronous code.
 * What was forgotten but not collected yet is not among them.
 * @param options `clear` forgets them.
 */
export function leaks(options: { clear?: boolean } = {}): Leak[] {
  const list = found.slice()
  if (options.clear) found.length = 0
  return list
}
