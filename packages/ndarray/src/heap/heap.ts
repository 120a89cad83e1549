import {
  brokenInvariant,
  type Core,
  FIRST_OPERAND_WORD,
  instantiate,
  MAX_OPERANDS,
  OPERAND_WORDS,
  PAGE_BYTES,
  readStatistics,
  SHAPE_WORD,
  SLOT_BYTES,
} from '@ebb/core'
import { openPager, type Pager } from '@ebb/pager'
import { type DType, type DTypeInfo, type Scalar, toElement } from '../dtype.ts'
import { HeapError, OutOfMemoryError } from '../errors.ts'
import type { Shape } from '../shape.ts'
import { context } from './context.ts'
import { damageError } from './damage.ts'
import type { CollectionInfo } from './gc.ts'
import { type HeapOptions, resolveOptions } from './heapoptions.ts'
import type { Lease } from './lease.ts'

/** Blocks from this size on ask for huge pages: their first touch is several times as fast. */
const HUGE_PAGE_BLOCK_BYTES = 4 * 1024 * 1024

/** An operand of a kernel: where its first element lies, its steps in elements, and an element's bytes. */
export interface Operand {
  readonly byteAddress: number
  readonly strides: readonly number[]
  readonly itemBytes: number
}

/**
 * A heap's inner life: an instance of the core in a memory of its own, with the pager that serves it. The
 * methods that people call are in ownheap.ts.
 */
export class Heap {
  /** Whether blocks are guarded and quarantined, and call sites kept. */
  readonly debug: boolean
  /** @internal Called before and after each collection. */
  readonly collectCallbacks = new Set<(phase: 'start' | 'stop', info: CollectionInfo) => void>()
  /** @internal Debug mode: for each block the lease of the owner that it was made for. */
  readonly firstLeases = new Map<number, Lease>()
  readonly #decayMs: number
  readonly #retainedPages: number
  #core: Core | undefined
  #pager: Pager | undefined
  #words: Int32Array
  #timer: NodeJS.Timeout | undefined
  #usedHugePages = false

  /** @throws DTypeError for impossible options; RangeError when the engine has no address space left. */
  constructor(options?: HeapOptions) {
    const { debug, maxPages, retainedPages, decayMs } = resolveOptions(options)
    this.debug = debug
    this.#decayMs = decayMs
    this.#retainedPages = retainedPages
    this.#core = instantiate({
      debug,
      maxPages,
      host: {
        discard: (byteOffset, byteLength) => this.#discard(byteOffset, byteLength),
        advise: (byteOffset, byteLength) => this.#advise(byteOffset, byteLength),
        dirtied: () => this.#startDecay(),
        collecting: (phase, generation, found) => this.#tell(phase, generation, found),
        damaged: (damage, handle, address) => {
          throw damageError(damage, handle, address, this)
        },
      },
    })
    this.#words = this.#descriptor()
  }

  /** @internal @throws HeapError once the heap is closed. */
  get core(): Core {
    if (!this.#core) throw new HeapError('this heap was closed')
    return this.#core
  }

  /** Whether `close()` was called. */
  get closed(): boolean {
    return this.#core === undefined
  }

  /** @internal The pager, opened at its first use. */
  get pager(): Pager {
    if (!this.#pager) {
      this.#pager = openPager()
      // Where the system gives huge pages to everyone, a byte written would make 2 MiB resident.
      const { memory } = this.core
      this.#pager.adviseHugePages(memory, 0, memory.buffer.byteLength, false)
    }
    return this.#pager
  }

  #discard(byteOffset: number, byteLength: number): boolean {
    const { pager } = this
    if (!pager.tryDiscard(this.core.memory, byteOffset, byteLength)) return false
    // What is cut from this range next may be small.
    if (this.#usedHugePages) pager.adviseHugePages(this.core.memory, byteOffset, byteLength, false)
    return true
  }

  #advise(byteOffset: number, byteLength: number): void {
    if (byteLength < HUGE_PAGE_BLOCK_BYTES) return
    this.#usedHugePages = true
    this.pager.adviseHugePages(this.core.memory, byteOffset, byteLength, true)
  }

  /** Free memory is resident: from tick to tick, what lay idle goes back, until no more than wanted is left. */
  #startDecay(): void {
    if (this.#timer || this.#decayMs === Infinity || this.pager.backend === 'none') return
    const tick = () => {
      this.#timer = undefined
      if (this.closed) return
      if (this.core.exports.decay(this.#retainedPages) > this.#retainedPages) this.#startDecay()
    }
    this.#timer = setTimeout(tick, this.#decayMs)
    this.#timer.unref?.()
  }

  #tell(phase: 'start' | 'stop', generation: number, collected: number): void {
    for (const callback of this.collectCallbacks) {
      try {
        callback(phase, { generation, collected, uncollectable: 0 })
      } catch (error) {
        // The collection is in the middle of its work: the error surfaces behind it.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  /**
   * @internal Allocates a block for a dtype, with one reference.
   * @throws OutOfMemoryError when it does not fit.
   */
  allocate(info: DTypeInfo, shape: Shape, bytes: number, zeroed: boolean): Lease {
    const handle = this.allocateBlock(info.code, bytes, zeroed)
    return {
      heap: this,
      handle,
      address: this.core.exports.addressOfBlock(handle) >>> 0,
      bytes,
      dtype: info.name,
      shape,
    }
  }

  /** @internal Allocates a block with any tag; its handle, with one reference. @throws OutOfMemoryError */
  allocateBlock(tag: number, bytes: number, zeroed = false): number {
    return this.#orCollect(bytes, exports => exports.allocate(bytes, tag, Number(zeroed)))
  }

  /** @internal A block of `length` empty references. @throws OutOfMemoryError */
  allocateReferences(length: number, shape: Shape): Lease {
    const handle = this.#orCollect(length * 4, exports => exports.allocateReferences(length))
    return this.leaseOf(handle, 'references', shape)
  }

  /** Tries again after a full collection when something does not fit; garbage must not be the reason. */
  #orCollect(bytes: number, allocate: (exports: Core['exports']) => number): number {
    const { exports } = this.core
    let handle = 0
    if (bytes < 2 ** 32) {
      handle = allocate(exports) >>> 0
      if (handle === 0 && exports.collect(2, 1) > 0) handle = allocate(exports) >>> 0
    }
    if (handle === 0) throw this.#outOfMemory(bytes)
    return handle
  }

  /** @internal The lease for a reference that the caller has taken. */
  leaseOf(handle: number, dtype: string, shape: Shape): Lease {
    const { exports } = this.core
    const address = exports.addressOfBlock(handle) >>> 0
    return { heap: this, handle, address, bytes: exports.bytesOfBlock(handle) >>> 0, dtype, shape }
  }

  /** @internal Another reference to a lease's block, for an owner of another shape. */
  share(lease: Lease, shape: Shape): Lease {
    this.core.exports.retain(lease.handle)
    const { handle, address, bytes, dtype } = lease
    return { heap: this, handle, address, bytes, dtype, shape }
  }

  /** @internal Drops a lease's reference. Returns the bytes freed: 0 while others hold the block. */
  drop(lease: Lease, giveBack: boolean): number {
    const { handle } = lease
    if (handle === 0 || !this.#core) return 0
    lease.handle = 0
    return this.#core.exports.release(handle, Number(giveBack || this.#decayMs === 0)) >>> 0
  }

  /** Gives back to the operating system what no array uses. Returns the bytes that went. @throws HeapError */
  trim(): number {
    return this.core.exports.trim(0)
  }

  /**
   * Walks the heap and verifies its invariants; reads all memory that it knows to be zero.
   * @throws HeapError naming the first that does not hold.
   */
  check(): void {
    const { exports } = this.core
    const what = exports.heapCheck()
    if (what !== 0) throw new HeapError(brokenInvariant(what, exports.heapBrokenAt()))
  }

  /** @internal Ends the heap: all its memory goes back at once. Returns the bytes that were in use or dirty. */
  shutDown(): number {
    if (!this.#core) return 0
    const { exports, memory } = this.#core
    const { usedPages, dirtyPages } = readStatistics(exports, memory)
    clearTimeout(this.#timer)
    // Nothing runs in the memory any more; what the engine keeps of it is address space.
    this.pager.tryDiscard(memory, 0, memory.buffer.byteLength)
    this.#core = undefined
    this.#words = new Int32Array(0)
    return (usedPages + dirtyPages) * PAGE_BYTES
  }

  #outOfMemory(asked: number): OutOfMemoryError {
    const { exports, memory, reservation } = this.core
    const { dirtyPages, cleanPages } = readStatistics(exports, memory)
    const room = (reservation.maximum - reservation.pages) * PAGE_BYTES
    const free = (dirtyPages + cleanPages) * PAGE_BYTES
    const largest = Math.max(exports.longestClean(), exports.longestDirty()) * PAGE_BYTES
    return new OutOfMemoryError(asked, free + room, largest)
  }

  #descriptor(): Int32Array {
    const { exports, memory } = this.core
    return new Int32Array(
      memory.buffer,
      exports.operands() >>> 0,
      FIRST_OPERAND_WORD + OPERAND_WORDS * MAX_OPERANDS,
    )
  }

  /** @internal Writes the shape and operands of the next kernel. */
  bind(shape: Shape, operands: readonly Operand[]): void {
    // A memory that had to grow leaves its old views empty.
    if (this.#words.length === 0) this.#words = this.#descriptor()
    const words = this.#words
    const ndim = shape.length
    words[0] = ndim
    for (let axis = 0; axis < ndim; axis++) words[SHAPE_WORD + axis] = shape[axis] as number
    for (let k = 0; k < operands.length; k++) {
      const { byteAddress, strides, itemBytes } = operands[k] as Operand
      const at = FIRST_OPERAND_WORD + k * OPERAND_WORDS
      words[at] = byteAddress
      for (let axis = 0; axis < ndim; axis++) words[at + 1 + axis] = (strides[axis] as number) * itemBytes
    }
  }

  /** @internal Writes a value into a scalar's slot (1 to 4); an operand that repeats it along every axis of `ndim`. */
  scalar(slot: number, value: Scalar, info: DTypeInfo, ndim: number): Operand {
    const byteAddress = this.#slot(slot)
    const cell = new info.array(this.core.memory.buffer, byteAddress, 1)
    cell[0] = toElement(value, info.name) as never
    return { byteAddress, strides: new Array<number>(ndim).fill(0), itemBytes: info.bytes }
  }

  /** @internal Reads the element that a reduction left in slot 0. */
  result<D extends DType>(info: DTypeInfo<D>): number | bigint {
    const cell = new info.array(this.core.memory.buffer, this.#slot(0), 1)
    return cell[0] as number | bigint
  }

  #slot(slot: number): number {
    return (this.core.exports.scalarSlots() >>> 0) + slot * SLOT_BYTES
  }
}

let standard: Heap | undefined

/** The heap that arrays live in unless another is named; made at its first use. */
export function defaultHeap(): Heap {
  standard ??= new Heap()
  return standard
}

/** The heap that new arrays live in: that of the surrounding `heap.run(…)`, or the default one. */
export function currentHeap(): Heap {
  return context()?.heap ?? defaultHeap()
}
