/**
 * From index arrays to offsets: what an element's indices add to the address of its array's first element,
 * in bytes modulo 2^32. One pass per index array normalises, checks and sums; whoever reads or writes
 * through the offsets needs neither the index arrays, which may thus overlap what is written, nor a bound.
 */
import { selectInteger } from './dispatch'
import { iterate, pointer, stride } from './iterate'
import { result } from './scalar'

/** Elements along the indexed axis, and the bytes from one to the next. */
let length: i64 = 0
let step: u32 = 0
/** All ones to add to the offsets that are there, 0 to replace them. */
let kept: u32 = 0
/** Whether an index outside the axis was met. */
let outside: bool = false

@unmanaged
class Offsets {
  run<T>(count: u32): void {
    const along = stride(0)
    const next = stride(1)
    let out = pointer(0)
    let from = pointer(1)
    let wrong: u32 = 0
    let i: u32 = 0
    if (
      isSigned<T>() &&
      sizeof<T>() >= 4 &&
      next === <i32>sizeof<T>() &&
      along === 4 &&
      length <= i32.MAX_VALUE
    ) {
      let lanes = i32x4.splat(0)
      for (; i + 4 <= count; i += 4) {
        const index = fourIndices<T>(from)
        lanes = v128.or(lanes, i32x4.ge_u(index, i32x4.splat(<i32>length)))
        const old = v128.and(v128.load(out), i32x4.splat(kept))
        v128.store(out, i32x4.add(old, i32x4.mul(index, i32x4.splat(step))))
        from += 4 * sizeof<T>()
        out += 16
      }
      wrong = u32(v128.any_true(lanes))
    }
    for (; i < count; i++) {
      const index = normal<T>(from)
      wrong |= u32(<u64>index >= <u64>length)
      store<u32>(out, (load<u32>(out) & kept) + <u32>index * step)
      out += along
      from += next
    }
    if (wrong && !outside) findOutside<T>(count)
  }
}

/** An index from the begin of the axis; what is outside is still outside, read as unsigned. */
function normal<T>(from: usize): i64 {
  const index = <i64>load<T>(from)
  if (isSigned<T>()) return index + (index < 0 ? length : 0)
  else return index
}

/** Four of them, as 32 bits; the axis is shorter than 2^31. */
function fourIndices<T>(from: usize): v128 {
  if (sizeof<T>() === 4) {
    const index = v128.load(from)
    return i32x4.add(index, v128.and(i32x4.shr_s(index, 31), i32x4.splat(<i32>length)))
  }
  const a = v128.load(from)
  const b = v128.load(from, 16)
  const low = v128.shuffle<i32>(a, b, 0, 2, 4, 6)
  const sign = i32x4.shr_s(low, 31)
  // All ones, which is outside, where the upper half is not the sign of the lower one.
  const large = i32x4.ne(v128.shuffle<i32>(a, b, 1, 3, 5, 7), sign)
  return v128.or(i32x4.add(low, v128.and(sign, i32x4.splat(<i32>length))), large)
}

/** Leaves the row's first index outside the axis in `result`, as 64 bits. */
function findOutside<T>(count: u32): void {
  let from = pointer(1)
  while (<u64>normal<T>(from) < <u64>length) from += stride(1)
  store<i64>(result, <i64>load<T>(from))
  outside = true
}

/**
 * Operands: out (u32, contiguous in C order), indices of the dtype. Negative ones count from the end of an
 * axis of `axisLength` elements, `axisStep` bytes apart. Returns 1 when one is outside; the first such is in
 * slot 0 of `scalars` then.
 */
export function offsets(dtype: u32, axisLength: f64, axisStep: u32, add: bool): u32 {
  length = <i64>axisLength
  step = axisStep
  kept = add ? u32.MAX_VALUE : 0
  outside = false
  iterate(selectInteger<Offsets>(dtype), 2)
  return u32(outside)
}

/** Offsets that one call may keep in the module, so that a short index allocates nothing. */
const SCRATCH: u32 = 1024
const scratch: usize = memory.data(SCRATCH * 4, 16)

/** Where `count` offsets of one index go, or 0 when they need a block. */
export function offsetScratch(count: u32): usize {
  return count <= SCRATCH ? scratch : 0
}
