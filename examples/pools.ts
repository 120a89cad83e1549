/**
 * Layers 0 to 3: runs of pages, large blocks, pools of equal blocks, and the arrays over them. A pool is
 * private to a dtype: what int32 released serves int32. Above 256 KiB a block is a run of its own.
 *
 * Prints, where the pager can give pages back:
 *
 *     262144 bytes: 0 large, 1 in a pool of blocks of 262144
 *     262145 bytes: 1 large, 0 in a pool of blocks of -
 *     10 int32 arrays of 4000 bytes, 3 of them released: 16 blocks of 4096
 *     int32: 7 allocated, 3 released, 6 free
 *     the next int32 array takes a released block: true
 *     a float64 array of as many bytes takes one: false
 *     int32: 8 allocated, 2 released, 6 free
 *     float64: 1 allocated, 0 released, 15 free
 *     class     size   pools  blocks allocated    released        free    bytes lost
 *     …
 *        95    4,096       2                 9           2          21             0
 *     …
 *     layer                                   blocks  bytes allocated        released            free
 *     -----                                   ------  ---------------        --------            ----
 *     3  arrays                                    9           36,864               0               0
 *     2  small blocks, in pools                   18           37,152           8,224         151,232
 *     1  large blocks, a run each                  0                0               0               0
 *     0  runs of pages                             3          196,608               0   <n>
 *     …
 *     # large  + pools  ~ dirty  · clean; a character is 64 KiB (a page)
 *     [+++…]
 */
import * as nd from '@ebb/ndarray'

for (const bytes of [256 * 1024, 256 * 1024 + 1]) {
  const array = nd.empty(bytes, { dtype: 'uint8' })
  const { largeBlocks, counts } = nd.memory.heap().byDType.uint8
  const pool = nd.memory.heap().poolList.find(({ dtype }) => dtype === 'uint8')
  const small = counts.allocated - largeBlocks
  console.log(`${bytes} bytes: ${largeBlocks} large, ${small} in a pool of blocks of ${pool?.size ?? '-'}`)
  array.release()
  nd.memory.trim()
}

const arrays = Array.from({ length: 10 }, () => nd.zeros([1000], { dtype: 'int32' }))
const places = arrays.slice(2, 5).map(array => array.data.byteOffset)
for (const array of arrays.splice(2, 3)) array.release()
const pool = nd.memory.heap().poolList.find(({ dtype }) => dtype === 'int32')
console.log(`10 int32 arrays of 4000 bytes, 3 of them released: ${pool?.capacity} blocks of ${pool?.size}`)
printStates('int32')

const next = nd.zeros([1000], { dtype: 'int32' })
console.log(`the next int32 array takes a released block: ${places.includes(next.data.byteOffset)}`)
const other = nd.zeros([500], { dtype: 'float64' })
console.log(`a float64 array of as many bytes takes one: ${places.includes(other.data.byteOffset)}`)
printStates('int32')
printStates('float64')
console.log(String(nd.memory.heap()))

function printStates(dtype: nd.DType): void {
  const { allocated, released, free } = nd.memory.heap().byDType[dtype].counts
  console.log(`${dtype}: ${allocated} allocated, ${released} released, ${free} free`)
}
