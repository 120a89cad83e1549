/**
 * The experiment with numpy-ts, in a process of its own: `node --expose-gc peerway.js PLAN`. It reports as
 * protocol.ts says, but for the zeros: the peer's random numbers are its own.
 */
import { readFileSync, writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { processMemory, resetPeak } from '@ebb/pager'
import { monotonic } from './clock.ts'
import { HIGH, LOW, type Plan, REST_MS, type Report, type StepName, WITHOUT_PEER } from './protocol.ts'

/** What is used of numpy-ts. */
interface Peer {
  configureWasm(options: { maxMemory: number }): void
  array(value: number, dtype: string): PeerArray
  random: { default_rng(seed: number): { integers(low: number, high: number, size: number[]): PeerArray } }
  putmask(array: PeerArray, mask: PeerArray, value: PeerArray): void
}

interface PeerArray {
  astype(dtype: string): PeerArray
  less_equal(threshold: number): PeerArray
  dispose(): void
}

/** As much as it takes: the article's array and its int64 original do not fit into the default. */
const MEMORY = 1.9e9
const PRACTICE_SIZE = 1000
/** What a collection frees of its buffers is freed on another thread: the figures wait for that. */
const SETTLING_MS = 50
const NAME = 'numpy-ts'

const plan = JSON.parse(process.argv[2] ?? '') as Plan

function report(report: Report): void {
  writeSync(1, `${JSON.stringify(report)}\n`)
}

function step(name: StepName, since: number): void {
  const ms = performance.now() - since
  const at = monotonic()
  const { rss, peakRss } = processMemory()
  report({ step: { name, rss, peak: peakRss, ms, at } })
}

/** Its integers are int64, whatever is asked for. */
function create(np: Peer, shape: number[]): PeerArray {
  const drawn = np.random.default_rng(plan.seed).integers(LOW, HIGH, shape)
  if (plan.dtype === 'int64') return drawn
  const array = drawn.astype(plan.dtype)
  drawn.dispose()
  return array
}

function filter(np: Peer, array: PeerArray): void {
  const mask = array.less_equal(plan.threshold)
  const zero = np.array(0, plan.dtype)
  np.putmask(array, mask, zero)
  mask.dispose()
  zero.dispose()
}

async function experiment(
  np: Peer,
  shape: number[],
  step: (name: StepName, since: number) => void,
): Promise<void> {
  let since = performance.now()
  const array = create(np, shape)
  step('create', since)
  since = performance.now()
  filter(np, array)
  step('filter', since)
  since = performance.now()
  array.dispose()
  globalThis.gc?.()
  await pause(SETTLING_MS)
  step('release', since + SETTLING_MS)
}

function version(): string {
  const file = fileURLToPath(import.meta.resolve(NAME))
  const manifest = file.replace(/(node_modules.numpy-ts).*/, '$1/package.json')
  return `${NAME} ${JSON.parse(readFileSync(manifest, 'utf8')).version}`
}

async function importPeer(): Promise<Peer> {
  try {
    return (await import(NAME)) as Peer
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') process.exit(WITHOUT_PEER)
    throw error
  }
}

const np = await importPeer()
np.configureWasm({ maxMemory: MEMORY })
await experiment(np, [PRACTICE_SIZE], () => {})
globalThis.gc?.()
report({ ready: { pid: process.pid, version: version(), peakReset: resetPeak() } })
step('start', 0)
if (plan.watched) await pause(REST_MS)
try {
  await experiment(np, plan.shape, step)
  if (plan.watched) await pause(REST_MS)
} catch (error) {
  report({ failure: { message: (error as Error).message, badFile: false } })
}
