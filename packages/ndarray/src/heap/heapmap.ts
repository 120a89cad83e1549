import { PAGE_BYTES, type Run } from '@ebb/core'

/** Most characters of the map. */
const MAP_WIDTH = 96

/** How a kind of run is drawn. */
export const MAP_SYMBOLS = { large: '#', pool: '+', dirty: '~', clean: '·' } as const

/** A drawing of the heap, from its first page to the highest that was ever used. */
export interface HeapMap {
  /** One character per slice: the kind of run that most of the slice's pages belong to. Empty at first. */
  readonly text: string
  /** Bytes of a slice; the last one may be shorter. */
  readonly slice: number
}

/** Draws the runs up to the page `end`. */
export function drawMap(runs: readonly Run[], begin: number, end: number): HeapMap {
  const slicePages = Math.max(1, Math.ceil((end - begin) / MAP_WIDTH))
  const slices = Array.from(
    { length: Math.ceil((end - begin) / slicePages) },
    () => new Map<Run['kind'], number>(),
  )
  for (const run of runs) {
    const behind = Math.min(run.page + run.pages, end)
    for (let page = run.page; page < behind; ) {
      const index = Math.floor((page - begin) / slicePages)
      const next = Math.min(behind, begin + (index + 1) * slicePages)
      const pages = slices[index] as Map<Run['kind'], number>
      pages.set(run.kind, (pages.get(run.kind) ?? 0) + next - page)
      page = next
    }
  }
  return { text: slices.map(symbolOf).join(''), slice: slicePages * PAGE_BYTES }
}

/** The symbol of the kind with the most pages; of several with as many, the first in MAP_SYMBOLS. */
function symbolOf(pages: ReadonlyMap<Run['kind'], number>): string {
  const kinds = Object.keys(MAP_SYMBOLS) as Run['kind'][]
  const most = Math.max(...pages.values())
  const kind = kinds.find(candidate => pages.get(candidate) === most) as Run['kind']
  return MAP_SYMBOLS[kind]
}
