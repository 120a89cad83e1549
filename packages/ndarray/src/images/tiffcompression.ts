import { FormatError } from '../errors.ts'
import { LITTLE_ENDIAN_HOST } from '../io/npyheader.ts'
import type { Room } from '../io/room.ts'
import { inflate, MOST_EXPANSION } from './inflate.ts'
import { lzw, MOST_LZW_EXPANSION } from './lzw.ts'

/** A way to pack a block. */
export interface Compression {
  readonly name: string
  /** Bytes that one can become at most. */
  readonly expansion: number
  /** Fills the room, unless the bytes end before; how many came. Undefined where bytes are as they are. */
  readonly unpack?: (bytes: Uint8Array, room: Room) => number | Promise<number>
}

const deflate: Compression = {
  name: 'Deflate',
  expansion: MOST_EXPANSION,
  async unpack(bytes, room) {
    let done = 0
    for await (const piece of inflate([bytes], 'deflate')) {
      const part = piece.subarray(0, room.length - done)
      room.bytes(done).set(part)
      done += part.length
      if (done === room.length) break
    }
    return done
  },
}

/** The compressions that are read, by their codes. None makes more bytes than there is room for. */
export const COMPRESSIONS: Readonly<Record<number, Compression>> = {
  1: { name: 'none', expansion: 1 },
  5: { name: 'LZW', expansion: MOST_LZW_EXPANSION, unpack: (bytes, room) => lzw(bytes, room.bytes()) },
  8: deflate,
  32773: { name: 'PackBits', expansion: 64, unpack: (bytes, room) => packBits(bytes, room.bytes()) },
  32946: deflate,
}

/** Runs: a signed byte n, then n + 1 bytes as they are, or one that is there 1 − n times; −128 is nothing. */
function packBits(bytes: Uint8Array, out: Uint8Array): number {
  let done = 0
  for (let at = 0; at + 1 < bytes.length && done < out.length; ) {
    const n = ((bytes[at++] as number) << 24) >> 24
    if (n === -128) continue
    const length = Math.min(n < 0 ? 1 - n : n + 1, out.length - done)
    if (n < 0) {
      out.fill(bytes[at++] as number, done, done + length)
      done += length
    } else {
      const part = bytes.subarray(at, at + length)
      out.set(part, done)
      done += part.length
      at += n + 1
    }
  }
  return done
}

/**
 * Takes back what a predictor did to rows of samples, in place; then they are in this machine's byte order.
 * @param stride Samples from one to the next of its kind.
 * @throws FormatError for a predictor and size that do not go together.
 */
export function undoPredictor(
  predictor: 2 | 3,
  block: Uint8Array<ArrayBuffer>,
  layout: { rowBytes: number; itemBytes: number; stride: number; littleEndian: boolean },
): void {
  for (let at = 0; at < block.length; at += layout.rowBytes) {
    const row = block.subarray(at, at + layout.rowBytes)
    if (predictor === 2) undoDifferences(row, layout)
    else undoFloatingPoint(row, layout)
  }
}

type RowLayout = { itemBytes: number; stride: number; littleEndian: boolean }

/** Each sample is there as its difference to the one before, as an integer of its size. */
function undoDifferences(row: Uint8Array<ArrayBuffer>, { itemBytes, stride, littleEndian }: RowLayout): void {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength)
  const count = row.length / itemBytes
  switch (itemBytes) {
    case 1:
      for (let i = stride; i < count; i++) row[i] = (row[i] as number) + (row[i - stride] as number)
      break
    case 2: {
      const items = new Uint16Array(row.buffer, row.byteOffset, count)
      for (let i = 0; i < count; i++) {
        items[i] = view.getUint16(2 * i, littleEndian) + (i < stride ? 0 : (items[i - stride] as number))
      }
      break
    }
    case 4: {
      const items = new Uint32Array(row.buffer, row.byteOffset, count)
      for (let i = 0; i < count; i++) {
        items[i] = view.getUint32(4 * i, littleEndian) + (i < stride ? 0 : (items[i - stride] as number))
      }
      break
    }
    case 8: {
      const items = new BigUint64Array(row.buffer, row.byteOffset, count)
      for (let i = 0; i < count; i++) {
        items[i] = view.getBigUint64(8 * i, littleEndian) + (i < stride ? 0n : (items[i - stride] as bigint))
      }
      break
    }
    default:
      throw new FormatError(`TIFF predictor 2 of ${itemBytes} bytes is unknown`)
  }
}

/** The row's most significant bytes come first, then the next ones; and all are differences, byte by byte. */
function undoFloatingPoint(row: Uint8Array<ArrayBuffer>, { itemBytes, stride }: RowLayout): void {
  const count = row.length / itemBytes
  for (let i = stride; i < row.length; i++) row[i] = (row[i] as number) + (row[i - stride] as number)
  const planes = row.slice()
  const view = new DataView(planes.buffer)
  for (let byte = 0; byte < itemBytes; byte++) {
    const to = LITTLE_ENDIAN_HOST ? itemBytes - 1 - byte : byte
    for (let i = 0; i < count; i++) row[i * itemBytes + to] = view.getUint8(byte * count + i)
  }
}
