import { FormatError } from '../errors.ts'
import type { NDArray } from '../ndarray.ts'
import { readSync } from './filesource.ts'
import { readArray, readPreamble } from './npyread.ts'
import { isZip, type LoadOptions, type Npz, readNpz } from './npz.ts'
import { pull, pullSync } from './reading.ts'
import { openSource, type Source, type SyncSource } from './source.ts'

/**
 * Reads a .npy or .npz file, straight into the heap. A .npy file may be of version 1, 2 or 3, in either byte
 * order, in C or Fortran order. Of an .npz archive, each member is an array; a stream of one is collected
 * first, since a zip archive's directory is at its end. Nothing in a file is executed: objects are refused.
 * @returns The array, the caller's; one in Fortran order has Fortran strides. Of an .npz archive an object of
 * the arrays by their names (without a prototype), all of them the caller's.
 * @throws FormatError when the file is damaged, forged or of another kind (where its size is known, before
 * anything is allocated); DTypeError for what is no source; OutOfMemoryError; the system's error when it
 * cannot be read. Nothing is left in the heap then.
 */
export async function load(source: `${string}.npz`, options?: LoadOptions): Promise<Npz>
export async function load<Result extends NDArray | Npz = NDArray>(
  source: Source,
  options?: LoadOptions,
): Promise<Result>
export async function load(from: Source, options: LoadOptions = {}): Promise<NDArray | Npz> {
  const source = await openSource(from)
  try {
    const read = source.read.bind(source)
    const preamble = await pull(readPreamble(), read)
    if (isZip(preamble)) return await readNpz(await source.whole(preamble), options)
    return await pull(readArray(preamble, source.size), read)
  } finally {
    await source.close()
  }
}

/**
 * As `load`, and done when it returns; of a .npy file in a path, a file's URL, or bytes.
 * @throws As `load`; FormatError for an .npz archive, which only `load` reads.
 */
export function loadSync(source: SyncSource): NDArray {
  return readSync(source, ({ read, size }) => {
    const preamble = pullSync(readPreamble(), read)
    if (isZip(preamble)) throw new FormatError('this is an .npz archive; `await load(…)` reads those')
    return pullSync(readArray(preamble, size), read)
  })
}
