import type { PageOperations } from '../pager.ts'

type Discard = (this: WebAssembly.Memory, byteOffset: number, byteLength: number) => void

/**
 * The engine's own `memory.discard`, of WebAssembly's memory-control proposal. No stock engine has it yet.
 * It knows nothing of huge pages.
 */
export function engine(): PageOperations {
  const { discard } = WebAssembly.Memory.prototype as { discard?: Discard }
  if (typeof discard !== 'function')
    throw new Error('this engine has no WebAssembly.Memory.prototype.discard')
  return {
    discard(memory, range) {
      discard.call(memory, range.byteOffset, range.byteLength)
      return true
    },
    adviseHugePages: () => false,
  }
}
