import * as Plot from '@observablehq/plot'
import { STEP_NAMES, type StepName } from '../protocol.ts'
import { mib } from '../report.ts'
import { figure, residue, type Way } from '../result.ts'
import { curveOf } from '../trace.ts'
import { withMinus } from './html.ts'
import { spread, ticks } from './labels.ts'
import { COLOURS, nameOf } from './looks.ts'
import { keepCorners, type Point } from './simplify.ts'
import { document, serialise } from './svg.ts'

/** What the curves of a page have in common, so that they can be compared. */
export interface Frame {
  /** Of the whole drawing, in pixels. */
  width: number
  pixelsPerMib: number
  /** Milliseconds from the start to the right edge: the same for all, unless one takes far longer. */
  end: number
}

const MARGIN = { top: 40, right: 72, bottom: 24, left: 34 }
const MIB = 2 ** 20
const MUTED = 'var(--muted)'
/** How far a line may be from the sample that it leaves out, in pixels. */
const TOLERANCE = 0.25
/** Between two ticks, in pixels. */
const TICK_WIDTH = 55
const TICK_HEIGHT = 36
const MOST_TICKS = 6

const STEP_LABELS: Readonly<Record<StepName, string>> = {
  start: 'start',
  create: 'created',
  filter: 'filtered',
  release: 'released',
}
/** Of a character of a label, in pixels: sans-serif of 12 pixels, on the wide side. */
const CHARACTER = 6.4

/** Between labels, and between a label and what it names, in pixels. */
const GAP = 6

/** Between the pixels of a drawing, and milliseconds and MiB. */
interface Scales extends Frame {
  /** Of the peak, in MiB: what the axis ends with. */
  top: number
  /** Of the area of the curve, in pixels. */
  inner: number
  x(ms: number): number
  msAt(pixel: number): number
  /** The MiB at that many pixels above the peak. */
  above(pixels: number): number
}

/** A way's resident memory over time: its steps marked, its peak and what it keeps labelled. */
export function drawCurve(way: Way, frame: Frame): string {
  const scales = scalesOf(way, frame)
  const { width, pixelsPerMib, end, top } = scales
  const plot = Plot.plot({
    document,
    width,
    height: MARGIN.top + top * pixelsPerMib + MARGIN.bottom,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    className: 'curve',
    style: { fontSize: '12px' },
    x: { domain: [0, end], label: null },
    y: { domain: [0, top], label: null },
    marks: [axes(scales), lineMarks(way, scales), stepMarks(way, scales), figureLabels(way, scales)],
  })
  return serialise(plot, `Resident memory over time: ${nameOf(way)}`, describeCurve(way))
}

function scalesOf(way: Way, frame: Frame): Scales {
  const { width, pixelsPerMib, end } = frame
  const inner = width - MARGIN.left - MARGIN.right
  const top = figure(way, 'release').peak / MIB
  return {
    ...frame,
    top,
    inner,
    x: ms => MARGIN.left + (ms / end) * inner,
    msAt: pixel => ((pixel - MARGIN.left) / inner) * end,
    above: pixels => top + pixels / pixelsPerMib,
  }
}

function axes({ top, pixelsPerMib, end, inner }: Scales): Plot.Markish[] {
  const levels = ticks(top, Math.min(MOST_TICKS, (top * pixelsPerMib) / TICK_HEIGHT))
  const times = ticks(end, inner / TICK_WIDTH)
  return [
    Plot.gridY(levels, { stroke: 'var(--grid)', strokeOpacity: 1 }),
    Plot.axisY(levels, { tickSize: 0, fill: MUTED }),
    Plot.axisX(times, { tickFormat: seconds, tickSize: 4, stroke: MUTED, fill: MUTED }),
  ]
}

/** The curve over its area; dotted, its peak and where it began. */
function lineMarks(way: Way, { top, end, x, pixelsPerMib }: Scales): Plot.Markish[] {
  const samples = samplesOf(way)
  const points = samples.map(({ ms, mib }): Point => [x(ms), -mib * pixelsPerMib])
  const line = keepCorners(points, TOLERANCE).map(i => samples[i])
  const start = figure(way, 'start').rss / MIB
  const stroke = COLOURS[way.name]
  return [
    Plot.areaY(line, { x: 'ms', y: 'mib', fill: stroke, fillOpacity: 0.14 }),
    Plot.ruleY([top], { x1: 0, x2: end, stroke, strokeDasharray: '2 3' }),
    Plot.ruleY([start], { x1: 0, x2: samples.at(-1)?.ms ?? end, stroke: MUTED, strokeDasharray: '2 3' }),
    Plot.lineY(line, { x: 'ms', y: 'mib', stroke, strokeWidth: 1.75, strokeLinejoin: 'round' }),
  ]
}

/** A dot on the curve where a step ends, and a thread from it to its label above. */
function stepMarks(way: Way, { width, x, msAt, above }: Scales): Plot.Markish[] {
  const start = figure(way, 'start').at
  const ends = STEP_NAMES.map(name => {
    const { at, rss } = figure(way, name)
    return { label: STEP_LABELS[name], ms: at - start, mib: rss / MIB }
  })
  const labels = ends.map(({ ms, label }) => ({ at: x(ms), width: label.length * CHARACTER }))
  const centres = spread(labels, MARGIN.left, width, GAP).map(msAt)
  const threads = ends.map(({ ms, mib }, i) => [
    [centres[i], above(23)],
    [centres[i], above(18)],
    [ms, above(8)],
    [ms, mib],
  ])
  return [
    ...threads.map(thread => Plot.line(thread, { stroke: MUTED, strokeWidth: 0.75 })),
    Plot.dot(ends, { x: 'ms', y: 'mib', r: 3, fill: COLOURS[way.name], stroke: 'var(--paper)' }),
    Plot.text(ends, {
      x: (_, i) => centres[i],
      y: above(25),
      text: 'label',
      lineAnchor: 'bottom',
      fill: MUTED,
    }),
  ]
}

/** The peak and what is kept, in figures beside the curve. */
function figureLabels(way: Way, { width, top, x, msAt }: Scales): Plot.Markish[] {
  const last = samplesOf(way).at(-1) ?? { ms: 0, mib: 0 }
  const peak = `peak ${mib(top * MIB, 1)} MiB`
  // Behind the curve if there is room; else over its beginning, where it is still low.
  const behind = x(last.ms) + GAP
  const peakAt = behind + peak.length * CHARACTER <= width ? behind : MARGIN.left + GAP
  const label = { text: (text: string) => text, textAnchor: 'start', dy: 5 } as const
  const halo = { fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 4 }
  return [
    Plot.text([peak], { ...label, ...halo, x: msAt(peakAt), y: top, lineAnchor: 'top' }),
    Plot.text([`kept\n${kept(way)} MiB`], {
      ...label,
      ...halo,
      x: last.ms,
      y: last.mib,
      lineAnchor: 'bottom',
      dx: GAP,
    }),
  ]
}

function samplesOf(way: Way): { ms: number; mib: number }[] {
  return curveOf(way).map(([ms, rss]) => ({ ms, mib: rss / MIB }))
}

/** The curve in a sentence. */
export function describeCurve(way: Way): string {
  const [start, created, filtered, released] = STEP_NAMES.map(name => mib(figure(way, name).rss, 1))
  const peak = mib(figure(way, 'release').peak, 1)
  return `From ${start} MiB to ${created} with the array, ${filtered} when it is filtered, at most ${peak}, and ${released} after the release.`
}

/** What stays after the release, with its sign. */
function kept(way: Way): string {
  const bytes = residue(way)
  const text = withMinus(mib(bytes, Math.abs(bytes) < 100 * MIB ? 2 : 0))
  return text.startsWith('−') ? text : `+${text}`
}

function seconds(ms: number): string {
  return ms === 0 ? '0' : `${Number((ms / 1000).toPrecision(3))} s`
}
