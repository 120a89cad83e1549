/** Prints what the built package does where there is no `process`, as in a browser. */
const entry = new URL('../../dist/index.js', import.meta.url).href
const print = console.log
globalThis.process = undefined
globalThis.Buffer = undefined
const { openPager, processMemory, systemMemory, resetPeak, exactRss, probeBackends } = await import(entry)

const memory = new WebAssembly.Memory({ initial: 1 })
const bytes = new Uint8Array(memory.buffer).fill(7)
const returned = openPager().discard(memory, 0, 65_536)
const { rss } = processMemory()
const { total, limit } = systemMemory()
print(
  JSON.stringify({
    backend: openPager().backend,
    available: probeBackends().filter(probe => probe.available).length,
    cleared: bytes.every(byte => byte === 0),
    returned,
    rss: String(rss),
    total: String(total),
    limit: String(limit),
    reset: resetPeak(),
    exact: String(exactRss()),
  }),
)
