/** The heap from its first page to the highest that was used: a cell for each slice of it. */
import { memory } from '@ebb/ndarray'
import { byId, element, figure } from './dom.ts'
import { attempt, tell } from './log.ts'
import { onRedraw } from './redraw.ts'
import { bytes, count } from './text.ts'

const KINDS = {
  '#': { kind: 'large', name: 'large block' },
  '+': { kind: 'pool', name: 'pool' },
  '~': { kind: 'dirty', name: 'dirty: free, still resident' },
  '·': { kind: 'clean', name: 'clean: free, not resident' },
} as const
type Symbol = keyof typeof KINDS

const map = byId('map', HTMLDivElement)
const figures = byId('figures', HTMLDListElement)
let drawnMap = ''

function drawFigures(heap: memory.HeapStatistics): void {
  figures.replaceChildren(
    figure('used', bytes(heap.used), 'used'),
    figure('dirty', bytes(heap.dirty), 'dirty'),
    figure('clean', bytes(heap.clean), 'clean'),
    figure('blocks', count(heap.blocks)),
    figure('allocations', count(heap.allocations)),
    figure('releases', count(heap.releases)),
  )
}

function drawMap(heap: memory.HeapStatistics): void {
  const { text, slice } = heap.map
  map.setAttribute(
    'aria-label',
    `Map of the heap in slices of ${bytes(slice)}: ${bytes(heap.used)} used, ${bytes(heap.dirty)} dirty`,
  )
  map.title = `a cell is ${bytes(slice)}`
  if (text === drawnMap) return
  drawnMap = text
  map.replaceChildren(...Array.from(text, symbol => element('i', { class: KINDS[symbol as Symbol].kind })))
}

export function showHeap(): void {
  byId('map-legend', HTMLUListElement).replaceChildren(
    ...Object.values(KINDS).map(({ kind, name }) => element('li', { class: kind }, name)),
  )
  byId('pager', HTMLParagraphElement).textContent =
    memory.pager().backend === 'none'
      ? 'This browser has no way to give pages back to the operating system. What is released becomes dirty: it stays ' +
        'with the tab and is used again first; closing the tab returns it. In Node, release() returns it at once.'
      : 'This browser gives pages back to the operating system when they are released.'
  byId('trim', HTMLButtonElement).addEventListener('click', () =>
    attempt(() => tell(`trim() gave ${bytes(memory.trim())} back to the operating system`)),
  )
  byId('check', HTMLButtonElement).addEventListener('click', () =>
    attempt(() => {
      memory.check()
      tell('check(): every invariant of the heap holds')
    }),
  )
  onRedraw(() => {
    const heap = memory.heap()
    drawFigures(heap)
    drawMap(heap)
  })
}
