/**
 * Generations: a collection of the young is cheap, and what survives one is looked at less often.
 *
 * Prints:
 *
 *     thresholds 700, 10, 5
 *     300 RefArrays made: counts 300, 0, 0
 *     a cycle that is held: collect(0) found 0; the cycle is in generation 1 now
 *     let go: collect(0) found 0, collect(1) found 2; counts 0, 0, 1
 *     thresholds 9, 2, 1; generations collected while 130 RefArrays are made and kept:
 *     0 0 0 1 2 0 0 0 1 0 0 0 1 0 0 0 1 2
 *     (2 was due at the last 1 but one: it waits for a quarter of newcomers)
 *     frozen: collect() found 0; unfrozen: collect() found 1
 *     off: 0 collections while 1000 RefArrays are made
 */
import * as nd from '@ebb/ndarray'

console.log(`thresholds ${nd.gc.getThreshold().join(', ')}`)
const lists = Array.from({ length: 300 }, () => nd.refs(1))
console.log(`${lists.length} RefArrays made: counts ${nd.gc.getCount().join(', ')}`)

const pair = [nd.refs(1), nd.refs(1)] as const
pair[0].set(pair[1], 0)
pair[1].set(pair[0], 0)
console.log(`a cycle that is held: collect(0) found ${nd.gc.collect(0)}; the cycle is in generation 1 now`)
for (const list of pair) list.release()
const found = [nd.gc.collect(0), nd.gc.collect(1)]
const counts = nd.gc.getCount().join(', ')
console.log(`let go: collect(0) found ${found[0]}, collect(1) found ${found[1]}; counts ${counts}`)

const collected: number[] = []
const stop = nd.gc.onCollect((phase, { generation }) => {
  if (phase === 'stop') collected.push(generation)
})
nd.gc.setThreshold(9, 2, 1)
const thresholds = nd.gc.getThreshold().join(', ')
console.log(`thresholds ${thresholds}; generations collected while 130 RefArrays are made and kept:`)
for (let i = 0; i < 130; i++) lists.push(nd.refs(1))
console.log(collected.join(' '))
console.log('(2 was due at the last 1 but one: it waits for a quarter of newcomers)')

const loop = nd.refs(1)
loop.set(loop, 0)
loop.release()
nd.gc.freeze()
const frozen = nd.gc.collect()
nd.gc.unfreeze()
console.log(`frozen: collect() found ${frozen}; unfrozen: collect() found ${nd.gc.collect()}`)

nd.gc.disable()
collected.length = 0
for (let i = 0; i < 1000; i++) lists.push(nd.refs(1))
console.log(`off: ${collected.length} collections while 1000 RefArrays are made`)
stop()
