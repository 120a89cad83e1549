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

const kept = nd.arange(10)
forget()
const before = nd.memory.heap().blocks
for (let turn = 0; turn < 100 && nd.memory.heap().blocks > 1; turn++) {
  gc()
  await setTimeout(10)
}
nd.memory.check()
if (kept.sum() !== 45) throw new Error('the array that was kept is damaged')
const left = nd.memory.heap().blocks
console.log(JSON.stringify({ forgotten: before - left, left, invariants: 'hold' }))
