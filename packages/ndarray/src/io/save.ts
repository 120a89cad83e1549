import { keep } from '../heap/scope.ts'
import { assertArray, type NDArray } from '../ndarray.ts'
import { writeFileSync } from './filesink.ts'
import { checkNpyOptions, type NpyOptions } from './npyformat.ts'
import { headerOf, writeArray } from './npywrite.ts'
import { Members, type NpzOptions, writeNpz } from './npz.ts'
import { type Sink, type Target, writeTo } from './target.ts'

/**
 * Writes an array as a .npy file, as NumPy does: elements in Fortran order stay in it, any others are written
 * in C order. A file is written under another name in its folder and renamed when it is complete: whatever
 * interrupts that, what was under the name is there still. The array may be released, but not changed,
 * before the promise is settled.
 * @throws DTypeError for what is no array, target or option; ReleasedError; the system's error.
 */
export async function save(target: Target, a: NDArray, options: NpyOptions = {}): Promise<void> {
  assertArray(a)
  checkNpyOptions(options)
  using array = keep(a.retain())
  await writeTo(target, async sink => {
    for (const piece of writeArray(array, options)) await sink.write(piece)
  })
}

/** As `save`, to a path or a file's URL, and done when it returns. */
export function saveSync(path: string | URL, a: NDArray, options: NpyOptions = {}): void {
  assertArray(a)
  checkNpyOptions(options)
  writeFileSync(path, writeArray(a, options))
}

/** An array as the bytes of a .npy file, in JavaScript's own memory; see `save`. */
export function toNpy(a: NDArray, options: NpyOptions = {}): Uint8Array<ArrayBuffer> {
  assertArray(a)
  checkNpyOptions(options)
  const bytes = new Uint8Array(headerOf(a, options).length + a.nbytes)
  let at = 0
  for (const piece of writeArray(a, options)) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

/**
 * Writes arrays as an .npz archive: of an object by their names, of a list as arr_0, arr_1 and so on; see
 * `save`. Archives and members above 4 GiB are Zip64.
 * @throws As `save`.
 */
export async function savez(
  target: Target,
  arrays: Readonly<Record<string, NDArray>> | readonly NDArray[],
  options: NpzOptions = {},
): Promise<void> {
  using members = new Members(arrays, options)
  await writeTo(target, sink => writeNpz(sink, members, options))
}

/** Arrays as the bytes of an .npz archive, in JavaScript's own memory; see `savez`. */
export async function toNpz(
  arrays: Readonly<Record<string, NDArray>> | readonly NDArray[],
  options: NpzOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const sink: Pick<Sink, 'write'> = {
    async write(bytes) {
      parts.push(bytes.slice())
    },
  }
  using members = new Members(arrays, options)
  await writeNpz(sink, members, options)
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}
