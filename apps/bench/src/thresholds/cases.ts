import type { DTypeName } from '../dtype.ts'
import type { Task } from '../measure.ts'
import type { ModelName } from '../party.ts'
import { IMAGE_DTYPES, type ImageDType, levelsOf, shapeOf } from './images.ts'
import { THRESHOLD_ROWS, type ThresholdRow } from './rows.ts'

/** A row for one image: what a party is told, as JSON. */
export interface ThresholdCase extends Task {
  readonly name: string
  readonly dtype: ImageDType
  readonly shape: readonly number[]
  readonly outDType?: DTypeName
  /** `t`, `low` and `high`. */
  readonly levels: ReturnType<typeof levelsOf>
  readonly model: ModelName
  /** What each party runs; the model nothing where it has no such dtype. */
  readonly texts: { readonly ebb: string } & { readonly [name in ModelName]?: string }
}

export interface ThresholdSelection {
  readonly only?: readonly string[] | undefined
  readonly dtypes: readonly DTypeName[]
  readonly quick: boolean
}

/** Sums of floats differ with their order, and iterations with their sums. */
const TOLERANCE = 1e-5

/** All cases of a selection, grouped by image: it is read once. */
export function selectThresholds({ only, dtypes, quick }: ThresholdSelection): ThresholdCase[] {
  const rows = THRESHOLD_ROWS.filter(({ name }) => !only || only.includes(name))
  return IMAGE_DTYPES.filter(dtype => dtypes.includes(dtype))
    .flatMap(dtype => rows.filter(row => row.dtypes.includes(dtype)).map(row => toCase(row, dtype, quick)))
    .map((task, id) => ({ ...task, id }))
}

function toCase(row: ThresholdRow, dtype: ImageDType, quick: boolean): ThresholdCase {
  const { name, out, ebb, model, text, modelDTypes = IMAGE_DTYPES } = row
  const outDType = out === 'same' ? dtype : out === 'float' ? (dtype === 'float32' ? dtype : 'float64') : out
  return {
    id: 0,
    tolerance: out === 'same' || out === 'bool' ? 0 : TOLERANCE,
    name,
    dtype,
    shape: shapeOf(dtype, quick),
    ...(outDType !== undefined && { outDType }),
    levels: levelsOf(dtype),
    model,
    texts: { ebb, ...(modelDTypes.includes(dtype) && { [model]: text }) },
  }
}
