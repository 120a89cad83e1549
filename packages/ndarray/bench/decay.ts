/**
 * What the decay of free memory costs and saves: a loop that makes, fills and drops a temporary of 8 MiB, by the
 * end of a scope or by `release()`, in heaps with different options. Time per round, and the bytes that are free
 * but resident right after the loop and 3 seconds later. The timers run between two rounds. Medians are printed.
 */
import { setImmediate, setTimeout } from 'node:timers/promises'
import * as nd from '../src/index.ts'

const MIB = 2 ** 20
const ELEMENTS = (8 * MIB) / 8
const REPETITIONS = 3
const LATER_MS = 3000

type Drop = 'scope' | 'release()'

interface Setting {
  drop: Drop
  options: { decay: number; retain?: number }
}

/** A loop: how often, and how long it rests after each round. */
interface Loop {
  name: string
  rounds: number
  restMs: number
  settings: Setting[]
}

const scoped = (decay: number, retain = 0): Setting => ({ drop: 'scope', options: { decay, retain } })

const LOOPS: Loop[] = [
  {
    name: '300 rounds without a rest',
    rounds: 300,
    restMs: 0,
    settings: [
      ...[0, 10, 100, 1000, Infinity].map(decay => scoped(decay)),
      scoped(10, 8 * MIB),
      scoped(1000, 8 * MIB),
      { drop: 'release()', options: { decay: 1000 } },
    ],
  },
  {
    name: '20 rounds, one each 300 ms',
    rounds: 20,
    restMs: 300,
    settings: [...[0, 10, 100, 1000, Infinity].map(decay => scoped(decay)), scoped(100, 8 * MIB)],
  },
]

interface Figures {
  /** Milliseconds per round. */
  ms: number
  /** Free but resident bytes. */
  atEnd: number
  later: number
}

function round(value: number, drop: Drop): void {
  if (drop === 'release()') {
    nd.empty(ELEMENTS).assign(value).release()
    return
  }
  nd.scope(() => {
    nd.empty(ELEMENTS).assign(value)
  })
}

async function measure({ rounds, restMs }: Loop, { drop, options }: Setting): Promise<Figures> {
  const heap = new nd.Heap(options)
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const start = performance.now()
    heap.run(() => round(i, drop))
    times.push(performance.now() - start)
    await (restMs ? setTimeout(restMs) : setImmediate())
  }
  const atEnd = heap.statistics().dirty
  await setTimeout(LATER_MS)
  const later = heap.statistics().dirty
  heap.close()
  return { ms: median(times), atEnd, later }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] as number
}

function print(loop: Loop, figures: Figures[][]): void {
  console.log(`\n${loop.name}`)
  console.log('dropped by     decay ms   retain MiB   ms per round   free MiB at the end   3 s later')
  for (const [i, { drop, options }] of loop.settings.entries()) {
    const own = figures[i] as Figures[]
    const of = (key: keyof Figures) => median(own.map(figure => figure[key]))
    console.log(
      [
        drop.padEnd(9),
        String(options.decay).padStart(13),
        ((options.retain ?? 0) / MIB).toFixed(0).padStart(12),
        of('ms').toFixed(2).padStart(14),
        (of('atEnd') / MIB).toFixed(1).padStart(21),
        (of('later') / MIB).toFixed(1).padStart(11),
      ].join(' '),
    )
  }
}

console.log(`a temporary of 8 MiB, medians of ${REPETITIONS} loops, backend ${nd.memory.pager().backend}`)
for (const loop of LOOPS) {
  const figures: Figures[][] = loop.settings.map(() => [])
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    // A loop that rests leaves the machine to the others.
    const measured = loop.restMs
      ? await Promise.all(loop.settings.map(setting => measure(loop, setting)))
      : await inTurn(loop)
    for (const [i, figure] of measured.entries()) figures[i]?.push(figure)
  }
  print(loop, figures)
}

async function inTurn(loop: Loop): Promise<Figures[]> {
  const measured: Figures[] = []
  for (const setting of loop.settings) measured.push(await measure(loop, setting))
  return measured
}
