/**
 * PNG images as arrays: `import { readPng, writePng } from '@ebb/ndarray/png'`. Needs the package fast-png.
 *
 * ```ts
 * using image = await readPng('cells.png') // (height, width), or (height, width, channels)
 * await writePng('mask.png', image)
 * ```
 */
import './inside.ts'

export { readPng } from './images/pngread.ts'
export { type PngOptions, toPng, writePng } from './images/pngwrite.ts'
