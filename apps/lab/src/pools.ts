/** The pools, gathered by dtype and size class. */
import { memory } from '@ebb/ndarray'
import { byId, element, shares } from './dom.ts'
import { onRedraw } from './redraw.ts'
import { count } from './text.ts'

interface Family {
  readonly dtype: string
  readonly size: number
  pools: number
  allocated: number
  released: number
  free: number
}

/** Pools of one dtype and one size of blocks, in numbers of blocks. */
function families(pools: readonly memory.PoolUsage[]): Family[] {
  const found = new Map<string, Family>()
  for (const { dtype, size, counts } of pools) {
    const key = `${dtype} ${size}`
    const family = found.get(key) ?? { dtype, size, pools: 0, allocated: 0, released: 0, free: 0 }
    found.set(key, family)
    family.pools += 1
    family.allocated += counts.allocated
    family.released += counts.released
    family.free += counts.free
  }
  return [...found.values()].sort((a, b) => a.dtype.localeCompare(b.dtype) || a.size - b.size)
}

function drawFamily({ dtype, size, pools, allocated, released, free }: Family): HTMLElement {
  const numbers = [size, pools, allocated, released, free]
  const parts = Object.entries({ allocated, released, free }).map(([kind, amount]) => ({ kind, amount }))
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, dtype),
    ...numbers.map(number => element('td', { class: 'number' }, count(number))),
    element('td', { class: 'wide' }, shares(parts)),
  )
}

export function showPools(): void {
  const body = byId('pools', HTMLTableElement).tBodies[0] as HTMLTableSectionElement
  const empty = byId('pools-empty', HTMLParagraphElement)
  onRedraw(() => {
    const rows = families(memory.heap().poolList).map(drawFamily)
    body.replaceChildren(...rows)
    empty.hidden = rows.length > 0
  })
}
