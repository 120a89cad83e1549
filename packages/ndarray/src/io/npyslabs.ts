import { describe, dtypes } from '../dtype.ts'
import { DTypeError, FormatError } from '../errors.ts'
import { currentHeap } from '../heap/heap.ts'
import { keep } from '../heap/scope.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import type { NpyHeader } from './npyheader.ts'
import { readHeader, readPreamble, settle } from './npyread.ts'
import { RandomSource } from './randomsource.ts'
import { pull } from './reading.ts'
import { heapRoom } from './room.ts'
import { openSource, type Source } from './source.ts'

/** The elements of a .npy file in the file's own order, a slab at a time, as often as wanted. */
export class NpySlabs {
  readonly header: NpyHeader
  readonly #source: RandomSource
  /** Where the elements are looked at: 1-d, of the file's dtype. */
  readonly #slab: NDArray

  private constructor(source: RandomSource, header: NpyHeader, slab: NDArray) {
    this.#source = source
    this.header = header
    this.#slab = slab
  }

  /**
   * Opens a file.
   * @throws DTypeError for a stream, which can be read but once; FormatError, OutOfMemoryError; the system's
   * error.
   */
  static async open(from: Source, slabBytes: number): Promise<NpySlabs> {
    const source = await openSource(from)
    try {
      if (!(source instanceof RandomSource)) {
        throw new DTypeError(
          `a file, bytes or a Blob can be read several times, and ${describe(from)} cannot`,
        )
      }
      const read = source.read.bind(source)
      const header = await pull(readHeader(await pull(readPreamble(), read), source.size), read)
      const room = Math.min(slabBytes, header.dataBytes) / dtypes[header.dtype].bytes
      return new NpySlabs(
        source,
        header,
        keep(allocateArray(currentHeap(), [Math.floor(room)], header.dtype, false)),
      )
    } catch (error) {
      await source.close()
      throw error
    }
  }

  /** Every slab in turn; the elements are gone when the next one is asked for. */
  async *[Symbol.asyncIterator](): AsyncGenerator<NDArray, void, void> {
    const { dtype, dataOffset, dataBytes } = this.header
    const { bytes } = dtypes[dtype]
    const { address, heap } = this.#slab.lease
    for (let done = 0; done < dataBytes; ) {
      const room = heapRoom(heap, address, Math.min(dataBytes - done, this.#slab.nbytes))
      if ((await this.#source.readAt(dataOffset + done, room)) < room.length) {
        throw new FormatError('the .npy file became shorter while it was read')
      }
      settle(heap, address, room.length, this.header)
      const part = keep(this.#slab.view({ shape: [room.length / bytes], strides: [1], offset: 0 }))
      try {
        yield part
      } finally {
        part.drop(false)
      }
      done += room.length
    }
  }

  /** The bytes of a slab as the file has them: the elements are of no use behind that. */
  unsettled(slab: NDArray): Uint8Array<ArrayBuffer> {
    const { heap } = slab.lease
    const { byteAddress: start, nbytes } = slab
    if (this.header.swapped) heap.core.exports.swapBytes(start, start + nbytes, slab.info.bytes)
    return new Uint8Array(heap.core.memory.buffer, start, nbytes)
  }

  async close(): Promise<void> {
    this.#slab.release()
    await this.#source.close()
  }
}
