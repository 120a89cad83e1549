/**
 * Several heaps: each has a memory, a limit and a policy of its own, and all of it goes at once by `close()`.
 *
 * Prints:
 *
 *     2 blocks in the heap, 1 in the default one
 *     an operation on both: HeapError
 *     copied in by heap.array(here): equal
 *     20 MiB in a heap of 16: OutOfMemoryError
 *     10 MiB in it: made; the same in the default heap: made
 *     close() gave back <n> bytes; an array of the heap is released: true
 *     a closed heap makes no arrays: HeapError
 */
import * as nd from '@ebb/ndarray'

const MIB = 2 ** 20

const heap = new nd.Heap({ maxBytes: 16 * MIB })
const here = nd.arange(3)
const there = heap.arange(3)
const inRun = heap.run(() => nd.ones([3]))
const [own, standard] = [heap.statistics().blocks, nd.memory.heap().blocks]
console.log(`${own} blocks in the heap, ${standard} in the default one`)

console.log(`an operation on both: ${outcome(() => here.assign(there))}`)
const copied = heap.array(here)
console.log(`copied in by heap.array(here): ${String(copied.toArray()) === '0,1,2' ? 'equal' : 'different'}`)

console.log(`20 MiB in a heap of 16: ${outcome(() => heap.zeros(20 * MIB, { dtype: 'uint8' }))}`)
const inside = outcome(() => heap.zeros(10 * MIB, { dtype: 'uint8' }))
const outside = outcome(() => nd.zeros(10 * MIB, { dtype: 'uint8' }))
console.log(`10 MiB in it: ${inside}; the same in the default heap: ${outside}`)

console.log(`close() gave back ${heap.close()} bytes; an array of the heap is released: ${inRun.released}`)
console.log(`a closed heap makes no arrays: ${outcome(() => heap.zeros([1]))}`)

/** `made`, or the name of the error. */
function outcome(make: () => unknown): string {
  try {
    make()
    return 'made'
  } catch (error) {
    return (error as Error).name
  }
}
