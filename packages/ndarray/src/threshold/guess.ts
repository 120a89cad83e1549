import type { DType } from '../dtype.ts'
import { subtract } from '../functions/arithmetic.ts'
import { compress } from '../functions/compress.ts'
import { copy } from '../functions/creation.ts'
import { isfinite } from '../functions/floats.ts'
import { reshape } from '../functions/reshape.ts'
import { Temporaries } from '../functions/temporaries.ts'
import type { NDArray } from '../ndarray.ts'

/** Makes a guess from the finite elements (1-d), the least of which has been subtracted; they are dropped then. */
export type Guess = (elements: NDArray) => number

/** Signed integers need a wider dtype for differences. */
const WIDER: Partial<Record<DType, DType>> = { bool: 'uint8', int8: 'int16', int16: 'int32', int32: 'int64' }

/** The guess of a function, as a value of the image. It needs a copy of the image, twice for floats. */
export function guessOf(guess: Guess, image: NDArray, low: number | bigint): number {
  using made = new Temporaries()
  const dtype = WIDER[image.dtype] ?? image.dtype
  const flat = made.add(reshape(made.add(copy(image, dtype)), [image.size]))
  const isFloat = image.info.kind === 'float'
  const finite = isFloat ? made.add(compress(made.add(isfinite(flat)), flat)) : flat
  const shifted = subtract(finite, low, { out: finite })
  return guess(shifted) + Number(low)
}
