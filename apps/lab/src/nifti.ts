/** NIfTI-1 volumes: the header is translated into that of an .npy file, and the library reads the rest. */
import * as nd from '@ebb/ndarray'

const HEADER_BYTES = 348
/** NumPy's names of NIfTI's data types. */
const TYPES: Record<number, string> = {
  2: 'u1',
  4: 'i2',
  8: 'i4',
  16: 'f4',
  64: 'f8',
  256: 'i1',
  512: 'u2',
  768: 'u4',
  1024: 'i8',
  1280: 'u8',
}

interface Header {
  readonly littleEndian: boolean
  /** x, y, z and what follows, without the axes of length 1 at the end. */
  readonly shape: number[]
  readonly type: string
  readonly dataAt: number
}

/** Whether these bytes begin a NIfTI-1 file. */
export function isNifti(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false
  const magic = String.fromCharCode(...bytes.subarray(344, 347))
  return magic === 'n+1' || magic === 'ni1'
}

function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (bytes[345] !== '+'.charCodeAt(0))
    throw new Error('this NIfTI header has its data in another file (.img)')
  const littleEndian = view.getInt32(0, true) === HEADER_BYTES
  const code = view.getInt16(70, littleEndian)
  const type = TYPES[code]
  if (!type) throw new Error(`NIfTI data type ${code} is not read here`)
  const ndim = view.getInt16(40, littleEndian)
  if (ndim < 1 || ndim > 7) throw new Error(`a NIfTI volume has 1 to 7 axes, not ${ndim}`)
  const shape = Array.from({ length: ndim }, (_, axis) => view.getInt16(42 + 2 * axis, littleEndian))
  while (shape.length > 2 && shape.at(-1) === 1) shape.pop()
  return { littleEndian, shape, type, dataAt: view.getFloat32(108, littleEndian) }
}

/** The preamble of an .npy file, version 1, in C order. */
function npyPreamble(type: string, littleEndian: boolean, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const fields = `{'descr': '${littleEndian ? '<' : '>'}${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const padded = `${fields.padEnd(Math.ceil((fields.length + 11) / 64) * 64 - 11)}\n`
  const length = String.fromCharCode(padded.length & 255, padded.length >> 8)
  return Uint8Array.from(`\x93NUMPY\x01\x00${length}${padded}`, character => character.charCodeAt(0))
}

/**
 * Reads a volume as [z, y, x], turned so that up is up: a view with negative steps along z and y, no copy. The
 * values are as they are stored; a slope and an intercept are not applied.
 * @returns The array, the caller's.
 */
export async function loadNifti(bytes: Uint8Array<ArrayBuffer>): Promise<nd.NDArray> {
  const { littleEndian, shape, type, dataAt } = readHeader(bytes)
  const preamble = npyPreamble(type, littleEndian, shape.toReversed())
  using stored = await nd.load(new Blob([preamble, bytes.subarray(dataAt)]))
  if (shape.length < 3) return stored.slice('::-1')
  // Of several volumes, one after the other in time, all are there; the viewer shows the first.
  return stored.slice('...', '::-1', '::-1', null)
}
