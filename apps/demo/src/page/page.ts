/** The page of --report: one file that needs nothing else. */
import { writeFileSync } from 'node:fs'
import type { HeapPicture, Moment } from '../protocol.ts'
import { mib, milliseconds, subjectLine } from '../report.ts'
import { extraPeak, figure, type Result, residue, type Way } from '../result.ts'
import { drawCurve } from './curve.ts'
import { framesOf, isSlow } from './frame.ts'
import { describeHeap, drawHeap, KINDS } from './heapbars.ts'
import { escapeText, inlineJson, withMinus } from './html.ts'
import { COLOURS, codeOf, inOrder, nameOf } from './looks.ts'
import { machineText } from './machinetext.ts'
import { drawStandalone } from './standalone.ts'
import { PAGE_STYLE } from './style.ts'
import { comparisonTable, samplingTable } from './tables.ts'

/** Widths of a drawing, in pixels: for screens from 780 pixels, and for those from 360. */
const WIDTHS = { wide: 732, narrow: 328 } as const

/** Writes the page; of a name in .svg, the curves alone. */
export function writePage(path: string, result: Result): void {
  writeFileSync(path, path.endsWith('.svg') ? drawStandalone(result) : renderPage(result))
}

/** The page as text. */
export function renderPage(result: Result): string {
  const ways = inOrder(result.ways)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ebb: memory that goes back</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>Memory that goes back</h1>
<p class="lead">${escapeText(leadOf(result))}</p>
${facts(ways)}
</header>
<section>
<h2>Resident memory, moment by moment</h2>
<p class="muted">MiB upward, seconds to the right. Each way ran in a process of its own, watched from outside; the dotted lines are its peak and where it began. Between filtered and released the zeros are counted.</p>
${curves(ways, result.experiment.threshold)}
</section>
${heaps(ways)}
<section>
<h2>The article beside this machine</h2>
<p class="muted">${escapeText(tableSentence(result))}</p>
${comparisonTable(ways, isArticles(result))}
</section>
<section>
<h2>How it was measured</h2>
<p>${escapeText(subjectOf(result))}</p>
<p>${escapeText(machineText(result.machine))}</p>
${result.notes.map(note => `<p>${escapeText(`Note: ${note}.`)}</p>`).join('\n')}
<p class="muted">The figures of the steps are VmRSS and VmHWM as each process reads them of itself, the curves VmRSS as another process sees it. The heap was drawn in a repetition of the steps, after the measurement. Times vary where a machine is virtual or busy; memory does not.</p>
${samplingTable(ways)}
</section>
<footer>
<p>Made by <code>demo --report</code>. All figures, every sample included, are in this file as JSON: the script element “result”.</p>
</footer>
</main>
<script type="application/json" id="result">${inlineJson(result)}</script>
</body>
</html>
`
}

function leadOf({ ways, machine }: Result): string {
  const ebb = ways.find(way => way.name === 'in-place')
  if (ebb === undefined) return 'Nothing was measured.'
  const made = `An array of ${mib(ebb.nbytes, 1)} MiB is created, filtered and released.`
  if (machine.pager === 'none') return `${made} Here nothing can give memory back: it stays with the process.`
  const end = residue(ebb)
  const side = end < 0 ? 'below' : 'above'
  return `${made} With Ebb, in JavaScript, the process ends ${mib(Math.abs(end))} MiB ${side} where it began, and filtering takes ${mib(extraPeak(ebb))} MiB beside the array.`
}

/** The three figures that matter, NumPy's beside them. */
function facts(ways: readonly Way[]): string {
  const ebb = ways.find(way => way.name === 'in-place')
  const numpy = ways.find(way => way.name === 'numpy')
  if (ebb === undefined) return ''
  const figures: [name: string, of: (way: Way) => string, unit: string][] = [
    ['kept after the release', way => mib(residue(way)), 'MiB'],
    ['beside the array, filtering', way => mib(extraPeak(way)), 'MiB'],
    ['time of the filter', way => milliseconds(figure(way, 'filter').ms), 'ms'],
  ]
  const items = figures.map(([name, of, unit]) => {
    const other = numpy === undefined ? '' : `${escapeText(nameOf(numpy))}: ${withMinus(of(numpy))} ${unit}`
    return `<div><dt>${name}</dt><dd><strong>${withMinus(of(ebb))} <small>${unit}</small></strong>${other}</dd></div>`
  })
  return `<dl class="facts">\n${items.join('\n')}\n</dl>`
}

function curves(ways: readonly Way[], threshold: number): string {
  const drawings = Object.entries(WIDTHS).map(([name, width]) => ({ name, frames: framesOf(ways, width) }))
  return ways
    .map((way, i) => {
      const slow = isSlow(ways, i) ? ' Its axis of time is its own: it takes far longer than the others.' : ''
      const svgs = drawings.map(({ name, frames: { [i]: frame } }) =>
        frame === undefined ? '' : `<div class="${name}">${drawCurve(way, frame)}</div>`,
      )
      return `<figure id="curve-${way.name}">
<h3><span class="key" style="background: ${COLOURS[way.name]}"></span>${escapeText(nameOf(way))}</h3>
<figcaption><code>${escapeText(codeOf(way, threshold))}</code><br>${escapeText(costOf(way) + slow)}</figcaption>
${svgs.join('\n')}
</figure>`
    })
    .join('\n')
}

function costOf(way: Way): string {
  const [filter, release] = (['filter', 'release'] as const).map(name => milliseconds(figure(way, name).ms))
  return `The filter takes ${filter} ms and ${mib(extraPeak(way))} MiB beside the array, the release ${release} ms.`
}

function heaps(ways: readonly Way[]): string {
  const drawn = ways.flatMap(way => (way.maps === undefined ? [] : [{ way, maps: way.maps }]))
  if (drawn.length === 0) return ''
  return `<section>
<h2>Inside Ebb’s heap</h2>
<p class="muted">From the first page to the highest that was ever used; a step of a bar has the colour of most of its pages. Given back: the addresses stay, the memory behind them is the system’s again.</p>
<ul class="legend">${Object.values(KINDS)
    .map(
      ({ name, className }) =>
        `<li><span class="key" style="background: var(--${className})"></span>${name}</li>`,
    )
    .join('')}</ul>
${drawn.map(({ way, maps }) => heapFigure(way, maps)).join('\n')}
</section>`
}

function heapFigure(way: Way, maps: Record<Moment, HeapPicture>): string {
  const svgs = Object.entries(WIDTHS).map(
    ([name, width]) => `<div class="${name}">${drawHeap(way, maps, width)}</div>`,
  )
  return `<figure id="heap-${way.name}">
<h3>${escapeText(nameOf(way))}</h3>
<figcaption>${escapeText(describeHeap(maps))}</figcaption>
${svgs.join('\n')}
</figure>`
}

/** Whether it is the article's experiment, so that its figures may stand beside ours. */
function isArticles({ experiment: { shape, dtype, input } }: Result): boolean {
  return (
    input === undefined && dtype === 'int32' && shape.reduce((size, length) => size * length, 1) === 1.2e8
  )
}

function tableSentence(result: Result): string {
  return isArticles(result)
    ? 'The same experiment on another machine: what counts is what is kept, and what the peak adds to the array.'
    : 'The article has another array, so its figures are left out: 400×500×600 int32 brings them back.'
}

function subjectOf({ ways, experiment }: Result): string {
  return ways[0] === undefined ? '' : `${subjectLine(ways[0], experiment)}.`
}
