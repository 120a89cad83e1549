import { keep, type Side } from './javascript.ts'
import { type Elements, sample, values } from './operands.ts'

/** Plain loops over typed arrays. */
export async function createLoops(): Promise<Side> {
  const { sqrt, exp, log } = Math
  return {
    version: `Node ${process.versions.node}, V8 ${process.versions.v8}`,
    scope: { sqrt, exp, log, keep, at: Number },
    text: task => task.js,
    // As one would write it here: indices that are numbers.
    operand: (name, task) => {
      const elements = values(name, task)
      return name === 'index' ? Int32Array.from(elements as BigInt64Array, Number) : elements
    },
    release() {},
    after: '',
    sample: (result, out) => (typeof result === 'number' ? result : out ? sample(out as Elements) : 0),
  }
}
