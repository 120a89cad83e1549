/** Scripts to begin with. Each is the body of an async function. */
export const EXAMPLES: Record<string, string> = {
  'Views and counts': `// A view keeps its base's block alive: the count says so.
const base = nd.arange(0, 1_000_000, 1, { dtype: 'int32' })
const view = base.slice('::1000')
print('references', nd.refCount(base))
print('released', base.release(), 'bytes: the view still holds them')
return { view }`,

  'The experiment': `// array[array <= 50] = 0, with no mask in between; then all of it is free.
const array = nd.random.defaultRng(0).integers(0, 100, { size: [100, 500, 600], dtype: 'int32' })
await step()
array.assignWhere('<=', 50, 0)
print('left', nd.countNonzero(array), 'of', array.size)
await step()
print('released', nd.memory.format(array.release()))`,

  'Pools fill and empty': `// Small blocks of one dtype and size share pools; empty pools go back to the pages.
const many = []
for (let round = 0; round < 20; round++) {
  for (let i = 0; i < 500; i++) many.push(nd.zeros(8 + 8 * (i % 4), { dtype: 'float32' }))
  await step()
}
while (many.length > 0) {
  for (const array of many.splice(-500)) array.release()
  await step()
}`,

  Fragmentation: `// Every other block is released: holes, which a larger block cannot use.
const blocks = []
for (let i = 0; i < 40; i++) {
  blocks.push(nd.ones(2 ** 20, { dtype: 'uint8' }))
  await step()
}
for (let i = 0; i < blocks.length; i += 2) {
  blocks[i].release()
  await step()
}
const { dirty, largestFree, externalFragmentation } = nd.memory.heap()
print(nd.memory.format(dirty), 'dirty;', externalFragmentation.toFixed(3), 'of what is free is out of one block’s reach')
for (const block of blocks) block.release()`,

  'Cycles and generations': `// Each list holds itself: only the collector can free it, and it comes by itself.
for (let i = 0; i < 3000; i++) {
  const list = nd.refs(1)
  list.set(list, 0)
  list.release()
  if (i % 100 === 0) await step()
}
print('generations', nd.gc.getCount().join(', '))`,

  'A scope': `// A scope frees every temporary that it does not return.
const standard = nd.scope(() => {
  const a = nd.random.defaultRng(1).integers(0, 1000, { size: [512, 512] })
  return a.subtract(a.mean()).divide(a.std())
})
print('mean', standard.mean().toFixed(6), 'deviation', standard.std().toFixed(6))
return { standard }`,
}
