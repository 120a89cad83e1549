import * as nd from '../src/index.ts'

/** An image as tools/fixtures-threshold.py writes it. */
export interface Described {
  dtype: nd.DType
  shape: number[]
  data: string
}

type Single = 'otsu' | 'li' | 'yen' | 'isodata' | 'triangle' | 'minimum' | 'mean'

/** What scikit-image finds; null where it finds nothing, and nothing where it would take too long. */
export type Found = Partial<Record<Single, number | null>> & {
  all?: number[] | null
  multiotsu: Record<string, number[] | null>
  nbins?: Record<string, Partial<Record<Single, number | null>>>
}

const METHODS: Record<Single, (image: nd.NDArray, options: object) => number> = {
  otsu: nd.thresholdOtsu,
  li: nd.thresholdLi,
  yen: nd.thresholdYen,
  isodata: nd.thresholdIsodata,
  triangle: nd.thresholdTriangle,
  minimum: nd.thresholdMinimum,
  mean: nd.thresholdMean,
}

export function arrayOf({ dtype, shape, data }: Described): nd.NDArray {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'))
  return nd.fromTypedArray(new nd.dtypes[dtype].array(bytes.buffer), shape, { dtype })
}

/** In words; none when all thresholds agree: exactly, or to float rounding where a mean is taken. */
export function differences(image: nd.NDArray, found: Found): string[] {
  const wrong: string[] = []
  const compare = (name: string, expected: number | number[] | null, find: () => number | number[]): void => {
    const actual = attempt(find)
    if (!agree(actual, expected, name === 'li' || name === 'mean' ? precisionOf(image) : 0))
      wrong.push(`${name}: ${actual} instead of ${expected}`)
  }
  // A constant image of which scikit-image finds nothing has its value as threshold, or no two peaks.
  const constant = image.size > 0 && Number(nd.ptp(image)) === 0 ? Number(nd.max(image)) : null
  const byName = (name: Single, expected: number | null | undefined, options: { nbins?: number }): void => {
    const wanted = expected ?? (name === 'minimum' ? null : constant)
    compare(name, wanted, () => METHODS[name](image, options))
  }
  for (const name of Object.keys(METHODS) as Single[]) {
    if (found[name] !== undefined) byName(name, found[name], {})
  }
  const all = found.all?.length || constant === null ? found.all : [constant]
  if (all !== undefined) compare('all', all, () => nd.thresholdIsodata(image, { returnAll: true }))
  for (const [classes, expected] of Object.entries(found.multiotsu)) {
    compare(`multiotsu ${classes}`, expected, () =>
      nd.thresholdMultiotsu(image, { classes: Number(classes) }),
    )
  }
  for (const [bins, expected] of Object.entries(found.nbins ?? {})) {
    for (const [name, value] of Object.entries(expected)) {
      byName(name as Single, value, { nbins: Number(bins) })
    }
  }
  return wrong
}

function attempt<Result>(find: () => Result): Result | null {
  try {
    return find()
  } catch (error) {
    if (error instanceof nd.ThresholdError) return null
    throw error
  }
}

function precisionOf(image: nd.NDArray): number {
  // Differences of logarithms lose some digits, most in float32.
  return image.dtype === 'float32' ? 1e-4 : 1e-11
}

function agree(actual: number | number[] | null, expected: typeof actual, precision: number): boolean {
  if (actual === null || expected === null) return actual === expected
  if (typeof actual === 'number' && typeof expected === 'number')
    return Object.is(actual, expected) || Math.abs(actual - expected) <= precision * Math.abs(expected)
  const [a, b] = [actual as number[], expected as number[]]
  return a.length === b.length && a.every((value, i) => agree(value, b[i] as number, precision))
}
