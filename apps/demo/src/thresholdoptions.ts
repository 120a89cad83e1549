import { parseArgs } from 'node:util'
import type { GlobalMethod, ThresholdMode } from '@ebb/ndarray'
import { Failure } from './failure.ts'
import { misuse, parseCount, parseNumber, withNegativeValues } from './options.ts'

/** What `demo threshold` is asked for. */
export interface ThresholdOptions {
  input: string
  output: string
  /** A number, or the method that finds it. */
  threshold: number | GlobalMethod
  mode: ThresholdMode
  maxValue?: number
  /** Memory that may be used, in bytes. */
  maxBytes: number
  json: boolean
}

const METHODS: readonly GlobalMethod[] = ['otsu', 'li', 'yen', 'isodata', 'triangle', 'minimum', 'mean']
const MODES: readonly ThresholdMode[] = ['binary', 'binaryInv', 'trunc', 'toZero', 'toZeroInv']

const HELP = `Usage: node apps/demo/dist/main.js threshold IN.npy OUT.npy [flags]

Thresholds a .npy file of any size and dtype, slab by slab, into another, which gets its name when
it is complete; prints the threshold, resident memory and times.

  --method NAME       finds the threshold: ${METHODS.join(', ')} (otsu)
  --threshold T       the threshold itself, instead of a method
  --mode NAME         ${MODES.join(', ')} (binary)
  --max-value V       what binary and binaryInv write (the dtype's largest; 1 for floats)
  --max-mib N         memory that may be used (64)
  --json              one JSON object on stdout and nothing else; bytes and milliseconds
  --help              show this
`

export function thresholdHelp(): string {
  return HELP
}

/**
 * Reads the command line; undefined when it asks for help.
 * @throws Failure with exit code 2 and one clear line
 */
export function parseThresholdOptions(argv: string[]): ThresholdOptions | undefined {
  const { values, positionals } = read(argv)
  if (values.help) return undefined
  const [input, output, ...more] = positionals
  if (!input || !output || more.length > 0) {
    throw new Failure(`threshold takes two files, IN.npy and OUT.npy, not ${positionals.length}`, 2)
  }
  if (values.method !== undefined && values.threshold !== undefined) {
    throw new Failure('--method finds a threshold, --threshold gives one: choose', 2)
  }
  const method = oneOf('--method', values.method ?? 'otsu', METHODS)
  const maxValue = values['max-value']
  return {
    input,
    output,
    threshold: values.threshold === undefined ? method : parseNumber('--threshold', values.threshold),
    mode: oneOf('--mode', values.mode ?? 'binary', MODES),
    ...(maxValue !== undefined && { maxValue: parseNumber('--max-value', maxValue) }),
    maxBytes: parseCount('--max-mib', values['max-mib'] ?? '64', 1) * 2 ** 20,
    json: values.json ?? false,
  }
}

function read(argv: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: withNegativeValues(argv),
      allowPositionals: true,
      options: {
        method: text,
        threshold: text,
        mode: text,
        'max-value': text,
        'max-mib': text,
        json: flag,
        help: { ...flag, short: 'h' },
      },
    })
  } catch (error) {
    throw misuse(error)
  }
}

function oneOf<Name extends string>(flag: string, text: string, names: readonly Name[]): Name {
  const name = names.find(candidate => candidate === text)
  if (name !== undefined) return name
  throw new Failure(`${flag}: "${text}" is none; choose one of ${names.join(', ')}`, 2)
}
