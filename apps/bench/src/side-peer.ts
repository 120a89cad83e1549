import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Side } from './javascript.ts'
import { dtypeOf, isMatrix, sample, values } from './operands.ts'

/** What is used of numpy-ts; it need not be there. */
interface Peer {
  configureWasm(options: { maxMemory: number }): void
  zeros(shape: number[], dtype: string): PeerArray
  random: { default_rng(seed: number): unknown }
}

interface PeerArray {
  readonly data: { set(elements: ArrayLike<unknown>): void } & ArrayLike<number>
  dispose(): void
}

/** As much as it takes: operands of 10 million float64 and a result do not fit into its default. */
const MEMORY = 1.9e9

const using = <T extends PeerArray>(array: T, use: (array: T) => void): void => {
  use(array)
  array.dispose()
}

/** @throws Error where numpy-ts cannot be imported. */
export async function createPeer(): Promise<Side> {
  const name = 'numpy-ts'
  const np = await importPeer(name)
  np.configureWasm({ maxMemory: MEMORY })
  return {
    version: versionOf(name),
    scope: { np, using, rng: np.random.default_rng(0) },
    text: task => task.peer,
    operand(name, task) {
      const elements = values(name, task)
      const shape = isMatrix(name) ? [task.rows, task.cols] : [elements.length]
      const array = np.zeros(shape, dtypeOf(name, task))
      array.data.set(elements as never)
      return array
    },
    release: operand => (operand as PeerArray).dispose(),
    after: 'it?.dispose?.()',
    sample(result, out) {
      if (typeof result === 'number' || typeof result === 'bigint') return Number(result)
      const array = (result ?? out) as PeerArray
      const sum = sample(array.data)
      if (result !== undefined) array.dispose()
      return sum
    },
  }
}

/** The message of a failed import names folders of the machine: a page is no place for them. */
async function importPeer(name: string): Promise<Peer> {
  try {
    return (await import(name)) as Peer
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND')
      throw new Error('it is not installed')
    throw error
  }
}

function versionOf(name: string): string {
  const file = fileURLToPath(import.meta.resolve(name)).replace(
    /(node_modules\/numpy-ts)\/.*/,
    '$1/package.json',
  )
  return JSON.parse(readFileSync(file, 'utf8')).version
}
