import { describe } from '../dtype.ts'
import { DTypeError, FormatError } from '../errors.ts'
import { currentHeap } from '../heap/heap.ts'
import { allocateArray, type NDArray } from '../ndarray.ts'
import { contiguousStrides } from '../shape.ts'
import { headerExtent, type NpyHeader, PREAMBLE_BYTES, parseHeader } from './npyheader.ts'

/** Where a .npy file is: a path, a file URL, or its bytes. */
export type Source = string | URL | Uint8Array | ArrayBuffer

/** Bytes that one read asks for; systems refuse 2 GiB and more. */
const READ_BYTES = 1 << 30

/** A wish for the file's bytes from a position on; the answer is how many came. */
interface ReadRequest {
  readonly into: Uint8Array
  readonly position: number
}

/**
 * Reads a .npy file (versions 1 to 3, either byte order, C or Fortran order) into a new array, straight
 * into the heap. Files of objects are refused: nothing in a file is executed.
 * @returns The array; a file in Fortran order gives one with Fortran strides.
 * @throws FormatError when the file is damaged, forged or of another kind (before anything is allocated);
 * OutOfMemoryError; the system's error when it cannot be opened.
 */
export async function load(source: Source): Promise<NDArray> {
  if (!isPath(source)) return loadSync(source)
  const file = await globalThis.process.getBuiltinModule('node:fs').promises.open(source, 'r')
  try {
    const reading = readArray((await file.stat()).size)
    let step = reading.next()
    while (!step.done) {
      const { into, position } = step.value
      try {
        step = reading.next((await file.read(into, 0, into.length, position)).bytesRead)
      } catch (error) {
        step = reading.throw(error)
      }
    }
    return step.value
  } finally {
    await file.close()
  }
}

/** As `load`, and done when it returns. */
export function loadSync(source: Source): NDArray {
  if (!isPath(source)) return fromBytes(source)
  const fs = globalThis.process.getBuiltinModule('node:fs')
  const file = fs.openSync(source, 'r')
  try {
    return complete(readArray(fs.fstatSync(file).size), (into, position) =>
      fs.readSync(file, into, 0, into.length, position),
    )
  } finally {
    fs.closeSync(file)
  }
}

function fromBytes(source: Uint8Array | ArrayBuffer): NDArray {
  const bytes = source instanceof ArrayBuffer ? new Uint8Array(source) : source
  if (!(bytes instanceof Uint8Array)) throw new DTypeError(`cannot load from ${describe(source)}`)
  return complete(readArray(bytes.length), (into, position) => {
    const from = bytes.subarray(position, position + into.length)
    into.set(from)
    return from.length
  })
}

/** Runs a reading whose requests are answered at once. */
function complete(
  reading: Generator<ReadRequest, NDArray, number>,
  read: (into: Uint8Array, position: number) => number,
): NDArray {
  let step = reading.next()
  while (!step.done) {
    const { into, position } = step.value
    try {
      step = reading.next(read(into, position))
    } catch (error) {
      step = reading.throw(error)
    }
  }
  return step.value
}

/** Reads a file of `size` bytes; how its bytes come is the caller's affair. */
function* readArray(size: number): Generator<ReadRequest, NDArray, number> {
  const preamble = new Uint8Array(PREAMBLE_BYTES)
  const { start, end } = headerExtent(preamble.subarray(0, yield { into: preamble, position: 0 }))
  const text = new Uint8Array(end - start)
  const header = parseHeader(decode(text, yield { into: text, position: start }), end, size)
  const array = arrayFor(header)
  try {
    for (let done = 0; done < header.dataBytes; ) {
      const count = yield { into: part(array, done, header.dataBytes), position: end + done }
      if (count === 0) throw new FormatError('the .npy file ended while it was read')
      done += count
    }
    return finish(array, header)
  } catch (error) {
    array.release()
    throw error
  }
}

function isPath(source: Source): source is string | URL {
  return typeof source === 'string' || source instanceof URL
}

function decode(text: Uint8Array, count: number): string {
  if (count !== text.length) throw new FormatError('the .npy file ends inside its header')
  // Version 3 is UTF-8, and what we accept is ASCII in every version.
  return new TextDecoder('utf-8').decode(text)
}

/** The array that a header describes, its elements not read yet. */
function arrayFor(header: NpyHeader): NDArray {
  const { shape, dtype, fortranOrder } = header
  const array = allocateArray(currentHeap(), shape, dtype, false)
  if (!fortranOrder || shape.length < 2) return array
  const strides = contiguousStrides(shape.toReversed()).reverse()
  const view = array.view({ shape, strides, offset: 0 })
  array.release()
  return view
}

/** The bytes of an array's block from `done` on, as many as one read may ask for. */
function part(array: NDArray, done: number, total: number): Uint8Array {
  const { buffer } = array.lease.heap.core.memory
  return new Uint8Array(buffer, array.lease.address + done, Math.min(total - done, READ_BYTES))
}

/** Brings bytes into this machine's order, and bools to 0 and 1. */
function finish(array: NDArray, header: NpyHeader): NDArray {
  const { address, bytes, heap } = array.lease
  const { buffer } = heap.core.memory
  if (header.swapped) swapBytes(new Uint8Array(buffer, address, bytes), array.info.bytes)
  if (header.dtype === 'bool') {
    const data = new Uint8Array(buffer, address, bytes)
    for (let i = 0; i < data.length; i++) data[i] = Number(data[i] !== 0)
  }
  return array
}

function swapBytes(bytes: Uint8Array, itemBytes: number): void {
  for (let at = 0; at < bytes.length; at += itemBytes) {
    for (let low = at, high = at + itemBytes - 1; low < high; low++, high--) {
      const byte = bytes[low] as number
      bytes[low] = bytes[high] as number
      bytes[high] = byte
    }
  }
}
