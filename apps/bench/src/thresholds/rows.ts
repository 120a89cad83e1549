import type { ModelName } from '../party.ts'
import { IMAGE_DTYPES, type ImageDType } from './images.ts'

/**
 * One way to threshold, as Ebb and its model write it: an expression. In scope are the image `a`, `out`, and the
 * values `t`, `low` and `high` of images.ts. `out` is made when a text names it, and is the result then.
 */
export interface ThresholdRow {
  readonly name: string
  /** What is measured, where the name does not tell. */
  readonly note?: string
  readonly dtypes: readonly ImageDType[]
  /** The dtypes that the model has; default all. */
  readonly modelDTypes?: readonly ImageDType[]
  /** `out`'s dtype: the image's, bool, that of means. */
  readonly out?: 'same' | 'bool' | 'float'
  readonly ebb: string
  readonly model: ModelName
  readonly text: string
}

/** All but the volume; also the depths of OpenCV's `threshold`. */
const SQUARES: readonly ImageDType[] = ['uint8', 'uint16', 'float32']

function mode(name: string, flag: string): ThresholdRow {
  return {
    name,
    dtypes: IMAGE_DTYPES,
    modelDTypes: SQUARES,
    out: 'same',
    ebb: `nd.threshold(a, t, { mode: '${name}', maxValue: 200, out })`,
    model: 'opencv',
    text: `cv2.threshold(a, t, 200, cv2.${flag}, dst=out)`,
  }
}

function chosen(method: 'otsu' | 'triangle', dtypes: readonly ImageDType[]): ThresholdRow {
  return {
    name: `binary, ${method}`,
    note: 'the level is chosen, then applied',
    dtypes,
    out: 'same',
    ebb: `nd.threshold(a, '${method}', { mode: 'binary', maxValue: 200, out })`,
    model: 'opencv',
    text: `cv2.threshold(a, 0, 200, cv2.THRESH_BINARY | cv2.THRESH_${method.toUpperCase()}, dst=out)`,
  }
}

function adaptive(method: 'mean' | 'gaussian'): ThresholdRow {
  return {
    name: `adaptive, ${method}`,
    note: 'blocks of 11 × 11',
    dtypes: ['uint8'],
    out: 'same',
    ebb: `nd.adaptiveThreshold(a, 255, '${method}', 'binary', 11, 2, { out })`,
    model: 'opencv',
    text: `cv2.adaptiveThreshold(a, 255, cv2.ADAPTIVE_THRESH_${method.toUpperCase()}_C, cv2.THRESH_BINARY, 11, 2, dst=out)`,
  }
}

function automatic(name: string, note?: string): ThresholdRow {
  return {
    name,
    ...(note !== undefined && { note }),
    dtypes: IMAGE_DTYPES,
    ebb: `nd.threshold${name[0]?.toUpperCase()}${name.slice(1)}(a)`,
    model: 'scikit-image',
    text: `filters.threshold_${name}(a)`,
  }
}

function moments(name: 'niblack' | 'sauvola'): ThresholdRow {
  const row = automatic(name, 'windows of 15 along every axis')
  return { ...row, out: 'float', ebb: row.ebb.replace('(a)', '(a, { out })') }
}

/** The table: a line is a way to threshold. */
export const THRESHOLD_ROWS: readonly ThresholdRow[] = [
  mode('binary', 'THRESH_BINARY'),
  mode('binaryInv', 'THRESH_BINARY_INV'),
  mode('trunc', 'THRESH_TRUNC'),
  mode('toZero', 'THRESH_TOZERO'),
  mode('toZeroInv', 'THRESH_TOZERO_INV'),
  chosen('otsu', ['uint8', 'uint16']),
  chosen('triangle', ['uint8']),
  {
    name: 'inRange',
    note: 'low <= a <= high, into a mask',
    dtypes: IMAGE_DTYPES,
    out: 'bool',
    ebb: 'nd.inRange(a, low, high, { out })',
    model: 'opencv',
    text: 'cv2.inRange(a, low, high, dst=out)',
  },
  adaptive('mean'),
  adaptive('gaussian'),
  automatic('otsu'),
  automatic('li'),
  automatic('yen'),
  automatic('isodata'),
  automatic('triangle'),
  automatic('minimum'),
  automatic('mean'),
  automatic('multiotsu', 'three classes'),
  moments('niblack'),
  moments('sauvola'),
  {
    name: 'local',
    note: 'a Gaussian for blocks of 15 along every axis',
    dtypes: SQUARES,
    out: 'float',
    ebb: 'nd.thresholdLocal(a, { blockSize: 15, out })',
    model: 'scikit-image',
    text: 'filters.threshold_local(a, 15)',
  },
  {
    name: 'local, by SciPy',
    note: 'the same Gaussian',
    dtypes: IMAGE_DTYPES,
    out: 'float',
    ebb: 'nd.thresholdLocal(a, { blockSize: 15, out })',
    model: 'scikit-image',
    text: 'ndimage.gaussian_filter(a, 14 / 6, output=out)',
  },
  {
    name: 'local mean, by SciPy',
    note: 'blocks of 15 along every axis',
    dtypes: IMAGE_DTYPES,
    out: 'float',
    ebb: `nd.thresholdLocal(a, { blockSize: 15, method: 'mean', out })`,
    model: 'scikit-image',
    text: 'ndimage.uniform_filter(a, 15, output=out)',
  },
  {
    name: 'hysteresis',
    note: 'above low, where it is connected with what is above high',
    dtypes: IMAGE_DTYPES,
    out: 'bool',
    ebb: 'nd.applyHysteresisThreshold(a, low, high, { out })',
    model: 'scikit-image',
    text: 'filters.apply_hysteresis_threshold(a, low, high)',
  },
]
