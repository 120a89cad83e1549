import {
  assertStateOf,
  BitGenerator,
  type BufferedState,
  bufferedState,
  type Seed,
  toBufferedWord,
} from './bitgenerator.ts'
import { toSteps, toUnsigned } from './words.ts'

/** The state of a PCG64 or PCG64DXSM, as NumPy's in camelCase. */
export interface PCG64State<Name extends string = 'PCG64'> extends BufferedState {
  bitGenerator: Name
  /** 128 bits each; `inc` is odd. */
  state: { state: bigint; inc: bigint }
}

/** The multiplier of PCG64, which both kinds are seeded with, and that of PCG64DXSM. */
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n
const CHEAP_MULTIPLIER = 0xda942042e4dd58b5n
/** Steps of a jump: 2^128 divided by the golden ratio. */
const JUMP = 0x9e3779b97f4a7c15f39cc0605cedc835n
const MASK_64 = 2n ** 64n - 1n

/** A permuted congruential generator with a state of 128 bits: state ← state × multiplier + inc. */
abstract class PermutedCongruential<Name extends string> extends BitGenerator {
  /** @internal hasUint32 and uinteger; then state and increment, the lower half first. */
  override readonly words = new BigUint64Array(5)
  protected abstract readonly name: Name
  protected abstract readonly multiplier: bigint

  /** @throws DTypeError when the seed is neither entropy nor a SeedSequence. */
  constructor(seed?: Seed) {
    super(seed)
    const [high, low, incHigh, incLow] = this.seedSequence.generateState(4, 'uint64') as unknown as bigint[]
    const inc = BigInt.asUintN(128, (join(incLow, incHigh) << 1n) | 1n)
    this.#write(BigInt.asUintN(128, (inc + join(low, high)) * MULTIPLIER + inc), inc)
  }

  #write(state: bigint, inc: bigint): void {
    this.words.set([state & MASK_64, state >> 64n, inc & MASK_64, inc >> 64n], 1)
  }

  /** A copy of the state. Setting one throws a DTypeError, and changes nothing, when a part is impossible. */
  override get state(): PCG64State<Name> {
    const [, low, high, incLow, incHigh] = this.words
    return {
      bitGenerator: this.name,
      state: { state: join(low, high), inc: join(incLow, incHigh) },
      ...bufferedState(this.words),
    }
  }

  override set state(value: PCG64State<Name>) {
    assertStateOf(this.name, value)
    const state = toUnsigned('state', value.state?.state, 128)
    const inc = toUnsigned('inc', value.state?.inc, 128)
    this.words[0] = toBufferedWord(value)
    this.#write(state, inc)
  }

  /**
   * Moves on as `delta` draws of 64 bits would, at once; a negative delta moves back. Buffered bits are lost.
   * @returns The generator itself.
   * @throws DTypeError when `delta` is no integer.
   */
  advance(delta: number | bigint): this {
    const steps = toSteps('delta', delta, 128)
    const { state, inc } = this.state.state
    // What 2^i steps do is again state × multiplier + plus; those of the bits of `steps` are composed.
    let multiplier = this.multiplier
    let plus = inc
    let next = state
    for (let left = steps; left > 0n; left >>= 1n) {
      if (left & 1n) next = BigInt.asUintN(128, next * multiplier + plus)
      plus = BigInt.asUintN(128, (multiplier + 1n) * plus)
      multiplier = BigInt.asUintN(128, multiplier * multiplier)
    }
    this.words[0] = 0n
    this.#write(next, inc)
    return this
  }

  /**
   * A generator `jumps` × 0.618… × 2^128 draws further on, for streams that do not overlap.
   * @throws DTypeError when `jumps` is no integer.
   */
  jumped(jumps: number | bigint = 1): this {
    return this.copy().advance(JUMP * toSteps('jumps', jumps, 128))
  }
}

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
export class PCG64 extends PermutedCongruential<'PCG64'> {
  /** @internal */
  override readonly code = 0
  protected override readonly name = 'PCG64'
  protected override readonly multiplier = MULTIPLIER
}

/** O'Neill's PCG CM DXSM 128/64: as PCG64, of better statistics when very many streams are drawn at once. */
export class PCG64DXSM extends PermutedCongruential<'PCG64DXSM'> {
  /** @internal */
  override readonly code = 1
  protected override readonly name = 'PCG64DXSM'
  protected override readonly multiplier = CHEAP_MULTIPLIER
}

function join(low = 0n, high = 0n): bigint {
  return low | (high << 64n)
}
