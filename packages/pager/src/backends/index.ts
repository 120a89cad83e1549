import type { BackendName, PageOperations } from '../pager.ts'
import { addon } from './addon.ts'
import { bunFfi } from './bun-ffi.ts'
import { denoFfi } from './deno-ffi.ts'
import { engine } from './engine.ts'
import { koffi } from './koffi.ts'
import { nodeFfi } from './node-ffi.ts'
import { none } from './none.ts'

/** Every backend, in the order in which they are tried. Each loads what it needs, or throws why it cannot. */
export const backends: ReadonlyMap<BackendName, () => PageOperations> = new Map([
  ['engine', engine],
  ['addon', addon],
  ['node-ffi', nodeFfi],
  ['koffi', koffi],
  ['bun-ffi', bunFfi],
  ['deno-ffi', denoFfi],
  ['none', none],
])
