/**
 * `churned.ts pools|large N`: N calls of malloc and free at random, in pools or in large blocks; then all is freed
 * in random order, and trimmed. Prints RSS around it, and what the heap looks like.
 */
import * as nd from '../../src/index.ts'
import { restingRss, settle } from './settle.ts'

const OS_PAGE = 4096
const PRACTICE = 200_000
const LARGE_THRESHOLD = 256 * 1024

/** How many blocks are alive at most, and how long they are. */
const KINDS = {
  // As many small ones as large ones: every doubling from 8 bytes to 256 KiB is as frequent.
  pools: { slots: 20_000, bytes: () => Math.floor(2 ** (3 + 15 * random())) },
  large: { slots: 200, bytes: () => LARGE_THRESHOLD + 1 + Math.floor(random() * 2 ** 22) },
}

let state = 88172645

/** A number from [0, 1). */
function random(): number {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return (state >>> 0) / 2 ** 32
}

const [kind, count] = process.argv.slice(2) as [keyof typeof KINDS, string]
const { slots, bytes: drawBytes } = KINDS[kind]
const heap = new nd.Heap()
const { exports, memory } = heap.core
const blocks = new Uint32Array(slots)
const lengths = new Uint32Array(slots)
const words = new Uint32Array(memory.buffer)
let calls = 0

function fill(slot: number): void {
  const bytes = drawBytes()
  const block = exports.malloc(bytes, 0) >>> 0
  if (block === 0) throw new Error(`no room for ${bytes} bytes`)
  // A word in each page of the system makes all of it resident; most large blocks come from resident pages.
  const step = kind === 'large' && random() < 0.997 ? bytes : OS_PAGE
  for (let at = 0; at < bytes - 3; at += step) words[(block + at) >>> 2] = slot
  blocks[slot] = block
  lengths[slot] = bytes
  calls++
}

function empty(slot: number): void {
  const block = blocks[slot] as number
  if (words[block >>> 2] !== slot) throw new Error(`the block at ${block} was overwritten`)
  // Going back at once is for the rarer call: it takes the system a while.
  const held = exports.free(block, Number(random() < 0.0003)) >>> 0
  if (held < (lengths[slot] as number)) throw new Error(`${held} bytes were freed of ${lengths[slot]}`)
  blocks[slot] = 0
  calls++
}

function churn(steps: number): void {
  for (let step = 0; step < steps; step++) {
    const slot = Math.floor(random() * slots)
    if (blocks[slot]) empty(slot)
    else fill(slot)
  }
}

/** Frees every block, in random order, and gives all memory back. */
function clear(): void {
  const order = Uint32Array.from({ length: slots }, (_, slot) => slot)
  for (let last = slots - 1; last >= 0; last--) {
    const at = Math.floor(random() * (last + 1))
    const slot = order[at] as number
    order[at] = order[last] as number
    if (blocks[slot]) empty(slot)
  }
  heap.trim()
}

const before = await settle(() => {
  churn(PRACTICE)
  clear()
})
calls = 0
let highest = 0
while (calls < Number(count)) {
  // In slices: the engine replaces its first, quick code only between calls.
  churn(Math.min(PRACTICE, Number(count) - calls))
  highest = Math.max(highest, nd.memory.process().rss)
}
clear()
const after = await restingRss()
const pages = exports.heapEnd() - exports.heapBegin()
console.log(
  JSON.stringify({
    calls,
    rss: { before, highest, after },
    oneCleanRun: exports.longestClean() === pages,
    broken: exports.heapCheck(),
  }),
)
