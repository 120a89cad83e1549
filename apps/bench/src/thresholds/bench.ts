import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as nd from '@ebb/ndarray'
import { LATE } from '../bench.ts'
import { readMachine } from '../machine.ts'
import { measure, type Pace, type Result } from '../measure.ts'
import type { Options } from '../options.ts'
import { type Launch, MODELS, type ModelName, Party } from '../party.ts'
import type { Report } from '../report.ts'
import { selectThresholds, type ThresholdCase } from './cases.ts'
import { makeImage } from './images.ts'
import { MODEL_SCRIPT } from './python-script.ts'

const FULL: Pace = { rounds: 7, leastWarmUp: 100, warmUp: 400, batch: 20, most: 3000 }
const QUICK: Pace = { rounds: 3, leastWarmUp: 30, warmUp: 100, batch: 4, most: 300 }
/** What is left when time runs short. */
const HURRIED: Pace = { rounds: 3, leastWarmUp: 50, warmUp: 200, batch: 10, most: 500 }

const PARTY_SCRIPT = fileURLToPath(new URL('./party-main.js', import.meta.url))

/** The interpreters that are tried, when none is named. */
const PYTHONS = ['python3', '/usr/bin/python3']
const MODULES: Record<ModelName, string> = { opencv: 'cv2', 'scikit-image': 'skimage.filters' }

export interface ThresholdReport extends Report<ThresholdCase> {
  /** How many processes wanted a processor, in the minute before the run and in its last. */
  readonly load: readonly [number, number]
}

/** Runs what the options ask for of the thresholds; tells of each case when it begins. */
export async function runThresholds(
  options: Options,
  onCase: (text: string, group: string) => void,
): Promise<ThresholdReport> {
  const [before = 0] = loadavg()
  const cases = selectThresholds(options)
  const folder = mkdtempSync(join(tmpdir(), 'ebb-bench-'))
  const parties = launches(cases, folder, options).map(launch => new Party(launch))
  try {
    onCase('images', 'images')
    for (const dtype of new Set(cases.map(task => task.dtype))) {
      using image = makeImage(dtype, options.quick)
      nd.saveSync(join(folder, `${dtype}.npy`), image)
    }
    for (const party of parties) await party.start()
    const present = parties.filter(({ absent }) => absent === undefined)
    const results = await measureAll(cases, present, options, onCase)
    return {
      date: new Date().toISOString().slice(0, 10),
      quick: options.quick,
      machine: readMachine(),
      load: [before, loadavg()[0] ?? 0],
      versions: Object.fromEntries(present.map(({ name, version }) => [name, version])),
      absent: Object.fromEntries(
        parties.flatMap(({ name, absent }) => (absent === undefined ? [] : [[name, absent]])),
      ),
      results,
    }
  } finally {
    for (const party of parties) party.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureAll(
  cases: readonly ThresholdCase[],
  parties: readonly Party[],
  { quick, minutes }: Options,
  onCase: (text: string, group: string) => void,
): Promise<Result<ThresholdCase>[]> {
  const start = performance.now()
  const share = (minutes * 60_000) / cases.length
  const results: Result<ThresholdCase>[] = []
  for (const task of cases) {
    onCase(`${task.id + 1} of ${cases.length}: ${task.dtype}, ${task.name}`, task.dtype)
    const isLate = performance.now() - start > share * results.length + LATE
    const concerned = parties.filter(({ name }) => name === 'ebb' || name === task.model)
    results.push(await measure(task, concerned, quick ? QUICK : isLate ? HURRIED : FULL))
  }
  return results
}

function launches(
  cases: readonly ThresholdCase[],
  folder: string,
  { python, limit }: Pick<Options, 'python' | 'limit'>,
): Launch[] {
  const file = join(folder, 'cases.json')
  writeFileSync(file, JSON.stringify(cases))
  const script = join(folder, 'party.py')
  writeFileSync(script, MODEL_SCRIPT)
  return [
    { name: 'ebb', command: process.execPath, args: [PARTY_SCRIPT, file, folder] },
    ...MODELS.filter(name => cases.some(task => task.model === name)).map(name => ({
      name,
      command: interpreterWith(MODULES[name], python === undefined ? PYTHONS : [python]),
      args: [script, name, file, folder],
      otherwise: 'no Python can import it',
      limit: limit * 1000,
    })),
  ]
}

/** The first interpreter that can import a module. */
function interpreterWith(module: string, candidates: readonly string[]): string | undefined {
  return candidates.find(
    command => spawnSync(command, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0,
  )
}
