import { describe } from '../dtype.ts'
import { DTypeError } from '../errors.ts'
import { assertStateOf, BitGenerator, type Seed } from './bitgenerator.ts'
import { jump } from './mersennejump.ts'
import { toCount, toUnsigned, toUnsignedList } from './words.ts'

/** The state of an MT19937, as NumPy's `MT19937.state` in camelCase. */
export interface MT19937State {
  bitGenerator: 'MT19937'
  /** 624 words of 32 bits, of which `pos` are used up. */
  state: { key: Uint32Array<ArrayBuffer>; pos: number }
}

/** Words of 32 bits. */
const N = 624
/** The word of 64 bits where position and key begin, behind one that this generator does not use. */
const POSITION = 1
const KEY = 2

/** Matsumoto and Nishimura's Mersenne Twister (1998): period 2^19937 − 1; the generator of RandomState. */
export class MT19937 extends BitGenerator {
  /** @internal */
  override readonly code = 4
  protected override readonly largestDraw = 2n ** 32n - 1n
  /** @internal A word of 0, the position, the key by pairs. */
  override readonly words = new BigUint64Array(KEY + N / 2)

  /** @throws DTypeError when the seed is neither entropy nor a SeedSequence. */
  constructor(seed?: Seed) {
    super(seed)
    const key = this.seedSequence.generateState(N, 'uint32') as unknown as Uint32Array
    // Whatever the entropy, the state is not all zeros.
    key[0] = 2 ** 31
    this.write(key, N - 1)
  }

  /** @internal Sets all of the state. */
  write(key: ArrayLike<number>, position: number): void {
    this.key.set(key)
    this.words[POSITION] = BigInt(position)
  }

  /** @internal The key, a view of `words`. */
  get key(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.words.buffer, KEY * 8, N)
  }

  /** A copy of the state. Setting one throws a DTypeError, and changes nothing, when a part is impossible. */
  override get state(): MT19937State {
    return { bitGenerator: 'MT19937', state: { key: this.key.slice(), pos: Number(this.words[POSITION]) } }
  }

  override set state(value: MT19937State) {
    assertStateOf('MT19937', value)
    const key = toUnsignedList('key', value.state?.key, N, 32)
    const position = Number(toUnsigned('pos', value.state?.pos, 10))
    if (position > N) throw new DTypeError(`pos must be at most ${N}, not ${describe(position)}`)
    this.write(key.map(Number), position)
  }

  /**
   * A generator `jumps` × 2^128 draws further on, for streams that do not overlap.
   * @throws DTypeError when `jumps` is no count.
   */
  jumped(jumps = 1): this {
    toCount('jumps', jumps)
    const other = this.copy()
    for (let i = 0; i < jumps; i++) other.write(...jump(other.key, Number(other.words[POSITION])))
    return other
  }
}
