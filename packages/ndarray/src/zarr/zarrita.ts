import { optional } from '../io/optional.ts'

/** The library that knows the format. */
export const zarrita = await optional('zarrita', '@ebb/ndarray/zarr', () => import('zarrita'))
