/**
 * `endless.ts save|savez|threshold INPUT OUTPUT`: writes the output again and again, until the process is
 * killed; says when each time begins.
 */
import * as nd from '../../src/index.ts'

const [kind, input, output] = process.argv.slice(2) as [string, string, string]
const a = nd.loadSync(input)
const ways: Record<string, () => Promise<unknown>> = {
  save: () => nd.save(output, a),
  savez: () => nd.savez(output, { a }),
  threshold: () => nd.thresholdFile(input, output, 1000, { maxBytes: 2 ** 20 }),
}
for (;;) {
  console.log('begins')
  await (ways[kind] as () => Promise<unknown>)()
}
