import { Temporaries } from '../functions/temporaries.ts'
import type { NDArray } from '../ndarray.ts'
import { toCount } from './words.ts'

/**
 * Random bytes: those of 32-bit words, of which no bytes take one, as in NumPy.
 * @throws DTypeError when `length` is no count; OutOfMemoryError. Nothing is drawn then.
 */
export function randomBytes(
  length: number,
  drawWords: (count: number) => NDArray<'uint32'>,
): Uint8Array<ArrayBuffer> {
  toCount('length', length)
  using temporaries = new Temporaries()
  const { data } = temporaries.add(drawWords(Math.max(1, Math.ceil(length / 4))))
  return new Uint8Array(data.buffer, data.byteOffset, length).slice()
}
