/**
 * Cycles: two RefArrays that refer to each other keep each other's count above zero. Counts alone never
 * free them; the collector does, with all that only they hold.
 *
 * Prints:
 *
 *     left → right → left, and right holds 8 MiB; counts 2 and 2
 *     released both names: 0 and 0 bytes freed
 *     still there: 4 blocks, 8 MiB; nobody can reach them
 *     nd.gc.collect() found 2 RefArrays
 *     still there: 0 blocks, 0 MiB
 *     a list that holds itself, with a name: collect() found 0
 *     the name released: collect() found 1
 *     found in all: 3
 */
import * as nd from '@ebb/ndarray'

// Nothing is collected by itself in this script.
nd.gc.disable()

const left = nd.refs(1)
const right = nd.refs(2)
left.set(right, 0)
right.set(left, 0)
const big = nd.ones([2 ** 20])
right.set(big, 1)
big.release()
const counts = `${nd.refCount(left)} and ${nd.refCount(right)}`
console.log(`left → right → left, and right holds 8 MiB; counts ${counts}`)

console.log(`released both names: ${left.release()} and ${right.release()} bytes freed`)
console.log(`still there: ${held()}; nobody can reach them`)

console.log(`nd.gc.collect() found ${nd.gc.collect()} RefArrays`)
console.log(`still there: ${held()}`)

const self = nd.refs(1)
self.set(self, 0)
console.log(`a list that holds itself, with a name: collect() found ${nd.gc.collect()}`)
self.release()
console.log(`the name released: collect() found ${nd.gc.collect()}`)
console.log(`found in all: ${nd.gc.getStats()[2].collected}`)

/** Blocks that are alive, a stored array's view record among them, and the bytes in large ones. */
function held(): string {
  const { blocks, largeBytes } = nd.memory.heap()
  return `${blocks} blocks, ${largeBytes / 2 ** 20} MiB`
}
