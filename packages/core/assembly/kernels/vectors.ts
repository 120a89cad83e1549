/**
 * Functions of one float that are computed in vectors only, so that a result depends on the element alone,
 * not on where it stands: rows with steps, and what is left over at the end of a row, go through a buffer.
 *
 * An operation has
 * - `plain<T>(a)`: whether the two vectors at the address `a` hold nothing but the usual case;
 * - `pair<T>(out, a)`: sets the results of these two, right in the usual case;
 * - `mend<T>(out, a)`: sets those again that are not usual; the others stay equal.
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
    changetype<Op>(0).pair<T>(out, a)
    if (!plain) changetype<Op>(0).mend<T>(out, rare)
    a += STEP
    out += STEP
  }
}

/** The elements from `from` to before `to`. Returns `to`. */
function throughBuffer<T, Op>(from: u32, to: u32): u32 {
  gather<T>(from, to)
  apply<T, Op>(buffer, buffer, (((to - from) << alignof<T>()) + STEP - 1) & ~(STEP - 1))
  scatter<T>(from, to)
  return to
}

function gather<T>(from: u32, to: u32): void {
  const step = stride(1)
  let a = pointer(1) + from * step
  for (let i = from, at = buffer; i < to; i++, at += sizeof<T>()) {
    store<T>(at, load<T>(a))
    a += step
  }
}

function scatter<T>(from: u32, to: u32): void {
  const step = stride(0)
  let out = pointer(0) + from * step
  for (let i = from, at = buffer; i < to; i++, at += sizeof<T>()) {
    store<T>(out, load<T>(at))
    out += step
  }
}

/** The high words of the four float64 at an address. */
export function highWords(a: usize): v128 {
  return v128.shuffle<u32>(v128.load(a), v128.load(a, 16), 1, 3, 5, 7)
}
