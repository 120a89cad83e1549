/** Forgets many arrays, runs the garbage collector, and prints how many blocks are left of how many. */
import { setTimeout } from 'node:timers/promises'
import * as nd from '../../src/index.ts'

declare const gc: () => void

function forget(): void {
  for (let i = 0; i < 1000; i++) {
    const a = nd.full(i, 1)
    if (i % 3 === 0) a.slice('::2')
    if (i % 10 === 0) a.release()
  }
}

using own = new nd.Heap({ maxBytes: 2 ** 24 })
function forgetInOwn(): void {
  own.zeros([3, 4], { dtype: 'int8' })
}

const kept = nd.arange(10)
forget()
forgetInOwn()
const before = nd.memory.heap().blocks
for (let turn = 0; turn < 100 && nd.memory.heap().blocks > 1; turn++) {
  gc()
  await setTimeout(10)
}
nd.memory.check()
if (kept.sum() !== 45) throw new Error('the array that was kept is damaged')
const left = nd.memory.heap().blocks
const leaks = {
  own: own.leaks({ clear: true }),
  ownCleared: own.leaks().length,
  default: nd.memory.leaks().length,
}
console.log(JSON.stringify({ forgotten: before - left, left, invariants: 'hold', leaks }))
