/** The bit generators, and where each draws from. */
import { mt19937, mt19937Pairs } from './random-mt19937'
import { pcg64 } from './random-pcg64'
import { pcg64dxsm } from './random-pcg64dxsm'
import { philox } from './random-philox'
import { sfc64 } from './random-sfc64'

/** Writes the next `draws` draws of a bit generator. */
export type Source = (out: usize, draws: u32) => void

/** The codes of the bit generators. */
export namespace BitGenerator {
  export const PCG64: u32 = 0
  export const PCG64DXSM: u32 = 1
  export const SFC64: u32 = 2
  export const PHILOX: u32 = 3
  export const MT19937: u32 = 4
}

/** The source of draws of `drawBits` bits, 64 or what the generator's own draw has. */
export function sourceOf(bitGenerator: u32, drawBits: u32): Source {
  switch (bitGenerator) {
    case BitGenerator.PCG64DXSM:
      return pcg64dxsm
    case BitGenerator.SFC64:
      return sfc64
    case BitGenerator.PHILOX:
      return philox
    case BitGenerator.MT19937:
      return drawBits === 32 ? mt19937 : mt19937Pairs
    default:
      return pcg64
  }
}
