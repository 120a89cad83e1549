/** Prints the resident memory around one discard, as JSON. Arguments: pages of 64 KiB, and "huge" or "small". */
import { readFileSync } from 'node:fs'
import { openPager, processMemory } from '../../src/index.ts'

const [pages = '1024', size = 'small'] = process.argv.slice(2)
const pager = openPager()
const memory = new WebAssembly.Memory({ initial: Number(pages), maximum: Number(pages) })
const bytes = new Uint8Array(memory.buffer)
const advised = pager.adviseHugePages(memory, 0, bytes.length, size === 'huge')

const before = processMemory().rss
bytes.fill(1)
const touched = processMemory().rss
const huge =
  process.platform === 'linux'
    ? /AnonHugePages: +(\d+)/.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))
    : null
const returned = pager.discard(memory, 0, bytes.length)
const after = processMemory().rss

const hugeBytes = Number(huge?.[1] ?? 0) * 1024
console.log(JSON.stringify({ backend: pager.backend, advised, returned, before, touched, after, hugeBytes }))
