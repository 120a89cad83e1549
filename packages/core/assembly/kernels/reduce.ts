/** Full reductions: one element in `result` from all of an operand's. */
import { select } from './dispatch'
import { iterate, Loop, pointer, stride } from './iterate'
import { result } from './scalar'

/** The reductions' codes. */
export namespace Reduction {
  /** i64 of integers (u64 of unsigned ones: the same bits), wrapping. */
  export const SUM: u32 = 0
  /** f64 of any dtype. */
  export const FLOAT_SUM: u32 = 1
  /** The operand's dtype; NaN if there is one. Not of an empty operand. */
  export const MIN: u32 = 2
  export const MAX: u32 = 3
}

@unmanaged
class IntegerSum {
  run<T>(count: u32): void {
    let sum = load<i64>(result)
    let from = pointer(0)
    for (let i: u32 = 0; i < count; i++) {
      sum += <i64>load<T>(from)
      from += stride(0)
    }
    store<i64>(result, sum)
  }
}

/**
 * Pairwise summation: blocks of BLOCK elements, whose sums are added like the bits of a binary counter
 * (`levels[k]` holds the sum of 2^k blocks, where `blocks` has bit k). The error grows with the logarithm
 * of the count.
 */
const BLOCK: u32 = 256
const levels: usize = memory.data(64 * 8)
let blocks: u64 = 0

function addBlock(sum: f64): void {
  let level: usize = 0
  for (let bits = blocks; bits & 1; bits >>= 1) {
    sum += load<f64>(levels + (level << 3))
    level++
  }
  store<f64>(levels + (level << 3), sum)
  blocks++
}

/** The sum of all blocks, the small ones first. */
function total(): f64 {
  let sum: f64 = 0
  for (let level: usize = 0; level < 64; level++) {
    if ((blocks >> level) & 1) sum += load<f64>(levels + (level << 3))
  }
  return sum
}

@unmanaged
class FloatSum {
  run<T>(count: u32): void {
    let from = pointer(0)
    for (let i: u32 = 0; i < count; i += BLOCK) {
      const length = min(BLOCK, count - i)
      addBlock(sumBlock<T>(from, stride(0), length))
      from += stride(0) * BLOCK
    }
  }
}

/** Eight sums side by side: they neither wait for each other nor lose as much as one would. */
function sumBlock<T>(from: usize, step: i32, count: u32): f64 {
  let s0: f64 = 0
  let s1: f64 = 0
  let s2: f64 = 0
  let s3: f64 = 0
  let s4: f64 = 0
  let s5: f64 = 0
  let s6: f64 = 0
  let s7: f64 = 0
  let i: u32 = 0
  for (; i + 8 <= count; i += 8) {
    s0 += <f64>load<T>(from)
    s1 += <f64>load<T>(from + step)
    s2 += <f64>load<T>(from + 2 * step)
    s3 += <f64>load<T>(from + 3 * step)
    s4 += <f64>load<T>(from + 4 * step)
    s5 += <f64>load<T>(from + 5 * step)
    s6 += <f64>load<T>(from + 6 * step)
    s7 += <f64>load<T>(from + 7 * step)
    from += 8 * step
  }
  for (; i < count; i++) {
    s0 += <f64>load<T>(from)
    from += step
  }
  return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7))
}

/** Whether `result` holds an extremum already. */
let started: bool = false

@unmanaged
class Minimum {
  @inline of<T>(a: T, b: T): T {
    if (isFloat<T>()) return min<T>(a, b)
    else return b < a ? b : a
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    return v128.min<T>(a, b)
  }
}

@unmanaged
class Maximum {
  @inline of<T>(a: T, b: T): T {
    if (isFloat<T>()) return max<T>(a, b)
    else return b > a ? b : a
  }

  @inline lanes<T>(a: v128, b: v128): v128 {
    return v128.max<T>(a, b)
  }
}

@unmanaged
class Extremum<Op> {
  run<T>(count: u32): void {
    let from = pointer(0)
    let best = started ? load<T>(result) : load<T>(from)
    started = true
    let i: u32 = 0
    if (!(isInteger<T>() && sizeof<T>() === 8) && stride(0) === <i32>sizeof<T>()) {
      const lanes: u32 = 16 / sizeof<T>()
      let all = v128.splat<T>(best)
      for (; i + lanes <= count; i += lanes) {
        all = changetype<Op>(0).lanes<T>(all, v128.load(from))
        from += 16
      }
      v128.store(scratch, all)
      for (let lane: u32 = 0; lane < lanes; lane++) {
        best = changetype<Op>(0).of<T>(best, load<T>(scratch + lane * sizeof<T>()))
      }
    }
    for (; i < count; i++) {
      best = changetype<Op>(0).of<T>(best, load<T>(from))
      from += stride(0)
    }
    store<T>(result, best)
  }
}

/** A vector, taken apart. */
const scratch: usize = memory.data(16, 16)

function loopOf(reduction: u32, dtype: u32): Loop {
  switch (reduction) {
    case Reduction.SUM:
      return select<IntegerSum>(dtype)
    case Reduction.FLOAT_SUM:
      return select<FloatSum>(dtype)
    case Reduction.MIN:
      return select<Extremum<Minimum>>(dtype)
    default:
      return select<Extremum<Maximum>>(dtype)
  }
}

/** Operand: in. The result is in slot 0 of `scalars`. */
export function reduce(reduction: u32, dtype: u32): void {
  started = false
  blocks = 0
  store<i64>(result, 0)
  iterate(loopOf(reduction, dtype), 1)
  if (reduction === Reduction.FLOAT_SUM) store<f64>(result, total())
}
