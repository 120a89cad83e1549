/** The global methods by name: what each makes of the grey levels of an image. */
import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import type { GreyLevels } from './greylevels.ts'
import { isodata } from './isodata.ts'
import { type LiOptions, li } from './li.ts'
import { meanLevel } from './mean.ts'
import { minimum } from './minimum.ts'
import { otsu } from './otsu.ts'
import { triangle } from './triangle.ts'
import { yen } from './yen.ts'

/** What the methods can be told; each takes what it knows. */
export interface MethodOptions extends LiOptions {
  /** Of minimum: rounds of smoothing at most. Default 10,000. */
  maxNumIter?: number | undefined
}

/** The name of a method that finds one threshold. */
export type ThresholdMethod = 'otsu' | 'li' | 'yen' | 'isodata' | 'triangle' | 'minimum' | 'mean'

export const METHODS: Readonly<
  Record<ThresholdMethod, (levels: GreyLevels, options: MethodOptions) => number>
> = {
  otsu,
  li,
  yen,
  isodata,
  triangle,
  minimum: (levels, { maxNumIter }) => minimum(levels, maxNumIter),
  mean: meanLevel,
}

/**
 * The threshold that a method finds in grey levels, of which one at least has elements.
 * @throws DTypeError for an unknown method or impossible options; ThresholdError when it finds none
 */
export function thresholdOf(
  method: ThresholdMethod,
  levels: GreyLevels,
  options: MethodOptions = {},
): number {
  checkMethod(method)
  return METHODS[method](levels, options)
}

/** @throws DTypeError for an unknown method */
export function checkMethod(method: ThresholdMethod): void {
  if (Object.hasOwn(METHODS, method)) return
  throw new DTypeError(`unknown method ${describe(method)}; there are ${Object.keys(METHODS).join(', ')}`)
}
