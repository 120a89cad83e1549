import { optionsOf } from '../functions/options.ts'
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

/** Leaks that a heap remembers; the oldest go first. */
const REMEMBERED = 1000
const found = new WeakMap<Heap, Leak[]>()

/** Notes that the owner of a lease was collected without a release. */
export function noteLeak({ heap, dtype, shape, bytes, madeAt }: Lease): void {
  const leaks = found.get(heap) ?? []
  if (leaks.length === REMEMBERED) leaks.shift()
  leaks.push({ dtype, shape, bytes, madeAt })
  found.set(heap, leaks)
}

/** What to do with what is known. */
export interface LeaksOptions {
  /** Forgets the leaks once they are returned. Default false. */
  clear?: boolean
}

/** The leaks of a heap. */
export function leaksOf(heap: Heap, options?: LeaksOptions): Leak[] {
  const list = found.get(heap)?.slice() ?? []
  if (optionsOf('leaks', options, { clear: true }).clear) found.delete(heap)
  return list
}
