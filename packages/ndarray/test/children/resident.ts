/** Fills and releases 128 MiB, some times over, and prints RSS around it. */
import * as nd from '../../src/index.ts'

const BYTES = 128 * 2 ** 20

function round(): { before: number; filled: number; after: number; released: number } {
  const before = nd.memory.process().rss
  const a = nd.full(BYTES, 1, { dtype: 'uint8' })
  const filled = nd.memory.process().rss
  const released = a.release()
  return { before, filled, after: nd.memory.process().rss, released }
}

// The first release loads the pager, and the first calls compile.
round()
const rounds = [round(), round(), round()]
nd.memory.check()
console.log(
  JSON.stringify({
    backend: nd.memory.pager().backend,
    released: rounds[0]?.released,
    rss: rounds.map(({ before, filled, after }) => ({ before, filled, after })),
  }),
)
