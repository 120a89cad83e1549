import type { BackendName, PageOperations } from '../pager.ts'
import { engine } from './engine.ts'
import { none } from './none.ts'

/** The backends that a browser can have: its engine's own, or none. */
export const backends: ReadonlyMap<BackendName, () => PageOperations> = new Map([
  ['engine', engine],
  ['none', none],
])
