import { parseArgs } from 'node:util'
import { ALL, type DTypeName } from './dtype.ts'
import { FILTER_SIZE, ROWS } from './rows.ts'
import { IMAGE_DTYPES } from './thresholds/images.ts'
import { THRESHOLD_ROWS } from './thresholds/rows.ts'

/** A flag that cannot be obeyed. */
export class OptionError extends Error {}

/** What there is to measure: operations on arrays, or ways to threshold images. */
const PARTS = { operations: ROWS, thresholds: THRESHOLD_ROWS }
export type PartName = keyof typeof PARTS

export interface Options {
  readonly help: boolean
  readonly part: PartName
  readonly quick: boolean
  readonly only: readonly string[] | undefined
  readonly sizes: readonly number[]
  readonly dtypes: readonly DTypeName[]
  /** Rows with sizes of their own, and what importing costs, are measured, too. */
  readonly whole: boolean
  /** About how long the run may take: where cases would take longer, each gets less. */
  readonly minutes: number
  readonly json: string | undefined
  readonly markdown: string | undefined
  readonly peer: boolean
  /** The interpreter that imports the models of the thresholds; undefined: one that can. */
  readonly python: string | undefined
  /** How many seconds a model may take for a threshold. */
  readonly limit: number
}

export const FULL_SIZES = [64, 1e4, 1e6, 1e7]
const QUICK_SIZES = [64, 1e6]
const QUICK_DTYPES: DTypeName[] = ['float64', 'int32']

/** About how many minutes each part takes. */
const MINUTES: Record<PartName, number> = { operations: 14, thresholds: 6 }

/** @throws OptionError */
export function parseOptions(args: readonly string[]): Options {
  const values = parse(args)
  const quick = values.quick ?? false
  const part = toPart(values.part ?? 'operations')
  const only = values.only === undefined ? undefined : toNames(values.only, part)
  if (part === 'thresholds' && values.sizes !== undefined) {
    throw new OptionError('--sizes: the images of --part thresholds have their own')
  }
  const sizes =
    values.sizes === undefined ? (quick ? QUICK_SIZES : FULL_SIZES) : list(values.sizes, part).map(toSize)
  return {
    help: values.help ?? false,
    part,
    quick,
    only,
    sizes,
    dtypes: values.dtypes === undefined ? dtypesOf(part, quick) : toDTypes(values.dtypes, part),
    whole: values.sizes === undefined,
    json: values.json,
    markdown: values.markdown,
    minutes: toPositive('minutes', values.minutes, quick ? 1 : MINUTES[part]),
    peer: !values['no-peer'],
    python: values.python,
    limit: toPositive('limit', values.limit, 30),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.filter(arg => arg !== '--'),
      options: {
        help: { type: 'boolean', short: 'h' },
        part: { type: 'string' },
        quick: { type: 'boolean' },
        only: { type: 'string' },
        sizes: { type: 'string' },
        dtypes: { type: 'string' },
        minutes: { type: 'string' },
        json: { type: 'string' },
        markdown: { type: 'string' },
        'no-peer': { type: 'boolean' },
        python: { type: 'string' },
        limit: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new OptionError((error as Error).message)
  }
}

function toPart(text: string): PartName {
  if (Object.hasOwn(PARTS, text)) return text as PartName
  throw new OptionError(`--part: no part "${text}"; there are ${Object.keys(PARTS).join(', ')}`)
}

function toNames(text: string, part: PartName): string[] {
  const names = list(text, part)
  for (const name of names) {
    if (PARTS[part].some(row => row.name === name)) continue
    const all = PARTS[part].map(row => row.name).join('; ')
    throw new OptionError(`--only: no operation "${name}"; there are ${all}`)
  }
  return names
}

/** Separated by semicolons, since names hold commas; or by commas, where none does. */
function list(text: string, part: PartName): string[] {
  const byName = PARTS[part].some(row => row.name === text)
  return (byName ? [text] : text.split(text.includes(';') ? ';' : ','))
    .map(name => name.trim())
    .filter(Boolean)
}

function toSize(text: string): number {
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1 || size > FILTER_SIZE) {
    throw new OptionError(`--sizes: ${text} is not an integer from 1 to ${FILTER_SIZE}`)
  }
  return size
}

function dtypesOf(part: PartName, quick: boolean): readonly DTypeName[] {
  return part === 'thresholds' ? IMAGE_DTYPES : quick ? QUICK_DTYPES : ALL
}

function toDTypes(text: string, part: PartName): DTypeName[] {
  const all = dtypesOf(part, false)
  const dtypes = list(text, part) as DTypeName[]
  for (const dtype of dtypes) {
    if (!all.includes(dtype))
      throw new OptionError(`--dtypes: no dtype "${dtype}"; there are ${all.join(', ')}`)
  }
  return dtypes
}

function toPositive(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (value > 0) return value
  throw new OptionError(`--${name}: ${text} is not a number above 0`)
}

export const HELP = `pnpm bench [-- flags]: Ebb beside NumPy, C, numpy-ts and plain JavaScript loops, in one run

  --part PART       operations (the default), or thresholds: images beside OpenCV and scikit-image
  --quick           sizes 64 and 10⁶ of float64 and int32, fewer rounds: about a minute; small images
  --only NAMES      these operations, e.g. --only add,sum; with semicolons where a name has a comma
  --sizes SIZES     these numbers of elements, e.g. --sizes 64,1e6
  --dtypes DTYPES   these dtypes, e.g. --dtypes float64,int32
  --minutes NUMBER  about how long it may take (14; thresholds 6; with --quick 1): fewer rounds where it would take longer
  --json FILE       write the figures as JSON; - is the standard output
  --markdown FILE   write the tables as Markdown; - is the standard output
  --no-peer         leave numpy-ts out (it takes part where it is installed beside the bench)
  --python FILE     of thresholds: the Python that imports cv2 and skimage (else the first of some that can)
  --limit SECONDS   of thresholds: how long a model may take for one (30)

Without --json and --markdown both are written to apps/bench/results, and the tables printed. Files are relative
to the repository's root. All of it takes about a quarter of an hour; pnpm --filter @ebb/bench bench leaves out
the benchmark of the allocator.
`
