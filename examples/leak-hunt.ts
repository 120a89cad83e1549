/**
 * A leak: an array that is forgotten without `release()`. JavaScript's garbage collector finds it some time
 * later, a finalizer frees its block, and `heap.leaks()` names it; a debug heap also knows where it
 * was made. EBB_MALLOC=debug in the environment makes every heap one.
 *
 * Prints:
 *
 *     forgotten: 3 blocks are held, and 0 leaks are known
 *     after garbage collection: 0 blocks
 *     3 × int32 (1000,), 4000 bytes, made at leak-hunt.ts:21
 */
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as nd from '@ebb/ndarray'

/** Releases what it makes, but not what it copies. */
function forget(): void {
  using a = nd.zeros([1000], { dtype: 'int32' })
  a.copy()
}

// As under `node --expose-gc`. Without it one waits until the engine collects by itself.
setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

using heap = new nd.Heap({ debug: true })
for (let i = 0; i < 3; i++) heap.run(forget)
console.log(
  `forgotten: ${heap.statistics().blocks} blocks are held, and ${heap.leaks().length} leaks are known`,
)

// Finalizers run between turns of the event loop, never inside synchronous code.
for (let turn = 0; turn < 500 && heap.leaks().length < 3; turn++) {
  gc()
  await sleep(10)
}
console.log(`after garbage collection: ${heap.statistics().blocks} blocks`)

const places = new Map<string, number>()
for (const { dtype, shape, bytes, madeAt = '' } of heap.leaks({ clear: true })) {
  const [file, line] = basename(madeAt).split(':')
  const place = `${dtype} (${shape},), ${bytes} bytes, made at ${file}:${line}`
  places.set(place, (places.get(place) ?? 0) + 1)
}
for (const [place, times] of places) console.log(`${times} × ${place}`)
