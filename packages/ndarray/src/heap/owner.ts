import { ReleasedError } from '../errors.ts'
import { formatShape } from '../shape.ts'
import { context } from './context.ts'
import { type Lease, noteLeak } from './lease.ts'
import type { Scope } from './scope.ts'
import { callSite } from './site.ts'

/** The safety net below `release()`: leases whose owner was garbage collected without one. */
const forgotten = new FinalizationRegistry<Lease>(lease => {
  if (lease.handle === 0 || lease.heap.closed) return
  noteLeak(lease)
  lease.heap.drop(lease, false)
})

/**
 * Owners that the safety net does not know yet. No finalizer runs inside synchronous code, so nothing is
 * lost by telling it only behind that (or when so many have come together): an array that is released at
 * once never costs a registration, which is dearer than all the rest of making it.
 */
const NURSERY = 1024
const nursery: Owner[] = []

function enterNursery(owner: Owner): void {
  if (nursery.push(owner) === 1) queueMicrotask(leaveNursery)
  else if (nursery.length === NURSERY) leaveNursery()
}

function leaveNursery(): void {
  for (const owner of nursery) if (owner.lease.handle !== 0) forgotten.register(owner, owner.lease)
  nursery.length = 0
}

/** What holds one reference to a block and drops it by `release()`: NDArray and RefArray. */
export abstract class Owner implements Disposable {
  /** @internal This owner's share in its block. */
  readonly lease: Lease
  /** @internal The scope that will release this. */
  scope: Scope | undefined

  /** @internal The lease becomes the owner's. */
  constructor(lease: Lease) {
    this.lease = lease
    if (lease.heap.debug) noteSite(lease)
    enterNursery(this)
    this.scope = context()?.scope
    this.scope?.add(this)
  }

  /** Whether `release()` was called, or the heap closed. */
  get released(): boolean {
    return this.lease.handle === 0 || this.lease.heap.closed
  }

  /**
   * Drops this object's reference to its block. The last reference frees it: a block above 256 KiB goes
   * back to the operating system before this returns.
   * @returns The bytes freed: 0 for a second call, and while others still hold the block.
   */
  release(): number {
    return this.drop(true)
  }

  [Symbol.dispose](): void {
    this.release()
  }

  /** @internal As `release`; without `giveBack` the pages stay for reuse, and decay. */
  drop(giveBack: boolean): number {
    const { lease } = this
    this.scope?.delete(this)
    if (lease.heap.debug && lease.handle !== 0) lease.releasedAt = callSite()
    return lease.heap.drop(lease, giveBack)
  }

  /** @internal @throws ReleasedError */
  assertAlive(): void {
    const { handle, heap } = this.lease
    if (handle === 0 || heap.closed) throw releasedError(this.lease)
  }
}

/** Debug mode: keeps where an owner was made, for its own messages and for its block's. */
function noteSite(lease: Lease): void {
  lease.madeAt = callSite()
  const { core, firstLeases } = lease.heap
  if (core.exports.references(lease.handle) === 1) firstLeases.set(lease.handle, lease)
}

function releasedError(lease: Lease): ReleasedError {
  const what = `this ${lease.dtype} array of shape ${formatShape(lease.shape)}`
  if (lease.handle !== 0) return new ReleasedError(`${what} was released: its heap was closed`)
  return new ReleasedError(`${what} was released${lease.releasedAt ? ` at ${lease.releasedAt}` : ''}`)
}
