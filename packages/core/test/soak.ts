/**
 * The model's traces until told: `pnpm soak --minutes 5`, or without end. `--seed` repeats a run. Small heaps
 * are walked after every operation, large ones now and then; each trace ends with everything freed in any
 * order, and the heap one clean run. Exits 1 at the first failure, with the seed and the shortest trace.
 */
import { setImmediate as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { type TraceOptions, traceProperty } from './commands.ts'

const PROGRESS_MS = 10_000
/** Time that finding the shortest failing trace may take. */
const SHRINK_MS = 10 * 60_000

type Size = Pick<TraceOptions, 'mostPages' | 'mostCommands' | 'checkEvery'> & { numRuns: number }

/** Small heaps, where everything is full and cramped, and large ones, where traces are long. */
const SIZES: Size[] = [
  { mostPages: 40, mostCommands: 400, numRuns: 20 },
  { mostPages: 300, mostCommands: 1000, numRuns: 8 },
  { mostPages: 4000, mostCommands: 5000, checkEvery: 50, numRuns: 1 },
]

interface Settings {
  minutes: number
  seed: number
}

function readSettings(argv: string[]): Settings {
  const text = { type: 'string' } as const
  // `pnpm soak -- --minutes 1` passes the first `--` on.
  const args = argv[0] === '--' ? argv.slice(1) : argv
  const { values } = parseArgs({ args, options: { minutes: text, seed: text } })
  const minutes = Number(values.minutes ?? Infinity)
  const seed = Number(values.seed ?? Date.now() % 2 ** 31)
  if (!(minutes >= 0)) throw new Error(`--minutes is a number, not ${values.minutes}`)
  if (!Number.isInteger(seed)) throw new Error(`--seed is an integer, not ${values.seed}`)
  return { minutes, seed }
}

async function soak({ minutes, seed }: Settings): Promise<boolean> {
  const begin = performance.now()
  const elapsed = () => performance.now() - begin
  let stopped = false
  let operations = 0
  let progress = PROGRESS_MS
  process.once('SIGINT', () => {
    stopped = true
  })
  const onOperations = (count: number) => {
    operations += count
  }
  const tell = () => console.log(`${(elapsed() / 1000).toFixed(0)} s: ${operations} operations`)

  console.log(`seed ${seed}, ${minutes === Infinity ? 'until interrupted' : `${minutes} minutes`}`)
  for (let round = 0; !stopped && elapsed() < minutes * 60_000; round++) {
    const debug = round % 2 === 0
    const { numRuns, ...size } = SIZES[(round >> 1) % SIZES.length] as Size
    const property = traceProperty({ debug, ...size, onOperations })
    const details = fc.check(property, { seed: seed + round, numRuns, interruptAfterTimeLimit: SHRINK_MS })
    if (details.failed) {
      console.error(`round ${round} of seed ${seed} failed, in the ${debug ? 'debug' : 'release'} build:`)
      console.error(fc.defaultReportMessage(details))
      console.error((details.errorInstance as Error | null)?.stack)
      return false
    }
    if (elapsed() >= progress) {
      tell()
      progress = elapsed() + PROGRESS_MS
    }
    // The signal to stop comes in here.
    await pause()
  }
  tell()
  console.log('no failure')
  return true
}

try {
  process.exitCode = (await soak(readSettings(process.argv.slice(2)))) ? 0 : 1
} catch (error) {
  console.error(`soak: ${(error as Error).message}`)
  process.exitCode = 2
}
