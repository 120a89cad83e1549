/** Elements and two bounds, in one pass: whether they are between them, or how many of them they are above. */
import { sizeOf } from './assign'
import { idle } from './chunks'
import { compareVectors, Relation, relationLoop, setSides } from './compare'
import { DType } from './dtype'
import { iterate, Loop, pointer, pointerAt, setRow, stride } from './iterate'
import { Along, Repeated } from './lanes'
import { Inside, least } from './relation'
import { selectByBits } from './strip'

@unmanaged
class InRange {
  run<T>(count: u32): void {
    const isPlain = stride(0) === 1 && stride(1) === <i32>sizeof<T>()
    const done = isPlain ? compareVectors<T, Inside, Along, Repeated>(count) : 0
    const high = load<T>(pointer(2))
    let out = pointer(0) + done * stride(0)
    let a = pointer(1) + done * stride(1)
    for (let i = done; i < count; i++) {
      store<u8>(out, u8(changetype<Inside>(0).test<T>(load<T>(a), high)))
      out += stride(0)
      a += stride(1)
    }
  }
}

/**
 * Operands: out (bytes), a, and two values of its dtype: high, and low, which is not above it if they are
 * integers. out = low ≤ a ≤ high ? 1 : 0; it may be a.
 */
export function inRange(dtype: u32): void {
  const high: usize = load<u32>(pointerAt(2))
  const low: usize = load<u32>(pointerAt(3))
  const mask = u64.MAX_VALUE >> (64 - 8 * sizeOf(dtype))
  const bits = load<u64>(low) & mask
  v128.store(least, i64x2.splat(bits * (u64.MAX_VALUE / mask)))
  // Bits above the dtype's do not matter.
  if (dtype < DType.FLOAT32) store<u64>(high, load<u64>(high) - bits)
  setSides(false, false)
  iterate(selectByBits<InRange>(dtype), 3)
}

/** Elements whose first comparison is kept while the second one runs. */
const PIECE: u32 = 2048
const scratch: usize = memory.data(PIECE, 16)

let relation: Loop = idle

function countBelow(count: u32): void {
  const out = pointer(0)
  const a = pointer(1)
  const low = pointer(2)
  const high = pointer(3)
  const step = stride(0)
  const stepA = stride(1)
  for (let done: u32 = 0; done < count; done += PIECE) {
    const length = min(PIECE, count - done)
    const at = a + done * stepA
    const to = out + done * step
    relate(scratch, 1, low, at, stepA, length)
    relate(to, step, high, at, stepA, length)
    add(to, step, length)
  }
  setRow(0, out, step)
  setRow(1, a, stepA)
  setRow(2, low, 0)
}

function relate(out: usize, step: i32, bound: usize, a: usize, stepA: i32, count: u32): void {
  setRow(0, out, step)
  setRow(1, bound, 0)
  setRow(2, a, stepA)
  relation(count)
}

/** Adds the first comparison to the second. */
function add(out: usize, step: i32, count: u32): void {
  let i: u32 = 0
  if (step === 1) {
    for (; i + 16 <= count; i += 16) {
      v128.store(out + i, i8x16.add(v128.load(scratch + i), v128.load(out + i)))
    }
  }
  for (; i < count; i++) {
    const at = out + i * step
    store<u8>(at, load<u8>(at) + load<u8>(scratch + i))
  }
}

/**
 * Operands: out (bytes), a, and two values of its dtype: how many of these a is above, or, if `orEqual`, not
 * below. out may be a.
 */
export function countAbove(dtype: u32, orEqual: bool): void {
  relation = relationLoop(orEqual ? Relation.LESS_EQUAL : Relation.LESS, false, dtype)
  iterate(countBelow, 4)
}
