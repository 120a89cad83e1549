import { type DType, describe } from '../dtype.ts'
import { EbbError, FormatError } from '../errors.ts'
import { formatShape, nbytes, type Shape, toShape } from '../shape.ts'

/** What the header of a .npy file says. */
export interface NpyHeader {
  readonly dtype: DType
  readonly shape: Shape
  /** Elements lie in Fortran order: the first axis runs fastest. */
  readonly fortranOrder: boolean
  /** Multi-byte elements have their bytes the other way round than this machine. */
  readonly swapped: boolean
  /** Where the elements begin in the file, and how many bytes they take. */
  readonly dataOffset: number
  readonly dataBytes: number
}

/** Bytes that tell where the header ends: magic, version, and the length in 2 or 4 bytes. */
export const PREAMBLE_BYTES = 12
/** Longest header that is read; NumPy's own are below 200 bytes, and it refuses those above 10,000. */
const MAX_HEADER_BYTES = 65536
export const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** NumPy's letter and size for each dtype. */
export const CODES: Readonly<Record<DType, string>> = {
  bool: 'b1',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  float32: 'f4',
  float64: 'f8',
}
const DTYPES = new Map(Object.entries(CODES).map(([dtype, code]) => [code, dtype as DType]))

export const LITTLE_ENDIAN_HOST = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** The order of the bytes of a file's elements. */
export function byteOrderOf({ swapped }: NpyHeader): 'little' | 'big' {
  return swapped === LITTLE_ENDIAN_HOST ? 'big' : 'little'
}

/**
 * Where the header's text lies, from the first bytes of a file.
 * @throws FormatError when they are not those of a .npy file of version 1, 2 or 3.
 */
export function headerExtent(preamble: Uint8Array): { start: number; end: number } {
  if (preamble.length < 10 || MAGIC.some((byte, i) => preamble[i] !== byte)) {
    throw new FormatError('not a .npy file: it does not begin with \\x93NUMPY')
  }
  const version = preamble[6] as number
  if (version < 1 || version > 3)
    throw new FormatError(`.npy version ${version} is unknown; 1, 2 and 3 are read`)
  const start = version === 1 ? 10 : 12
  if (preamble.length < start) throw new FormatError('the .npy file ends inside its header')
  const view = new DataView(preamble.buffer, preamble.byteOffset, preamble.byteLength)
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > MAX_HEADER_BYTES) {
    throw new FormatError(
      `a .npy header of ${length} bytes is no honest one; at most ${MAX_HEADER_BYTES} are read`,
    )
  }
  return { start, end: start + length }
}

/**
 * Reads the header's text, a Python dictionary of descr, fortran_order and shape, and nothing else.
 * @param fileBytes Length of the file, when it is known: it must be the header and the elements exactly.
 * @throws FormatError
 */
export function parseHeader(text: string, dataOffset: number, fileBytes: number | undefined): NpyHeader {
  const { descr, fortranOrder, lengths } = parseDictionary(text)
  const { dtype, swapped } = parseDescriptor(descr)
  const { shape, dataBytes } = checkedShape(lengths, dtype)
  if (fileBytes !== undefined && fileBytes - dataOffset !== dataBytes) {
    const has = fileBytes - dataOffset
    throw new FormatError(
      `the .npy file has ${has} bytes of elements; ${dtype} of shape ${formatShape(shape)} takes ${dataBytes}`,
    )
  }
  return { dtype, shape, fortranOrder, swapped, dataOffset, dataBytes }
}

function checkedShape(lengths: readonly number[], dtype: DType): { shape: Shape; dataBytes: number } {
  try {
    return { shape: toShape(lengths), dataBytes: nbytes(lengths, dtype) }
  } catch (error) {
    if (error instanceof EbbError)
      throw new FormatError(`impossible shape in a .npy header: ${error.message}`)
    throw error
  }
}

function parseDescriptor(descr: string): { dtype: DType; swapped: boolean } {
  const match = /^([<>|=])([a-zA-Z]\d+)$/.exec(descr)
  const dtype = DTYPES.get(match?.[2] ?? '')
  if (!match || !dtype) {
    throw new FormatError(
      `elements of type ${describe(descr)} are not read; only bool, integers and float32/float64`,
    )
  }
  const order = match[1]
  const swapped = order !== '|' && order !== '=' && (order === '<') !== LITTLE_ENDIAN_HOST
  return { dtype, swapped: swapped && !match[2]?.endsWith('1') }
}

interface Dictionary {
  descr: string
  fortranOrder: boolean
  lengths: number[]
}

const STRING = /'([^'\\]*)'|"([^"\\]*)"/y
const BOOLEAN = /True|False/y
const TUPLE = /\(\s*(?:\d{1,16}L?\s*(?:,\s*|(?=\))))*\)/y
const SPACE = /\s*/y

/** A cursor over the text; every step must match where it stands. */
class Cursor {
  readonly text: string
  #at = 0

  constructor(text: string) {
    this.text = text
  }

  take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.text)
    if (!match) throw this.error()
    this.#at = pattern.lastIndex
    return match
  }

  has(character: string): boolean {
    this.take(SPACE)
    if (this.text[this.#at] !== character) return false
    this.#at++
    this.take(SPACE)
    return true
  }

  expect(character: string): void {
    if (!this.has(character)) throw this.error()
  }

  end(): void {
    this.take(SPACE)
    if (this.#at !== this.text.length) throw this.error()
  }

  error(): FormatError {
    return new FormatError(
      `the .npy header cannot be read at character ${this.#at}: ${describe(this.text.trimEnd())}`,
    )
  }
}

/** Keys and the reader of each one's value. */
const READERS: Record<string, (cursor: Cursor) => string | boolean | number[]> = {
  descr: cursor => readString(cursor),
  fortran_order: cursor => cursor.take(BOOLEAN)[0] === 'True',
  shape: cursor => readTuple(cursor),
}

function parseDictionary(text: string): Dictionary {
  const cursor = new Cursor(text)
  const found = new Map<string, string | boolean | number[]>()
  cursor.expect('{')
  while (!cursor.has('}')) {
    const key = readString(cursor)
    cursor.expect(':')
    if (found.has(key) || !Object.hasOwn(READERS, key)) throw cursor.error()
    found.set(key, (READERS[key] as (cursor: Cursor) => string | boolean | number[])(cursor))
    if (cursor.has(',')) continue
    cursor.expect('}')
    break
  }
  cursor.end()
  if (found.size !== 3) throw new FormatError('the .npy header lacks descr, fortran_order or shape')
  return {
    descr: found.get('descr') as string,
    fortranOrder: found.get('fortran_order') as boolean,
    lengths: found.get('shape') as number[],
  }
}

function readString(cursor: Cursor): string {
  const match = cursor.take(STRING)
  return match[1] ?? match[2] ?? ''
}

function readTuple(cursor: Cursor): number[] {
  const text = cursor.take(TUPLE)[0]
  // Python reads (3) as a number; the tuple is (3,).
  if (/^\(\s*\d+L?\s*\)$/.test(text)) throw cursor.error()
  return (text.match(/\d+/g) ?? []).map(Number)
}
