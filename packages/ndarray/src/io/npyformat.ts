import { type DType, describe, dtypes } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { formatShape } from '../shape.ts'
import { CODES, LITTLE_ENDIAN_HOST, MAGIC, type NpyHeader } from './npyheader.ts'

/** How a .npy file is written. */
export interface NpyOptions {
  /** The order of an element's bytes. Default: this machine's. */
  byteOrder?: 'little' | 'big' | undefined
  /** The format's version. Default 1, which every reader knows; nothing that is written here needs another. */
  version?: 1 | 2 | 3 | undefined
}

/** The elements begin at a multiple of this. */
const ALIGNMENT = 64
/** Digits that the length of the outermost axis may grow to without moving the elements: NumPy leaves as much. */
const GROWING_DIGITS = 21

/** @throws DTypeError for options that are none. */
export function checkNpyOptions({ byteOrder, version }: NpyOptions): void {
  if (byteOrder !== undefined && byteOrder !== 'little' && byteOrder !== 'big') {
    throw new DTypeError(`byteOrder is 'little' or 'big', not ${describe(byteOrder)}`)
  }
  if (version !== undefined && ![1, 2, 3].includes(version)) {
    throw new DTypeError(`.npy version ${describe(version)} is unknown; 1, 2 and 3 are written`)
  }
}

/** Whether elements have their bytes the other way round in the file than in memory. */
export function isSwapped(dtype: DType, { byteOrder }: NpyOptions): boolean {
  return byteOrder !== undefined && dtypes[dtype].bytes > 1 && (byteOrder === 'little') !== LITTLE_ENDIAN_HOST
}

/** What stands before the elements of a .npy file: byte for byte what NumPy writes. */
export function formatHeader(
  { dtype, shape, fortranOrder }: Pick<NpyHeader, 'dtype' | 'shape' | 'fortranOrder'>,
  options: NpyOptions,
): Uint8Array<ArrayBuffer> {
  const { version = 1 } = options
  const start = version === 1 ? 10 : 12
  const order = fortranOrder ? 'True' : 'False'
  const outermost = shape.at(fortranOrder ? -1 : 0)
  const spare = outermost === undefined ? 0 : GROWING_DIGITS - String(outermost).length
  const text = `{'descr': '${descriptor(dtype, options)}', 'fortran_order': ${order}, 'shape': ${formatShape(shape)}, }`
  const length = Math.ceil((start + text.length + spare + 1) / ALIGNMENT) * ALIGNMENT
  const header = new Uint8Array(length)
  header.set([...MAGIC, version, 0])
  const view = new DataView(header.buffer)
  if (version === 1) view.setUint16(8, length - start, true)
  else view.setUint32(8, length - start, true)
  header.set(new TextEncoder().encode(`${text.padEnd(length - start - 1)}\n`), start)
  return header
}

function descriptor(dtype: DType, options: NpyOptions): string {
  if (dtypes[dtype].bytes === 1) return `|${CODES[dtype]}`
  return `${isSwapped(dtype, options) === LITTLE_ENDIAN_HOST ? '>' : '<'}${CODES[dtype]}`
}
