/**
 * Fragmentation, in three kinds: blocks larger than what was asked for (internal), pools that a few
 * survivors keep from going back, and free pages that no single block can have (external).
 *
 * Prints:
 *
 *     7800 arrays of 808 bytes in blocks of 832: internal fragmentation 2.9 %
 *     all but 100 released, and trimmed: 6400 KiB of pools, 98.7 % of it unused
 *     100 copies in a heap of their own: 81.25 KiB in 2 pools
 *     the originals released, and trimmed: 0 KiB of pools
 *     every other of 8 blocks of 4 MiB released: 22 MiB free, 10 in one run; external 55.0 %
 *     the others, too: 38 MiB free, 38 in one run; external 0.0 %
 */
import * as nd from '@ebb/ndarray'

const KIB = 1024
const share = (part: number) => `${(100 * part).toFixed(1)} %`

const arrays = Array.from({ length: 7800 }, (_, i) => nd.full([101], i))
const { internalFragmentation: lost } = nd.memory.heap()
console.log(`7800 arrays of 808 bytes in blocks of 832: internal fragmentation ${share(lost)}`)

const survivors = arrays.filter((_, i) => i % 78 === 0)
for (const [i, array] of arrays.entries()) if (i % 78 !== 0) array.release()
nd.memory.trim()
console.log(`all but 100 released, and trimmed: ${pools()}`)

const elsewhere = new nd.Heap()
const copies = survivors.map(array => elsewhere.array(array))
const { allocated, pools: count } = elsewhere.statistics().byDType.float64
console.log(`${copies.length} copies in a heap of their own: ${allocated / KIB} KiB in ${count} pools`)
for (const array of survivors) array.release()
nd.memory.trim()
console.log(`the originals released, and trimmed: ${pools()}`)

const narrow = new nd.Heap({ maxBytes: 40 * KIB * KIB })
const blocks = Array.from({ length: 8 }, () => narrow.empty([4 * KIB * KIB], { dtype: 'uint8' }))
for (const [i, block] of blocks.entries()) if (i % 2) block.release()
print('every other of 8 blocks of 4 MiB released')
for (const block of blocks) block.release()
print('the others, too')

/** What float64 arrays hold in pools, and how much of that no array uses. */
function pools(): string {
  const { allocated, released, free, lost } = nd.memory.heap().byDType.float64
  const whole = allocated + released + free + lost
  return `${whole / KIB} KiB of pools${whole ? `, ${share(1 - allocated / whole)} of it unused` : ''}`
}

/** The free pages of the narrow heap, and the largest block that they can be. */
function print(what: string): void {
  const { dirty, clean, largestFree, externalFragmentation } = narrow.statistics()
  const [free, largest] = [dirty + clean, largestFree].map(bytes => Math.round(bytes / KIB / KIB))
  console.log(`${what}: ${free} MiB free, ${largest} in one run; external ${share(externalFragmentation)}`)
}
