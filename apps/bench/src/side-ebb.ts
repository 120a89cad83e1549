import { createRequire } from 'node:module'
import * as nd from '@ebb/ndarray'
import type { Side } from './javascript.ts'
import { isMatrix, sample, values } from './operands.ts'

const BOOL = { dtype: 'bool' } as const

export async function createEbb(): Promise<Side> {
  const { version } = createRequire(import.meta.url)('../../../packages/ndarray/package.json')
  return {
    version,
    scope: { nd, rng: nd.random.defaultRng(0) },
    text: task => task.ebb,
    operand(name, task) {
      const elements = values(name, task)
      const isBool = name === 'mask' || (name === 'out' ? task.outDType : task.dtype) === 'bool'
      const shape = isMatrix(name) ? [task.rows, task.cols] : elements.length
      const array = nd.zeros(shape, name !== 'index' && isBool ? BOOL : { dtype: dtypeFor(elements) })
      array.data.set(elements as never)
      return array
    },
    release: operand => (operand as nd.NDArray).release(),
    after: 'it?.release?.()',
    sample(result, out) {
      if (!(result instanceof nd.NDArray)) {
        return result === undefined ? sample((out as nd.NDArray).data) : Number(result)
      }
      const sum = sample(result.data)
      if (result !== out) {
        const { size } = result
        result.release()
        if (out !== undefined && size === (out as nd.NDArray).size) throw new Error('takes no out')
      }
      return sum
    },
  }
}

function dtypeFor(elements: ArrayBufferView): nd.DType {
  const name = elements.constructor.name
  return name
    .replace(/^Big/, '')
    .replace(/Array$/, '')
    .toLowerCase() as nd.DType
}
