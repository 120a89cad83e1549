import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { median } from './measure.ts'

/** What an import adds to a process that imports nothing, in ms and bytes. */
export interface ImportCost {
  readonly name: string
  readonly ms: number
  /** Undefined where there is no /proc. */
  readonly rss: number | undefined
}

export interface Startup {
  readonly imports: readonly ImportCost[]
  /** The size of ebb.wasm, in bytes. */
  readonly wasm: number
}

/** The time of the import alone, and then the process's resident memory. */
const NODE_SCRIPT = `
import { readFileSync } from 'node:fs'
const rss = () => {
  try {
    return Number(/VmRSS:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024
  } catch {
    return null
  }
}
rss()
const start = performance.now()
if (process.argv[2]) await import(process.argv[2])
const ms = performance.now() - start
console.log(JSON.stringify({ ms, rss: rss() }))
`

const PYTHON_SCRIPT = `
import json, re, sys, time
def rss():
    try:
        return int(re.search(r'VmRSS:\\s+(\\d+)', open('/proc/self/status').read())[1]) * 1024
    except OSError:
        return None
rss()
start = time.perf_counter()
if len(sys.argv) > 1:
    import numpy
ms = (time.perf_counter() - start) * 1000
print(json.dumps({'ms': ms, 'rss': rss()}))
`

interface Sample {
  readonly ms: number
  readonly rss: number | null
}

type Run = () => Sample | undefined

const ROUNDS = 7

/** Fresh processes in turns, the median of seven; what fails is left out. */
export function measureStartup(peer: boolean): Startup {
  const node =
    (specifier: string): Run =>
    () =>
      sampleOf(process.execPath, ['--input-type=module', '-e', NODE_SCRIPT, '--', '', specifier])
  const python =
    (...args: string[]): Run =>
    () =>
      sampleOf('python3', ['-c', PYTHON_SCRIPT, ...args])
  const bare = { node: node(''), python: python() }
  const runs: { name: string; run: Run; bare: Run }[] = [
    { name: 'Ebb', run: node(import.meta.resolve('@ebb/ndarray')), bare: bare.node },
    { name: 'NumPy', run: python('numpy'), bare: bare.python },
  ]
  const resolved = peer ? resolve('numpy-ts') : undefined
  if (resolved) runs.push({ name: 'numpy-ts', run: node(resolved), bare: bare.node })
  const samples = new Map<Run, Sample[]>()
  const all = new Set(runs.flatMap(({ run, bare }) => [bare, run]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const run of all) {
      const sample = run()
      if (sample) samples.set(run, [...(samples.get(run) ?? []), sample])
    }
  }
  const imports = runs.flatMap(({ name, run, bare }) => {
    const [own, without] = [samples.get(run), samples.get(bare)]
    return own && without ? [{ name, ...difference(own, without) }] : []
  })
  const wasm = statSync(fileURLToPath(new URL('./ebb.wasm', import.meta.resolve('@ebb/core')))).size
  return { imports, wasm }
}

function difference(
  own: readonly Sample[],
  bare: readonly Sample[],
): { ms: number; rss: number | undefined } {
  const rss = (samples: readonly Sample[]) => median(samples.map(sample => sample.rss ?? Number.NaN))
  const bytes = rss(own) - rss(bare)
  return { ms: median(own.map(sample => sample.ms)), rss: Number.isNaN(bytes) ? undefined : bytes }
}

function sampleOf(command: string, args: readonly string[]): Sample | undefined {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return status === 0 ? JSON.parse(stdout) : undefined
}

function resolve(name: string): string | undefined {
  try {
    return import.meta.resolve(name)
  } catch {
    return undefined
  }
}
