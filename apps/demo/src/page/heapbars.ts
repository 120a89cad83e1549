import * as Plot from '@observablehq/plot'
import { type HeapPicture, MOMENTS, type Moment } from '../protocol.ts'
import { mib } from '../report.ts'
import type { Way } from '../result.ts'
import { nameOf } from './looks.ts'
import { document, serialise } from './svg.ts'

/** What a symbol of the heap's map stands for, and the class that gives its colour. */
export const KINDS = {
  '#': { name: 'large blocks', className: 'large' },
  '+': { name: 'pools of small blocks', className: 'pool' },
  '~': { name: 'free, still resident', className: 'dirty' },
  '·': { name: 'free, given back', className: 'clean' },
} as const

const MOMENT_LABELS: Readonly<Record<Moment, string>> = {
  before: 'before',
  peak: 'at the peak',
  after: 'after the release',
}

/** A stretch of the map in one kind; characters from `from` to before `to`. */
interface Stretch {
  symbol: keyof typeof KINDS
  from: number
  to: number
}

/** '##~' → two stretches. */
export function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = []
  for (const [i, symbol] of [...text].entries()) {
    const last = stretches.at(-1)
    if (last?.symbol === symbol) last.to = i + 1
    else stretches.push({ symbol: symbol as Stretch['symbol'], from: i, to: i + 1 })
  }
  return stretches
}

/** Of a moment: its label above, its bar below, in units of the y axis. */
const BAR = { top: 0.42, bottom: 0.86 }
const ROW_HEIGHT = 50

/** The heap before, at the peak and after, a bar each, all of one length. */
export function drawHeap(way: Way, maps: Record<Moment, HeapPicture>, width: number): string {
  const rows = MOMENTS.map((moment, row) => ({ ...maps[moment], moment, row }))
  const length = Math.max(...rows.map(({ text }) => text.length))
  const plot = Plot.plot({
    document,
    width,
    height: ROW_HEIGHT * rows.length,
    margin: 1,
    className: 'heap',
    style: { fontSize: '12px' },
    x: { domain: [0, length], axis: null },
    y: { domain: [0, rows.length], reverse: true, axis: null },
    marks: [
      ...rows.flatMap(({ text, row }) =>
        stretchesOf(text).map(({ symbol, from, to }) =>
          Plot.rect([0], {
            x1: from,
            x2: to,
            y1: row + BAR.top,
            y2: row + BAR.bottom,
            fill: `var(--${KINDS[symbol].className})`,
          }),
        ),
      ),
      Plot.rect(rows, {
        x1: 0,
        x2: length,
        y1: ({ row }) => row + BAR.top,
        y2: ({ row }) => row + BAR.bottom,
        stroke: 'var(--muted)',
        strokeWidth: 0.75,
      }),
      Plot.text(rows, {
        x: 0,
        y: ({ row }) => row + BAR.top,
        text: ({ moment }) => MOMENT_LABELS[moment as Moment],
        textAnchor: 'start',
        lineAnchor: 'bottom',
        dy: -4,
      }),
      Plot.text(rows, {
        x: length,
        y: ({ row }) => row + BAR.top,
        text: ({ used }) => `${mib(used, 1)} MiB in use`,
        textAnchor: 'end',
        lineAnchor: 'bottom',
        dy: -4,
        fill: 'var(--muted)',
      }),
    ],
  })
  return serialise(plot, `The heap before, at the peak and after: ${nameOf(way)}`, describeHeap(maps))
}

/** The three moments in a sentence. */
export function describeHeap({ before, peak, after }: Record<Moment, HeapPicture>): string {
  const held = mib(peak.used - before.used, 1)
  const left = `${mib(after.used, 1)} MiB are in use and ${mib(after.dirty, 1)} MiB free but resident`
  return `At the peak ${held} MiB more are in use than before; after the release ${left}. A step is ${mib(peak.slice, 1)} MiB.`
}
