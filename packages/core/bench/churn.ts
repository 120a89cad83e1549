/**
 * malloc and free inside a module, on the same random trace: Ebb's pools, AssemblyScript's TLSF and its
 * ITCMS. Time per step (one free and one malloc, the trace's own cost subtracted), and the OS pages that
 * were ever written per live byte. Allocators take turns in each round; medians are printed.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
const LIVE = 10_000
const STEPS = 1_000_000
const ROUNDS = 7
const OS_PAGE = 4096

interface Bench {
  init(): void
  churn(steps: number, live: number, small: number, touch: number): number
  clear(live: number): void
}

const RUNTIMES = { none: 'stub', ebb: 'stub', tlsf: 'minimal', itcms: 'incremental' } as const
type Name = keyof typeof RUNTIMES

function compile(name: Name, folder: string): WebAssembly.Module {
  const asc = join(
    dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')),
    'bin/asc.js',
  )
  const out = join(folder, `${name}.wasm`)
  const options = [
    '-O3',
    '--converge',
    '--noAssert',
    '--runtime',
    RUNTIMES[name],
    '--importMemory',
    '--zeroFilledMemory',
  ]
  const features = [
    '--enable',
    'simd',
    '--maximumMemory',
    '65536',
    '--bindings',
    'none',
    '--initialMemory',
    '8',
  ]
  execFileSync(process.execPath, [asc, join(HERE, `${name}.ts`), ...options, ...features, '-o', out], {
    stdio: 'inherit',
  })
  return new WebAssembly.Module(readFileSync(out))
}

/** A fresh instance. Ebb wants its memory reserved; the others grow from one page. */
function instantiate(name: Name, module: WebAssembly.Module): { bench: Bench; memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: name === 'ebb' ? 65536 : 8, maximum: 65536 })
  const abort = () => {
    throw new Error('abort')
  }
  const host = { discard: () => 0, advise() {}, dirtied() {}, collecting() {} }
  const instance = new WebAssembly.Instance(module, { env: { memory, abort }, host })
  const bench = instance.exports as unknown as Bench
  bench.init()
  return { bench, memory }
}

function time(bench: Bench, small: number): number {
  const start = performance.now()
  // In slices: the engine replaces its first, quick code only between calls.
  for (let done = 0; done < STEPS; done += STEPS / 100) bench.churn(STEPS / 100, LIVE, small, 0)
  return ((performance.now() - start) * 1e6) / STEPS
}

/** OS pages with any byte written, in bytes, after a churn that writes every block whole. */
function touched(name: Name, module: WebAssembly.Module, small: number): number {
  const { bench, memory } = instantiate(name, module)
  bench.churn(20 * LIVE, LIVE, small, 1)
  const words = new BigUint64Array(memory.buffer, 0, Math.min(memory.buffer.byteLength, 2 ** 30) / 8)
  let pages = 0
  for (let at = 0; at < words.length; at += OS_PAGE / 8) {
    for (let i = at; i < at + OS_PAGE / 8; i++) {
      if (words[i] !== 0n) {
        pages++
        break
      }
    }
  }
  return pages * OS_PAGE
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number

const folder = mkdtempSync(join(tmpdir(), 'ebb-churn-'))
try {
  const names = Object.keys(RUNTIMES) as Name[]
  const modules = new Map(names.map(name => [name, compile(name, folder)]))
  console.log(`${LIVE} live blocks, ${STEPS} steps, medians of ${ROUNDS} rounds`)
  for (const [small, sizes] of [
    [0, 'uniform 16 B to 32 KiB'],
    [1, 'log-uniform 16 B to 32 KiB'],
  ] as const) {
    const times = new Map(names.map(name => [name, [] as number[]]))
    const benches = names.map(
      name => [name, instantiate(name, modules.get(name) as WebAssembly.Module).bench] as const,
    )
    for (const [, bench] of benches) time(bench, small)
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, bench] of benches) times.get(name)?.push(time(bench, small))
    }
    const base = median(times.get('none') ?? [])
    console.log(`\n${sizes}\n            ns per free and malloc     MiB ever written`)
    for (const name of names) {
      if (name === 'none') continue
      const ns = median(times.get(name) ?? []) - base
      const mib = touched(name, modules.get(name) as WebAssembly.Module, small) / 2 ** 20
      console.log(`${name.padEnd(10)} ${ns.toFixed(1).padStart(12)} ${mib.toFixed(1).padStart(24)}`)
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
