import {
  assertStateOf,
  BitGenerator,
  type BufferedState,
  bufferedState,
  type Seed,
  toBufferedWord,
} from './bitgenerator.ts'
import { toUnsignedList } from './words.ts'

/** The state of an SFC64, as NumPy's `SFC64.state` in camelCase. */
export interface SFC64State extends BufferedState {
  bitGenerator: 'SFC64'
  /** Three words of 64 bits and the counter. */
  state: { state: BigUint64Array<ArrayBuffer> }
}

/** Draws that mix the seed. */
const WARM_UP = 12

/** Doty-Humphrey's small fast chaotic generator: period at least 2^64, and the fastest. */
export class SFC64 extends BitGenerator {
  /** @internal */
  override readonly code = 2
  /** @internal hasUint32 and uinteger; a, b, c and the counter. */
  override readonly words = new BigUint64Array(5)

  /** @throws DTypeError when the seed is neither entropy nor a SeedSequence. */
  constructor(seed?: Seed) {
    super(seed)
    const words = this.seedSequence.generateState(3, 'uint64') as unknown as bigint[]
    let [a = 0n, b = 0n, c = 0n] = words
    let counter = 1n
    for (; counter <= WARM_UP; counter++) {
      const word = BigInt.asUintN(64, a + b + counter)
      a = b ^ (b >> 11n)
      b = BigInt.asUintN(64, c + (c << 3n))
      c = BigInt.asUintN(64, ((c << 24n) | (c >> 40n)) + word)
    }
    this.words.set([a, b, c, counter], 1)
  }

  /** A copy of the state. Setting one throws a DTypeError, and changes nothing, when a part is impossible. */
  override get state(): SFC64State {
    return { bitGenerator: 'SFC64', state: { state: this.words.slice(1) }, ...bufferedState(this.words) }
  }

  override set state(value: SFC64State) {
    assertStateOf('SFC64', value)
    const words = toUnsignedList('state', value.state?.state, 4, 64)
    this.words.set([toBufferedWord(value), ...words])
  }
}
