import { parseArgs } from 'node:util'
import { Failure } from './failure.ts'
import { HIGH, LOW, type Plan } from './protocol.ts'

/** What the command line asks for. */
export interface Options extends Plan {
  json: boolean
  /** Whether to measure NumPy too. */
  numpy: boolean
  /** Whether to measure numpy-ts too. */
  peer: boolean
  /** The file that --report writes. */
  page?: string
  help: boolean
}

/** The types that hold every random integer of the experiment. */
const DTYPES = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']

/** Each flag: the value it takes, if any, its default, and what it is for. */
const FLAGS = {
  shape: { value: 'D,D,…', initial: '400,500,600', about: 'lengths of the axes; 400x500x600 is fine too' },
  dtype: { value: 'NAME', initial: 'int32', about: 'int8 to int64, uint8 to uint64' },
  threshold: { value: 'T', initial: '2800', about: `elements <= T become 0; random ones are < ${HIGH}` },
  seed: { value: 'N', initial: '0', about: "seed of the random numbers, which are NumPy's own" },
  rounds: { value: 'N', initial: '1', about: 'N times in a row: does resident memory drift?' },
  input: { value: 'FILE.npy', initial: '', about: 'a real volume in place of the random one' },
  json: { about: 'one JSON object on stdout and nothing else; bytes and milliseconds' },
  report: { value: 'FILE.html', initial: '', about: 'a page with the curves; of FILE.svg, the curves alone' },
  'no-numpy': { about: 'leave NumPy out, even where it is installed' },
  'no-peer': { about: 'leave numpy-ts out, even where it is installed beside the demo' },
  help: { about: 'show this' },
} as const

const USAGE = `Usage: node apps/demo/dist/main.js [flags]

Creates an array, filters it (elements <= T become 0) and releases it, with a mask as NumPy does and
in place, each in a process of its own; prints resident memory, its peak and the time of each step.

       node apps/demo/dist/main.js threshold IN.npy OUT.npy [flags]

Thresholds a .npy file of any size, slab by slab; threshold --help shows its flags.
`

export function helpText(): string {
  const lines = Object.entries(FLAGS).map(([name, flag]) => {
    const left = 'value' in flag ? `--${name} ${flag.value}` : `--${name}`
    const standard = 'initial' in flag && flag.initial !== '' ? ` (${flag.initial})` : ''
    return `  ${left.padEnd(19)} ${flag.about}${standard}`
  })
  return `${USAGE}\n${lines.join('\n')}\n\nEBB_PAGER=none shows what happens where memory cannot be given back.\n`
}

/**
 * Reads the command line.
 * @throws Failure with exit code 2 and one clear line, when a flag is unknown or its value is no good.
 */
export function parseOptions(argv: string[]): Options {
  const values = flagValues(argv)
  const input = values.input
  if (input === '') throw new Failure('--input: the name of a .npy file is missing', 2)
  for (const flag of ['shape', 'dtype', 'seed'] as const) {
    if (input !== undefined && values[flag] !== undefined) {
      throw new Failure(`--${flag} has no meaning with --input: the array is the file's`, 2)
    }
  }
  return {
    shape: parseShape(values.shape ?? FLAGS.shape.initial),
    dtype: parseDtype(values.dtype ?? FLAGS.dtype.initial),
    threshold: parseNumber('--threshold', values.threshold ?? FLAGS.threshold.initial),
    seed: parseCount('--seed', values.seed ?? FLAGS.seed.initial, 0),
    rounds: parseCount('--rounds', values.rounds ?? FLAGS.rounds.initial, 1),
    ...(input === undefined ? {} : { input }),
    json: values.json ?? false,
    numpy: !values['no-numpy'],
    peer: !values['no-peer'],
    ...(values.report === undefined ? {} : { page: values.report }),
    help: values.help ?? false,
  }
}

function flagValues(argv: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    const { values } = parseArgs({
      args: withNegativeValues(argv),
      options: {
        shape: text,
        dtype: text,
        threshold: text,
        seed: text,
        rounds: text,
        input: text,
        json: flag,
        report: text,
        'no-numpy': flag,
        'no-peer': flag,
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    throw misuse(error)
  }
}

/** What parseArgs complains about, in its first sentence; the others advise on the use of parseArgs. */
export function misuse(error: unknown): Failure {
  const [problem = ''] = (error as Error).message.split(/\.\s/)
  return new Failure(`${problem}; --help shows the flags`, 2)
}

/**
 * `--threshold -5` → `--threshold=-5`: parseArgs takes a bare -5 for a flag. A first `--`, which comes from
 * `pnpm demo -- --json`, is dropped.
 */
export function withNegativeValues(argv: string[]): string[] {
  const args: string[] = []
  for (const arg of argv[0] === '--' ? argv.slice(1) : argv) {
    const last = args.at(-1)
    if (/^-[\d.]/.test(arg) && last !== undefined && /^--[a-z-]+$/.test(last)) {
      args[args.length - 1] = `${last}=${arg}`
    } else {
      args.push(arg)
    }
  }
  return args
}

/** '400,500,600', '400x500x600' and '400×500×600' are the same shape. */
function parseShape(text: string): number[] {
  const shape = text
    .trim()
    .split(/\s*[,x×]\s*/)
    .map(part => (/^\d+$/.test(part) ? Number(part) : 0))
  if (shape.some(length => length < 1)) {
    throw new Failure(`--shape: "${text}" is no list of whole numbers from 1, such as 400,500,600`, 2)
  }
  if (!Number.isSafeInteger(shape.reduce((size, length) => size * length, 8))) {
    throw new Failure(`--shape: "${text}" has more elements than any memory holds`, 2)
  }
  return shape
}

function parseDtype(text: string): string {
  if (DTYPES.includes(text)) return text
  const why = ['bool', 'float16', 'float32', 'float64'].includes(text)
    ? `cannot be drawn as random integers of ${LOW} to ${HIGH - 1}`
    : 'is no dtype'
  throw new Failure(`--dtype: "${text}" ${why}; choose one of ${DTYPES.join(', ')}`, 2)
}

/** Any number; beyond 2⁵³ a double would not be the number that was written. */
export function parseNumber(flag: string, text: string): number {
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value
  throw new Failure(`${flag}: "${text}" is no number between -2^53 and 2^53`, 2)
}

export function parseCount(flag: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new Failure(`${flag}: "${text}" is no whole number from ${least}`, 2)
}
