/**
 * The debug heap: guard bytes around every block, fill bytes in it, and a quarantine behind it. What
 * `{ debug: true }` does for one heap, EBB_MALLOC=debug does for all, as PYTHONMALLOC=debug for CPython.
 *
 * Prints:
 *
 *     fresh bytes cd cd cd cd, guards around them fd fd
 *     nd.memory.check(): … the guard bytes around a block were overwritten …
 *     its release(): overrun: … a uint8 block of 4 bytes, made at …debug-heap.ts:<n>:<n>, released at …
 *     dead bytes dd dd dd dd, <n> blocks in quarantine
 *     use after release: this int8 array of shape (4,) was released at …debug-heap.ts:<n>:<n>
 *     nd.memory.trim(): write after release: … int8 block of 4 bytes, made at …
 *     0 blocks in quarantine
 */
import * as nd from '@ebb/ndarray'

const heap = new nd.Heap({ debug: true })
const hex = (bytes: ArrayLike<number>) =>
  Array.from(bytes, byte => (byte & 0xff).toString(16).padStart(2, '0')).join(' ')

const a = heap.empty([4], { dtype: 'uint8' })
const { buffer, byteOffset } = a.data
const around = new Uint8Array(buffer, byteOffset - 1, 6)
console.log(`fresh bytes ${hex(a.data)}, guards around them ${hex([around[0] ?? 0, around[5] ?? 0])}`)

around[5] = 1
console.log(`nd.memory.check(): ${complaint(() => heap.run(nd.memory.check))}`)
console.log(`its release(): ${complaint(() => a.release())}`)

const b = heap.zeros([4], { dtype: 'int8' })
const { data } = b
b.release()
console.log(`dead bytes ${hex(data)}, ${quarantined()} blocks in quarantine`)
console.log(`use after release: ${complaint(() => b.get(0))}`)
data[2] = 1
console.log(`nd.memory.trim(): ${complaint(() => heap.run(nd.memory.trim))}`)
console.log(`${quarantined()} blocks in quarantine`)

function quarantined(): number {
  return heap.statistics().layers.layer3.quarantined
}

function complaint(use: () => unknown): string {
  try {
    use()
    return 'no complaint'
  } catch (error) {
    return error instanceof nd.EbbError ? error.message : String(error)
  }
}
