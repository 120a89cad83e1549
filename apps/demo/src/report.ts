import { basename } from 'node:path'
import { HIGH, LOW, type Plan, type Step, type StepName } from './protocol.ts'
import {
  drift,
  extraPeak,
  figure,
  isComplete,
  type Machine,
  residue,
  type Way,
  type WayName,
} from './result.ts'

const LABEL_WIDTH = 46
const FIGURE_WIDTH = 11

/** Bytes as MiB with two decimals, or as many as are asked for, without the unit. */
export function mib(bytes: number, decimals = 2): string {
  const text = (bytes / 2 ** 20).toFixed(decimals)
  return /^-0\.0*$/.test(text) ? text.slice(1) : text
}

/** Milliseconds: one decimal, and below 10 three significant digits. */
export function milliseconds(ms: number): string {
  return ms >= 10 || ms === 0 ? ms.toFixed(1) : ms.toPrecision(3)
}

/** The line above all: the machine. */
export function machineLine({ total, used, available, limit, node, pager }: Machine): string {
  const [all, taken, left] = [total, used, available].map(bytes => (bytes === null ? '?' : mib(bytes)))
  const bound = limit === null ? 'no limit' : `limit ${mib(limit)}`
  return `Memory: ${all} MiB, ${taken} used, ${left} available, ${bound}; Node ${node}; pager: ${pager}`
}

/** The line on the array and what is done to it. */
export function subjectLine(way: Way, plan: Plan): string {
  const { shape, dtype, nbytes } = way
  const source =
    plan.input === undefined ? `random ${LOW} to ${HIGH - 1}, seed ${plan.seed}` : basename(plan.input)
  return `Array: ${times(shape)} ${dtype}, ${mib(nbytes)} MiB; ${source}; elements <= ${plan.threshold} become 0`
}

const TITLES: Record<WayName, string> = {
  mask: "NumPy's way, by a mask",
  'in-place': 'In place',
  numpy: 'NumPy',
  'numpy-ts': 'numpy-ts',
}

/** A way's title and the heads of the columns. */
export function headLine(way: Way): string {
  const title = way.version ?? TITLES[way.name]
  return columns(`${title} (process ${way.pid ?? '?'})`, 'RSS MiB', 'peak MiB', 'ms')
}

/** A step's row. */
export function stepLine(way: Way, step: Step, plan: Plan): string {
  const label = stepLabel(way, step.name, plan)
  return columns(`  ${label}`, mib(step.rss), mib(step.peak), milliseconds(step.ms))
}

/** What a step does, in the words of its language. */
export function stepLabel({ name: way, shape }: Way, step: StepName, plan: Plan): string {
  const { threshold, input } = plan
  switch (step) {
    case 'start':
      return 'at the start, warmed up'
    case 'create':
      return input === undefined
        ? `array of ${times(shape)} random ints`
        : `array of ${times(shape)} loaded from file`
    case 'filter':
      if (way === 'numpy') return `array[array <= ${threshold}] = 0`
      if (way === 'numpy-ts') return `putmask(array, less_equal(array, ${threshold}), 0)`
      return way === 'mask'
        ? `assign(0, {where: lessEqual(array, ${threshold})})`
        : `array.assignWhere('<=', ${threshold}, 0)`
    case 'release':
      if (way === 'numpy-ts') return 'array.dispose(); gc()'
      return way === 'numpy' ? 'array = None; gc.collect()' : 'array.release()'
  }
}

/** All rounds in one line: where resident memory ended, within what bounds, and how far from the start. */
export function roundsLine(way: Way): string {
  const rounds = way.rounds ?? []
  const rss = rounds.map(round => round.rss)
  const slowest = Math.max(...rounds.map(round => round.releaseMs))
  return (
    `  ${rounds.length} rounds: RSS after release ${mib(Math.min(...rss))} to ${mib(Math.max(...rss))}, ` +
    `drift ${signed(drift(way))} MiB; release <= ${milliseconds(slowest)} ms`
  )
}

/** How many elements are 0 after the filter; all ways that tell must agree. */
export function zeroedLine(ways: Way[]): string {
  const size = (ways[0]?.shape ?? []).reduce((product, length) => product * length, 1)
  const told = ways.filter(way => way.zeroed !== undefined)
  const counts = [...new Set(told.map(way => way.zeroed))]
  if (counts.length === 1) return `Set to 0: ${counts[0]} of ${size} elements, in each way`
  return `The ways DISAGREE on the elements set to 0: ${told.map(way => `${way.name} ${way.zeroed}`).join(', ')}`
}

/** The verdict, in one line. */
export function verdictLine(ways: Way[], pager: string): string {
  const measured = ways.filter(isComplete)
  const ebb = measured.find(way => way.name === 'in-place')
  const numpy = measured.find(way => way.name === 'numpy')
  if (ebb === undefined) return 'Verdict: nothing was measured.'
  const [kept, extra, time] = costs(ebb)
  if (pager === 'none') {
    const other = numpy === undefined ? '' : `; NumPy keeps ${costs(numpy)[0]}`
    return `Verdict: the memory stays with the process (pager: none): ${kept} after release${other}.`
  }
  const others = numpy === undefined ? '' : `; NumPy ${costs(numpy).join(', ')}`
  return `Verdict: Ebb keeps ${kept}, filters with ${extra} in ${time}${others}.`
}

/** Kept after release, needed beside the array, time of the filter. */
function costs(way: Way): [string, string, string] {
  return [
    `${mib(residue(way))} MiB`,
    `${mib(extraPeak(way))} MiB`,
    `${milliseconds(figure(way, 'filter').ms)} ms`,
  ]
}

function columns(label: string, ...figures: string[]): string {
  return label.padEnd(LABEL_WIDTH) + figures.map(text => text.padStart(FIGURE_WIDTH)).join('')
}

function times(shape: number[]): string {
  return shape.join('×') || 'scalar'
}

function signed(bytes: number): string {
  return bytes < 0 ? mib(bytes) : `+${mib(bytes)}`
}
