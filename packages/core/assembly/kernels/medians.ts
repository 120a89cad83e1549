/**
 * Medians of windows, whose elements lie at given offsets. Windows of a vector's outputs are looked at side by
 * side: of half the elements, the least and the greatest cannot be the median; they are dropped, one more
 * element comes in, and so on until three are left. Larger windows are copied out, and the median selected.
 */
import { selectFloat } from './dispatch'
import { DType } from './dtype'
import { iterate, Loop, pointer, stride } from './iterate'
import { nthElement } from './select-nth'

/** The window: as many offsets in bytes (i32), and room for its elements. */
let offsets: usize = 0
let elements: u32 = 0
let room: usize = 0

/** Bytes of a window's elements up to which dropping is faster than selecting. */
const MOST_BYTES: u32 = 512

@unmanaged
class Medians {
  run<T>(count: u32): void {
    if (isFloat<T>()) {
      if (elements * sizeof<T>() > MOST_BYTES) {
        selectEach<T>(count)
        return
      }
    }
    const lanes: u32 = 16 / sizeof<T>()
    for (let i: u32 = 0; i < count; i += lanes) {
      const held = min(lanes, count - i)
      const medians = mediansAt<T>(pointer(1) + i * stride(1), held)
      const out = pointer(0) + i * stride(0)
      if (held === lanes && stride(0) === <i32>sizeof<T>()) {
        v128.store(out, medians)
        continue
      }
      v128.store(gathered, medians)
      for (let k: u32 = 0; k < held; k++) store<T>(out + k * stride(0), load<T>(gathered + k * sizeof<T>()))
    }
  }
}

const gathered: usize = memory.data(16, 16)

/** An element of `held` windows, at most as many as a vector holds. */
function elementOf<T>(at: usize, held: u32): v128 {
  const step = stride(1)
  if (step === <i32>sizeof<T>() && held === 16 / sizeof<T>()) return v128.load(at)
  for (let k: u32 = 0; k < 16 / sizeof<T>(); k++) {
    store<T>(gathered + k * sizeof<T>(), load<T>(at + min(k, held - 1) * step))
  }
  return v128.load(gathered)
}

/** The medians of `held` windows, whose first elements begin at `first`. */
function mediansAt<T>(first: usize, held: u32): v128 {
  let kept = room
  const last = room + ((min((elements >> 1) + 2, elements) - 1) << 4)
  let nan = i64x2.splat(0)
  let to = room
  for (let k: u32 = 0; k < elements; k++) {
    const values = elementOf<T>(first + load<i32>(offsets + (k << 2)), held)
    if (isFloat<T>()) nan = v128.or(nan, v128.ne<T>(values, values))
    if (to > last) {
      dropEnds<T>(kept, last)
      kept += 16
      to = last
    }
    v128.store(to, values)
    to += 16
  }
  if (elements > 1) dropEnds<T>(kept, last)
  const medians = v128.load(elements > 1 ? last - 16 : last)
  // All bits are a NaN.
  return isFloat<T>() ? v128.or(medians, nan) : medians
}

/** Orders vectors so that the least of each lane would be in the first and the greatest in the last one. */
function dropEnds<T>(first: usize, last: usize): void {
  let low = first
  let high = last
  for (; low < high; low += 16, high -= 16) {
    const a = v128.load(low)
    const b = v128.load(high)
    v128.store(low, lesser<T>(a, b))
    v128.store(high, greater<T>(a, b))
  }
  let least = v128.load(first)
  for (let at = first + 16; at <= high; at += 16) {
    const values = v128.load(at)
    v128.store(at, greater<T>(least, values))
    least = lesser<T>(least, values)
  }
  let greatest = v128.load(last)
  for (let at = low; at < last; at += 16) {
    const values = v128.load(at)
    v128.store(at, lesser<T>(values, greatest))
    greatest = greater<T>(values, greatest)
  }
}

/** One of two that are equal is the lesser, the other the greater: 0 and −0 both stay. */
function lesser<T>(a: v128, b: v128): v128 {
  return isFloat<T>() ? v128.pmin<T>(a, b) : v128.min<T>(a, b)
}

function greater<T>(a: v128, b: v128): v128 {
  return isFloat<T>() ? v128.pmax<T>(b, a) : v128.max<T>(a, b)
}

function selectEach<T>(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const first = pointer(1) + i * stride(1)
    let hasNaN = false
    for (let k: u32 = 0; k < elements; k++) {
      const value = load<T>(first + load<i32>(offsets + (k << 2)))
      hasNaN = hasNaN || isNaN<T>(value)
      store<T>(room + k * sizeof<T>(), value)
    }
    const median = hasNaN ? <T>NaN : nthElement<T>(room, elements, elements >> 1)
    store<T>(pointer(0) + i * stride(0), median)
  }
}

/**
 * Operands: out, the first elements of windows, both uint8, float32 or float64; windows of bytes have 512 at most. NaN where a window has one. `work` has room for the window's elements, and for as many
 * vectors as half of 512 bytes' and two.
 */
export function medians(dtype: u32, offsetsAt: usize, count: u32, work: usize): void {
  offsets = offsetsAt
  elements = count
  room = work
  iterate(loopOf(dtype), 2)
}

function loopOf(dtype: u32): Loop {
  if (dtype === DType.UINT8) return count => changetype<Medians>(0).run<u8>(count)
  return selectFloat<Medians>(dtype)
}
