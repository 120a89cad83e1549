/**
 * From index arrays to offsets: what an element's indices add to the address of its array's first element,
 * in bytes modulo 2^32. One pass per index array normalises, checks and sums; whoever reads or writes
 * through the offsets needs neither the index arrays, which may thus overlap what is written, nor a bound.
 */
import { select } from './dispatch'
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
    let out = pointer(0)
    let from = pointer(1)
    let wrong = false
    for (let i: u32 = 0; i < count; i++) {
      const index = normal<T>(from)
      wrong = wrong || <u64>index >= <u64>length
      store<u32>(out, (load<u32>(out) & kept) + <u32>index * step)
      out += stride(0)
      from += stride(1)
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
  iterate(select<Offsets>(dtype), 2)
  return u32(outside)
}
