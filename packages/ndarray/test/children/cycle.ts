/**
 * Drops a cycle of a thousand RefArrays, each of which holds an array of 1 MiB, twice: for `nd.gc.collect()` to
 * find, and for the automatic collector. Prints RSS around it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import * as nd from '../../src/index.ts'
import { restingRss, settle } from './settle.ts'

const MIB = 2 ** 20
const COUNT = 1000

/** A ring of RefArrays that nobody holds, with their contents. */
function abandonRing(make: typeof nd.ones): void {
  const ring = Array.from({ length: COUNT }, () => {
    using content = make([MIB], { dtype: 'uint8' })
    return nd.refs([null, content])
  })
  for (const [i, list] of ring.entries()) list.set(ring[(i + 1) % COUNT] as nd.RefArray, 0)
  for (const list of ring) list.release()
}

const rss = () => nd.memory.process().rss
const collectedByNow = () => nd.gc.getStats().reduce((sum, { collected }) => sum + collected, 0)
// The same for JavaScript, but nothing writes into the memory.
const before = await settle(() => {
  abandonRing(nd.empty)
  nd.gc.collect()
  nd.memory.trim()
})

abandonRing(nd.ones)
const abandoned = rss()
const found = nd.gc.collect()
const collected = rss()
const rested = await restingRss()

abandonRing(nd.ones)
const abandonedAgain = rss()
const since = collectedByNow()
// The older ones in the ring are in generation 1 by now: several collections of generation 0 come first.
const others: nd.RefArray[] = []
while (others.length < 20 * 701 && collectedByNow() === since) others.push(nd.refs(0))
const foundByItself = collectedByNow() - since
const made = others.length
for (const list of others.splice(0)) list.release()
// What the automatic collector frees stays for reuse, and decays.
const deadline = performance.now() + 20_000
let decayed = await restingRss()
while (decayed - before > 4 * MIB && performance.now() < deadline) {
  await pause(100)
  decayed = await restingRss()
}
const left = nd.memory.heap().blocks
nd.memory.trim()
nd.memory.check()
console.log(
  JSON.stringify({
    before,
    byHand: { abandoned, found, collected, rested },
    byItself: { abandoned: abandonedAgain, found: foundByItself, made, decayed },
    left,
  }),
)
