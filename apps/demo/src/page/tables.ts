import type { StepName } from '../protocol.ts'
import { mib, milliseconds } from '../report.ts'
import { extraPeak, figure, residue, type Way } from '../result.ts'
import { ARTICLE } from './article.ts'
import { escapeText, withMinus } from './html.ts'
import { COLOURS, nameOf } from './looks.ts'

/** A row: its head, the article's figure, and how to find a way's. */
interface Row {
  head: string
  article: string
  of: (way: Way) => string
  strong?: boolean
}

const rss = (name: StepName) => (way: Way) => mib(figure(way, name).rss, 1)

const ROWS: readonly Row[] = [
  { head: 'at the start', article: ARTICLE.start.toFixed(1), of: rss('start') },
  { head: 'array created', article: ARTICLE.create.toFixed(1), of: rss('create') },
  { head: 'filtered', article: ARTICLE.filter.toFixed(1), of: rss('filter') },
  { head: 'peak', article: ARTICLE.peak.toFixed(1), of: way => mib(figure(way, 'release').peak, 1) },
  { head: 'released', article: ARTICLE.release.toFixed(1), of: rss('release') },
  {
    head: 'kept after the release',
    article: (ARTICLE.release - ARTICLE.start).toFixed(1),
    of: way => mib(residue(way), 1),
    strong: true,
  },
  {
    head: 'peak beside the array',
    article: (ARTICLE.peak - ARTICLE.create).toFixed(1),
    of: way => mib(extraPeak(way), 1),
    strong: true,
  },
  { head: 'filter, ms', article: '—', of: way => milliseconds(figure(way, 'filter').ms) },
  { head: 'release, ms', article: '—', of: way => milliseconds(figure(way, 'release').ms) },
]

/** The article's figures beside those measured here; without `isArticles`, ours alone. */
export function comparisonTable(ways: readonly Way[], isArticles: boolean): string {
  const heads = ways.map(way => columnHead(nameOf(way), COLOURS[way.name]))
  if (isArticles) heads.unshift(columnHead('The article, NumPy', 'var(--muted)'))
  const rows = ROWS.map(({ head, article, of, strong }) => {
    const cells = ways.map(of)
    if (isArticles) cells.unshift(article)
    return tableRow(head, cells, strong)
  })
  return table('Resident memory in MiB, step by step', ['', ...heads], rows)
}

/** How closely each way was watched. */
export function samplingTable(ways: readonly Way[]): string {
  const heads = ['samples', 'over', 'median interval', 'longest'].map(head => `<th scope="col">${head}</th>`)
  const rows = ways.map(way => {
    const { trace } = way
    if (trace === undefined) return tableRow(nameOf(way), ['the steps only', '—', '—', '—'])
    const { samples, durationMs, interval } = trace
    const times = [durationMs, interval.median, interval.longest].map(ms => `${ms.toFixed(2)} ms`)
    return tableRow(nameOf(way), [String(samples.length), ...times])
  })
  return table('How closely resident memory was watched', ['', ...heads], rows)
}

function columnHead(text: string, colour: string): string {
  return `<th scope="col" style="border-color: ${colour}">${escapeText(text)}</th>`
}

function tableRow(head: string, cells: readonly string[], strong = false): string {
  const figures = cells.map(cell => `<td>${escapeText(withMinus(cell))}</td>`).join('')
  return `<tr${strong ? ' class="strong"' : ''}><th scope="row">${escapeText(head)}</th>${figures}</tr>`
}

/** Scrolls by itself where it is wider than the page, by keyboard, too. */
function table(caption: string, [corner = '', ...heads]: readonly string[], rows: readonly string[]): string {
  return `<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr><td>${corner}</td>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`
}
