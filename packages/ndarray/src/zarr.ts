/** @module `@ebb/ndarray/zarr`: arrays from and to Zarr hierarchies, by way of the package zarrita. */
import './inside.ts'

export type { ZarrCodec } from './zarr/codecs.ts'
export type { ZarrMetadata } from './zarr/metadata.ts'
export {
  openZarr,
  readZarr,
  type ZarrArray,
  type ZarrOpenOptions,
  type ZarrReadOptions,
} from './zarr/read.ts'
export type { ZarrSource, ZarrTarget } from './zarr/store.ts'
export { writeZarr, type ZarrWriteOptions } from './zarr/write.ts'
