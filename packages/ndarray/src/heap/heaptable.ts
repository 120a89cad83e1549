import { PAGE_BYTES } from '@ebb/core'
import { MAP_SYMBOLS } from './heapmap.ts'
import type { HeapStatistics } from './heapstatistics.ts'

/** A column: its title, its width, and whether it holds text instead of numbers. */
type Column = readonly [title: string, width: number, align?: 'left']

const CLASS_COLUMNS: readonly Column[] = [
  ['class', 5],
  ['size', 9],
  ['pools', 8],
  ['blocks allocated', 18],
  ['released', 12],
  ['free', 12],
  ['bytes lost', 14],
]
const DTYPE_COLUMNS: readonly Column[] = [
  ['dtype', 10, 'left'],
  ['pools', 7],
  ['large', 7],
  ['bytes allocated', 17],
  ['released', 15],
  ['free', 15],
  ['lost', 15],
]
const LAYER_COLUMNS: readonly Column[] = [
  ['layer', 34, 'left'],
  ['blocks', 12],
  ['bytes allocated', 17],
  ['released', 16],
  ['free', 16],
]
const RUN_COLUMNS: readonly Column[] = [
  ['pages', 30, 'left'],
  ['runs', 16],
  ['bytes', 17],
]

/** A heap's statistics as a table and a map. */
export function printHeap(heap: HeapStatistics): string {
  return [
    sizeClasses(heap),
    dtypeLines(heap),
    layerLines(heap),
    runLines(heap),
    account(heap),
    events(heap),
    map(heap),
  ]
    .map(lines => lines.join('\n'))
    .join('\n\n')
}

/** Thousands separated by commas. */
function grouped(figure: number): string {
  return String(figure).replace(/\B(?=(\d{3})+$)/g, ',')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function row(columns: readonly Column[], cells: readonly (string | number)[]): string {
  const padded = columns.map(([, width, align], i) => {
    const cell = cells[i] ?? ''
    const text = typeof cell === 'number' ? grouped(cell) : cell
    return align === 'left' ? text.padEnd(width) : text.padStart(width)
  })
  return padded.join('').trimEnd()
}

function table(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): string[] {
  const titles = columns.map(([title]) => title)
  const rules = titles.map(title => '-'.repeat(title.length))
  return [titles, rules, ...rows].map(cells => row(columns, cells))
}

function sizeClasses(heap: HeapStatistics): string[] {
  const rows = heap.bySizeClass.map(({ sizeClass, size, pools, counts, lost }) => {
    return [sizeClass, size, pools, counts.allocated, counts.released, counts.free, lost]
  })
  return table(CLASS_COLUMNS, rows.length ? rows : [['none']])
}

function dtypeLines(heap: HeapStatistics): string[] {
  const rows = Object.entries(heap.byDType)
    .filter(([, { pools, largeBlocks }]) => pools || largeBlocks)
    .map(([dtype, { pools, largeBlocks, allocated, released, free, lost }]) => {
      return [dtype, pools, largeBlocks, allocated, released, free, lost]
    })
  return table(DTYPE_COLUMNS, rows.length ? rows : [['none']])
}

function layerLines({ layers: { layer0, layer1, layer2, layer3 } }: HeapStatistics): string[] {
  const cells = [
    ['3  arrays', layer3.blocks, layer3],
    ['2  small blocks, in pools', layer2.counts.allocated, layer2],
    ['1  large blocks, a run each', layer1.blocks, layer1],
    ['0  runs of pages', layer0.runs.used, layer0],
  ] as const
  return table(
    LAYER_COLUMNS,
    cells.map(([name, blocks, { allocated, released, free }]) => [name, blocks, allocated, released, free]),
  )
}

function runLines({ runs, used, dirty, clean, largestFree }: HeapStatistics): string[] {
  return table(RUN_COLUMNS, [
    ['used', runs.used, used],
    ['dirty (free, resident)', runs.dirty, dirty],
    ['clean (free, not resident)', runs.clean, clean],
    ['largest free run', '', largestFree],
  ])
}

/** Lines `# what = figure`. */
function figures(lines: readonly (readonly [what: string, figure: string | number])[]): string[] {
  return lines.map(([what, figure]) => {
    const text = typeof figure === 'number' ? grouped(figure) : figure
    return `${what.padEnd(44)} = ${text.padStart(16)}`
  })
}

function account({ account: bytes }: HeapStatistics): string[] {
  return figures([
    ['# bytes asked for in large blocks', bytes.largeAsked],
    ['# bytes of rounding to whole pages', bytes.largeRounding],
    ['# bytes in allocated blocks of pools', bytes.allocated],
    ['# bytes in released blocks of pools', bytes.released],
    ['# bytes in free blocks of pools', bytes.free],
    ['# bytes lost behind the last block of pools', bytes.lost],
    ['# bytes in dirty pages', bytes.dirty],
    ['# bytes in clean pages', bytes.clean],
    ['Total', Object.values(bytes).reduce((sum, figure) => sum + figure, 0)],
  ])
}

function events(heap: HeapStatistics): string[] {
  const { asked, headers, quarantined } = heap.layers.layer3
  return figures([
    ['# bytes asked for by arrays', asked],
    ['# bytes in headers of their blocks', headers],
    ...(quarantined ? [['# blocks in quarantine', quarantined] as const] : []),
    ['internal fragmentation', percent(heap.internalFragmentation)],
    ['external fragmentation', percent(heap.externalFragmentation)],
    ['# allocations', heap.allocations],
    ['# releases', heap.releases],
    ['# discards', heap.discards],
    ['# discards that failed', heap.discardsFailed],
    ['# bytes discarded', heap.discardedBytes],
  ])
}

function map({ map: { text, slice } }: HeapStatistics): string[] {
  const { large, pool, dirty, clean } = MAP_SYMBOLS
  const legend = `${large} large  ${pool} pools  ${dirty} dirty  ${clean} clean`
  if (text === '') return [`${legend}; no page was ever used`, '[]']
  const pages = slice / PAGE_BYTES
  const scale = `${grouped(slice / 1024)} KiB (${pages === 1 ? 'a page' : `${grouped(pages)} pages`})`
  return [`${legend}; a character is ${scale}`, `[${text}]`]
}
