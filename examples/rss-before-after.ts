/**
 * Virtual memory, and giving it back (layers −2 and −1): addresses cost nothing, a page becomes resident
 * when it is first touched, and `release()` hands the pages back to the operating system.
 *
 * Prints, where the pager can give pages back (RSS to the nearest 16 MiB):
 *
 *     The heap has addresses for <n> GiB.
 *     Array of 256 MiB, not touched: RSS rose by 0 MiB
 *     Filled with a number: RSS rose by 256 MiB
 *     Filtered in place: RSS rose by 0 MiB, its peak by 0 MiB
 *     Released: 256 MiB freed, RSS fell by 256 MiB
 *     The same once more: RSS is where it was, within 16 MiB
 */
import * as nd from '@ebb/ndarray'

const MIB = 2 ** 20

function rounded(bytes: number): string {
  return `${16 * Math.round(bytes / MIB / 16)} MiB`
}

function rss(): number {
  return nd.memory.process().rss
}

// Loading the pager and compiling the kernels belong to the start of a measurement.
nd.ones([MIB]).assignWhere('<=', 1, 0).release()
console.log(`The heap has addresses for ${Math.round(nd.memory.heap().total / 2 ** 30)} GiB.`)

const start = rss()
const volume = nd.zeros([256, 512, 512], { dtype: 'int32' })
const made = rss()
console.log(`Array of ${rounded(volume.nbytes)}, not touched: RSS rose by ${rounded(made - start)}`)

volume.assign(2000)
const filled = rss()
console.log(`Filled with a number: RSS rose by ${rounded(filled - made)}`)

nd.memory.resetPeak()
volume.assignWhere('<=', 2800, 0)
const { rss: filtered, peakRss } = nd.memory.process()
const [rise, peak] = [rounded(filtered - filled), rounded(peakRss - filled)]
console.log(`Filtered in place: RSS rose by ${rise}, its peak by ${peak}`)

const freed = volume.release()
const released = rss()
console.log(`Released: ${rounded(freed)} freed, RSS fell by ${rounded(filtered - released)}`)

nd.ones([256, 512, 512], { dtype: 'int32' }).release()
const same = Math.abs(rss() - released) < 16 * MIB
console.log(`The same once more: RSS is ${same ? '' : 'not '}where it was, within 16 MiB`)
