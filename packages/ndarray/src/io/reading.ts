import { FormatError } from '../errors.ts'
import type { Room } from './room.ts'

/**
 * A reading: it asks for bytes by yielding the room for them, hears how many came (fewer than there is room
 * for only at the end), and returns what it made of them. Ended early, it leaves nothing behind. How the
 * bytes come, at once or later, is not its affair.
 */
export type Reading<Result> = Generator<Room, Result, number>

/** Lets a reading have what it asks for. */
export async function pull<Result>(
  reading: Reading<Result>,
  read: (room: Room) => Promise<number>,
): Promise<Result> {
  try {
    let step = reading.next()
    while (!step.done) step = reading.next(await read(step.value))
    return step.value
  } finally {
    end(reading)
  }
}

/** As `pull`, without waiting. */
export function pullSync<Result>(reading: Reading<Result>, read: (room: Room) => number): Result {
  try {
    let step = reading.next()
    while (!step.done) step = reading.next(read(step.value))
    return step.value
  } finally {
    end(reading)
  }
}

/** Ends a reading where it is; nothing happens to one that is over. */
function end<Result>(reading: Reading<Result>): void {
  reading.return(undefined as never)
}

/** A reading whose bytes come in chunks that somebody else hands over. */
export class PushedReading<Result> {
  readonly #reading: Reading<Result>
  #step: IteratorResult<Room, Result>
  /** Bytes that are in the room. */
  #done = 0

  constructor(reading: Reading<Result>) {
    this.#reading = reading
    this.#step = reading.next()
  }

  /** Takes a chunk. @throws FormatError when the reading is over before; what the reading throws */
  push(chunk: Uint8Array): void {
    for (let rest = chunk; rest.length > 0; ) {
      if (this.#step.done) throw new FormatError('there are bytes behind the end')
      const room = this.#step.value
      const part = rest.subarray(0, room.length - this.#done)
      room.bytes(this.#done).set(part)
      this.#done += part.length
      rest = rest.subarray(part.length)
      if (this.#done === room.length) this.#answer()
    }
  }

  /** The result, when all chunks have come. @throws what the reading throws about its end */
  finish(): Result {
    while (!this.#step.done) this.#answer()
    return this.#step.value
  }

  /** Ends it without a result. */
  abandon(): void {
    end(this.#reading)
  }

  #answer(): void {
    const count = this.#done
    this.#done = 0
    this.#step = this.#reading.next(count)
  }
}
