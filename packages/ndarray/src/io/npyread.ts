import { type DTypeInfo, dtypes } from '../dtype.ts'
import { FormatError } from '../errors.ts'
import { currentHeap, type Heap } from '../heap/heap.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides } from '../shape.ts'
import { headerExtent, type NpyHeader, PREAMBLE_BYTES, parseHeader } from './npyheader.ts'
import type { Reading } from './reading.ts'
import { heapRoom, ownRoom, SLAB_BYTES } from './room.ts'

/** The first bytes of a file, as many as there are up to those that tell what it is. */
export function* readPreamble(): Reading<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(PREAMBLE_BYTES)
  return bytes.subarray(0, yield ownRoom(bytes))
}

/**
 * The header of a .npy file whose preamble was read.
 * @param size Bytes of the whole file, when that is known: it must be the header and the elements exactly.
 * @throws FormatError
 */
export function* readHeader(preamble: Uint8Array, size: number | undefined): Reading<NpyHeader> {
  const { start, end } = headerExtent(preamble)
  if (end < PREAMBLE_BYTES || (size !== undefined && end > size))
    throw new FormatError(endsInside('its header'))
  const text = new Uint8Array(end - start)
  text.set(preamble.subarray(start))
  const rest = ownRoom(text.subarray(preamble.length - start))
  if ((yield rest) < rest.length) throw new FormatError(endsInside('its header'))
  // Version 3 is UTF-8, and what is accepted is ASCII in every version.
  return parseHeader(new TextDecoder('utf-8').decode(text), end, size)
}

/**
 * The array of a .npy file whose preamble was read, straight into the heap.
 * @param size As `readHeader`; without it, what is behind the elements must be the end.
 * @throws FormatError, OutOfMemoryError
 */
export function* readArray(preamble: Uint8Array, size: number | undefined): Reading<NDArray> {
  const header = yield* readHeader(preamble, size)
  return yield* readElements(header, '.npy', function* () {
    if (size === undefined && (yield ownRoom(new Uint8Array(1))) > 0) {
      throw new FormatError(`the .npy file goes on behind its ${header.dataBytes} bytes of elements`)
    }
  })
}

/** What must be known of elements that lie one behind the other. */
export type ElementsHeader = Pick<NpyHeader, 'dtype' | 'shape' | 'fortranOrder' | 'swapped' | 'dataBytes'>

/**
 * An array whose elements come next, straight into the heap.
 * @param kind The kind of file, for messages.
 * @param after What is to be read behind them; when it throws, there is no array.
 * @throws FormatError, OutOfMemoryError
 */
export function* readElements(
  header: ElementsHeader,
  kind: string,
  after: () => Reading<void>,
): Reading<NDArray> {
  const array = arrayFor(header)
  let complete = false
  try {
    const { address, heap } = array.lease
    for (let done = 0; done < header.dataBytes; ) {
      const room = heapRoom(heap, address + done, Math.min(header.dataBytes - done, SLAB_BYTES))
      if ((yield room) < room.length) throw new FormatError(endsInside('its elements', kind))
      settle(heap, address + done, room.length, header)
      done += room.length
    }
    yield* after()
    complete = true
    return array
  } finally {
    if (!complete) array.release()
  }
}

function endsInside(what: string, kind = '.npy'): string {
  return `the ${kind} file ends inside ${what}`
}

/** The array that a header describes, its elements not read yet. */
function arrayFor(header: ElementsHeader): NDArray {
  const { shape, dtype, fortranOrder } = header
  const array = allocateArray(currentHeap(), shape, dtype, false)
  if (!fortranOrder || shape.length < 2) return array
  const strides = contiguousStrides(shape.toReversed()).reverse()
  const view = array.view({ shape, strides, offset: 0 })
  array.release()
  return view
}

/** Brings elements that were read into this machine's byte order, and bools to 0 and 1. */
export function settle(
  heap: Heap,
  address: number,
  bytes: number,
  header: Pick<NpyHeader, 'dtype' | 'swapped'>,
): void {
  const info: DTypeInfo = dtypes[header.dtype]
  const { exports } = heap.core
  if (header.swapped) exports.swapBytes(address, address + bytes, info.bytes)
  if (header.dtype !== 'bool') return
  const all = { byteAddress: address, strides: [1], itemBytes: 1 }
  heap.bind([bytes], [all, all])
  exports.assign(info.code, dtypes.uint8.code)
}
