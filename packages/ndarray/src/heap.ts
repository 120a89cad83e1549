import {
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
import { type DType, type DTypeInfo, type Scalar, toElement } from './dtype.ts'
import { OutOfMemoryError } from './errors.ts'
import type { Shape } from './shape.ts'

/** Blocks from this size on ask for huge pages: their first touch is several times as fast. */
const HUGE_PAGE_BLOCK_BYTES = 4 * 1024 * 1024
/** How long what fell free by itself stays resident for reuse. */
const DECAY_MS = 1000

/**
 * An array's share in a block: one reference, dropped once. The finalizer holds it instead of the array.
 */
export interface Lease {
  readonly heap: Heap
  /** The block's handle; 0 once the reference is dropped. */
  handle: number
  /** Where the block begins. */
  readonly address: number
  /** Bytes of the block. */
  readonly bytes: number
}

/** An operand of a kernel: where its first element lies, its steps in elements, and an element's bytes. */
export interface Operand {
  readonly byteAddress: number
  readonly strides: readonly number[]
  readonly itemBytes: number
}

/** A heap: an instance of the core in a memory of its own, with the pager that serves it. */
export class Heap {
  readonly core: Core
  #pager: Pager | undefined
  #words: Int32Array
  #decay: NodeJS.Timeout | undefined
  #usedHugePages = false

  constructor() {
    this.core = instantiate({
      debug: globalThis.process?.env.EBB_MALLOC === 'debug',
      host: {
        discard: (byteOffset, byteLength) => this.#discard(byteOffset, byteLength),
        advise: (byteOffset, byteLength) => this.#advise(byteOffset, byteLength),
        dirtied: () => this.#scheduleTrim(),
      },
    })
    this.#words = this.#descriptor()
  }

  /** The pager, opened at its first use. */
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

  #scheduleTrim(): void {
    if (this.#decay || this.pager.backend === 'none') return
    this.#decay = setTimeout(() => {
      this.#decay = undefined
      this.core.exports.trim(0)
    }, DECAY_MS)
    this.#decay.unref?.()
  }

  /**
   * Allocates a block for a dtype, with one reference.
   * @throws OutOfMemoryError when it does not fit.
   */
  allocate(info: DTypeInfo, bytes: number, zeroed: boolean): Lease {
    const { exports } = this.core
    const handle = bytes < 2 ** 32 ? exports.allocate(bytes, info.code, Number(zeroed)) >>> 0 : 0
    if (handle === 0) throw this.#outOfMemory(bytes)
    return { heap: this, handle, address: exports.addressOfBlock(handle) >>> 0, bytes }
  }

  /** Another reference to a lease's block. */
  share(lease: Lease): Lease {
    this.core.exports.retain(lease.handle)
    return { heap: this, handle: lease.handle, address: lease.address, bytes: lease.bytes }
  }

  /** Drops a lease's reference. Returns the bytes freed: 0 while others hold the block. */
  drop(lease: Lease, giveBack: boolean): number {
    const { handle } = lease
    if (handle === 0) return 0
    lease.handle = 0
    return this.core.exports.release(handle, Number(giveBack)) >>> 0
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

  /** Writes the shape and operands of the next kernel. */
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

  /** Writes a value into a scalar's slot (1 to 4); an operand that repeats it along every axis of `ndim`. */
  scalar(slot: number, value: Scalar, info: DTypeInfo, ndim: number): Operand {
    const byteAddress = this.#slot(slot)
    const cell = new info.array(this.core.memory.buffer, byteAddress, 1)
    cell[0] = toElement(value, info.name) as never
    return { byteAddress, strides: new Array<number>(ndim).fill(0), itemBytes: info.bytes }
  }

  /** Reads the element that a reduction left in slot 0. */
  result<D extends DType>(info: DTypeInfo<D>): number | bigint {
    const cell = new info.array(this.core.memory.buffer, this.#slot(0), 1)
    return cell[0] as number | bigint
  }

  #slot(slot: number): number {
    return (this.core.exports.scalarSlots() >>> 0) + slot * SLOT_BYTES
  }
}

let standard: Heap | undefined

/** The heap that arrays live in by default; made at its first use. */
export function defaultHeap(): Heap {
  standard ??= new Heap()
  return standard
}
