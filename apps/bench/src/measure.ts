import type { Case } from './cases.ts'
import type { Party, PartyName, Prepared } from './party.ts'

/** How long things take. */
export interface Pace {
  readonly rounds: number
  /** What an engine's party warms up with at least, in ms: compilation on another thread takes that long. */
  readonly leastWarmUp: number
  /** What a party warms up with at most, in ms, as long as it gets faster. */
  readonly warmUp: number
  /** What one round's calls take together, in ms, unless one call takes longer. */
  readonly batch: number
  /** After this much of a party's time on a case, in ms, it takes part in no further round. */
  readonly most: number
}

export const FULL: Pace = { rounds: 5, leastWarmUp: 30, warmUp: 200, batch: 5, most: 800 }
export const QUICK: Pace = { rounds: 3, leastWarmUp: 30, warmUp: 100, batch: 4, most: 300 }

/** What is left of a pace when time runs short. */
export const HURRIED: Pace = { rounds: 3, leastWarmUp: 20, warmUp: 60, batch: 3, most: 150 }

/** What must be known of a case to measure it. */
export interface Task {
  readonly id: number
  /** Whether the parties' results are not compared. */
  readonly unchecked?: boolean
  /** How much they may differ, as a share of the larger. */
  readonly tolerance?: number
}

/** The median time of a call by party, in ns, and why a party has none. */
export interface Result<T extends Task = Case> {
  readonly task: T
  readonly ns: Partial<Record<PartyName, number>>
  /** What was resident at most above the operands, in bytes, where a party looked at it. */
  readonly peak?: Partial<Record<PartyName, number>>
  readonly missing: Partial<Record<PartyName, string>>
}

/**
 * Lets the engines compile what a case needs, before the first is measured: they do it on a thread of its
 * own, which lags behind when much is new at once.
 */
export async function prime(task: Case, parties: readonly Party[], { batch }: Pace): Promise<void> {
  for (const party of parties) {
    if (!hasEngine(party)) continue
    if (typeof (await party.prepare(task.id)) === 'string') continue
    for (let times = 1, spent = 0; spent < 2 * batch; times *= 2) {
      const ns = await party.run(times)
      if (ns === undefined) break
      spent += ns / 1e6
    }
  }
}

/** Whether code is compiled while it runs. */
const hasEngine = ({ name }: Party): boolean => name === 'ebb' || name === 'numpy-ts' || name === 'js'

interface Entrant {
  readonly party: Party
  readonly times: number
  readonly samples: number[]
  spent: number
}

/**
 * Measures a case: every party prepares and warms up, then they take turns, round after round, so that
 * what slows the machine slows all of them.
 */
export async function measure<T extends Task>(
  task: T,
  parties: readonly Party[],
  pace: Pace,
): Promise<Result<T>> {
  const missing: Partial<Record<PartyName, string>> = {}
  const peak: Partial<Record<PartyName, number>> = {}
  const prepared = new Map<Party, Prepared>()
  for (const party of parties) {
    const ready = await party.prepare(task.id)
    if (typeof ready === 'string') missing[party.name] = ready
    else prepared.set(party, ready)
  }
  const expected = reference(prepared)
  const entrants: Entrant[] = []
  for (const [party, ready] of prepared) {
    if (ready.peak !== undefined) peak[party.name] = ready.peak
    if (!task.unchecked && !agrees(ready.sample, expected, task.tolerance)) {
      missing[party.name] = 'computes something else'
      continue
    }
    const entrant = slow(party, ready, pace) ?? (await warmUp(party, pace))
    if (entrant) entrants.push(entrant)
    else missing[party.name] = 'failed'
  }
  for (let round = 0; round < pace.rounds; round++) {
    for (const entrant of entrants) await takeTurn(entrant, pace)
  }
  const ns: Partial<Record<PartyName, number>> = {}
  for (const { party, samples } of entrants) {
    if (samples.length > 0) ns[party.name] = median(samples)
    else missing[party.name] = 'failed'
  }
  return { task, ns, missing, ...(Object.keys(peak).length > 0 && { peak }) }
}

/** Whom the others are held against: a model, NumPy, C, or whoever is there. */
const REFERENCES: readonly PartyName[] = ['opencv', 'scikit-image', 'numpy', 'c', 'js', 'ebb']

function reference(prepared: ReadonlyMap<Party, Prepared>): number {
  const found = REFERENCES.map(name => [...prepared].find(([party]) => party.name === name))
  return found.find(entry => entry !== undefined)?.[1].sample ?? Number.NaN
}

/** Sums of float32 differ with their order. */
function agrees(a: number, b: number, tolerance = 1e-3): boolean {
  return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b))
}

/** One whose first run took all of its time already: that run is its figure. */
function slow(party: Party, { ns }: Prepared, { most }: Pace): Entrant | undefined {
  if (ns === undefined || ns / 1e6 <= most) return undefined
  return { party, times: 1, samples: [ns], spent: ns / 1e6 }
}

/** Batches in a row that brought nothing more, after which a party counts as warm. */
const STEADY = 3

/**
 * Runs batches until they get no faster: an engine compiles hot code anew, on another thread, and takes it
 * into use when it is done.
 */
async function warmUp(party: Party, { leastWarmUp, warmUp, batch }: Pace): Promise<Entrant | undefined> {
  const least = hasEngine(party) ? leastWarmUp : 0
  let times = 1
  let best = Number.POSITIVE_INFINITY
  for (let spent = 0, steady = 0; ; ) {
    const ns = await party.run(times)
    if (ns === undefined) return undefined
    spent += ns / 1e6
    const call = ns / 1e6 / times
    steady = call < 0.95 * best ? 0 : steady + 1
    best = Math.min(best, call)
    if (call * times < batch / 2) times *= 2
    else if ((steady >= STEADY && spent >= least) || spent > warmUp) {
      return { party, times: Math.max(1, Math.round(batch / best)), samples: [], spent }
    }
  }
}

async function takeTurn(entrant: Entrant, { most }: Pace): Promise<void> {
  const { party, times, samples } = entrant
  if (entrant.spent > most && samples.length > 0) return
  const ns = await party.run(times)
  if (ns === undefined) return
  entrant.spent += ns / 1e6
  samples.push(ns / times)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
}
