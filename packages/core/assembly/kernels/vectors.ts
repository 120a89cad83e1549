/**
 * Functions of one float that are computed in vectors only, so that a result depends on the element alone,
 * not on where it stands: rows with steps, and what is left over at the end of a row, go through a buffer.
 *
 * An operation has
 * - `plain<T>(a)`: whether the two vectors at the address `a` hold nothing but the usual case;
 * - `of<T>(a)`: the result for a vector at an address, right in the usual case;
 * - `mend<T>(out, a)`: sets what `of` got wrong for the two vectors that are at `a`; the rest stays equal.
 */
import { pointer, stride } from './iterate'

/** Two vectors: what is computed at a time. */
const STEP: u32 = 32

const BUFFER_BYTES: u32 = 512
const buffer: usize = memory.data(BUFFER_BYTES, 16)
/** Operands that need mending: the result may have taken their place. */
const rare: usize = memory.data(STEP, 16)

@unmanaged
export class Vectors<Op> {
  run<T>(count: u32): void {
    const size = <i32>sizeof<T>()
    let done: u32 = 0
    if (stride(0) === size && stride(1) === size) {
      const bytes = (count << alignof<T>()) & ~(STEP - 1)
      apply<T, Op>(pointer(0), pointer(1), bytes)
      done = bytes >> alignof<T>()
    }
    while (done < count) done = throughBuffer<T, Op>(done, min(count, done + BUFFER_BYTES / sizeof<T>()))
  }
}

/** Over `bytes` bytes, a multiple of STEP. */
function apply<T, Op>(out: usize, a: usize, bytes: u32): void {
  const end = a + bytes
  while (a !== end) {
    const plain = changetype<Op>(0).plain<T>(a)
    if (!plain) memory.copy(rare, a, STEP)
    for (let at: usize = 0; at < STEP; at += 16) v128.store(out + at, changetype<Op>(0).of<T>(a + at))
    if (!plain) changetype<Op>(0).mend<T>(out, rare)
    a += STEP
    out += STEP
  }
}

/** The elements from `from` to before `to`. Returns `to`. */
function throughBuffer<T, Op>(from: u32, to: u32): u32 {
  const bytes = (to - from) << alignof<T>()
  const stepA = stride(1)
  let a = pointer(1) + from * stepA
  for (let at = buffer; at < buffer + bytes; at += sizeof<T>()) {
    store<T>(at, load<T>(a))
    a += stepA
  }
  apply<T, Op>(buffer, buffer, (bytes + STEP - 1) & ~(STEP - 1))
  const stepOut = stride(0)
  let out = pointer(0) + from * stepOut
  for (let at = buffer; at < buffer + bytes; at += sizeof<T>()) {
    store<T>(out, load<T>(at))
    out += stepOut
  }
  return to
}

/** The high words of the four float64 at an address. */
export function highWords(a: usize): v128 {
  return v128.shuffle<u32>(v128.load(a), v128.load(a, 16), 1, 3, 5, 7)
}
