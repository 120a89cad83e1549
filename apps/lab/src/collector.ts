/** The collector's three generations: what counts towards the next collection, and what was found so far. */
import * as nd from '@ebb/ndarray'
import { byId, element, figure } from './dom.ts'
import { attempt, tell } from './log.ts'
import { onRedraw } from './redraw.ts'
import { count, several } from './text.ts'

const NAMES = ['lists made', 'collections of 0', 'collections of 1']

/** Two lists that hold each other, and an array; nobody holds them any more. */
function makeCycle(): void {
  using array = nd.zeros(64)
  using list = nd.refs([array, null])
  using other = nd.refs([list])
  list.set(other, 1)
}

function drawGeneration(generation: number): HTMLElement {
  const amount = nd.gc.getCount()[generation] as number
  const threshold = nd.gc.getThreshold()[generation] as number
  const { collections, collected } = nd.gc.getStats()[generation] as nd.gc.GenerationStats
  const title = `generation-${generation}`
  return element(
    'article',
    { 'aria-labelledby': title },
    element('h3', { id: title }, `Generation ${generation}`),
    element('meter', {
      min: '0',
      max: String(threshold),
      value: String(amount),
      'aria-label': `${NAMES[generation]}, of ${threshold}`,
    }),
    element('p', { class: 'note' }, `${count(amount)} of ${count(threshold)} ${NAMES[generation]}`),
    element(
      'dl',
      { class: 'figures' },
      figure('collections', count(collections)),
      figure('freed', count(collected)),
    ),
  )
}

export function showCollector(): void {
  const panel = byId('generations', HTMLDivElement)
  onRedraw(() => panel.replaceChildren(...[0, 1, 2].map(drawGeneration)))
  nd.gc.onCollect((phase, { generation, collected }) => {
    if (phase === 'stop')
      tell(`the collector went through generation ${generation}: ${several(collected, 'list')} freed`)
  })
  for (const made of document.querySelectorAll<HTMLButtonElement>('[data-cycles]')) {
    const cycles = Number(made.dataset.cycles)
    made.addEventListener('click', () =>
      attempt(() => {
        for (let i = 0; i < cycles; i++) makeCycle()
        tell(
          `made ${several(cycles, 'cycle')} of two lists and an array, and let go of ${cycles === 1 ? 'it' : 'them'}`,
        )
      }),
    )
  }
  for (const made of document.querySelectorAll<HTMLButtonElement>('[data-collect]')) {
    made.addEventListener('click', () => attempt(() => nd.gc.collect(Number(made.dataset.collect))))
  }
}
