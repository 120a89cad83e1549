import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { BitGenerator, type Seed, toUnsigned } from './bitgenerator.ts'

/** The state of a PCG64, as NumPy's `PCG64.state` in camelCase. */
export interface PCG64State {
  bitGenerator: 'PCG64'
  /** 128 bits each; `inc` is odd. */
  state: { state: bigint; inc: bigint }
  /** 1 when `uinteger`, the upper half of a 64-bit draw, is the next 32-bit one; else 0. */
  hasUint32: number
  uinteger: number
}

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n
const MASK_64 = 2n ** 64n - 1n
const MASK_128 = 2n ** 128n - 1n

/**
 * O'Neill's PCG XSL RR 128/64: period 2^128, NumPy's default bit generator and its stream, bit for bit.
 *
 * ```ts
 * const bits = new PCG64(42)
 * const before = bits.state
 * const first = new Generator(bits).integers(1000)
 * bits.state = before // and the next draw is `first` again
 * ```
 */
export class PCG64 extends BitGenerator {
  /** @internal */
  override readonly code = 0
  /** @internal hasUint32 and uinteger as halves of word 0; then state and increment, the lower half first. */
  override readonly words = new BigUint64Array(5)

  /** @throws DTypeError when the seed is neither entropy nor a SeedSequence. */
  constructor(seed?: Seed) {
    super(seed)
    const [high, low, incHigh, incLow] = this.seedSequence.generateState(4, 'uint64') as unknown as bigint[]
    const inc = ((join(incLow, incHigh) << 1n) | 1n) & MASK_128
    this.#write(((inc + join(low, high)) * MULTIPLIER + inc) & MASK_128, inc)
  }

  #write(state: bigint, inc: bigint): void {
    this.words.set([0n, state & MASK_64, state >> 64n, inc & MASK_64, inc >> 64n])
  }

  /** A copy of the state. Setting one throws a DTypeError, and changes nothing, when a part is impossible. */
  override get state(): PCG64State {
    const [halves = 0n, low, high, incLow, incHigh] = this.words
    return {
      bitGenerator: 'PCG64',
      state: { state: join(low, high), inc: join(incLow, incHigh) },
      hasUint32: Number(halves & 1n),
      uinteger: Number(halves >> 32n),
    }
  }

  override set state(value: PCG64State) {
    if (value?.bitGenerator !== 'PCG64') {
      throw new DTypeError(`the state of a PCG64 is needed, not ${describe(value?.bitGenerator ?? value)}`)
    }
    const state = toUnsigned('state', value.state?.state, 128)
    const inc = toUnsigned('inc', value.state?.inc, 128)
    const hasUint32 = toUnsigned('hasUint32', value.hasUint32, 1)
    const uinteger = toUnsigned('uinteger', value.uinteger, 32)
    this.#write(state, inc)
    this.words[0] = hasUint32 | (uinteger << 32n)
  }
}

function join(low = 0n, high = 0n): bigint {
  return low | (high << 64n)
}
