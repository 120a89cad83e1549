import type { Core } from '@ebb/core'
import type { BitGenerator } from './bitgenerator.ts'

/** Runs `draw` in the core with the state of a bit generator in place there, and moves the bit generator on. */
export function withState(core: Core, bits: BitGenerator, draw: () => void): void {
  const { exports, memory } = core
  const state = new BigUint64Array(memory.buffer, exports.randomState() >>> 0, bits.words.length)
  state.set(bits.words)
  draw()
  bits.words.set(state)
}
