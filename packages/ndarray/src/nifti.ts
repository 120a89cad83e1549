/**
 * NIfTI-1 volumes as arrays: `import { readNifti } from '@ebb/ndarray/nifti'`. Needs the package nifti-reader-js.
 *
 * ```ts
 * const { array, affine } = await readNifti('brain.nii.gz') // (x, y, z), or (x, y, z, time)
 * ```
 */
import './inside.ts'

export type { Affine } from './images/niftiaffine.ts'
export { type NiftiOptions, type NiftiVolume, readNifti } from './images/niftiread.ts'
