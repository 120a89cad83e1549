/**
 * Delayed release: temporaries that a scope frees become dirty: free, but still resident. They are reused
 * first; what lies idle decays. `trim()` does not wait, and `release()` never leaves anything dirty.
 *
 * Prints, where the pager can give pages back:
 *
 *     a scope with 4 temporaries of 8 MiB:  32 MiB dirty
 *     one array of 8 MiB, from the dirty:   24 MiB dirty
 *     its release(), given back at once:    24 MiB dirty
 *     the scope again, reusing them first:  32 MiB dirty
 *     idle for one to two decay periods:     0 MiB dirty
 *     the scope once more:                  32 MiB dirty
 *     trim() gave back 32 MiB:               0 MiB dirty
 *     retain: 8 MiB, after the decay:        8 MiB dirty
 *     decay: 0, behind the scope:            0 MiB dirty
 *     given back in all: 72 MiB
 */
import { setTimeout as sleep } from 'node:timers/promises'
import * as nd from '@ebb/ndarray'

const MIB = 2 ** 20
const DECAY_MS = 100

const heap = new nd.Heap({ decay: DECAY_MS })
temporaries(heap)
print('a scope with 4 temporaries of 8 MiB:')
const array = heap.ones([MIB])
print('one array of 8 MiB, from the dirty:')
array.release()
print('its release(), given back at once:')
temporaries(heap)
print('the scope again, reusing them first:')
await idle(heap, 0)
print('idle for one to two decay periods:')
temporaries(heap)
print('the scope once more:')
print(`trim() gave back ${Math.round(heap.run(nd.memory.trim) / MIB)} MiB:`)

const retaining = new nd.Heap({ decay: DECAY_MS, retain: 8 * MIB })
temporaries(retaining)
await idle(retaining, 8 * MIB)
print('retain: 8 MiB, after the decay:', retaining)
const prompt = new nd.Heap({ decay: 0 })
temporaries(prompt)
print('decay: 0, behind the scope:', prompt)
console.log(`given back in all: ${Math.round(heap.statistics().discardedBytes / MIB)} MiB`)

function temporaries(of: nd.Heap): void {
  of.run(() => nd.scope(() => [1, 2, 3, 4].map(value => nd.full([MIB], value)).length))
}

function print(what: string, of = heap): void {
  console.log(`${what.padEnd(37)} ${String(of.statistics().dirty / MIB).padStart(2)} MiB dirty`)
}

/** The decay's timer does not keep the process alive; here somebody waits for it. */
async function idle(of: nd.Heap, dirty: number): Promise<void> {
  for (let i = 0; i < 100 && of.statistics().dirty > dirty; i++) await sleep(DECAY_MS)
}
