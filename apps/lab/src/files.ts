/** Files that the page opens, whatever their names say: .npy, .npz, NIfTI (also gzipped), and the browser's images. */
import * as nd from '@ebb/ndarray'
import { isNifti, loadNifti } from './nifti.ts'

/** Arrays with the names to put them under. */
export type Opened = [string, nd.NDArray][]

/** Reads a file. @throws Error when it is of no kind that is known. */
export async function open(file: Blob, name: string): Promise<Opened> {
  const plain = nameOf(name)
  if (file.type.startsWith('image/')) return [[plain, await loadImage(file)]]
  if (await isNifti(file)) return [[plain, await loadNifti(file)]]
  const loaded = await nd.load<nd.NDArray | nd.Npz>(file)
  return loaded instanceof nd.NDArray ? [[plain, loaded]] : Object.entries(loaded)
}

/** An image as the browser decodes it, as its luminance: uint8, [height, width]. */
async function loadImage(file: Blob): Promise<nd.NDArray<'uint8'>> {
  const bitmap = await createImageBitmap(file)
  const { width, height } = bitmap
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const { data } = context.getImageData(0, 0, width, height)
  const image = nd.empty([height, width], { dtype: 'uint8' })
  const grey = image.data
  for (let i = 0, at = image.offset; i < data.length; i += 4, at++) {
    // The weights of ITU-R BT.601, in 256ths.
    grey[at] = (77 * (data[i] as number) + 150 * (data[i + 1] as number) + 29 * (data[i + 2] as number)) >> 8
  }
  return image
}

/** `scan 1.nii.gz` → `scan_1`: what a script can write. */
function nameOf(file: string): string {
  return file.replace(/(\.nii)?\.\w+$/, '').replace(/\W+/g, '_') || 'file'
}
