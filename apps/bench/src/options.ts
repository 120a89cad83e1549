import { parseArgs } from 'node:util'
import { ALL, type DTypeName } from './dtype.ts'
import { FILTER_SIZE, ROWS } from './rows.ts'

/** A flag that cannot be obeyed. */
export class OptionError extends Error {}

export interface Options {
  readonly help: boolean
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
}

export const FULL_SIZES = [64, 1e4, 1e6, 1e7]
const QUICK_SIZES = [64, 1e6]
const QUICK_DTYPES: DTypeName[] = ['float64', 'int32']

/** @throws OptionError */
export function parseOptions(args: readonly string[]): Options {
  const values = parse(args)
  const quick = values.quick ?? false
  const only = values.only === undefined ? undefined : list(values.only)
  for (const name of only ?? []) {
    if (!ROWS.some(row => row.name === name)) {
      throw new OptionError(
        `--only: no operation "${name}"; there are ${ROWS.map(row => row.name).join('; ')}`,
      )
    }
  }
  const sizes =
    values.sizes === undefined ? (quick ? QUICK_SIZES : FULL_SIZES) : list(values.sizes).map(toSize)
  const dtypes = values.dtypes === undefined ? (quick ? QUICK_DTYPES : ALL) : list(values.dtypes).map(toDType)
  const whole = values.sizes === undefined
  const minutes = values.minutes === undefined ? (quick ? 1 : 14) : Number(values.minutes)
  if (!(minutes > 0)) throw new OptionError(`--minutes: ${values.minutes} is not a number above 0`)
  return {
    help: values.help ?? false,
    quick,
    only,
    sizes,
    dtypes,
    whole,
    json: values.json,
    markdown: values.markdown,
    minutes,
    peer: !values['no-peer'],
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.filter(arg => arg !== '--'),
      options: {
        help: { type: 'boolean', short: 'h' },
        quick: { type: 'boolean' },
        only: { type: 'string' },
        sizes: { type: 'string' },
        dtypes: { type: 'string' },
        minutes: { type: 'string' },
        json: { type: 'string' },
        markdown: { type: 'string' },
        'no-peer': { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new OptionError((error as Error).message)
  }
}

/** Separated by semicolons, since names hold commas; or by commas, where none does. */
function list(text: string): string[] {
  const byName = ROWS.some(row => row.name === text)
  return (byName ? [text] : text.split(text.includes(';') ? ';' : ','))
    .map(part => part.trim())
    .filter(Boolean)
}

function toSize(text: string): number {
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1 || size > FILTER_SIZE) {
    throw new OptionError(`--sizes: ${text} is not an integer from 1 to ${FILTER_SIZE}`)
  }
  return size
}

function toDType(text: string): DTypeName {
  if (!(ALL as string[]).includes(text)) {
    throw new OptionError(`--dtypes: no dtype "${text}"; there are ${ALL.join(', ')}`)
  }
  return text as DTypeName
}

export const HELP = `pnpm bench [-- flags]: Ebb beside NumPy, C, numpy-ts and plain JavaScript loops, in one run

  --quick           sizes 64 and 10⁶ of float64 and int32, fewer rounds: about a minute
  --only NAMES      these operations, e.g. --only add,sum; with semicolons where a name has a comma
  --sizes SIZES     these numbers of elements, e.g. --sizes 64,1e6
  --dtypes DTYPES   these dtypes, e.g. --dtypes float64,int32
  --minutes NUMBER  about how long it may take (14; with --quick 1): fewer rounds where it would take longer
  --json FILE       write the figures as JSON; - is the standard output
  --markdown FILE   write the tables as Markdown; - is the standard output
  --no-peer         leave numpy-ts out (it takes part where it is installed beside the bench)

Without --json and --markdown both are written to apps/bench/results, and the tables printed. Files are relative
to the repository's root. All of it takes about a quarter of an hour; pnpm --filter @ebb/bench bench leaves out
the benchmark of the allocator.
`
