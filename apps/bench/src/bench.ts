import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cSource } from './c-source.ts'
import { type Case, selectCases } from './cases.ts'
import { readMachine } from './machine.ts'
import { FULL, HURRIED, measure, prime, QUICK, type Result } from './measure.ts'
import { NUMPY_SCRIPT } from './numpy-script.ts'
import type { Options } from './options.ts'
import { type Launch, Party, type PartyName } from './party.ts'
import type { Report } from './report.ts'
import { FILTER_SIZE } from './rows.ts'
import { measureStartup } from './startup.ts'

/** A run may be behind its time by this many ms: small sizes take less than their share, large ones more. */
export const LATE = 20_000

/** The engines are primed with operands up to this size: larger ones teach them nothing new. */
const PRIMING_SIZE = 64

const PARTY_SCRIPT = fileURLToPath(new URL('./party-main.js', import.meta.url))

/** Runs all that the options ask for; tells of each case when it begins. */
export async function runBench(
  options: Options,
  onCase: (text: string, group: string) => void,
): Promise<Report> {
  const cases = casesFor(options)
  const folder = mkdtempSync(join(tmpdir(), 'ebb-bench-'))
  const parties = launches(cases, folder, options.peer).map(launch => new Party(launch))
  try {
    if (options.whole && !options.only) onCase('import', 'import')
    const startup = options.whole && !options.only ? measureStartup(options.peer) : undefined
    for (const party of parties) await party.start()
    const present = parties.filter(({ absent }) => absent === undefined)
    const results = await measureAll(cases, present, options, onCase)
    return {
      date: new Date().toISOString().slice(0, 10),
      quick: options.quick,
      machine: readMachine(),
      versions: Object.fromEntries(present.map(({ name, version }) => [name, version])),
      absent: Object.fromEntries(
        parties.flatMap(({ name, absent }) => (absent === undefined ? [] : [[name, absent]])),
      ),
      results: results.filter(({ ns }) => Object.keys(ns).length > 0),
      ...(startup && { startup }),
    }
  } finally {
    for (const party of parties) party.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureAll(
  cases: readonly Case[],
  parties: readonly Party[],
  { quick, minutes }: Options,
  onCase: (text: string, group: string) => void,
): Promise<Result[]> {
  const start = performance.now()
  const share = (minutes * 60_000) / cases.length
  const results: Result[] = []
  const pace = quick ? QUICK : FULL
  let lastGroup = ''
  for (const task of cases) {
    const group = `${task.dtype}, ${task.size}`
    const members = cases.filter(other => other.dtype === task.dtype && other.size === task.size)
    if (group !== lastGroup && task.size <= PRIMING_SIZE) {
      for (const member of members) await prime(member, parties, pace)
    }
    lastGroup = group
    onCase(`${task.id + 1} of ${cases.length}: ${group}, ${task.name}`, group)
    const late = performance.now() - start > share * results.length + LATE
    results.push(await measure(task, parties, late ? HURRIED : pace))
  }
  return results
}

/** The experiment's filter, on 120 million int32, belongs to the full run only. */
function casesFor({ only, sizes, dtypes, whole, quick }: Options): Case[] {
  const cases = selectCases({ ...(only && { only }), sizes, dtypes, ownSizes: whole })
  if (quick || !whole || !dtypes.includes('int32') || (only && !only.includes('filter'))) return cases
  const experiment = selectCases({
    only: ['filter'],
    sizes: [FILTER_SIZE],
    dtypes: ['int32'],
    ownSizes: false,
  })
  return [...cases, ...experiment].map((task, id) => ({ ...task, id }))
}

function launches(cases: readonly Case[], folder: string, peer: boolean): Launch[] {
  const file = join(folder, 'cases.json')
  writeFileSync(file, JSON.stringify(cases))
  const script = join(folder, 'party.py')
  writeFileSync(script, NUMPY_SCRIPT)
  const node = (name: PartyName): Launch => ({
    name,
    command: process.execPath,
    args: [PARTY_SCRIPT, name, file],
  })
  return [
    node('ebb'),
    { name: 'numpy', command: 'python3', args: [script, file] },
    { name: 'c', command: compileC(cases, folder), args: [], otherwise: 'there is no compiler, or it fails' },
    ...(peer ? [node('numpy-ts')] : []),
    node('js'),
  ]
}

/** The program's path; undefined where there is no compiler, or none that understands. */
function compileC(cases: readonly Case[], folder: string): string | undefined {
  const source = join(folder, 'loops.c')
  const program = join(folder, 'loops')
  writeFileSync(source, cSource(cases))
  const args = ['-O3', '-march=native', source, '-o', program, '-lm']
  const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' })
  if (status !== 0 && stderr) process.stderr.write(stderr)
  return status === 0 ? program : undefined
}
