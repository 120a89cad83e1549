/** Uses everything once on small and large arrays, and prints what came out. */
import * as nd from '../../src/index.ts'

const results: unknown[] = []

function keep(value: unknown): void {
  results.push(typeof value === 'bigint' ? `${value}` : value)
}

for (const size of [5, 1000, 500_000]) {
  for (const dtype of Object.keys(nd.dtypes) as nd.DType[]) {
    using flags = nd.zeros(size, { dtype: 'bool' })
    using counting = nd.arange(0, size, 1, { dtype: 'int32' })
    nd.equal(counting, Math.floor(size / 2), { out: flags })
    using a = nd.zeros(size, { dtype })
    a.assign(flags)
    keep(a.sum())
    a.assign(1, { where: flags }).assignWhere('==', 0, 1)
    keep(a.mean())
    using part = a.slice('::-2')
    part.assign(0)
    keep([a.min(), a.max()].map(String))
    using mask = nd.less(a, part.slice('0:1'))
    keep(mask.sum())
    using cut = nd.threshold(a, 0, { maxValue: 1 })
    using floats = cut.astype('float64')
    keep(floats.sum())
    keep(floats.slice(':3').toArray())
  }
}
keep(nd.memory.trim() >= 0)
nd.memory.check()
console.log(JSON.stringify(results))
