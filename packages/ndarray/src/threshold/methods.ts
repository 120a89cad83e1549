/** The global methods by name: what each makes of the grey levels of an image. */
import type { GreyLevels } from './greylevels.ts'
import { isodata } from './isodata.ts'
import { type LiIteration, li } from './li.ts'
import { meanLevel } from './mean.ts'
import { minimum } from './minimum.ts'
import { otsu } from './otsu.ts'
import { assertNamed } from './parameters.ts'
import { triangle } from './triangle.ts'
import { yen } from './yen.ts'

/** What the methods can be told; each takes what it knows. */
export interface MethodOptions extends LiIteration {
  /** Of minimum: rounds of smoothing at most. Default 10,000. */
  maxNumIter?: number | undefined
}

/** The name of a method that finds one threshold. */
export type GlobalMethod = 'otsu' | 'li' | 'yen' | 'isodata' | 'triangle' | 'minimum' | 'mean'

export const METHODS: Readonly<Record<GlobalMethod, (levels: GreyLevels, options: MethodOptions) => number>> =
  {
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
export function thresholdOf(method: GlobalMethod, levels: GreyLevels, options: MethodOptions = {}): number {
  return METHODS[assertNamed('method', method, METHODS)](levels, options)
}
