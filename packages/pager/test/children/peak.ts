/** Prints the peak before and after a reset, with 100 MiB touched and given back in between, as JSON. */
import { openPager, processMemory, resetPeak } from '../../src/index.ts'

const pager = openPager()
const memory = new WebAssembly.Memory({ initial: 1600, maximum: 1600 })
const rss = processMemory().rss
new Uint8Array(memory.buffer).fill(1)
pager.discard(memory, 0, memory.buffer.byteLength)
const peak = processMemory().peakRss
const reset = resetPeak()
const peakAfter = processMemory().peakRss
console.log(JSON.stringify({ rss, peak, reset, peakAfter }))
