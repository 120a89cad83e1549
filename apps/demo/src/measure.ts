import { setTimeout as pause } from 'node:timers/promises'
import * as nd from '@ebb/ndarray'
import { monotonic } from './clock.ts'
import {
  type HeapPicture,
  HIGH,
  LOW,
  type Moment,
  type Plan,
  REST_MS,
  type Report,
  type Round,
  type Step,
  type StepName,
  type Subject,
} from './protocol.ts'

/** Makes 0 of the elements that are at most the threshold; calls `atPeak` when it holds the most memory. */
export type Filter = (array: nd.NDArray, threshold: number, atPeak?: () => void) => void

/** The two ways of Ebb, by name. */
export const filters: Record<string, Filter> = {
  mask(array, threshold, atPeak) {
    const mask = nd.lessEqual(array, threshold)
    array.assign(0, { where: mask })
    atPeak?.()
    mask.release()
  },
  'in-place'(array, threshold, atPeak) {
    array.assignWhere('<=', threshold, 0)
    atPeak?.()
  },
}

/** The experiment in this process: the warm-up, the four steps, and the rounds. */
export async function measureWay(
  filter: Filter,
  plan: Plan,
  report: (report: Report) => void,
): Promise<void> {
  await warmUp(filter, plan)
  const peakReset = nd.memory.resetPeak()
  const start = figures('start', 0)
  report({ ready: { pid: process.pid, peakReset } })
  report({ step: start })
  if (plan.watched) await pause(REST_MS)

  for (let number = 0; number < plan.rounds; number++) {
    const round = runOnce(filter, plan, number === 0 ? report : () => {})
    if (plan.rounds > 1) report({ round })
    // Reading the figures leaves 30 KiB of garbage in JavaScript's own heap, which would add up to a drift.
    globalThis.gc?.()
    if (plan.watched && number === 0) await pause(REST_MS)
  }
  if (plan.watched) report({ maps: drawHeap(filter, plan) })
}

/** The steps once more, with the heap drawn between them: that takes a moment, which no figure should hold. */
function drawHeap(filter: Filter, plan: Plan): Record<Moment, HeapPicture> {
  const before = picture()
  const array = create(plan)
  let peak = before
  filter(array, plan.threshold, () => {
    peak = picture()
  })
  array.release()
  return { before, peak, after: picture() }
}

function picture(): HeapPicture {
  const { map, layers } = nd.memory.heap()
  return { ...map, used: layers.layer0.allocated, dirty: layers.layer0.released }
}

/** Creates, filters and releases the array; its zeros are counted between the steps, outside their times. */
function runOnce(filter: Filter, plan: Plan, report: (report: Report) => void): Round {
  let since = performance.now()
  const array = create(plan)
  report({ step: figures('create', since) })
  const before = plan.threshold < 0 ? nonzero(array) : array.size

  since = performance.now()
  filter(array, plan.threshold)
  const filtered = figures('filter', since)
  report({ step: filtered })
  report({ zeroed: before - nonzero(array) })

  since = performance.now()
  array.release()
  const released = figures('release', since)
  report({ step: released })
  return { rss: released.rss, peak: released.peak, filterMs: filtered.ms, releaseMs: released.ms }
}

function create({ input, shape, dtype, seed }: Plan): nd.NDArray {
  if (input !== undefined) return load(input)
  return nd.random.defaultRng(seed).integers(LOW, HIGH, { size: shape, dtype: dtype as 'int32' })
}

function load(path: string): nd.NDArray {
  const loaded = nd.loadSync(path)
  if (loaded instanceof nd.NDArray) return loaded
  throw new Error('the file holds several arrays (.npz); the demo takes one, as .npy')
}

/** Counts where the elements lie: nothing is allocated, so the figures after it are those before. */
function nonzero({ data }: nd.NDArray): number {
  return data instanceof BigInt64Array || data instanceof BigUint64Array
    ? nonzeroPairs(new Uint32Array(data.buffer, data.byteOffset, data.length * 2))
    : nonzeroElements(data)
}

function nonzeroElements(data: ArrayLike<number>): number {
  let count = 0
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) count++
  return count
}

/** Elements of 64 bits by their halves: as bigints each might become an object of its own. */
function nonzeroPairs(halves: Uint32Array): number {
  let count = 0
  for (let i = 0; i < halves.length; i += 2) if (halves[i] !== 0 || halves[i + 1] !== 0) count++
  return count
}

/** The figures now, and the time since; performance.now() is 0 when the process is launched. */
function figures(name: StepName, since: number): Step {
  const ms = performance.now() - since
  const at = monotonic()
  const { rss, peakRss } = nd.memory.process()
  return { name, rss, peak: peakRss, ms, at }
}

/** A change of resident memory that is no more than noise, in bytes. */
const QUIET = 32 * 1024
const QUIET_ROUNDS = 4
const MOST_ROUNDS = 20

/**
 * Runs the experiment on a smaller array until resident memory is at rest, as the article's first figure is
 * read with NumPy imported. What moves it meanwhile, and would otherwise count as a residue of the array: the
 * pager's backend is loaded at the first large release; V8 compiles a kernel again, optimized and on another
 * thread, once it has worked for a while; JavaScript's own heap grows by whole pages.
 */
async function warmUp(filter: Filter, plan: Plan): Promise<void> {
  const practice = practicePlan(plan)
  let last = 0
  for (let round = 0, quiet = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
    runOnce(filter, practice, JSON.stringify)
    await pause(5) // Compilation on other threads ends, and its memory is freed.
    globalThis.gc?.()
    nd.memory.trim()
    const { rss } = nd.memory.process()
    quiet = Math.abs(rss - last) <= QUIET ? quiet + 1 : 0
    last = rss
  }
}

/** Elements to practise on: enough for the paths that a large array takes. */
const PRACTICE_SIZE = 4 * 2 ** 20
/** Where nothing goes back, what practice leaves behind would be the array's own place: a few pages at most. */
const PRACTICE_SIZE_WITHOUT_PAGER = 1000

function practicePlan({ input, ...plan }: Plan): Plan {
  if (nd.memory.pager().backend === 'none') {
    return { ...plan, shape: [PRACTICE_SIZE_WITHOUT_PAGER], dtype: 'int32' }
  }
  return input === undefined ? { ...plan, shape: [PRACTICE_SIZE] } : { ...plan, input }
}

/** What the array in the file is; loads it, which finds out too whether it can be. */
export function describeInput(plan: Plan): Subject {
  const array = create(plan)
  const { shape, dtype } = array
  array.release()
  return { shape: [...shape], dtype }
}
