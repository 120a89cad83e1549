/** What every bundler packs: one call of each part of the library. Leaves what it found in `findings`. */
import * as nd from '@ebb/ndarray'

const messageOf = async fn => {
  try {
    return String(await fn())
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}

const errors = Object.entries(nd).filter(([name]) => name.endsWith('Error'))

async function run() {
  const volume = nd.random.defaultRng(0).integers(0, 100, { size: [40, 50, 60], dtype: 'int16' })
  const sum = volume.sum()
  volume.assignWhere('<=', 50, 0)
  const filtered = volume.sum()
  const npy = nd.toNpy(volume)
  const copy = await nd.load(new Blob([npy]))
  const streamed = await nd.load(new Blob([npy]).stream())
  const same = nd.arrayEqual(volume, copy) && nd.arrayEqual(volume, streamed)
  const fetched = await nd.load(URL.createObjectURL(new Blob([npy])))
  const { a: zipped } = await nd.load(new Blob([await nd.toNpz({ a: volume }, { compressed: true })]))
  const released = volume.release()
  for (const array of [copy, streamed, fetched, zipped]) array.release()
  const list = nd.refs(2)
  list.set(list, 0)
  list.release()
  const collected = nd.gc.collect()
  nd.memory.check()
  return {
    sum: Number(sum),
    filtered: Number(filtered),
    same,
    released,
    collected,
    blocks: nd.memory.heap().blocks,
    backend: nd.memory.pager().backend,
    rss: String(nd.memory.process().rss),
    misnamed: errors.filter(([name, Kind]) => new Kind().name !== name),
    path: await messageOf(() => nd.loadSync('volume.npy')),
    debug: await messageOf(() => new nd.Heap({ debug: true })),
  }
}

globalThis.findings = run()
