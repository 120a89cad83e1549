/** NIfTI volumes, turned for the eye. */
import type * as nd from '@ebb/ndarray'
import { readNifti } from '@ebb/ndarray/nifti'

/** What a NIfTI-1 header begins with: its length. */
const HEADER_BYTES = 348
/** The first two bytes of what gzip packed; of the files that are read here, only these come so. */
const GZIP = 0x1f8b

/** Whether a file is a NIfTI volume, packed or not. */
export async function isNifti(file: Blob): Promise<boolean> {
  if (file.size < 4) return false
  const view = new DataView(await file.slice(0, 4).arrayBuffer())
  return [view.getInt32(0, true), view.getInt32(0)].includes(HEADER_BYTES) || view.getUint16(0) === GZIP
}

/**
 * Reads a volume as [z, y, x], front and top first: a view of what was read, which lies [x, y, z] with its back and
 * bottom first. The values are the file's.
 * @returns The array, the caller's.
 */
export async function loadNifti(file: Blob): Promise<nd.NDArray> {
  const { array } = await readNifti(file)
  using stored = array
  using turned = stored.T
  if (turned.ndim < 3) return turned.slice('::-1')
  return turned.slice('...', '::-1', '::-1', null)
}
