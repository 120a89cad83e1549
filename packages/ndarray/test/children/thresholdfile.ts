/** `thresholdfile.ts INPUT OUTPUT`: thresholds a file by Otsu's method; prints RSS around it, and the time. */
import * as nd from '../../src/index.ts'
import { restingRss } from './settle.ts'

const [input, output] = process.argv.slice(2) as [string, string]
const before = await restingRss()
nd.memory.resetPeak()
const since = performance.now()
const threshold = await nd.thresholdFile(input, output, 'otsu')
const ms = performance.now() - since
const { peakRss } = nd.memory.process()
console.log(JSON.stringify({ threshold, ms, before, peak: peakRss, after: await restingRss() }))
