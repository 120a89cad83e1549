/**
 * TIFF files as arrays: `import { readTiff } from '@ebb/ndarray/tiff'`. Needs no other package.
 *
 * ```ts
 * using volume = await readTiff('stack.tif') // (images, height, width)
 * ```
 */
import './inside.ts'

export { readTiff, type TiffOptions } from './images/tiffread.ts'
