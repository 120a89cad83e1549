export { type AdaptiveMethod, adaptiveThreshold } from './adaptive.ts'
export type { BorderMode } from './border.ts'
export { type ThresholdFileOptions, type ThresholdProgress, thresholdFile } from './file.ts'
export {
  type GivenHistogram,
  type GlobalOptions,
  type ImageOrNull,
  type IsodataOptions,
  type LiOptions,
  type MinimumOptions,
  type MultiotsuOptions,
  thresholdIsodata,
  thresholdLi,
  thresholdMean,
  thresholdMinimum,
  thresholdMultiotsu,
  thresholdOtsu,
  thresholdTriangle,
  thresholdYen,
} from './global.ts'
export type { Guess } from './guess.ts'
export type { Hist, Numbers } from './hist.ts'
export { applyHysteresisThreshold, type HysteresisOptions } from './hysteresis.ts'
export { inRange, inRange as between } from './inrange.ts'
export { type LevelMethod, thresholdValue } from './level.ts'
export { type LocalMethod, type LocalOptions, thresholdLocal } from './local.ts'
export type { GlobalMethod, MethodOptions } from './methods.ts'
export { type NiblackOptions, type SauvolaOptions, thresholdNiblack, thresholdSauvola } from './niblack.ts'
export { type ThresholdMode, type ThresholdOptions, threshold } from './threshold.ts'
export type { WindowFunction } from './windowranks.ts'
export type { WindowSize } from './windowsizes.ts'
